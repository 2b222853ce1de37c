"""What a table says: columns, rows and cells, without a word of HTML.

A view or a presenter builds a `Table`; `{% data_table table %}` draws it with its row
headers, roles, sorted links, phone labels and withheld cells.
"""

from collections.abc import Collection, Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Literal

from django.http import QueryDict


@dataclass(frozen=True, slots=True)
class Hidden:
    """A value that exists and may not be shown, with the reason."""

    reason: str = "Not shown: under 10 students"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, a second line, and where it leads.

    Attributes:
        text: Words, a number, `Hidden`, or None where nothing was collected.
            Text made by a component, such as a pill, keeps its HTML.
        note: A second, smaller line.
        url: Where the text leads.
        aside: Small grey words on the same line, such as "n 402".
    """

    text: "str | int | Hidden | None"
    _: KW_ONLY
    note: str = ""
    url: str = ""
    aside: str = ""


Content = str | int | Hidden | Cell | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        label: Its heading; also the label of each cell on a phone.
        sort: The word in the address that sorts by it; empty when it cannot.
        number: Whether its cells are numbers, set to the right.
        width: A width class, or "spark" for drawings.
        phone: On a phone: half a row, a full row, or without its label.
        silent: Whether only screen readers read the heading, as over buttons.
    """

    label: str
    _: KW_ONLY
    sort: str = ""
    number: bool = False
    width: Literal["", "22", "25", "30", "spark"] = ""
    phone: Literal["half", "full", "bare"] = "half"
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row; its first cell is its header.

    Attributes:
        cells: One for each column.
        mark: A bar before the row: something to watch, or bad. The row's words say what.
        id: The row's own id, where something swaps it.
    """

    cells: Sequence[Content]
    _: KW_ONLY
    mark: Literal["", "watch", "bad"] = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A heading inside the table, over the rows that follow."""

    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """By which column a list is sorted, and the address that would sort it otherwise."""

    by: str
    descending: bool = False
    asked: QueryDict = field(default_factory=QueryDict)

    @classmethod
    def read(
        cls, asked: QueryDict, *, allowed: Collection[str], default: str
    ) -> "Sorting":
        """Read `?sort=name` or `?sort=-name`; anything not allowed is the default."""
        word = asked.get("sort", default)
        if word.removeprefix("-") not in allowed:
            word = default
        by = word.removeprefix("-")
        return cls(by=by, descending=word.startswith("-"), asked=asked)

    @property
    def word(self) -> str:
        """Return what was asked for, such as "-name"."""
        return f"-{self.by}" if self.descending else self.by

    def address(self, key: str) -> str:
        """Return the address that sorts by a column, or turns it round."""
        query = self.asked.copy()
        query.pop("page", None)
        turned = key == self.by and not self.descending
        query["sort"] = f"-{key}" if turned else key
        return f"?{query.urlencode()}"

    def direction(self, key: str) -> str:
        """Return "ascending", "descending", or nothing."""
        if not key or key != self.by:
            return ""
        return "descending" if self.descending else "ascending"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of records.

    Attributes:
        label: What the table holds, for screen readers.
        columns: In order; the first holds the row headers.
        rows: Rows, and headings over groups of them.
        sorting: How it is sorted, where columns can be sorted.
        foot: The last row: a sum.
        stacks: Whether it becomes records on a phone; small tables need not.
    """

    label: str
    columns: Sequence[Column]
    rows: Sequence[Row | Group]
    sorting: Sorting | None = None
    foot: Row | None = None
    stacks: bool = True

    def __post_init__(self) -> None:
        """Refuse a row whose cells do not match the columns.

        Raises:
            ValueError: A row has more or fewer cells than there are columns.
        """
        for row in (*self.rows, *([self.foot] if self.foot else [])):
            if isinstance(row, Row) and len(row.cells) != len(self.columns):
                msg = f"A row of {self.label!r} has {len(row.cells)} cells for {len(self.columns)} columns."
                raise ValueError(msg)
