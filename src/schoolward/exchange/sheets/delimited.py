"""Cells of a delimited text, streamed: comma, semicolon, tab or bar, quoted or not."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TextIO

from schoolward.exchange.domain import UnreadableFileError
from schoolward.exchange.sheets.limits import Limits


DELIMITERS = (",", "\t", ";", "|")
Cells = list[str]
_DECLARED = re.compile(r"^sep=(?P<mark>.)\r?\n?$", re.IGNORECASE)
_TASTE = 200


def lines_of(text: TextIO, *, name: str, limits: Limits) -> Iterator[str]:
    """Return the lines of a text, none of them longer than allowed.

    Raises:
        UnreadableFileError: A line is longer, or its bytes do not decode.
    """
    while True:
        try:
            line = text.readline(limits.line_characters)
        except UnicodeError as error:
            msg = f"{name} breaks its own encoding. Save it again as “CSV UTF-8”."
            raise UnreadableFileError(msg) from error
        if not line:
            return
        if len(line) >= limits.line_characters:
            msg = (
                f"{name} has a line of over {limits.line_characters:,} characters, so it "
                "is not a table. Choose a CSV, XLSX or ODS file."
            )
            raise UnreadableFileError(msg)
        if "\x00" in line:
            msg = f"{name} is not a table: its content is not text. Choose a CSV file."
            raise UnreadableFileError(msg)
        yield line


def records_of(
    lines: Iterator[str], *, name: str, limits: Limits, delimiter: str = ""
) -> Iterator[Cells]:
    """Return the cells of each row, blank rows as empty lists.

    Args:
        lines: The text, with line ends.
        name: The file as the person knows it.
        limits: How large a row may be.
        delimiter: What separates cells; empty means find out.

    Raises:
        UnreadableFileError: A quote is never closed, or a cell is larger than allowed.
    """
    taste = list(islice(lines, _TASTE))
    if taste and (declared := _DECLARED.match(taste[0])):
        delimiter = delimiter or declared["mark"]
        taste[0] = "\n"
    source = _Source(_chained(taste, lines))
    reader = csv.reader(source, delimiter=delimiter or find_delimiter(taste))
    row = 0
    while True:
        row += 1
        start = reader.line_num
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise UnreadableFileError(_open_quote(name, row)) from error
        if cells is None:
            return
        if reader.line_num - start > limits.record_lines or source.breaks_off:
            raise UnreadableFileError(_open_quote(name, row))
        source.begin()
        yield cells


def find_delimiter(taste: Iterable[str]) -> str:
    """Return what separates the cells: the mark that cuts most rows alike.

    >>> find_delimiter(["a;b;c", "1,5;2;3"])
    ';'
    """
    lines = [line for line in taste if line.strip()]
    return max(DELIMITERS, key=lambda mark: _agreement(lines, mark))


def _agreement(lines: list[str], mark: str) -> tuple[float, int]:
    """Return the share of rows with the usual width, and that width; 0 when uncut."""
    try:
        widths = Counter(
            len(cells) for cells in csv.reader(lines, delimiter=mark) if cells
        )
    except csv.Error:
        return (0, 0)
    width, rows = max(
        widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0)
    )
    if width == 1:
        return (0, 0)
    return (rows * min(width, 4) / sum(widths.values()), width)


class _Source:
    """Lines for the reader, remembering whether the text ended inside a quote."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._quotes = 0
        self._count = 0
        self._ended = False

    def __iter__(self) -> "_Source":
        return self

    def __next__(self) -> str:
        line = next(self._lines, None)
        if line is None:
            self._ended = True
            raise StopIteration
        self._quotes += line.count('"')
        self._count += 1
        return line

    def begin(self) -> None:
        self._quotes = self._count = 0

    @property
    def breaks_off(self) -> bool:
        return self._ended and self._count > 1 and self._quotes % 2 == 1


def _chained(taste: list[str], rest: Iterator[str]) -> Iterator[str]:
    yield from taste
    yield from rest


def _open_quote(name: str, row: int) -> str:
    return (
        f"{name}: a quotation mark that opens at row {row} is never closed, so the rows "
        "after it run together. Close it, or export the file again."
    )
