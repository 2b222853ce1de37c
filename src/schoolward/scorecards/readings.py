"""Values as pages and the API show them, and the words that go with them. No Django."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from schoolward.analytics import limits as natural
from schoolward.analytics.limits import Limits, Rule
from schoolward.scorecards.domain import (
    Direction,
    State,
    Subject,
    Unit,
    written,
    years_between,
)
from schoolward.scorecards.measures.reading import Shown
from schoolward.scorecards.measures.rollups import Basis, Level
from schoolward.scorecards.measures.shelving import BOUNDED


DASH = "–"
BASIS_WORDS: Mapping[str, str] = {
    Basis.SUM: "{} added up",
    Basis.PARTS: "{} added up",
    Basis.WEIGHTED: "average of {}, weighted by n",
    Basis.MEAN: "average of {}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """Where an indicator's values come from, and who answers for them."""

    key: str
    name: str
    owner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorLine:
    """An indicator as pages and the API show it."""

    key: str
    name: str
    question: str
    unit: str
    unit_label: str
    direction: str
    source: SourceLine | None
    caveats: str
    formula: str
    decimals: int
    scale: tuple[str, ...]
    is_active: bool
    subject: str = Subject.STUDENTS
    minimum: int | None = None
    ordinal_level: str = ""
    guards_extremes: bool = False
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """What an earlier file said of the same."""

    value: float | None
    shown: str
    load_id: int
    file_year: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One value as it is shown.

    Attributes:
        value: The value; None when it is not shown.
        word: The word of a rating.
        state: value, suppressed, bounded, not_enough or missing.
        shown: What people read: "93.2%", "STRONG", "> 95%" or a dash.
        low: The value is more than this, when only a bound is shown.
        high: The value is less than this, when only a bound is shown.
        reason: Why it is not shown, as a sentence; "" when it is.
        basis: How it came about, such as "sum of parts".
        n_words: "n 312", "n not given" or "of 24 schools".
        school_count: Schools behind a roll-up.
        left_out: Schools whose value its file withheld, and so no part of a roll-up.
        load_id: The load whose file said so; None for roll-ups.
        restated_from: What an earlier file said, when it said something else.
    """

    period: str
    value: float | None
    numerator: float | None
    denominator: float | None
    n: int | None
    word: str
    state: str
    shown: str
    low: float | None
    high: float | None
    reason: str
    basis: str
    n_words: str
    school_count: int | None
    left_out: int
    load_id: int | None
    file_year: str
    restated_from: Restated | None

    @property
    def basis_words(self) -> str:
        """Return how it came about as people read it, such as "24 schools added up"."""
        if self.school_count == 1 and self.basis in BASIS_WORDS:
            return "1 school"
        count = self.school_count
        schools = "schools" if count is None else f"{count:,} schools"
        return BASIS_WORDS.get(self.basis, self.basis).format(schools)

    @property
    def behind(self) -> str:
        """Return its n with how it came about, the number of schools said once."""
        counted = "" if self.n_words.startswith("of ") else self.n_words
        return ", ".join(filter(None, (counted, self.basis_words)))


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendPoint:
    """One school year of a trend; no reading where the year is missing."""

    period: str
    reading: Reading | None
    is_signal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A latest value unlike those before it.

    Attributes:
        kind: beyond, run or near.
        sentence: The rule, and what is usual.
        is_better: Whether it moved the better way; None where no way is better.
    """

    kind: str
    sentence: str
    is_better: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolIndicator:
    """One indicator of a place, with its trend and the wider places beside it."""

    indicator: IndicatorLine
    now: Reading | None
    trend: tuple[TrendPoint, ...]
    network: Reading | None
    district: Reading | None
    limits: Limits | None
    signal: Signal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceValue:
    """One value of a list: whose, of which group, and the reading."""

    place_kind: str
    place_id: int
    group: str
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class ValuePage:
    """A page of a list of values."""

    items: tuple[PlaceValue, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A school's latest value that lies beyond what is usual."""

    school_id: int
    indicator: IndicatorLine
    reading: Reading
    signal: Signal


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleValue:
    """An indicator whose last value of a school is older than that of others."""

    school_id: int
    indicator: IndicatorLine
    last_period: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Restatement:
    """A value that a later file restated."""

    indicator: IndicatorLine
    school_id: int
    period: str
    group: str
    old: str
    new: str
    load_id: int
    old_load_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DataGap:
    """A year in which an indicator has values of fewer schools than it had."""

    indicator: IndicatorLine
    period: str
    school_count: int
    expected_count: int
    sentence: str


def reading_of(row: Shown, line: IndicatorLine) -> Reading:
    """Return a row of a shelf as it is shown."""
    return Reading(
        period=row.period,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        n=row.n,
        word=row.text,
        state=row.state,
        shown=_shown(row, line),
        low=row.low,
        high=row.high,
        reason=_reason(row, line),
        basis=_basis(row, line),
        n_words=_n_words(row),
        school_count=row.school_count,
        left_out=row.left_out or 0,
        load_id=row.load_id,
        file_year=row.file_year or "",
        restated_from=_restated(row, line),
    )


def _shown(row: Shown, line: IndicatorLine) -> str:
    if row.state == BOUNDED:
        return _bound(row, line)
    if row.state == State.VALUE:
        return value_words(row.value, row.text, line=line, is_rolled=row.basis)
    return DASH


def _bound(row: Shown, line: IndicatorLine) -> str:
    sign, edge = (">", row.low) if row.low is not None else ("<", row.high)
    return f"{sign} {written(edge or 0, unit=Unit(line.unit), decimals=line.decimals)}"


def value_words(
    value: float | None, word: str, *, line: IndicatorLine, is_rolled: str = ""
) -> str:
    """Return a value as people read it: a number with its unit, or a word."""
    if word and is_rolled in {"", Basis.PUBLISHED}:
        return word
    if value is None:
        return DASH
    unit = Unit.SHARE if is_rolled == Basis.AT_LEVEL else Unit(line.unit)
    return written(value, unit=unit, decimals=line.decimals)


PEOPLE = {Subject.STUDENTS: "students", Subject.ADULTS: "people"}


def _reason(row: Shown, line: IndicatorLine) -> str:
    people = PEOPLE.get(Subject(line.subject), "people")
    if row.state == State.SUPPRESSED:
        if line.minimum is None:
            return "Not shown: its source withheld it."
        return (
            f"Not shown: under {line.minimum} {people}, or needed so that such a group "
            "cannot be worked out."
        )
    if row.state == BOUNDED:
        return (
            f"Only a bound is shown: the exact value would tell something about nearly "
            f"every one of these {people}."
        )
    if row.state == State.NOT_ENOUGH:
        return f"The source says: {row.text or 'not enough data'}."
    return ""


def _basis(row: Shown, line: IndicatorLine) -> str:
    if row.basis == Basis.AT_LEVEL:
        return f"{row.basis} {line.ordinal_level}"
    return row.basis


def _n_words(row: Shown) -> str:
    if row.state in {State.SUPPRESSED, State.NOT_ENOUGH}:
        return ""
    if row.n is not None:
        return f"n {row.n:,}"
    if row.level != Level.SCHOOL and row.school_count is not None:
        schools = "school" if row.school_count == 1 else "schools"
        return f"of {row.school_count:,} {schools}"
    return "n not given"


def _restated(row: Shown, line: IndicatorLine) -> Restated | None:
    if row.old_load_id is None:
        return None
    return Restated(
        value=row.old_value,
        shown=_old(row, line),
        load_id=row.old_load_id,
        file_year=row.old_file_year or "",
    )


def _old(row: Shown, line: IndicatorLine) -> str:
    if row.old_state == State.SUPPRESSED:
        return "withheld"
    return value_words(row.old_value, row.old_text or "", line=line)


def trend_of(rows: Iterable[Shown], line: IndicatorLine) -> tuple[TrendPoint, ...]:
    """Return one point per school year from the first to the last of these rows."""
    known = {row.period: row for row in rows}
    return tuple(
        _point(period, known.get(period), line) for period in years_between(known)
    )


def _point(period: str, row: Shown | None, line: IndicatorLine) -> TrendPoint:
    if row is None:
        return TrendPoint(period=period, reading=None)
    return TrendPoint(
        period=period, reading=reading_of(row, line), is_signal=bool(row.signal)
    )


def limits_of(trend: Sequence[TrendPoint], line: IndicatorLine) -> Limits | None:
    """Return the natural limits of what a trend shows; words have none."""
    if line.unit == Unit.ORDINAL:
        return None
    return natural.natural_limits(
        [point.reading.value if point.reading else None for point in trend]
    )


def signal_of(row: Shown, line: IndicatorLine) -> Signal | None:
    """Return the signal of a latest row, or None."""
    if not row.signal or row.center is None or row.value is None:
        return None
    rule, reach = Rule(row.signal), row.reach or 0
    low, high = (_within(row.center + way * reach, line) for way in (-1, 1))
    usual = f"usual is {low} to {high}"
    few = row.points is not None and row.points < natural.STEADY_POINTS
    doubt = f", from only {row.points} years" if few else ""
    words = rule.sentence[0].upper() + rule.sentence[1:]
    return Signal(
        kind=rule.value,
        sentence=f"{words}; {usual}{doubt}",
        is_better=_is_better(row.value > row.center, line),
    )


def _within(value: float, line: IndicatorLine) -> str:
    """Return a limit as people read it, cut to what the unit allows."""
    unit = Unit(line.unit)
    cut = value if unit in {Unit.MEAN, Unit.ORDINAL} else max(value, 0.0)
    cut = min(cut, 1.0) if unit is Unit.SHARE else cut
    return written(cut, unit=unit, decimals=line.decimals)


def _is_better(is_higher: bool, line: IndicatorLine) -> bool | None:  # noqa: FBT001
    if line.direction == Direction.NONE:
        return None
    return is_higher == (line.direction == Direction.HIGHER)


def by_indicator(rows: Iterable[Shown]) -> Mapping[str, list[Shown]]:
    """Return rows by indicator, each in order of period."""
    found: dict[str, list[Shown]] = {}
    for row in rows:
        found.setdefault(row.indicator, []).append(row)
    for some in found.values():
        some.sort(key=lambda row: row.period)
    return found
