"""Changing what holds when: stretches of days, each with one value, that never overlap.

A school is in one network at a time and has one ILD at a time. When a change is dated
back, or files arrive out of order, the stretches around it are split so that no day is
lost and no day is held twice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from schoolward.kernel.spans import Span


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in which one value holds.

    Attributes:
        span: The days.
        value: What holds: the id of a network or of a person.
        row: The stored row it comes from; 0 when there is none yet.
    """

    span: Span
    value: int
    row: int = 0


@dataclass(frozen=True, slots=True)
class Edits:
    """What to write so that the stored rows say the same as the stretches.

    Attributes:
        removed: Rows to delete, first of all.
        changed: Rows whose span is to be changed.
        added: Stretches to store as new rows, last of all.
    """

    removed: tuple[int, ...]
    changed: tuple[Stretch, ...]
    added: tuple[Stretch, ...]

    def __bool__(self) -> bool:
        """Return whether anything is to be written."""
        return bool(self.removed or self.changed or self.added)


def reach(
    stretches: Iterable[Stretch], start: date, *, until: date | None = None
) -> Span:
    """Return the days a change holds: from its start to the next recorded change.

    Args:
        stretches: What holds so far.
        start: The first day of the change.
        until: A day on which the value is known to be as recorded again, such as the
            day of a later file; it ends the change sooner.
    """
    later = [one.span.start for one in stretches if one.span.start > start]
    if until is not None:
        later.append(until)
    return Span(start, min(later, default=None))


def begin(
    stretches: Iterable[Stretch], value: int, *, start: date, until: date | None = None
) -> list[Stretch]:
    """Let a value hold from a day to the next recorded change.

    Where it holds on that day already, what is recorded stays.
    """
    stored = list(stretches)
    if any(start in one.span and one.value == value for one in stored):
        return stored
    return put(stored, value, reach(stored, start, until=until))


def put(stretches: Iterable[Stretch], value: int, within: Span) -> list[Stretch]:
    """Let a value hold in all days of a span; all other days stay as they were.

    Returns:
        The stretches in order of days, neighbors with one value joined.
    """
    stored = list(stretches)
    same = [one for one in stored if one.value == value and one.span.overlaps(within)]
    rest = [part for one in stored for part in _outside(one, within)]
    return _joined([*rest, Stretch(within, value, same[0].row if same else 0)])


def cut(stretches: Iterable[Stretch], within: Span) -> list[Stretch]:
    """Let nothing hold in the days of a span; all other days stay as they were."""
    return _joined([part for one in stretches for part in _outside(one, within)])


def edits(before: Iterable[Stretch], after: Iterable[Stretch]) -> Edits:
    """Compare stored stretches with wanted ones.

    Args:
        before: What is stored; every stretch has its row.
        after: What is wanted, as `put` or `cut` returned it.
    """
    stored = {one.row: one for one in before}
    wanted = list(after)
    kept = {one.row for one in wanted if one.row}
    return Edits(
        removed=tuple(sorted(set(stored) - kept)),
        changed=tuple(one for one in wanted if one.row and stored[one.row] != one),
        added=tuple(one for one in wanted if not one.row),
    )


def _outside(one: Stretch, within: Span) -> list[Stretch]:
    """Return what is left of a stretch outside a span; the first part keeps the row."""
    if not one.span.overlaps(within):
        return [one]
    parts: list[Stretch] = []
    if one.span.start < within.start:
        parts.append(replace(one, span=Span(one.span.start, within.start)))
    if within.end is not None and (one.span.end is None or within.end < one.span.end):
        tail = Span(within.end, one.span.end)
        parts.append(Stretch(tail, one.value, 0 if parts else one.row))
    return parts


def _joined(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Join neighbors that touch and hold one value."""
    found: list[Stretch] = []
    for one in sorted(stretches, key=lambda each: each.span.start):
        last = found[-1] if found else None
        if last and last.value == one.value and last.span.end == one.span.start:
            span = Span(last.span.start, one.span.end)
            found[-1] = Stretch(span, last.value, last.row or one.row)
        else:
            found.append(one)
    return found


def are_apart(stretches: Iterable[Stretch]) -> bool:
    """Return whether no day is held twice."""
    ordered = sorted((one.span for one in stretches), key=lambda span: span.start)
    return not any(one.overlaps(other) for one, other in pairwise(ordered))
