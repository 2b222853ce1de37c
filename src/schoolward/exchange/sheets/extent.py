"""How large the grid of a workbook is, measured before any library builds it.

A workbook of a few bytes can claim a cell in the last row and column, or one cell
repeated a billion times; what reads it would fill the memory. So the XML is measured
while it is unpacked, in pieces, and a grid beyond the limit is refused with a sentence.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from schoolward.exchange.domain import UnreadableFileError
from schoolward.exchange.sheets.limits import Limits
from schoolward.exchange.sheets.zips import damaged


_COLUMN = re.compile(rb"""\br=["']([A-Z]{1,7})\d""")
_ROW = re.compile(rb"""\br=["'][A-Z]{0,7}(\d{1,10})["']""")
_CELL = re.compile(rb"<(?:\w{1,20}:)?c[\s/>]")
_OVERLAP = 64


@dataclass(slots=True)
class Extent:
    """Rows and columns that a sheet reaches."""

    rows: int = 0
    columns: int = 0

    def check(self, *, name: str, limits: Limits) -> None:
        """Refuse a grid beyond the limits.

        Raises:
            UnreadableFileError: Too many columns, or rows times columns.
        """
        if self.columns > limits.columns:
            raise UnreadableFileError(too_wide(name, self.columns, limits.columns))
        if self.rows * self.columns > limits.grid_cells:
            msg = (
                f"{name} reaches over {self.rows:,} rows and {self.columns:,} columns, "
                "more than a workbook is read for. Delete the empty ones, or save it as "
                "CSV, which may have any number of rows."
            )
            raise UnreadableFileError(msg)


def too_wide(name: str, columns: int, most: int) -> str:
    """Return the sentence for a table with too many columns."""
    return (
        f"{name} has {columns:,} columns; a table may have {most:,}. Keep the columns "
        "you need and load the file again."
    )


def xlsx_extent(pieces: Iterable[bytes]) -> Extent:
    """Return how far the cells of one XLSX sheet reach."""
    letters: set[bytes] = set()
    rows, cells, named, before = 0, 0, 0, b""
    for piece in pieces:
        window = before + piece
        columns = _COLUMN.findall(window)
        letters.update(columns)
        named += len(_COLUMN.findall(piece))
        cells += len(_CELL.findall(piece))
        rows = max(rows, max(map(int, _ROW.findall(window)), default=0))
        before = piece[-_OVERLAP:]
    columns_reached = max(map(column_number, letters), default=0)
    if cells > named * 2 + 8:
        # Cells without an address count from the left; all may stand in one row.
        columns_reached = max(columns_reached, min(cells, 16_384))
    return Extent(rows=max(rows, 1), columns=columns_reached)


def column_number(letters: bytes) -> int:
    """Return the number of a column by its letters.

    >>> column_number(b"A"), column_number(b"Z"), column_number(b"AA")
    (1, 26, 27)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def ods_extent(pieces: Iterable[bytes], *, name: str) -> Extent:
    """Return how far the filled cells of the widest ODS sheet reach.

    Raises:
        UnreadableFileError: The XML is damaged or declares entities.
    """
    measure = _OdsMeasure()
    parser = expat.ParserCreate()
    parser.StartElementHandler = measure.start
    parser.EndElementHandler = measure.end
    parser.StartDoctypeDeclHandler = measure.refuse
    try:
        for piece in pieces:
            parser.Parse(piece)
        parser.Parse(b"", True)  # noqa: FBT003
    except (expat.ExpatError, _DoctypeError) as error:
        raise UnreadableFileError(damaged(name)) from error
    return measure.widest


class _DoctypeError(ValueError):
    """The XML declares a document type, which workbooks never do."""


@dataclass(slots=True)
class _OdsMeasure:
    """Counts rows and columns with their repeats; empty ones only before filled ones."""

    widest: Extent = field(default_factory=Extent)
    row: int = 0
    column: int = 0
    filled: int = 0

    def refuse(self, *_: object) -> None:
        raise _DoctypeError

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "table":
            self.row = 0
        elif kind == "table-row":
            self.column = self.filled = 0
            self.row += _repeats(attributes, "number-rows-repeated")
        elif kind in {"table-cell", "covered-table-cell"}:
            self.column += _repeats(attributes, "number-columns-repeated")
            if any(key.startswith("office:value") for key in attributes):
                self.filled = self.column
        elif kind == "p":
            self.filled = self.column

    def end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "table-row" and self.filled:
            self.widest.rows = max(self.widest.rows, self.row)
            self.widest.columns = max(self.widest.columns, self.filled)


def _repeats(attributes: dict[str, str], ending: str) -> int:
    for key, value in attributes.items():
        if key.endswith(ending):
            return int(value) if value.isdecimal() and len(value) < 10 else 10**9
    return 1


def first_pieces(pieces: Iterator[bytes], most: int) -> bytes:
    """Return up to so many bytes of a member."""
    taken = bytearray()
    for piece in pieces:
        taken += piece
        if len(taken) >= most:
            break
    return bytes(taken[:most])
