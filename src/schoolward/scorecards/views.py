"""Pages of the catalogue: look through it, read one indicator, change it, take its values."""

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, Literal, cast

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schoolward.base import clock
from schoolward.base.http import ActorRequest, answer, insist
from schoolward.district.models import Network, School, Source
from schoolward.kernel.actor import Actor
from schoolward.scorecards import actions, exports, forms, policies, queries, tables
from schoolward.scorecards.models import Indicator
from schoolward.scorecards.queries import Coverage, PlaceValue, SchoolIndicator


PlaceWord = Literal["school", "network", "district"]
A_PAGE = 100
PLACES: tuple[PlaceWord, ...] = ("school", "network", "district")
NetworkAs = Literal["then", "today"]


@require_GET
def indicators(request: ActorRequest) -> HttpResponse:
    """Look through the catalogue."""
    insist(policies.can_see_catalogue(request.actor))
    form = forms.Look(request.GET or None)
    words = form.cleaned_data["q"].casefold() if form.is_valid() else ""
    everything = queries.catalogue(active_only=False)
    lines = [
        line
        for line in everything
        if words in f"{line.name} {line.question} {line.key}".casefold()
    ]
    district = {
        one.indicator.key: one for one in queries.place_indicators("district", 0)
    }
    page = {
        "form": form,
        "table": tables.catalogue(lines, district=district),
        "lines": lines,
        "result": f"{len(lines)} of {len(everything)} indicators",
        "clear_url": reverse("scorecards:indicators"),
        "may_define": bool(policies.can_define(request.actor)),
    }
    return answer(request, "scorecards/indicators.html", page)


@require_GET
def indicator(request: ActorRequest, key: str) -> HttpResponse:
    """Read what an indicator asks, how it is reckoned, and its values."""
    insist(policies.can_see_catalogue(request.actor))
    covered = _covered(request.actor, key)
    form = _values_form(request, covered)
    period, group, network_as = form.chosen()
    number = request.GET.get("page", "1")
    shown = _shown(request.actor, key, (period, group, network_as), number=number)
    page = shown | {
        "line": covered.line,
        "form": form,
        "period": period,
        "versions": tables.versions(queries.versions_of(key)),
        "may_define": bool(policies.can_define(request.actor)),
        "csv_url": _csv_url(request, key),
    }
    return answer(request, "scorecards/indicator.html", page)


def _covered(actor: Actor, key: str) -> Coverage:
    found = queries.coverage(_visible(actor, key).key)
    if found is None:
        raise Http404
    return found


def _visible(actor: Actor, key: str) -> Indicator:
    return get_object_or_404(Indicator.objects.visible_to(actor), key=key)


def _values_form(request: ActorRequest, covered: Coverage) -> forms.Values:
    return forms.Values(
        request.GET or None, periods=covered.periods, groups=covered.groups
    )


def _csv_url(request: ActorRequest, key: str) -> str:
    return (
        f"{reverse('scorecards:indicator_csv', args=[key])}?{request.GET.urlencode()}"
    )


def _shown(
    actor: Actor, key: str, chosen: tuple[str, str, str], *, number: str
) -> dict[str, Any]:
    found = _district(key, chosen[1])
    networks, network_names = _values(actor, key, "network", chosen)
    page = _page_of_schools(actor, key, chosen, number=number)
    school_names = dict(page)
    schools = _named(key, "school", chosen, names=school_names)
    return {
        "district": found,
        "trend": tables.trend(found, place="District") if found else None,
        "signal": tables.signal_words(found.signal) if found else "",
        "networks": tables.places(
            networks, names=network_names, label="Network", url_name="home:network"
        ),
        "has_networks": bool({item.place_id for item in networks} & set(network_names)),
        "schools": tables.places(
            schools, names=school_names, label="School", url_name="home:school"
        ),
        "school_page": page,
    }


def _district(key: str, group: str) -> SchoolIndicator | None:
    found = queries.place_indicators("district", 0, group=group, key=key)
    return found[0] if found else None


def _page_of_schools(
    actor: Actor, key: str, chosen: tuple[str, str, str], *, number: str
) -> Page[tuple[int, str]]:
    """Return a page of the schools one may see that have a value, in order of name."""
    with_values = queries.places_with_values(
        key, place="school", period=chosen[0], group=chosen[1]
    )
    names = _names(actor, "school")
    rows = [(pk, name) for pk, name in names.items() if pk in with_values]
    rows.sort(key=itemgetter(1, 0))
    return Paginator(rows, A_PAGE).get_page(number)


