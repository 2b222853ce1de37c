"""Opening a table, whatever its wrapping, and streaming its rows."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from schoolward.exchange.domain import Row, UnreadableFileError
from schoolward.exchange.sheets import workbook
from schoolward.exchange.sheets.delimited import lines_of, records_of
from schoolward.exchange.sheets.encodings import find_encoding
from schoolward.exchange.sheets.limits import MEGABYTE, Limits
from schoolward.exchange.sheets.sniff import Wrapping, check_text, wrapping_of
from schoolward.exchange.sheets.streams import CHUNK, check_size, head_of, unpacked
from schoolward.exchange.sheets.table import find_table


DEFAULT = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How to read a file, where a map or a person says so.

    Attributes:
        sheet: The sheet of a workbook; empty means the first that is filled.
        header_row: The row of the headings; 0 means find out.
        encoding: Of a text; empty means find out.
        delimiter: Of a text; empty means find out.
    """

    sheet: str = ""
    header_row: int = 0
    encoding: str = ""
    delimiter: str = ""


AS_FOUND = Reading()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """An open table.

    Attributes:
        name: The file as the person knows it.
        headings: The columns, as written but trimmed, none alike.
        rows: Each filled row below the headings, once.
        notes: What was odd, as sentences.
        description: How it was read, such as "CSV, cp1252".
    """

    name: str
    headings: tuple[str, ...]
    rows: Iterator[Row]
    notes: tuple[str, ...]
    description: str


@contextmanager
def open_sheet(
    path: Path, *, name: str = "", limits: Limits = DEFAULT, reading: Reading = AS_FOUND
) -> Iterator[Sheet]:
    """Open a CSV, gzip, XLSX, XLS or ODS file.

    Args:
        path: Where the file lies.
        name: The file as the person knows it; its own name when empty.
        limits: How large it may be.
        reading: What a map says about reading it.

    Raises:
        UnreadableFileError: It holds no table that can be read; the text names the
            file and says what to do. Also raised while its rows are read.
    """
    name = name or path.name
    check_size(path, name=name, limits=limits)
    wrapping = wrapping_of(head_of(path, name=name), name=name)
    if wrapping in {Wrapping.ZIP, Wrapping.OLE}:
        yield _workbook(path, wrapping, name=name, limits=limits, reading=reading)
        return
    with _text(path, name=name, limits=limits, encoding=reading.encoding) as text:
        yield _sheet(text, name=name, limits=limits, reading=reading)


@contextmanager
def open_pasted(
    text: str, *, name: str = "The pasted table", limits: Limits = DEFAULT
) -> Iterator[Sheet]:
    """Open cells pasted from a spreadsheet.

    Raises:
        UnreadableFileError: There is nothing in it, or no table.
    """
    if len(text) > limits.file_bytes:
        msg = (
            f"{name} is larger than {limits.file_bytes // MEGABYTE} MB. Upload a file."
        )
        raise UnreadableFileError(msg)
    if not text.strip():
        msg = (
            f"{name} is empty. Copy the cells with their headings and paste them again."
        )
        raise UnreadableFileError(msg)
    check_text(text[:200], name=name)
    source = io.StringIO(text, newline="")
    yield _sheet(source, name=name, limits=limits, reading=AS_FOUND)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, by which the same file is known again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _text(path: Path, *, name: str, limits: Limits, encoding: str) -> Iterator[TextIO]:
    with unpacked(path, name=name, limits=limits) as stream:
        head = stream.peek(64)[:64]
        if wrapping_of(head, name=name) is not Wrapping.TEXT:
            msg = f"{name} is packed twice. Unpack it once and load what is in it."
            raise UnreadableFileError(msg)
        if not encoding:
            encoding = find_encoding(iter(lambda: stream.read(CHUNK), b""), name=name)
    with unpacked(path, name=name, limits=limits) as stream:
        text = io.TextIOWrapper(stream, encoding=encoding, newline="")
        yield text


def _sheet(text: TextIO, *, name: str, limits: Limits, reading: Reading) -> Sheet:
    lines = _checked(lines_of(text, name=name, limits=limits), name=name)
    records = records_of(lines, name=name, limits=limits, delimiter=reading.delimiter)
    headings, rows = find_table(
        records, name=name, limits=limits, header_row=reading.header_row
    )
    return Sheet(
        name=name,
        headings=headings.names,
        rows=rows,
        notes=headings.notes,
        description=f"text, {getattr(text, 'encoding', None) or 'pasted'}",
    )


def _checked(lines: Iterator[str], *, name: str) -> Iterator[str]:
    """Pass lines on, having refused a text whose first filled line is no table."""
    waiting = True
    for line in lines:
        if waiting and line.strip("\ufeff \t\r\n"):
            check_text(line[:200], name=name)
            waiting = False
        yield line


def _workbook(
    path: Path, wrapping: Wrapping, *, name: str, limits: Limits, reading: Reading
) -> Sheet:
    if wrapping is Wrapping.ZIP:
        workbook.check_zip(path, name=name, limits=limits)
    else:
        workbook.check_ole(path, name=name)
    page = workbook.open_page(path, name=name, sheet=reading.sheet)
    headings, rows = find_table(
        page.rows, name=name, limits=limits, header_row=reading.header_row
    )
    notes = list(headings.notes)
    if page.others and not reading.sheet:
        notes.append(
            f"Of {len(page.others) + 1} sheets, “{page.name}” was read. To read another, "
            "name it in the map."
        )
    return Sheet(
        name=name,
        headings=headings.names,
        rows=rows,
        notes=tuple(notes),
        description=f"workbook, sheet “{page.name}”",
    )
