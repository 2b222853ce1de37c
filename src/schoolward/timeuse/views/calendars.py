"""Pages of one's own time: a week, bringing a calendar in, a calendar's state."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schoolward.base import clock
from schoolward.base.http import ActorRequest, answer, insist
from schoolward.district.models import Person
from schoolward.timeuse import actions, forms, policies, queries, tables
from schoolward.timeuse.domain.minutes import spoken
from schoolward.timeuse.domain.shapes import UnreadableCalendarError
from schoolward.timeuse.models import Calendar
from schoolward.ui.messages import done


def _zone() -> ZoneInfo:
    return ZoneInfo(timezone.get_current_timezone_name())


@require_GET
def week(request: ActorRequest) -> HttpResponse:
    """Show a week of one's own time, day by day."""
    insist(policies.can_see_own_time(request.actor))
    zone = _zone()
    shown = queries.week(
        request.actor, _asked_week(request), today=clock.today(), zone=zone
    )
    held = queries.calendars(request.actor, zone=zone)
    page = {
        "week": shown,
        "days": tables.days(shown),
        "calendars": held,
        "calendars_table": tables.calendars(held),
        "title": f"Week of {shown.monday:%B %-d, %Y}",
        "lede": _lede(shown) if held else "",
        "shares": shown.shares,
        "with_principals": tables.percent(
            shown.shares.share(shown.shares.with_principals)
        ),
        "for_leadership": tables.percent(
            shown.shares.share(shown.shares.for_leadership)
        ),
        "contact": _contact(shown.shares.contact_days),
        "categories": tables.categories(shown.shares),
        "work": spoken(shown.shares.minutes),
        "with_minutes": spoken(shown.shares.with_principals),
        "for_minutes": spoken(shown.shares.for_leadership),
        "total": spoken(shown.minutes),
        "private": spoken(shown.private_minutes),
        "before": shown.monday - queries.A_WEEK,
        "after": shown.monday + queries.A_WEEK,
    }
    return answer(request, "timeuse/week.html", page)


def _contact(days: int) -> str:
    return "1 contact day" if days == 1 else f"{days} contact days"


def _asked_week(request: ActorRequest) -> date:
    """Return the Monday asked for; what is no day is this week."""
    try:
        day = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        day = clock.today()
    in_reach = date(1990, 1, 8) <= day <= date(2100, 1, 1)
    return queries.monday_of(day if in_reach else clock.today())


def _lede(shown: queries.Week) -> str:
    count = shown.meeting_count
    meetings = "1 meeting" if count == 1 else f"{count} meetings"
    return (
        f"{spoken(shown.minutes)} in {meetings}. Only you see what your calendar says."
    )


@require_http_methods(["GET", "POST"])
def bring(request: ActorRequest) -> HttpResponse:
    """Take a calendar file: look at what is in it, then bring it in."""
    insist(policies.can_see_own_time(request.actor))
    form = forms.Bring(
        request.POST or None,
        request.FILES or None,
        today=clock.today(),
        zone=_zone(),
    )
    page: dict[str, Any] = {"form": form, "is_fragment": bool(request.htmx)}
    if form.is_valid():
        try:
            if "look" not in request.POST:
                return _load(request, form)
            page |= _look(request, form)
        except UnreadableCalendarError as problem:
            form.add_error("file", str(problem))
    status = 422 if form.errors else 200
    return answer(request, "timeuse/bring.html", page, fragment="look", status=status)


def _arrival(form: forms.Bring) -> actions.Arrival:
    data = form.cleaned_data
    return actions.Arrival(
        content=data["file"].read(),
        file_name=data["file"].name or "",
        name=data["name"],
        window=form.window,
        is_whole=form.is_whole,
    )


def _owner(request: ActorRequest) -> Person:
    """Return the person who is signed in."""
    rows = Person.objects.visible_to(request.actor)
    return get_object_or_404(rows, pk=request.actor.person_id)


def _look(request: ActorRequest, form: forms.Bring) -> dict[str, Any]:
    reading = actions.look(
        _arrival(form), person=_owner(request), zone=_zone(), by=request.actor
    )
    return {
        "reading": reading,
        "meeting_count": len(reading.occurrences),
        "private_count": sum(one.is_private for one in reading.occurrences),
        "refused_count": len(reading.refused),
        "refused": tables.refused_of(reading) if reading.refused else None,
    }


def _load(request: ActorRequest, form: forms.Bring) -> HttpResponse:
    loaded = actions.load_calendar(
        _arrival(form),
        person=_owner(request),
        zone=_zone(),
        by=request.actor,
        at=clock.now(),
    )
    done(request, _told(loaded))
    return redirect("timeuse:week")


def _told(loaded: actions.Loaded) -> str:
    touched = loaded.new + loaded.changed + loaded.removed
    if not touched and not loaded.reading.refused:
        return "Nothing in your calendar has changed since it was brought in."
    words = (
        f"{loaded.new} meetings new, {loaded.changed} changed, {loaded.removed} gone."
    )
    count = len(loaded.reading.refused)
    if not count:
        return words
    parts = "1 part was" if count == 1 else f"{count} parts were"
    return f"{words} {parts} refused: open the calendar below to read why."


@require_GET
def calendar(request: ActorRequest, pk: int) -> HttpResponse:
    """Show the state of one of one's own calendars, and what was refused."""
    insist(policies.can_see_own_time(request.actor))
    line = queries.calendar_of(request.actor, pk, zone=_zone())
    if line is None:
        raise Http404
    page = {
        "calendar": line,
        "refused": tables.refused(line.refused) if line.refused else None,
        "more": line.refused_count - len(line.refused),
    }
    return answer(request, "timeuse/calendar.html", page)


@require_POST
def remove(request: ActorRequest, pk: int) -> HttpResponse:
    """Take one of one's own calendars out."""
    rows = Calendar.objects.visible_to(request.actor)
    count = actions.remove_calendar(
        get_object_or_404(rows, pk=pk), by=request.actor, at=clock.now()
    )
    done(request, f"The calendar and its {count} meetings are gone from Schoolward.")
    return redirect("timeuse:week")
