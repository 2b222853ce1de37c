"""Maps: which column of a file fills which field, and how its rows are to be read.

The format is TOML and described in docs/how-to/maps.md.
"""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass

from schoolward.exchange.delivery import Indicator, SourceRef
from schoolward.exchange.domain import Target
from schoolward.exchange.sheets.read import AS_FOUND, Reading
from schoolward.exchange.values import USUAL_MARKS, Marks, YearSpelling


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What a column fills.

    Attributes:
        field: A field of the target, or `id:KIND` for a further id of a school.
        values: Words of the file and what they mean, in lower case.
        blank_means_none: Whether an empty cell says "none" rather than nothing.
        drop: Cells that match say nothing.
        extract: Its first group is the value; cells that do not match say nothing.
        through_crosswalk: Whether the crosswalk turns the id into a school's.
        kind: The kind of id in the column, where it is not the district's usual one.
    """

    field: str
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    blank_means_none: bool = False
    drop: re.Pattern[str] | None = None
    extract: re.Pattern[str] | None = None
    through_crosswalk: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Rows that are set aside by what a column says.

    Attributes:
        column: The heading.
        words: Cells, in lower case.
        matches: Or a pattern that cells match.
        keeps: Whether matching rows are the ones that stay.
        reason: Why rows are set aside, as a sentence.
    """

    column: str
    words: frozenset[str]
    matches: re.Pattern[str] | None
    keeps: bool
    reason: str

    def sets_aside(self, cell: str) -> bool:
        """Return whether a row with this cell is set aside."""
        told = cell.lower() in self.words or bool(
            self.matches and self.matches.search(cell)
        )
        return told is not self.keeps


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRule:
    """Where the school year of a file stands, in the order of trust.

    Attributes:
        places: "file-name" and "column", in order; `--as-of` always comes first.
        file_name: Its first group is the year in the file's name.
        column: The heading.
        spelling: What a bare year such as 2018 names.
        each_row: Whether each row has a year of its own.
    """

    places: tuple[str, ...] = ("file-name",)
    file_name: re.Pattern[str] = re.compile(
        r"(?i)(SY\s?\d{2}[-_]?\d{2}|20\d{2}[-_]\d{2,4})"
    )
    column: str = ""
    spelling: YearSpelling = YearSpelling.SCHOOL_YEAR
    each_row: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Crosswalk:
    """Which columns of a second file lead from one id to another."""

    from_column: str
    to_column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleRule:
    """What seat a job title is.

    Attributes:
        words: Titles, in lower case.
        matches: Or a pattern that titles match.
        seat: The seat, in the kernel's word.
        capacity: regular, interim, acting or resident.
    """

    words: frozenset[str]
    matches: re.Pattern[str] | None
    seat: str
    capacity: str

    def says(self, title: str) -> bool:
        """Return whether the rule speaks of a title."""
        return title.lower() in self.words or bool(
            self.matches and self.matches.search(title)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Ordinal words from the lowest to the highest; values are their places from 1.

    Attributes:
        words: From the lowest to the highest.
        missing: Words that mean there is no value.
        passes_over: Words of another yardstick in the same column; nothing is made of
            them here.
    """

    words: tuple[str, ...]
    missing: frozenset[str] = frozenset()
    passes_over: frozenset[str] = frozenset()

    def place_of(self, word: str) -> int | None:
        """Return the place of a word, from 1, or None when it is not on the scale."""
        cleaned = " ".join(word.split()).upper()
        ranks = [one.upper() for one in self.words]
        return ranks.index(cleaned) + 1 if cleaned in ranks else None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRule:
    """Which columns hold an indicator's values.

    Attributes:
        indicator: What the catalogue says of it; may hold {names} of the pattern.
        columns: Headings and how many years from the file's own they speak of.
        pattern: Or a pattern of headings, with named groups.
        group: The group of students; may hold {names}.
        percent: Whether the file writes shares as percent.
        n: The heading of the number behind the value.
        numerator: The heading of the numerator.
        denominator: The heading of the denominator.
        scale: The scale of a rating.
    """

    indicator: Indicator
    columns: Mapping[str, int]
    pattern: re.Pattern[str] | None = None
    group: str = ""
    percent: bool = False
    n: str = ""
    numerator: str = ""
    denominator: str = ""
    scale: Scale | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRule:
    """Where the group of students stands in a row.

    Attributes:
        column: The heading; empty means that all rows are of all students.
        values: Words of the file and the group they mean.
        template: How other words become a group, such as grade:{}.
    """

    column: str = ""
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    template: str = "{}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """How to read one kind of file."""

    name: str
    title: str
    target: Target
    source: SourceRef
    ids: str
    about: str = ""
    id_kind: str = "school"
    complete: bool = False
    emails_are_verified: bool = False
    day_first: bool = False
    reading: Reading = AS_FOUND
    year: YearRule = YearRule()
    day_column: str = ""
    columns: Mapping[str, tuple[Use, ...]] = dataclasses.field(default_factory=dict)
    constants: Mapping[str, str] = dataclasses.field(default_factory=dict)
    filters: tuple[Filter, ...] = ()
    crosswalk: Crosswalk | None = None
    unsupervised: frozenset[str] = frozenset()
    marks: Marks = USUAL_MARKS
    titles: tuple[TitleRule, ...] = ()
    indicators: tuple[IndicatorRule, ...] = ()
    group: GroupRule = GroupRule()
