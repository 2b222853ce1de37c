"""How long somebody has led a school, in the words people use."""

from collections.abc import Iterable
from datetime import date

from schoolward.kernel.schoolyear import SchoolYear
from schoolward.kernel.spans import Span


_ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
)


def first_day_of(spans: Iterable[Span], *, day: date) -> date | None:
    """Return the first day of the unbroken run of spans that holds a day.

    A person who was acting and then appointed, or whose post was written twice without
    a day between, has led since the first of these days.
    """
    begun: date | None = None
    for span in sorted(spans, key=lambda one: one.start, reverse=True):
        holds = day in span if begun is None else _reaches(span, begun)
        if holds:
            begun = span.start if begun is None else min(begun, span.start)
    return begun


def _reaches(span: Span, day: date) -> bool:
    return span.start <= day and (span.end is None or day <= span.end)


def tenure(since: date, *, day: date, held_before: bool = False) -> str:
    """Say in which school year of their time somebody is.

    Args:
        since: The first day.
        day: Today.
        held_before: Whether the first day is only the first one recorded.

    >>> tenure(date(2024, 8, 1), day=date(2026, 11, 19))
    'third year'
    >>> tenure(date(2026, 7, 1), day=date(2026, 11, 19), held_before=True)
    'first year on record'
    """
    years = SchoolYear.of(day).start - SchoolYear.of(since).start + 1
    words = f"{_ordinal(max(years, 1))} year"
    return f"{words} on record" if held_before else words


def _ordinal(number: int) -> str:
    if number <= len(_ORDINALS):
        return _ORDINALS[number - 1]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if 10 < number % 100 < 14 else ending}"