def _values(
    actor: Actor, key: str, place: PlaceWord, chosen: tuple[str, str, str]
) -> tuple[tuple[PlaceValue, ...], dict[int, str]]:
    """Return values of a period and group, and the names of the places one may see."""
    names = _names(actor, place)
    return _named(key, place, chosen, names=names), names


def _named(
    key: str,
    place: PlaceWord,
    chosen: tuple[str, str, str],
    *,
    names: Mapping[int, str],
) -> tuple[PlaceValue, ...]:
    """Return the values of a period and group; of schools only those that are named."""
    period, group, network_as = chosen
    page = queries.indicator_values(
        key,
        place=place,
        period=period,
        group=group,
        network_as=cast("NetworkAs", network_as),
        school_ids=frozenset(names) if place == "school" else None,
        limit=None,
    )
    return page.items


def _names(actor: Actor, place: PlaceWord) -> dict[int, str]:
    if place == "school":
        return dict(School.objects.with_page_for(actor).values_list("pk", "name"))
    if place == "network":
        return dict(Network.objects.visible_to(actor).values_list("pk", "name"))
    return {0: "District"}


@require_GET
def values_csv(request: ActorRequest, key: str) -> HttpResponseBase:
    """Take an indicator's values as a file, of the places whose values one may see."""
    insist(policies.can_see_catalogue(request.actor))
    covered = _covered(request.actor, key)
    chosen = _values_form(request, covered).chosen()
    lines = [exports.headings()]
    for place in PLACES:
        items, names = _values(request.actor, key, place, chosen)
        lines.extend(exports.lines(items, names=names))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"{covered.line.key}-{chosen[0] or 'values'}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_http_methods(["GET", "POST"])
def define(request: ActorRequest) -> HttpResponse:
    """Add an indicator to the catalogue."""
    insist(policies.can_define(request.actor))
    sources = Source.objects.visible_to(request.actor).order_by("name")
    form = forms.Definition(request.POST or None, sources=sources)
    if form.is_valid():
        row = actions.define_indicator(
            form.cleaned_data["draft"],
            source=form.cleaned_data["source"],
            by=request.actor,
            at=clock.now(),
        )
        messages.success(request, f"Added {row.name}.")
        return redirect("scorecards:indicator", row.key)
    return _form_page(
        request, form, title="Add an indicator", submit="Add the indicator"
    )


@require_http_methods(["GET", "POST"])
def change(request: ActorRequest, key: str) -> HttpResponse:
    """Write a new version of a definition."""
    insist(policies.can_define(request.actor))
    row = _visible(request.actor, key)
    sources = Source.objects.visible_to(request.actor).order_by("name")
    form = forms.Definition(request.POST or None, sources=sources, indicator=row)
    if form.is_valid():
        actions.change_indicator(
            row,
            draft=form.cleaned_data["draft"],
            source=form.cleaned_data["source"],
            why=form.cleaned_data["why"],
            by=request.actor,
            at=clock.now(),
            today=clock.today(),
        )
        messages.success(request, f"{row.name} is now version {row.version}.")
        return redirect("scorecards:indicator", key)
    return _form_page(
        request,
        form,
        title=f"Change {row.name}",
        submit="Save the new version",
        row=row,
    )


@require_http_methods(["GET", "POST"])
def retire(request: ActorRequest, key: str) -> HttpResponse:
    """Take an indicator out of use."""
    insist(policies.can_define(request.actor))
    row = _visible(request.actor, key)
    form = forms.Reason(request.POST or None)
    if form.is_valid():
        actions.retire_indicator(
            row, why=form.cleaned_data["why"], by=request.actor, at=clock.now()
        )
        messages.success(request, f"Retired {row.name}. Its values stay.")
        return redirect("scorecards:indicator", key)
    return _form_page(
        request, form, title=f"Retire {row.name}", submit="Retire it", row=row
    )


@require_POST
def revive(request: ActorRequest, key: str) -> HttpResponse:
    """Take an indicator back into use."""
    insist(policies.can_define(request.actor))
    row = _visible(request.actor, key)
    actions.revive_indicator(row, by=request.actor, at=clock.now())
    messages.success(request, f"{row.name} is in use again.")
    return redirect("scorecards:indicator", key)


def _form_page(
    request: ActorRequest,
    form: forms.Definition | forms.Reason,
    *,
    title: str,
    submit: str,
    row: Indicator | None = None,
) -> HttpResponse:
    back = (
        reverse("scorecards:indicator", args=[row.key])
        if row
        else reverse("scorecards:indicators")
    )
    page = {
        "form": form,
        "title": title,
        "submit": submit,
        "row": row,
        "back_url": back,
    }
    status = 422 if form.is_bound else 200
    return answer(request, "scorecards/form.html", page, status=status)
