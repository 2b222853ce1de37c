"""Cells for a spreadsheet to open, none of which it will run as a formula."""

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO


_RUN = ("=", "+", "-", "@", "\t", "\r")


def escaped(cell: object) -> str:
    """Return a cell that a spreadsheet shows as text.

    Numbers stay numbers, negative ones too; a text that begins with a character which
    starts a formula gets an apostrophe before it.

    >>> escaped("=HYPERLINK(1)"), escaped(-3.5), escaped("-3.5"), escaped("+1 555")
    ("'=HYPERLINK(1)", '-3.5', '-3.5', "'+1 555")
    """
    text = "" if cell is None else str(cell)
    if not text.startswith(_RUN) or isinstance(cell, (int, float)):
        return text
    try:
        float(text)
    except ValueError:
        return f"'{text}"
    return text


def write_csv(
    file: TextIO, *, headings: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Write a table as CSV that Excel opens as UTF-8."""
    file.write("\ufeff")
    writer = csv.writer(file)
    writer.writerow([escaped(heading) for heading in headings])
    writer.writerows([escaped(cell) for cell in row] for row in rows)
