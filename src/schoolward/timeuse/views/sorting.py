"""Sorting what time was for: a correction, one's own rules, the district's rules."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schoolward.base import clock
from schoolward.base.http import ActorRequest, answer, insist
from schoolward.timeuse import actions, forms, policies, queries, tables
from schoolward.timeuse.models import CalendarEvent, OwnRule, SortingRule
from schoolward.ui.messages import done


@require_POST
def correct(request: ActorRequest, pk: int) -> HttpResponse:
    """Say what one of one's own events was for, or all called like it."""
    rows = CalendarEvent.objects.visible_to(request.actor).select_related("calendar")
    event = get_object_or_404(rows, pk=pk)
    form = forms.Sort(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest("Choose one of the categories on the page.")
    sort = actions.make_own_rule if form.cleaned_data["always"] else actions.correct
    sort(event, category=form.category_chosen, by=request.actor, at=clock.now())
    label = form.category_chosen.label
    done(
        request,
        f"From now on everything called like this is “{label}”."
        if form.cleaned_data["always"]
        else f"Sorted as “{label}”.",
    )
    return redirect(_week_of(event))


def _week_of(event: CalendarEvent) -> str:
    zone = ZoneInfo(timezone.get_current_timezone_name())
    day: date = event.starts_at.astimezone(zone).date()
    return f"{reverse('timeuse:week')}?{urlencode({'week': day.isoformat()})}#day-{day}"


@require_GET
def rules(request: ActorRequest) -> HttpResponse:
    """Read the rules by which events are sorted: one's own, then the shared ones."""
    insist(policies.can_see_own_time(request.actor))
    may_keep = bool(policies.can_keep_rules(request.actor))
    rows = {row.name: row for row in SortingRule.objects.all()}
    page = {
        "own": queries.own_rules(request.actor),
        "shared": tables.shared_rules(queries.shared_rules(), rows if may_keep else {}),
        "is_shipped": not rows,
        "may_keep": may_keep,
    }
    return answer(request, "timeuse/rules.html", page)


@require_POST
def drop(request: ActorRequest, pk: int) -> HttpResponse:
    """Take one of one's own rules back."""
    row = get_object_or_404(OwnRule.objects.visible_to(request.actor), pk=pk)
    actions.drop_own_rule(row, by=request.actor, at=clock.now())
    done(request, "The rule is gone; the shared rules sort these events again.")
    return redirect("timeuse:rules")


@require_POST
def adopt(request: ActorRequest) -> HttpResponse:
    """Copy the shipped rules, so that the district can change them."""
    actions.adopt_rules(by=request.actor, at=clock.now())
    done(request, "The rules are the district’s own now. Choose one to change it.")
    return redirect("timeuse:rules")


@require_http_methods(["GET", "POST"])
def new_rule(request: ActorRequest) -> HttpResponse:
    """Write a new rule of the district."""
    insist(policies.can_keep_rules(request.actor))
    return _edit(request, None, initial={"principals": "any"})


@require_http_methods(["GET", "POST"])
def rule(request: ActorRequest, pk: int) -> HttpResponse:
    """Change a rule of the district."""
    insist(policies.can_keep_rules(request.actor))
    row = get_object_or_404(SortingRule, pk=pk)
    initial = {
        "name": row.name,
        "position": row.position,
        "category": row.category,
        "words": ", ".join(row.words),
        "principals": row.principals,
        "at_school": row.at_school,
        "from_unit": row.from_unit,
    }
    return _edit(request, row, initial=initial)


def _edit(
    request: ActorRequest, row: SortingRule | None, *, initial: dict[str, Any]
) -> HttpResponse:
    form = forms.SharedRule(request.POST or None, initial=initial)
    if form.is_valid() and _is_taken(form, row):
        form.add_error("name", "Another rule has this name. Choose a different one.")
    if form.is_valid():
        kept = actions.save_rule(
            row,
            form.rule,
            position=form.cleaned_data["position"],
            by=request.actor,
            at=clock.now(),
        )
        done(request, f"The rule “{kept.name}” holds from now on, for all weeks.")
        return redirect("timeuse:rules")
    page = {"form": form, "row": row}
    return answer(
        request, "timeuse/rule.html", page, status=422 if form.errors else 200
    )


def _is_taken(form: forms.SharedRule, row: SortingRule | None) -> bool:
    holder = SortingRule.objects.filter(name=form.cleaned_data["name"]).first()
    return holder is not None and holder != row


@require_POST
def remove_rule(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a rule of the district away."""
    insist(policies.can_keep_rules(request.actor))
    actions.remove_rule(
        get_object_or_404(SortingRule, pk=pk), by=request.actor, at=clock.now()
    )
    done(request, "The rule is gone.")
    return redirect("timeuse:rules")
