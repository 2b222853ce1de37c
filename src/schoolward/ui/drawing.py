"""Where the lines and marks of a chart stand: numbers in, SVG shapes out.

Ink is set by class, so that drawings live under a policy that allows no style.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from django.utils.safestring import SafeString

from schoolward.ui.charts import Limits, Point, Trend
from schoolward.ui.markup import fill


_DIAMOND = 'd="M{x} {top}l{r} {r} -{r} {r} -{r} -{r}z"'
MARKS = {
    "dot": '<circle class="f-ink" cx="{x}" cy="{y}" r="{small}"/>',
    "last": '<circle class="f-ink" cx="{x}" cy="{y}" r="{large}"/>',
    "signal": f'<path class="f-accent" {_DIAMOND}/>',
    "restated_signal": f'<path class="f-paper l-accent" stroke-width="1.6" {_DIAMOND}/>',
    "restated": (
        '<rect class="f-paper l-ink2" stroke-width="1.4" '
        'x="{left}" y="{upper}" width="6" height="6"/>'
    ),
    "missing": (
        '<path class="l-edge f-none" stroke-width="1.2" d="M{left} {lower}l6 -6m-6 0l6 6"/>'
    ),
    "withheld": (
        '<path class="l-edge f-none" stroke-width="1.2" '
        'd="M{left} {middle}l3 -3M{left} {lower}l6 -6M{x} {lower}l3 -3"/>'
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The paper of a drawing: its size, and the field inside it."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def floor(self) -> float:
        """Return the height of the field's lower edge."""
        return self.height - self.bottom

    @property
    def end(self) -> float:
        """Return where the field ends."""
        return self.width - self.right


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Turns a place in the series and a value into a place on the paper."""

    frame: Frame
    count: int
    low: float
    high: float

    def x(self, place: int) -> float:
        """Return how far right the point of a place stands."""
        if self.count == 1:
            return round((self.frame.left + self.frame.end) / 2, 1)
        span = self.frame.end - self.frame.left
        return round(self.frame.left + span * place / (self.count - 1), 1)

    def y(self, value: float) -> float:
        """Return how far down a value stands, kept on the paper."""
        span = (self.high - self.low) or 1.0
        share = min(max((value - self.low) / span, 0), 1)
        return round(self.frame.floor - share * (self.frame.floor - self.frame.top), 1)


def scale_of(trend: Trend, frame: Frame, *, steps: int = 0) -> Scale:
    """Return a scale that holds all values; with steps, from tick to tick."""
    values = list(_all_values(trend))
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    if steps:
        marks = ticks(low, high, steps=steps)
        low, high = marks[0], marks[-1]
    return Scale(frame=frame, count=len(trend.points), low=low, high=high)


def _all_values(trend: Trend) -> Iterator[float]:
    yield from (point.shown for point in trend.points if point.shown is not None)
    for companion in trend.companions:
        yield from (value for value in companion.values if value is not None)
    if trend.limits:
        yield from (trend.limits.lower, trend.limits.upper)


def ticks(low: float, high: float, *, steps: int) -> list[float]:
    """Return round values that hold a range, evenly apart.

    >>> ticks(0.43, 0.61, steps=4)
    [0.4, 0.45, 0.5, 0.55, 0.6, 0.65]
    >>> ticks(7, 7, steps=4)
    [6, 7, 8]
    """
    if low == high:
        step = 10 ** floor(log10(abs(low))) if low else 1.0
        low, high = low - step, high + step
    else:
        step = _round_step((high - low) / steps)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(mark * step, 10) for mark in range(first, last + 1)]


def _round_step(rough: float) -> float:
    power = 10 ** floor(log10(rough))
    nice = next(step for step in (1, 2, 5, 10) if rough <= step * power * 1.0001)
    return float(nice * power)


def runs(values: Sequence[float | None]) -> list[list[int]]:
    """Return the places of values that stand together, broken where one is missing.

    >>> runs([1, 2, None, 3])
    [[0, 1], [3]]
    """
    found: list[list[int]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            found.append([])
        else:
            found[-1].append(place)
    return [run for run in found if run]


def lines(
    values: Sequence[float | None], scale: Scale, *, stub: float = 0
) -> list[str]:
    """Return the corner points of each unbroken line, as SVG writes them.

    A value that stands alone becomes a stub of this half length, or no line.
    """
    return [
        " ".join(_corner(values, place, scale) for place in run)
        if len(run) > 1
        else _stub(run[0], scale.y(values[run[0]] or 0.0), scale, half=stub)
        for run in runs(values)
        if len(run) > 1 or stub
    ]


def _stub(place: int, y: float, scale: Scale, *, half: float) -> str:
    start = max(scale.x(place) - half, scale.frame.left)
    end = min(scale.x(place) + half, scale.frame.end)
    return f"{start},{y} {end},{y}"


def _corner(values: Sequence[float | None], place: int, scale: Scale) -> str:
    return f"{scale.x(place)},{scale.y(values[place] or 0.0)}"


def kinds(trend: Trend) -> list[str]:
    """Return how each point is marked."""
    latest = max(
        (place for place, point in enumerate(trend.points) if point.shown is not None),
        default=-1,
    )
    return [
        _kind(trend, point, is_last=place == latest)
        for place, point in enumerate(trend.points)
    ]


def _kind(trend: Trend, point: Point, *, is_last: bool) -> str:
    if trend.is_signal(point):
        return "signal" if point.state == "shown" else "restated_signal"
    if point.state != "shown":
        return point.state
    return "last" if is_last else "dot"


def marks(trend: Trend, scale: Scale, *, size: float = 1.3) -> list[SafeString]:
    """Return the mark of every point."""
    return [
        _mark(kind, x=scale.x(place), y=_height(trend.points[place], scale), size=size)
        for place, kind in enumerate(kinds(trend))
    ]


def _height(point: Point, scale: Scale) -> float:
    return scale.frame.floor - 4 if point.shown is None else scale.y(point.shown)


def _mark(kind: str, *, x: float, y: float, size: float) -> SafeString:
    reach = 4.6
    places = {
        "x": x,
        "y": y,
        "r": reach,
        "small": size,
        "large": round(size * 2, 1),
        "left": round(x - 3, 1),
        "top": round(y - reach, 1),
        "upper": round(y - 3, 1),
        "middle": round(y, 1),
        "lower": round(y + 3, 1),
    }
    return fill(MARKS[kind], **places)


def sample(kind: str) -> SafeString:
    """Return one mark on its own, for a key of 12 by 12."""
    return _mark(kind, x=6, y=6, size=1.8)


@dataclass(frozen=True, slots=True)
class Band:
    """The natural limits on the paper."""

    y: float
    height: float
    mean: float


def band(limits: Limits | None, scale: Scale) -> Band | None:
    """Return where the natural limits stand."""
    if limits is None:
        return None
    top, low = scale.y(limits.upper), scale.y(limits.lower)
    return Band(y=top, height=round(low - top, 1), mean=scale.y(limits.mean))


def apart(heights: Iterable[float], *, gap: float) -> list[float]:
    """Return label heights pushed apart until none covers another, in the same order.

    >>> apart([10, 12, 40], gap=13)
    [10, 23, 40]
    """
    given = list(heights)
    order = sorted(range(len(given)), key=given.__getitem__)
    placed: dict[int, float] = {}
    lowest = float("-inf")
    for place in order:
        lowest = max(given[place], lowest + gap)
        placed[place] = lowest
    return [placed[place] for place in range(len(given))]


def some_places(count: int, *, most: int) -> list[int]:
    """Return which periods get a label: the last, and others evenly before it.

    >>> some_places(12, most=4)
    [2, 5, 8, 11]
    """
    stride = ceil(count / most) if count else 1
    return sorted(range(count - 1, -1, -stride))
