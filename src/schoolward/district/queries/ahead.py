"""The days ahead on which a school differs from the rule: its own and the district's."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Q

from schoolward.district.models import DayException


REASON = "the calendar is open to everyone"
ACROSS_A_WEEKEND = timedelta(days=3)
MOST_DAYS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysAhead:
    """Coming days that differ from the rule in one way, one after another.

    Attributes:
        last: The last of them; the first again when it is a single day.
        is_own: Whether they are this school's alone.
    """

    first: date
    last: date
    kind: str
    kind_label: str
    name: str
    is_own: bool


def days_ahead(school_id: int, *, day: date, limit: int = 8) -> tuple[DaysAhead, ...]:
    """Return the next days that differ for a school; its own exception outweighs.

    Days of one name and kind that follow each other, weekends aside, are told as one.
    """
    rows = DayException.objects.unscoped(reason=REASON).filter(
        Q(school=None) | Q(school=school_id), day__gte=day
    )
    found: dict[date, DayException] = {}
    for row in rows.order_by("day")[:MOST_DAYS]:
        if row.school_id or row.day not in found:
            found[row.day] = row
    return tuple(_joined(map(_ahead, found.values())))[:limit]


def _joined(days: Iterable[DaysAhead]) -> list[DaysAhead]:
    told: list[DaysAhead] = []
    for day in days:
        before = told[-1] if told else None
        if before and _goes_on(before, day):
            told[-1] = replace(before, last=day.first)
        else:
            told.append(day)
    return told


def _goes_on(before: DaysAhead, day: DaysAhead) -> bool:
    alike = (before.kind, before.name, before.is_own) == (
        day.kind,
        day.name,
        day.is_own,
    )
    return alike and day.first - before.last <= ACROSS_A_WEEKEND


def _ahead(row: DayException) -> DaysAhead:
    return DaysAhead(
        first=row.day,
        last=row.day,
        kind=row.kind,
        kind_label=row.get_kind_display(),
        name=row.name,
        is_own=row.school_id is not None,
    )
