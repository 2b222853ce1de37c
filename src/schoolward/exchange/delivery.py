"""What a reader hands over: where a file is from, and its rows as they are checked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from schoolward.exchange.domain import Item, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """A file as it was given.

    Attributes:
        name: As the person knows it.
        size: In bytes.
        sha256: By which the same content is known again.
    """

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """Where facts come from: becomes a row that names who answers for them."""

    key: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """An indicator of the catalogue, as a map brings it.

    Attributes:
        key: Unique and lasting, such as cps-student-attendance.
        name: As people read it.
        question: The question it answers.
        unit: share, count, mean, ordinal, days or per_100.
        direction: higher, lower or none: which way is better.
        formula: How it is worked out, in words.
        caveats: What to mind in reading it.
        subject: students, adults or things: who is counted.
        minimum_cell: The smallest group shown; None means the district's own.
        scale: Words of an ordinal, from the lowest to the highest.
        ordinal_level: The word from which on schools are counted in a roll-up.
        decimals: How many are shown.
    """

    key: str
    name: str
    question: str = ""
    unit: str = "count"
    direction: str = "none"
    formula: str = ""
    caveats: str = ""
    subject: str = "students"
    minimum_cell: int | None = None
    scale: tuple[str, ...] = ()
    ordinal_level: str = ""
    decimals: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A file on its way in, whatever its format.

    Attributes:
        target: The word of the command, such as "schools" or "oneroster".
        format: How it was read, for people.
        file: The file.
        source: Where its facts come from.
        ids: Who issued the ids in it; the same issuer's ids match across files.
        as_of: The day from which rows hold that bring no day of their own.
        school_year: The year it is about, such as 2018-19, or empty.
        items: Its rows, streamed; they can be read once.
        complete: For which targets a row that is absent has ended.
        emails_are_verified: Whether the district vouches for its e-mail addresses.
        map_name: The map by which it was read.
        indicators: What the catalogue is to say of the indicators in it.
        answers: What was answered to the reader's questions; kept for the next file.
        notes: What was odd, as sentences.
        ignored_columns: Columns that nothing was made of.
    """

    target: str
    format: str
    file: FileFacts
    source: SourceRef
    ids: str
    as_of: date
    items: Iterable[Item]
    school_year: str = ""
    complete: frozenset[Target] = frozenset()
    emails_are_verified: bool = False
    map_name: str = ""
    indicators: tuple[Indicator, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    ignored_columns: tuple[str, ...] = ()
