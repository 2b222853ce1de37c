"""Loads: their list, the look beforehand, the load itself, and its undoing."""

from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from schoolward.base import clock
from schoolward.base.http import ActorRequest, answer, insist
from schoolward.base.sheets import BYTE_ORDER, csv_line
from schoolward.exchange import actions, policies, queries, tables
from schoolward.exchange.views.arriving import found
from schoolward.kernel.asked import whole_number
from schoolward.ui.messages import done


@require_GET
def imports(request: ActorRequest) -> HttpResponse:
    """List the loads, newest first."""
    insist(policies.can_see_loads(request.actor))
    listed = queries.loads(request.actor, page=number(request))
    page = {"listed": listed, "table": tables.loads(listed)}
    return answer(request, "exchange/imports.html", page)


def number(request: ActorRequest) -> int:
    """Return which page of a list was asked for."""
    return whole_number(request.GET.get("page"), otherwise=1)


@require_GET
def load(request: ActorRequest, pk: int) -> HttpResponse:
    """Show what a load would do, how far it is, or what it did."""
    insist(policies.can_see_loads(request.actor))
    view = queries.view_of(found(request, pk))
    refused = queries.refusals(pk, page=number(request))
    page = {
        "load": view,
        "state": tables.state(view.state),
        "refused": refused,
        "table": tables.refusals(refused),
        "may_load": bool(policies.can_load(request.actor)),
    }
    return answer(request, "exchange/load.html", page)


@require_POST
def make_so(request: ActorRequest, pk: int) -> HttpResponse:
    """Have a prepared load made so; the second button answers the guard."""
    row = found(request, pk)
    allow_change = request.POST.get("allow_change") == "yes"
    actions.ask_to_load(row, by=request.actor, allow_change=allow_change)
    return redirect("exchange:load", pk)


@require_POST
def again(request: ActorRequest, pk: int) -> HttpResponse:
    """Have a load read and planned again."""
    actions.ask_to_prepare(found(request, pk), by=request.actor)
    return redirect("exchange:load", pk)


@require_POST
def stop(request: ActorRequest, pk: int) -> HttpResponse:
    """Have the job of a load stop at its next safe place."""
    actions.ask_to_stop(found(request, pk), by=request.actor)
    return redirect("exchange:load", pk)


@require_POST
def discard(request: ActorRequest, pk: int) -> HttpResponse:
    """Give a prepared load up."""
    row = found(request, pk)
    try:
        actions.discard(row, by=request.actor, at=clock.now())
    except actions.LoadRefusedError as problem:
        done(request, str(problem))
    else:
        done(request, f"{row.file_name} was not loaded.")
    return redirect("exchange:imports")


@require_POST
def undo(request: ActorRequest, pk: int) -> HttpResponse:
    """Have a load undone."""
    actions.ask_to_undo(found(request, pk), by=request.actor)
    return redirect("exchange:load", pk)


@require_GET
def refusals(request: ActorRequest, pk: int) -> StreamingHttpResponse:
    """Download a load's refusals as a table, to be mended in a spreadsheet."""
    row = found(request, pk)
    response = StreamingHttpResponse(
        _lines(row.pk), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="refused-{row.pk}.csv"'
    return response


def _lines(load_id: int) -> Iterator[str]:
    yield BYTE_ORDER
    yield csv_line(["row", "column", "value", "reason", "remedy"])
    yield from map(csv_line, queries.every_refusal(load_id))
