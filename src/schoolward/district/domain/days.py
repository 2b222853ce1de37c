"""What a day is in the school calendar, and what next year's calendar may look like."""

from calendar import monthcalendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Day(StrEnum):
    """What a day can be."""

    INSTRUCTIONAL = "instructional"
    HOLIDAY = "holiday"
    BREAK = "break"
    PD = "pd"
    CLOSED = "closed"
    WEEKEND = "weekend"
    OUTSIDE = "outside"


SATURDAY = 5
FIFTY_TWO_WEEKS = timedelta(weeks=52)
FIXED_HOLIDAYS = frozenset(
    {(1, 1), (6, 19), (7, 4), (11, 11), (12, 24), (12, 25), (12, 31)}
)
"""Month and day of the holidays that keep their date."""


@dataclass(frozen=True, slots=True)
class DayRule:
    """What is known of a year's days.

    Attributes:
        first: First instructional day of the year.
        last: Last instructional day of the year.
        district: Days that differ from the rule for every school.
        school: Days that differ for one school; they outweigh the district's.
    """

    first: date
    last: date
    district: Mapping[date, str]
    school: Mapping[date, str]


def day_rule(day: date, rule: DayRule) -> Day:
    """Return what a day is: the school's word, else the district's, else the rule's.

    The rule: Monday to Friday from the first to the last day are instructional.
    """
    if said := rule.school.get(day) or rule.district.get(day):
        return Day(said)
    if not rule.first <= day <= rule.last:
        return Day.OUTSIDE
    return Day.WEEKEND if day.weekday() >= SATURDAY else Day.INSTRUCTIONAL


@dataclass(frozen=True, slots=True)
class ProposedDay:
    """A day proposed for the coming year, from a day of the last."""

    day: date
    kind: str
    name: str
    office_is_open: bool


def shifted_year(first: date, last: date) -> tuple[date, date]:
    """Propose the first and last day of the next year: the same weekdays, 52 weeks on.

    >>> shifted_year(date(2026, 8, 24), date(2027, 6, 11))
    (datetime.date(2027, 8, 23), datetime.date(2028, 6, 9))
    """
    return first + FIFTY_TWO_WEEKS, last + FIFTY_TWO_WEEKS


def proposed_day(day: date, *, kind: str) -> date:
    """Propose when a day of this year's calendar falls next year.

    Holidays that have a date keep it; other holidays keep their place in the month
    (the third Monday, the last Monday of May); everything else keeps its weekday, 52
    weeks on.

    >>> proposed_day(date(2024, 11, 28), kind="holiday")
    datetime.date(2025, 11, 27)
    >>> proposed_day(date(2026, 12, 25), kind="holiday")
    datetime.date(2027, 12, 25)
    """
    if kind != Day.HOLIDAY:
        return day + FIFTY_TWO_WEEKS
    if (day.month, day.day) in FIXED_HOLIDAYS:
        return day.replace(year=day.year + 1)
    return _same_place_in_month(day)


def _same_place_in_month(day: date) -> date:
    """Return next year's day of the same weekday and place, counted from the end in May."""
    here = _weekdays(day.year, day.month, day.weekday())
    there = _weekdays(day.year + 1, day.month, day.weekday())
    place = here.index(day.day)
    is_last = place == len(here) - 1 and day.month == 5  # Memorial Day
    chosen = there[-1] if is_last else there[min(place, len(there) - 1)]
    return date(day.year + 1, day.month, chosen)


def _weekdays(year: int, month: int, weekday: int) -> list[int]:
    return [week[weekday] for week in monthcalendar(year, month) if week[weekday]]


def in_words(day: date) -> str:
    """Write a day as sentences and tables do.

    >>> in_words(date(2027, 1, 4))
    'Jan 4, 2027'
    """
    return f"{day:%b} {day.day}, {day.year}"
