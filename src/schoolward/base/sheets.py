"""Rows that a spreadsheet opens, none of which it runs as a formula."""

import csv
from collections.abc import Iterable
from io import StringIO


BYTE_ORDER = "\ufeff"
"""The first letter of a file that Excel opens as UTF-8."""

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


def csv_line(cells: Iterable[object]) -> str:
    """Return a row as a line of CSV, every cell of it escaped.

    >>> csv_line(["=1+1", 2, None]).rstrip()
    "'=1+1,2,"
    """
    text = StringIO()
    csv.writer(text).writerow([escaped(cell) for cell in cells])
    return text.getvalue()
