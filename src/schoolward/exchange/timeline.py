"""What held when: spans of one subject, corrected by what a file says of one day.

A file says how something stood on a day: which network a school was in, who held a
post. What it says holds from that day until the next day on which the district already
knows better: the start or end of another span, or a day another file confirmed. So files
give the same history in whatever order they are loaded.
"""

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar


V = TypeVar("V", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Held(Generic[V]):
    """A value from a first day up to, not including, an end day.

    Attributes:
        start: The first day.
        end: The day it no longer held; None while it still holds.
        value: What held.
        key: The row it is kept in; 0 for a span that is new.
    """

    start: date
    end: date | None
    value: V
    key: int = 0

    def holds(self, day: date) -> bool:
        """Return whether it held on a day."""
        return self.start <= day and (self.end is None or day < self.end)


def value_on(spans: Iterable[Held[V]], day: date) -> V | None:
    """Return what held on a day, or None."""
    return next((span.value for span in spans if span.holds(day)), None)


def observe(
    spans: Sequence[Held[V]],
    *,
    day: date,
    value: V | None,
    confirmed: Sequence[date] = (),
) -> list[Held[V]]:
    """Return the spans, corrected by what a file says of one day.

    Args:
        spans: Spans of one subject that do not overlap, in order.
        day: The day the file speaks of.
        value: What held; None when nothing did.
        confirmed: Days, in order, on which files confirmed what the spans say.

    Returns:
        Spans in order, neighbors with the same value joined; rows keep their key where
        they keep their start or are all that is left of a value.

    >>> d = date
    >>> known = [Held(d(2017, 7, 1), None, "Network 5", key=1)]
    >>> later = observe(known, day=d(2021, 7, 1), value="Network 7")
    >>> [(s.start.year, s.end and s.end.year, s.value) for s in later]
    [(2017, 2021, 'Network 5'), (2021, None, 'Network 7')]
    >>> between = observe(later, day=d(2018, 7, 1), value="Network 7")
    >>> [(s.start.year, s.end and s.end.year, s.value) for s in between]
    [(2017, 2018, 'Network 5'), (2018, None, 'Network 7')]
    """
    if value_on(spans, day) == value:
        return list(spans)
    end = _next_known(spans, day, confirmed)
    kept = [part for span in spans for part in _outside(span, day, end)]
    if value is not None:
        kept.append(Held(day, end, value))
    return _joined(sorted(kept, key=lambda span: span.start))


def _next_known(
    spans: Sequence[Held[V]], day: date, confirmed: Sequence[date]
) -> date | None:
    """Return the first later day of which something is known."""
    edges = [edge for span in spans for edge in (span.start, span.end) if edge]
    later = [edge for edge in edges if edge > day]
    place = bisect_right(confirmed, day)
    if place < len(confirmed):
        later.append(confirmed[place])
    return min(later, default=None)


def _outside(span: Held[V], start: date, end: date | None) -> list[Held[V]]:
    """Return what is left of a span outside a window; the first part keeps the row."""
    parts: list[Held[V]] = []
    if span.start < start:
        cut = start if span.end is None or span.end > start else span.end
        parts.append(replace(span, end=cut))
    if end is not None and (span.end is None or span.end > end):
        key = 0 if parts else span.key
        parts.append(replace(span, start=max(span.start, end), key=key))
    return parts


def _joined(spans: list[Held[V]]) -> list[Held[V]]:
    joined: list[Held[V]] = []
    for span in spans:
        before = joined[-1] if joined else None
        if before and before.end == span.start and before.value == span.value:
            joined[-1] = replace(before, end=span.end, key=before.key or span.key)
        else:
            joined.append(span)
    return joined


def hold(
    spans: Sequence[Held[V]], *, start: date, end: date | None, value: V
) -> list[Held[V]]:
    """Return the spans with a value held exactly from a start to an end.

    Args:
        spans: Spans of one subject that do not overlap, in order.
        start: The first day.
        end: The day it no longer holds; None lets it run to the next span.
        value: What holds.
    """
    until = end or min((one.start for one in spans if one.start > start), default=None)
    same = next(
        (one for one in spans if one.value == value and one.start == start), None
    )
    kept = [
        part for one in spans if one is not same for part in _outside(one, start, until)
    ]
    kept.append(Held(start, until, value, same.key if same else 0))
    return _joined(sorted(kept, key=lambda span: span.start))
