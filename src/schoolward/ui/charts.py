"""What a chart of values over time says, in words and in numbers.

A point may be missing (the line breaks), restated (the old value stays known) or
withheld (with its reason). Nothing here draws: see `drawing.py`.
"""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Literal

from schoolward.ui.tables import Cell, Column, Content, Hidden, Row, Table


Unit = Literal["share", "count", "number", "minutes"]
State = Literal["shown", "restated", "missing", "withheld"]


@dataclass(frozen=True, slots=True)
class Point:
    """One value of one period.

    Attributes:
        period: How people write the period, such as "2018–19".
        value: The value, or None where nothing was collected or nothing may be shown.
        n: The number behind the value; None when the source does not give it.
        was: The value before it was restated.
        hidden: Why the value is withheld, when it is.
        note: More words for the table, such as "NOT ENOUGH DATA in the file".
    """

    period: str
    value: float | None
    _: KW_ONLY
    n: int | None = None
    was: float | None = None
    hidden: str = ""
    note: str = ""

    @property
    def state(self) -> State:
        """Return how the point is drawn."""
        if self.hidden:
            return "withheld"
        if self.value is None:
            return "missing"
        return "shown" if self.was is None else "restated"

    @property
    def shown(self) -> float | None:
        """Return the value where it may be shown."""
        return None if self.hidden else self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The natural limits of a series: where it moves when nothing has changed."""

    mean: float
    lower: float
    upper: float

    def hold(self, value: float) -> bool:
        """Return whether a value lies within the limits."""
        return self.lower <= value <= self.upper


@dataclass(frozen=True, slots=True)
class Companion:
    """The same measure for a wider place, period by period: a network, the district."""

    name: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """One measure of one place over time.

    Attributes:
        label: What is measured: "Chronic absence at Orchard Elementary".
        points: In order of time.
        unit: How values are written; shares are from 0 to 1.
        decimals: How many decimals are written.
        limits: Natural limits, where they are known.
        companions: Wider places, each with a value or None per point.
        name: How the place's own line is labeled.
    """

    label: str
    points: Sequence[Point]
    unit: Unit = "share"
    decimals: int = 0
    limits: Limits | None = None
    companions: Sequence[Companion] = ()
    name: str = "This school"

    def __post_init__(self) -> None:
        """Refuse a companion that does not have one value per point.

        Raises:
            ValueError: The lengths differ.
        """
        for companion in self.companions:
            if len(companion.values) != len(self.points):
                msg = f"{companion.name!r} has {len(companion.values)} values for {len(self.points)} points."
                raise ValueError(msg)

    def written(self, value: float) -> str:
        """Return a value as people read it."""
        return written(value, unit=self.unit, decimals=self.decimals)

    def is_signal(self, point: Point) -> bool:
        """Return whether a point lies beyond the natural limits."""
        value = point.shown
        return bool(self.limits and value is not None and not self.limits.hold(value))


def written(value: float, *, unit: Unit, decimals: int = 0) -> str:
    """Write a value with its unit.

    >>> written(0.142, unit="share", decimals=1)
    '14.2%'
    >>> written(-3.5, unit="number", decimals=1)
    '−3.5'
    """
    shown = value * 100 if unit == "share" else value
    digits = f"{shown:,.{decimals}f}".replace("-", "−")
    return digits + {"share": "%", "minutes": " min"}.get(unit, "")


def in_words(trend: Trend) -> str:
    """Say what a drawing shows, for who does not see it."""
    known = [point for point in trend.points if point.shown is not None]
    if not known:
        return f"{trend.label}: no value can be shown."
    sentences = [_course(trend, known), _limits(trend), *_states(trend)]
    return " ".join(filter(None, sentences))


def _course(trend: Trend, known: Sequence[Point]) -> str:
    values = [point.shown for point in known if point.shown is not None]
    last, count = known[-1], len(known)
    latest = f"{trend.written(values[-1])} in {last.period}"
    if count == 1:
        return f"{trend.label}: one value, {latest}."
    spread = f"{trend.written(min(values))} and {trend.written(max(values))}"
    return (
        f"{trend.label}: {count} values from {known[0].period} to {last.period}, "
        f"between {spread}; the latest is {latest}."
    )


def _limits(trend: Trend) -> str:
    if trend.limits is None:
        return ""
    low, high = trend.written(trend.limits.lower), trend.written(trend.limits.upper)
    beyond = [point.period for point in trend.points if trend.is_signal(point)]
    signals = f" Beyond it: {', '.join(beyond)}." if beyond else ""
    return f"Usual range {low} to {high}.{signals}"


def _states(trend: Trend) -> list[str]:
    words: dict[State, str] = {
        "missing": "No value",
        "withheld": "Withheld",
        "restated": "Restated",
    }
    found = {
        word: [point.period for point in trend.points if point.state == state]
        for state, word in words.items()
    }
    return [f"{word}: {', '.join(when)}." for word, when in found.items() if when]


def as_table(trend: Trend) -> Table:
    """Return the values of a trend as a table, period by period."""
    columns = [
        Column("Period"),
        Column(trend.name, number=True),
        Column("n", number=True),
        *(Column(companion.name, number=True) for companion in trend.companions),
        Column("Note"),
    ]
    rows = [_row(trend, place) for place in range(len(trend.points))]
    return Table(label=f"{trend.label}, values", columns=columns, rows=rows)


def _row(trend: Trend, place: int) -> Row:
    point = trend.points[place]
    beside = [companion.values[place] for companion in trend.companions]
    return Row(
        [
            point.period,
            _value(trend, point),
            _count(point),
            *(None if value is None else trend.written(value) for value in beside),
            _note(trend, point),
        ]
    )


def _value(trend: Trend, point: Point) -> Content:
    if point.hidden:
        return Hidden(point.hidden)
    return None if point.value is None else trend.written(point.value)


def _count(point: Point) -> Content:
    if point.shown is None:
        return ""
    return Cell("n not given") if point.n is None else point.n


def _note(trend: Trend, point: Point) -> str:
    was = "" if point.was is None else f"Restated, was {trend.written(point.was)}."
    signal = "Beyond the usual range." if trend.is_signal(point) else ""
    return " ".join(filter(None, (was, signal, point.note)))
