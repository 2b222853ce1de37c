"""Pages of the record: search it, keep it, answer requests from it."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schoolward.audit import actions, forms, policies, queries, tables
from schoolward.audit.models import LegalHold
from schoolward.audit.retention import CLASSES
from schoolward.base import clock
from schoolward.base.http import ActorRequest, answer, insist
from schoolward.kernel.asked import whole_number


def _links() -> dict[str, object]:
    return {
        "events_url": reverse("audit:events"),
        "retention_url": reverse("audit:retention"),
        "holds_url": reverse("audit:holds"),
    }


def _after(request: ActorRequest, before: int | None) -> str:
    if before is None:
        return ""
    query = request.GET.copy()
    query["before"] = str(before)
    return f"?{query.urlencode()}"


@require_GET
def events(request: ActorRequest) -> HttpResponse:
    """Search what was done, seen and refused."""
    insist(policies.can_see_events(request.actor))
    form = forms.Search(request.GET or None)
    before = whole_number(request.GET.get("before"))
    found = queries.events(form.sought, before=before or None)
    page = _links() | {
        "form": form,
        "found": found,
        "table": tables.events(found.events),
        "after_url": _after(request, found.next_before),
        "clear_url": reverse("audit:events"),
    }
    return answer(request, "audit/events.html", page, fragment="rows")


@require_GET
def retention(request: ActorRequest) -> HttpResponse:
    """Show how long each class is kept, and what was disposed of."""
    insist(policies.can_see_events(request.actor))
    may_keep = bool(policies.can_keep_records(request.actor))
    page = _links() | {
        "table": tables.periods(queries.periods(), may_keep=may_keep),
        "may_keep": may_keep,
        "disposed": tables.disposals(queries.disposals()),
    }
    return answer(request, "audit/retention.html", page)


@require_http_methods(["GET", "POST"])
def period(request: ActorRequest, key: str) -> HttpResponse:
    """Set how long a class is kept."""
    insist(policies.can_keep_records(request.actor))
    if key not in CLASSES:
        raise Http404
    now = queries.period_of(key)
    initial = {"years": now.years, "authority": now.authority}
    form = forms.Period(request.POST or None, initial=initial)
    if form.is_valid():
        actions.set_period(key, by=request.actor, at=clock.now(), **form.cleaned_data)
        messages.success(request, f"{now.record_class.name}: period changed.")
        return redirect("audit:retention")
    page = _links() | {"form": form, "period": now}
    status = 422 if form.errors else 200
    return answer(request, "audit/period.html", page, status=status)


@require_http_methods(["GET", "POST"])
def dispose(request: ActorRequest, key: str) -> HttpResponse:
    """Dispose of the rows of a class whose period has run out."""
    insist(policies.can_keep_records(request.actor))
    if key not in CLASSES:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            gone = actions.dispose(key, by=request.actor, at=clock.now())
        except actions.HeldError as held:
            problem = str(held)
        else:
            messages.success(
                request, f"{gone:,} records went; the disposal is on record."
            )
            return redirect("audit:retention")
    before = actions.due_before(key, today=clock.today())
    period_now = queries.period_of(key)
    page = _links() | {
        "period": period_now,
        "heading": f"Dispose of {period_now.record_class.name.lower()}",
        "before": before,
        "problem": problem,
        "dispose_url": request.path,
        "period_url": reverse("audit:period", args=[key]),
    }
    return answer(request, "audit/dispose.html", page, status=422 if problem else 200)


@require_http_methods(["GET", "POST"])
def holds(request: ActorRequest) -> HttpResponse:
    """Show and place legal holds."""
    insist(policies.can_see_events(request.actor))
    form = forms.Hold(request.POST or None)
    if form.is_valid():
        actions.place_hold(by=request.actor, at=clock.now(), **form.cleaned_data)
        messages.success(request, "The hold stands from now on.")
        return redirect("audit:holds")
    page = _links() | {
        "form": form,
        "holds": [tables.hold_line(one) for one in queries.standing_holds()],
        "may_keep": policies.can_keep_records(request.actor),
    }
    status = 422 if form.errors else 200
    return answer(request, "audit/holds.html", page, status=status)


@require_POST
def lift(request: ActorRequest, pk: int) -> HttpResponse:
    """Lift a legal hold."""
    insist(policies.can_keep_records(request.actor))
    placed = get_object_or_404(LegalHold, pk=pk)
    actions.lift_hold(placed, by=request.actor, at=clock.now())
    messages.success(request, "The hold is lifted.")
    return redirect("audit:holds")


@require_GET
def person(request: ActorRequest, person_id: int) -> HttpResponse:
    """Show everything that is held about a person."""
    insist(policies.can_export_person(request.actor, person_id))
    parts = [tables.held_part(one) for one in queries.held_about(person_id)]
    page = _links() | {
        "parts": parts,
        "lede": f"Number {person_id}, as of {clock.today():%B %-d, %Y}. {len(parts)} kinds of records.",
        "export_url": reverse("audit:person_export", args=[person_id]),
        "forget_url": reverse("audit:forget", args=[person_id]),
        "may_keep": policies.can_keep_records(request.actor),
    }
    return answer(request, "audit/person.html", page)


@require_POST
def person_export(request: ActorRequest, person_id: int) -> HttpResponse:
    """Give out everything held about a person as one file, and record that."""
    actions.record_export(person_id, by=request.actor, at=clock.now())
    held = queries.held_about(person_id)
    content = {
        "person": person_id,
        "made_at": clock.now(),
        "records": [
            {
                "type": one.model,
                "class": one.record_class,
                "count": one.count,
                "withheld_fields": list(one.withheld),
                "rows": list(one.rows),
            }
            for one in held
        ],
    }
    response = JsonResponse(content, json_dumps_params={"indent": 1, "default": str})
    name = f"person-{person_id}-records.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
def forget(request: ActorRequest, person_id: int) -> HttpResponse:
    """Take a person's name out of the record."""
    insist(policies.can_keep_records(request.actor))
    try:
        changed = actions.forget_person(person_id, by=request.actor, at=clock.now())
    except actions.HeldError as held:
        messages.error(request, str(held))
    else:
        messages.success(request, f"The name is gone from {changed} events.")
    return redirect("audit:person", person_id)
