"""What changed about a school lately, told from its dated rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import Q
from django.utils.timezone import localdate

from schoolward.district.models import (
    Assignment,
    Goal,
    Membership,
    Post,
    ProfileEntry,
    SchoolName,
    Supervision,
    WrongFact,
    WrongFactState,
)
from schoolward.kernel.seats import SCHOOL_SEATS, Seat


REASON = "what changed is part of a page that the entrance opened"


@dataclass(frozen=True, slots=True)
class Change:
    """Something that changed, on which day, in a sentence.

    Attributes:
        subject: name, network, ild, leader, unit, profile, goal or wrong.
    """

    on: date
    what: str
    subject: str


def lately(school_id: int, *, since: date, day: date) -> tuple[Change, ...]:
    """Return what changed about a school from one day to another, the newest first.

    What only came to be known by a first file is no change: spans that began before
    anything was recorded are not told.
    """
    days = (since, day)
    found = [
        *_names(school_id, days),
        *_networks(school_id, days),
        *_ilds(school_id, days),
        *_leaders(school_id, days),
        *_units(school_id, days),
        *_written(school_id, days),
        *_goals(school_id, days),
        *_wrongs(school_id, days),
    ]
    return tuple(sorted(found, key=lambda one: (one.on, one.what), reverse=True))


Days = tuple[date, date]


def _names(school_id: int, days: Days) -> Iterator[Change]:
    rows = SchoolName.objects.unscoped(reason=REASON).filter(school=school_id)
    for row in rows.filter(end_date__range=days):
        if row.end_date:
            yield Change(row.end_date, f"Renamed; it was called {row.name}", "name")


def _touched(days: Days) -> Q:
    return Q(start_date__range=days) | Q(end_date__range=days)


def _networks(school_id: int, days: Days) -> Iterator[Change]:
    rows = Membership.objects.unscoped(reason=REASON).filter(school=school_id)
    spans = list(rows.select_related("network").order_by("start_date"))
    for before, after in pairwise(spans):
        if days[0] <= after.start_date <= days[1]:
            what = f"Moved from {before.network} to {after.network}"
            yield Change(after.start_date, what, "network")
    end = spans[-1].end_date if spans else None
    if end and days[0] <= end <= days[1]:
        yield Change(end, f"Left {spans[-1].network}", "network")


def _ilds(school_id: int, days: Days) -> Iterator[Change]:
    rows = Supervision.objects.unscoped(reason=REASON).filter(school=school_id)
    spans = list(rows.select_related("person").order_by("start_date"))
    starts = {row.start_date for row in spans}
    first = spans[0].start_date if spans else None
    for row in spans:
        if row.start_date != first and days[0] <= row.start_date <= days[1]:
            yield Change(row.start_date, f"{row.person} became the ILD", "ild")
        end = row.end_date
        if end and end not in starts and days[0] <= end <= days[1]:
            yield Change(end, f"{row.person} stopped being the ILD", "ild")


def _leaders(school_id: int, days: Days) -> Iterator[Change]:
    rows = Post.objects.unscoped(reason=REASON).filter(
        _touched(days), school=school_id, seat__in=SCHOOL_SEATS, person__isnull=False
    )
    for post in rows.select_related("person"):
        seat = Seat(post.seat).label.lower()
        as_what = seat if post.capacity == "regular" else f"{post.capacity} {seat}"
        if not post.held_before and days[0] <= post.start_date <= days[1]:
            yield Change(post.start_date, f"{post.person} became {as_what}", "leader")
        if post.end_date and days[0] <= post.end_date <= days[1]:
            what = f"{post.person} stopped being {as_what}"
            yield Change(post.end_date, what, "leader")


def _units(school_id: int, days: Days) -> Iterator[Change]:
    rows = Assignment.objects.unscoped(reason=REASON).filter(
        _touched(days), school=school_id
    )
    for row in rows.select_related("person", "unit"):
        if days[0] <= row.start_date <= days[1]:
            what = f"{row.person} serves the school for {row.unit}"
            yield Change(row.start_date, what, "unit")
        if row.end_date and days[0] <= row.end_date <= days[1]:
            what = f"{row.person} no longer serves the school for {row.unit}"
            yield Change(row.end_date, what, "unit")


def _written(school_id: int, days: Days) -> Iterator[Change]:
    rows = ProfileEntry.objects.unscoped(reason=REASON).filter(
        school=school_id, written_at__date__range=days
    )
    for row in rows.select_related("written_by"):
        who = row.written_by or "Somebody"
        what = f"{who} wrote “{row.get_field_display()}” in the profile"
        yield Change(localdate(row.written_at), what, "profile")


def _goals(school_id: int, days: Days) -> Iterator[Change]:
    rows = Goal.objects.unscoped(reason=REASON).filter(school=school_id)
    touched = Q(written_at__date__range=days) | Q(ended_at__date__range=days)
    for row in rows.filter(touched):
        if days[0] <= localdate(row.written_at) <= days[1]:
            yield Change(localdate(row.written_at), f"New goal: {row.title}", "goal")
        if row.ended_at and days[0] <= localdate(row.ended_at) <= days[1]:
            yield Change(localdate(row.ended_at), f"Goal ended: {row.title}", "goal")


def _wrongs(school_id: int, days: Days) -> Iterator[Change]:
    rows = WrongFact.objects.unscoped(reason=REASON).filter(
        school=school_id,
        state=WrongFactState.MENDED,
        answered_at__date__range=days,
    )
    for row in rows:
        if row.answered_at:
            yield Change(localdate(row.answered_at), f"Mended: {row.fact}", "wrong")
