"""Natural limits of a series (XmR chart) and the signals that it left them.

Worked examples and sources: docs/method/natural-limits.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


LIMIT_FACTOR = 2.66
"""Three divided by 1.128, the mean range of two draws in standard deviations."""

RANGE_FACTOR = 3.268
"""The factor for the upper limit of the moving range."""

LEAST_POINTS = 4
"""Fewer points give no limits at all."""

STEADY_POINTS = 6
"""Limits from fewer points than this are provisional."""

LEAST_RANGES = 2
"""Fewer moving ranges give no limits: broken lines have fewer ranges than points."""

RUN_LENGTH = 8
"""Points in a row on one side of the center that make a signal."""

WINDOW, WINDOW_NEEDS = 4, 3
"""Of this many in a row, this many nearer a limit than the center make a signal."""

HAIR = 1e-9
"""How far a value may miss a limit and still count as on it: floats are not exact."""

Series = Sequence[float | None]


class Rule(StrEnum):
    """The one rule set of every chart; the strongest signal of a point is named."""

    BEYOND = "beyond"
    RUN = "run"
    NEAR = "near"

    @property
    def sentence(self) -> str:
        """Return the rule in words."""
        return {
            Rule.BEYOND: "beyond a natural limit",
            Rule.RUN: "eight or more in a row on one side of the mean",
            Rule.NEAR: "three of four in a row nearer a limit than the mean",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a series does when nothing has changed.

    Attributes:
        center: The mean of the points.
        low: The lower natural limit.
        high: The upper natural limit.
        range_limit: The upper limit of the moving range.
        points: How many points the limits rest on.
    """

    center: float
    low: float
    high: float
    range_limit: float
    points: int

    @property
    def reach(self) -> float:
        """Return the distance from the center to either limit."""
        return self.high - self.center

    @property
    def hair(self) -> float:
        """Return the distance that rounding alone may bring about."""
        return HAIR * max(1.0, abs(self.center))

    @property
    def is_provisional(self) -> bool:
        """Return whether the limits rest on few points and will move."""
        return self.points < STEADY_POINTS


def moving_ranges(series: Series) -> list[float]:
    """Return the distances between neighbors; a missing point breaks the chain.

    >>> moving_ranges([5, 7, None, 7, 4])
    [2, 3]
    """
    return [
        abs(after - before)
        for before, after in pairwise(series)
        if before is not None and after is not None
    ]


def natural_limits(series: Series) -> Limits | None:
    """Find the natural limits of a series.

    Args:
        series: One value per period in order of time, None where a period is missing.

    Returns:
        None when there are too few points or neighbors, or when the neighbors never
        differ although the points do: then nothing is known of ordinary variation.

    Source:
        X̄ ± 2.66·mR̄: Wheeler, Making Sense of Data (2003), natural process limits.

    >>> round(natural_limits([10, 12, 11, 13]).high, 2)
    15.93
    """
    values = [value for value in series if value is not None]
    ranges = moving_ranges(series)
    if len(values) < LEAST_POINTS or len(ranges) < LEAST_RANGES:
        return None
    mean_range = sum(ranges) / len(ranges)
    if mean_range == 0 and min(values) != max(values):
        return None
    return _around(sum(values) / len(values), mean_range, points=len(values))


def _around(center: float, mean_range: float, *, points: int) -> Limits:
    reach = LIMIT_FACTOR * mean_range
    return Limits(
        center=center,
        low=center - reach,
        high=center + reach,
        range_limit=RANGE_FACTOR * mean_range,
        points=points,
    )


def signals(series: Series, limits: Limits | None) -> list[Rule | None]:
    """Return each point's strongest signal, or None.

    Args:
        series: One value per period in order of time, None where a period is missing;
            a missing period ends every run.
        limits: The limits to hold the points against; without any, nothing signals.

    >>> limits = natural_limits([10, 10, 11, 10, 11, 10, 20])
    >>> [rule.value if rule else "" for rule in signals([10, 11, 20], limits)]
    ['', '', 'beyond']
    """
    if limits is None:
        return [None] * len(series)
    near, runs = _near_limit(series, limits), _runs(series, limits)
    return [
        _strongest(value, limits, in_run=place in runs, is_near=place in near)
        for place, value in enumerate(series)
    ]


def _strongest(
    value: float | None, limits: Limits, *, in_run: bool, is_near: bool
) -> Rule | None:
    if value is None:
        return None
    if abs(value - limits.center) > limits.reach + limits.hair:
        return Rule.BEYOND
    if in_run:
        return Rule.RUN
    return Rule.NEAR if is_near else None


def _side(value: float | None, limits: Limits) -> int:
    """Return 1 above the center, -1 below, 0 on it or missing."""
    if value is None or abs(value - limits.center) <= limits.hair:
        return 0
    return 1 if value > limits.center else -1


def _runs(series: Series, limits: Limits) -> set[int]:
    """Return the places of points in a run of eight or more on one side."""
    found: set[int] = set()
    for stretch in _stretches([_side(value, limits) for value in series]):
        if len(stretch) >= RUN_LENGTH:
            found.update(stretch)
    return found


def _stretches(sides: Sequence[int]) -> Iterator[range]:
    """Yield the stretches of equal sides that are not 0."""
    start = 0
    for place in range(1, len(sides) + 1):
        if place == len(sides) or sides[place] != sides[start]:
            if sides[start]:
                yield range(start, place)
            start = place


def _near_limit(series: Series, limits: Limits) -> set[int]:
    """Return the places of points that are one of three in four near the same limit."""
    leaning = [_leaning(value, limits) for value in series]
    found: set[int] = set()
    for start in range(len(series) - WINDOW + 1):
        window = range(start, start + WINDOW)
        if any(series[place] is None for place in window):
            continue
        for side in (1, -1):
            near = [place for place in window if leaning[place] == side]
            if len(near) >= WINDOW_NEEDS:
                found.update(near)
    return found


def _leaning(value: float | None, limits: Limits) -> int:
    """Return the side of the limit that a value is nearer to than to the center; else 0."""
    if value is None or abs(value - limits.center) <= limits.reach / 2 + limits.hair:
        return 0
    return 1 if value > limits.center else -1
