"""What files are loaded into, and what is said of rows that cannot be."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Target(StrEnum):
    """What the rows of a file become."""

    NETWORKS = "networks"
    UNITS = "units"
    SCHOOLS = "schools"
    PEOPLE = "people"
    INDICATORS = "indicators"
    CALENDAR = "school-calendar"

    @property
    def label(self) -> str:
        """Return the words people read, such as "School calendar"."""
        return self.replace("-", " ").capitalize()


class Kind(StrEnum):
    """What the cells of a field hold."""

    KEY = "key"
    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    YES_NO = "yes or no"
    YEAR = "school year"
    EMAIL = "e-mail address"


class UnreadableFileError(ValueError):
    """A file cannot be read as a table; the text names it and says what to do."""


class MapError(ValueError):
    """A map cannot be followed; the text says which line and what to write."""


class QuestionError(ValueError):
    """A file can be read in more than one way, and a person must say which.

    Attributes:
        answer: The name of the answer that is missing, such as "principals".
        options: What may be answered, each with what it means.
    """

    def __init__(self, question: str, *, answer: str, options: dict[str, str]) -> None:
        """Keep the question and what may be answered."""
        super().__init__(question)
        self.answer = answer
        self.options = options


class UnclearValueError(ValueError):
    """A cell does not say what its field needs.

    Attributes:
        reason: What is wrong, as a sentence.
        remedy: What to write instead, as a sentence.
    """

    def __init__(self, reason: str, remedy: str) -> None:
        """Keep both sentences."""
        super().__init__(f"{reason} {remedy}")
        self.reason = reason
        self.remedy = remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """One row that does not load, or one cell of it, with what to do about it.

    Attributes:
        row: The row as a spreadsheet numbers it; 0 when it is about the whole file.
        column: The column's heading in the file; empty when it is about the row.
        value: The cell as written, cut at 200 characters.
        reason: What is wrong, as a sentence.
        remedy: What to do, as a sentence.
    """

    row: int
    column: str
    value: str
    reason: str
    remedy: str

    def as_json(self) -> dict[str, Any]:
        """Return the shape that commands and the API print."""
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "reason": self.reason,
            "remedy": self.remedy,
        }


def refusal_of(
    problem: UnclearValueError, *, row: int, column: str, value: str
) -> Refusal:
    """Say of which cell a problem is."""
    return Refusal(
        row=row,
        column=column,
        value=value[:200],
        reason=problem.reason,
        remedy=problem.remedy,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a load does to the rows it reaches.

    Attributes:
        new: Rows that were not there before.
        changed: Rows that say something else.
        ended: Rows that no longer hold.
        unchanged: Rows that say the same.
        refused: Refusals.
        weighty: Of the changed ones, those the guard weighs: a new telephone number
            does not move anyone, another network does.

    >>> Counts(new=2, changed=1, unchanged=7).reached
    8
    """

    new: int = 0
    changed: int = 0
    ended: int = 0
    unchanged: int = 0
    refused: int = 0
    weighty: int = 0

    @property
    def reached(self) -> int:
        """Return how many rows that were there before the load speaks of."""
        return self.changed + self.ended + self.unchanged

    @property
    def touched(self) -> int:
        """Return how many rows the load would alter."""
        return self.new + self.changed + self.ended

    def __add__(self, other: "Counts") -> "Counts":
        """Add two counts."""
        return Counts(
            new=self.new + other.new,
            changed=self.changed + other.changed,
            ended=self.ended + other.ended,
            unchanged=self.unchanged + other.unchanged,
            refused=self.refused + other.refused,
            weighty=self.weighty + other.weighty,
        )


def guard_reason(counts: Counts, *, ended_share: float, changed_share: float) -> str:
    """Return why a load should stop and ask, or nothing when it may go on.

    Args:
        counts: What the load would do.
        ended_share: The largest share of reached rows that may end, 0 to 1.
        changed_share: The largest share of reached rows that may change, 0 to 1.

    >>> guard_reason(Counts(ended=6, unchanged=94), ended_share=0.05, changed_share=0.2)
    'It would end 6 of 100 rows (6 %); the guard stops at 5 %.'
    >>> guard_reason(Counts(ended=5, unchanged=95), ended_share=0.05, changed_share=0.2)
    ''
    """
    if counts.ended > counts.reached * ended_share:
        return _guard_sentence("end", counts.ended, counts.reached, limit=ended_share)
    if counts.weighty > counts.reached * changed_share:
        return _guard_sentence(
            "change", counts.weighty, counts.reached, limit=changed_share
        )
    return ""


def _guard_sentence(verb: str, number: int, whole: int, *, limit: float) -> str:
    return (
        f"It would {verb} {number} of {whole} rows ({number / whole * 100:.3g} %); "
        f"the guard stops at {limit * 100:.3g} %."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a sheet.

    Attributes:
        number: The row as a spreadsheet numbers it.
        values: Trimmed text by heading; every heading is there.
        excess: Cells beyond the last heading, when they hold anything.
    """

    number: int
    values: dict[str, str]
    excess: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One checked row in the district's words, whatever format it came from.

    Attributes:
        row: The row it came from, as a spreadsheet numbers it.
        target: What it becomes.
        fields: Values by field name (see `exchange.fields`); what the file does not
            say is absent, what it leaves blank on purpose is None.
        day: The day from which the file says so; None means the load's own day.
    """

    row: int
    target: Target
    fields: dict[str, Any] = field(default_factory=dict)
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """One row that is not meant to load, such as a total or a student.

    Attributes:
        row: The row as a spreadsheet numbers it.
        reason: Why, as a sentence; rows are counted by it.
        count: How many rows it stands for.
    """

    row: int
    reason: str
    count: int = 1


Item = Record | Refusal | Aside
"""What a reader makes of a row."""
