"""What an indicator is, what a value of a file says, and which values cannot be."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from schoolward.kernel.schoolyear import SchoolYear, SchoolYearError


class PlaceKind(StrEnum):
    """What a value is about."""

    SCHOOL = "school"
    NETWORK = "network"
    DISTRICT = "district"


class State(StrEnum):
    """What a file says of a cell."""

    VALUE = "value"
    SUPPRESSED = "suppressed"
    NOT_ENOUGH = "not_enough"
    MISSING = "missing"


class Unit(StrEnum):
    """What a value counts in."""

    SHARE = "share"
    COUNT = "count"
    MEAN = "mean"
    ORDINAL = "ordinal"
    DAYS = "days"
    PER_100 = "per_100"

    @property
    def label(self) -> str:
        """Return the words people read."""
        return {
            Unit.SHARE: "share",
            Unit.COUNT: "count",
            Unit.MEAN: "mean score",
            Unit.ORDINAL: "rating in words",
            Unit.DAYS: "days",
            Unit.PER_100: "per 100",
        }[self]


class Direction(StrEnum):
    """Which way is better, if any."""

    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"


class Subject(StrEnum):
    """Who or what stands behind a value; it sets how small a group may be."""

    STUDENTS = "students"
    ADULTS = "adults"
    THINGS = "things"


LEAST_CELL = 5
"""No indicator may show smaller groups; answers of adults need as many."""

GROUP = re.compile(r"^[^:\s][^:]*(:[^:\s][^:]*)?$")


class DefinitionError(ValueError):
    """A definition contradicts itself; the text says what to change."""


class CursorError(ValueError):
    """A cursor is none that a list handed out; the text says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a value of one indicator may look like."""

    unit: Unit
    scale: tuple[str, ...] = ()

    def step_of(self, word: str) -> int | None:
        """Return a word's place in the scale, the lowest being 1; None when unknown."""
        folded = [one.casefold() for one in self.scale]
        key = " ".join(word.split()).casefold()
        return folded.index(key) + 1 if key in folded else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRow:
    """What a file says of one indicator, place, period and group.

    Attributes:
        indicator: The indicator's key.
        period: The school year the value is about, such as 2018-19.
        place_id: The school or network; 0 for the district.
        place_kind: What the place is.
        group: "" for all, else `dimension:member`, such as grade:3.
        state: Whether there is a value, and why not.
        value: The value; shares from 0 to 1; None for words and cells without value.
        numerator: What was counted, when the file says.
        denominator: Of how many, when the file says.
        n: The number behind the value, from the same file's own column.
        text: The word of a rating, as written.
        row: The row in the file, as a spreadsheet numbers it.
        column: The column's heading in the file.
    """

    indicator: str
    period: str
    place_id: int
    place_kind: PlaceKind = PlaceKind.SCHOOL
    group: str = ""
    state: State = State.VALUE
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    n: int | None = None
    text: str = ""
    row: int = 0
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a value cannot be taken, and what to do."""

    reason: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorDraft:
    """An indicator as a map or a person defines it.

    Attributes:
        key: Its short name in addresses and files.
        name: What people call it.
        question: The question it answers.
        unit: What it counts in.
        direction: Which way is better, if any.
        formula: How it is reckoned, in words.
        caveats: What a reader must know.
        subject: Who stands behind it.
        minimum_cell: The smallest group shown, when not that of its subject.
        scale: The words of a rating, from low to high.
        ordinal_level: The word from which on a roll-up counts a school.
        decimals: Decimals shown.
        guards_extremes: Whether values near none or all are shown as bounds; None
            means: for shares of students.
    """

    key: str
    name: str
    question: str
    unit: Unit
    direction: Direction = Direction.NONE
    formula: str = ""
    caveats: str = ""
    subject: Subject = Subject.STUDENTS
    minimum_cell: int | None = None
    scale: tuple[str, ...] = ()
    ordinal_level: str = ""
    decimals: int = 1
    guards_extremes: bool | None = None

    @property
    def shape(self) -> Shape:
        """Return what its values may look like."""
        return Shape(unit=self.unit, scale=self.scale)

    @property
    def does_guard_extremes(self) -> bool:
        """Return the choice, or what follows from unit and subject."""
        if self.guards_extremes is not None:
            return self.guards_extremes
        return self.unit is Unit.SHARE and self.subject is Subject.STUDENTS


def check_definition(draft: IndicatorDraft) -> None:
    """Refuse a definition that contradicts itself.

    Raises:
        DefinitionError: The sentence says what to change.
    """
    if draft.unit is Unit.ORDINAL and len(draft.scale) < 2:
        msg = "A rating in words needs its scale: the words from low to high."
        raise DefinitionError(msg)
    if draft.ordinal_level and draft.shape.step_of(draft.ordinal_level) is None:
        msg = f"“{draft.ordinal_level}” is not a word of the scale. Choose one of it."
        raise DefinitionError(msg)
    if draft.minimum_cell is not None and draft.minimum_cell < LEAST_CELL:
        msg = f"The smallest group shown is {LEAST_CELL} or more."
        raise DefinitionError(msg)


def minimum_of(subject: Subject, *, own: int | None, setting: int) -> int | None:
    """Return how small a group may be; None where no people stand behind the value.

    Args:
        subject: Who stands behind the value.
        own: The indicator's own minimum, if any.
        setting: The district's minimum for students.

    >>> minimum_of(Subject.STUDENTS, own=None, setting=10)
    10
    """
    if own is not None:
        return own
    if subject is Subject.THINGS:
        return None
    return setting if subject is Subject.STUDENTS else LEAST_CELL


def problem_of(row: ValueRow, shape: Shape) -> Problem | None:
    """Return why a value of a file cannot be taken, or None."""
    for check in _CHECKS:
        if problem := check(row, shape):
            return problem
    return None


def _period(row: ValueRow, _shape: Shape) -> Problem | None:
    try:
        known = str(SchoolYear.parse(row.period)) == row.period
    except SchoolYearError:
        known = False
    if known:
        return None
    return Problem(
        reason=f"“{row.period}” is not a school year.", remedy="Write it as 2018-19."
    )


def _group(row: ValueRow, _shape: Shape) -> Problem | None:
    if row.group == "" or GROUP.match(row.group):
        return None
    return Problem(
        reason=f"“{row.group}” is not a group.",
        remedy="Write the dimension, a colon and the group, such as gender:female.",
    )


def _word(row: ValueRow, shape: Shape) -> Problem | None:
    if shape.unit is not Unit.ORDINAL or row.state is not State.VALUE:
        return None
    if shape.step_of(row.text) is not None:
        return None
    return Problem(
        reason=f"“{row.text}” is not a word of this rating.",
        remedy=f"Use one of {', '.join(shape.scale)}, or add the word to the scale.",
    )


def _number(row: ValueRow, shape: Shape) -> Problem | None:
    if shape.unit is Unit.ORDINAL or row.state is not State.VALUE:
        return None
    if row.value is None or row.value != row.value:
        return Problem(
            reason="There is no number.",
            remedy="Leave the cell blank if none is known.",
        )
    if abs(row.value) == float("inf"):
        return Problem(reason="The number is endless.", remedy="Write a number.")
    return None


def _share(row: ValueRow, shape: Shape) -> Problem | None:
    if shape.unit is not Unit.SHARE or row.value is None or 0 <= row.value <= 1:
        return None
    return Problem(
        reason=f"{row.value:g} is not a share: it lies outside 0 to 1.",
        remedy="Say in the map that the column is in percent, or mend the cell.",
    )


def _not_negative(row: ValueRow, shape: Shape) -> Problem | None:
    parts = (row.numerator, row.denominator, row.n)
    counted = row.value if shape.unit in {Unit.COUNT, Unit.PER_100} else None
    if all(one is None or one >= 0 for one in (*parts, counted)):
        return None
    return Problem(
        reason="A count is below zero.", remedy="Write how many there are, 0 or more."
    )


_CHECKS: tuple[Callable[[ValueRow, Shape], Problem | None], ...] = (
    _period,
    _group,
    _word,
    _number,
    _share,
    _not_negative,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedValue:
    """A value that was not taken, where it stands and what to do."""

    row: int
    column: str
    value: str
    reason: str
    remedy: str


MOST_REFUSALS = 500
"""How many refusals are told in full; all are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadOutcome:
    """What a load of values does, or did.

    Attributes:
        new: Values for which there was none.
        changed: Values that differ from the current one and become current.
        unchanged: Values that agree with the current one, or that a file of a later
            school year outweighs.
        restated: Those of `changed` where the earlier value came from another file.
        refused: The first refusals, in full.
        refused_count: All refusals.
        fact_count: Facts written.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    restated: int = 0
    refused: tuple[RefusedValue, ...] = field(default=())
    refused_count: int = 0
    fact_count: int = 0

    @property
    def ended(self) -> int:
        """Return 0: a load of values ends none."""
        return 0


def years_between(periods: Iterable[str]) -> tuple[str, ...]:
    """Return every school year from the first to the last of these.

    >>> years_between(["2021-22", "2018-19", "2018-19"])
    ('2018-19', '2019-20', '2020-21', '2021-22')
    """
    starts = {SchoolYear.parse(period).start for period in periods}
    if not starts:
        return ()
    return tuple(str(SchoolYear(year)) for year in range(min(starts), max(starts) + 1))


def written(value: float, *, unit: Unit, decimals: int) -> str:
    """Return a value as people read it.

    >>> (
    ...     written(0.9321, unit=Unit.SHARE, decimals=1),
    ...     written(1530, unit=Unit.COUNT, decimals=1),
    ... )
    ('93.2%', '1,530')
    """
    if unit is Unit.SHARE:
        return f"{value * 100:,.{decimals}f}%"
    if unit is Unit.COUNT and value == int(value):
        return f"{int(value):,}"
    return f"{value:,.{decimals}f}"
