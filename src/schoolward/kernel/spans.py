"""Spans of days: half-open, from a first day up to but not including an end day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days from `start` up to, not including, `end`; no end means still running."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        """Refuse a span that ends before or when it starts."""
        if self.end is not None and self.end <= self.start:
            msg = f"A span that starts on {self.start} cannot end on {self.end}."
            raise ValueError(msg)

    def __contains__(self, day: date) -> bool:
        """Return whether a day lies within."""
        return self.start <= day and (self.end is None or day < self.end)

    def overlaps(self, other: "Span") -> bool:
        """Return whether two spans share a day."""
        return (other.end is None or self.start < other.end) and (
            self.end is None or other.start < self.end
        )


def on_day(spans: Iterable[Span], day: date) -> list[Span]:
    """Return the spans that hold a day."""
    return [span for span in spans if day in span]


def gaps(spans: Sequence[Span]) -> list[Span]:
    """Return the days between the first start and the last end that no span holds."""
    found: list[Span] = []
    reached: date | None = None
    for span in sorted(spans, key=lambda one: one.start):
        if reached is not None and span.start > reached:
            found.append(Span(reached, span.start))
        if span.end is None:
            break
        reached = span.end if reached is None else max(reached, span.end)
    return found
