"""Cells of an XLSX, XLS or ODS workbook; formulas give their stored result, never run."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipInfo

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from schoolward.exchange.domain import UnreadableFileError
from schoolward.exchange.sheets import zips
from schoolward.exchange.sheets.extent import ods_extent, xlsx_extent
from schoolward.exchange.sheets.limits import Limits


OLE_MOST = 64 * 1024 * 1024
_MIDNIGHT = time()


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One sheet of a workbook, as rows of text."""

    name: str
    others: tuple[str, ...]
    rows: Iterator[list[str]]
    count: int


def open_page(path: Path, *, name: str, sheet: str = "") -> Page:
    """Read one sheet: the named one, else the first visible one that is not empty.

    Raises:
        UnreadableFileError: It is no workbook, damaged, protected, too large, empty,
            or has no sheet of that name.
    """
    try:
        book = CalamineWorkbook.from_path(path)
        page = _chosen(book, sheet=sheet, name=name)
    except PasswordError as error:
        msg = f"{name} is protected by a password. Save it without one."
        raise UnreadableFileError(msg) from error
    except (CalamineError, OSError, ValueError) as error:
        if isinstance(error, UnreadableFileError):
            raise
        raise UnreadableFileError(zips.damaged(name)) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise UnreadableFileError(zips.damaged(name)) from error
        raise
    return page


def check_zip(path: Path, *, name: str, limits: Limits) -> None:
    """Refuse a zip that is no workbook, or whose grid is larger than allowed.

    Raises:
        UnreadableFileError: With the sentence for what it is.
    """
    with path.open("rb") as file:
        infos = zips.members(file, name=name, limits=limits)
        if "xl/workbook.xml" in infos or "xl/workbook.bin" in infos:
            _check_xlsx(file, infos, name=name, limits=limits)
        elif "content.xml" in infos:
            pieces = zips.unpack(file, infos["content.xml"], name=name)
            ods_extent(pieces, name=name).check(name=name, limits=limits)
        else:
            raise UnreadableFileError(_other_zip(name, list(infos)))


def check_ole(path: Path, *, name: str) -> None:
    """Refuse an old Excel workbook larger than that format can hold.

    Raises:
        UnreadableFileError: It is larger.
    """
    if path.stat().st_size > OLE_MOST:
        msg = (
            f"{name} is in the old Excel format and very large. Save it as XLSX or CSV."
        )
        raise UnreadableFileError(msg)


def _check_xlsx(
    file: BinaryIO, infos: dict[str, ZipInfo], *, name: str, limits: Limits
) -> None:
    for member, info in infos.items():
        pieces = zips.unpack(file, info, name=name)
        if member.startswith("xl/worksheets/") and member.endswith(".xml"):
            xlsx_extent(pieces).check(name=name, limits=limits)
        else:
            for _ in pieces:
                pass


def _other_zip(name: str, files: list[str]) -> str:
    if any(file.lower().endswith(("manifest.csv", "orgs.csv")) for file in files):
        return (
            f"{name} is a OneRoster bundle. Load it with `schoolward import oneroster`."
        )
    return (
        f"{name} is a packed folder, not a table. Unpack it and load the file in it; "
        "Ed-Fi and OneRoster folders load with `schoolward import edfi` and "
        "`schoolward import oneroster`."
    )


def _chosen(book: CalamineWorkbook, *, sheet: str, name: str) -> Page:
    visible = [
        one.name
        for one in book.sheets_metadata
        if one.visible == SheetVisibleEnum.Visible
    ]
    if sheet and sheet not in book.sheet_names:
        have = ", ".join(f"“{one}”" for one in visible)
        msg = f"{name} has no sheet “{sheet}”. It has {have}."
        raise UnreadableFileError(msg)
    for one in [sheet] if sheet else visible:
        page = book.get_sheet_by_name(one)
        if page.height:
            others = tuple(other for other in visible if other != one)
            rows = ([_text(cell) for cell in row] for row in page.iter_rows())
            return Page(
                name=one,
                others=others,
                rows=rows,
                count=page.total_height + 1,
            )
    msg = f"{name} is empty: no sheet in it has a filled cell. Export it again."
    raise UnreadableFileError(msg)


def _text(cell: object) -> str:
    """Return a cell as a person would type it."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime):
        return _moment(cell)
    return "" if cell is None else str(cell)


def _number(value: float) -> str:
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def _moment(value: datetime) -> str:
    return str(value.date() if value.time() == _MIDNIGHT else value)
