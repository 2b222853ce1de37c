"""One file of a bundle, streamed: its headings found by name, its rows cut to what is read."""

import codecs
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from schoolward.exchange.bundles import Bundle, Member
from schoolward.exchange.domain import UnreadableFileError
from schoolward.exchange.oneroster.layouts import Layout
from schoolward.exchange.sheets.delimited import lines_of, records_of
from schoolward.exchange.sheets.extent import too_wide
from schoolward.exchange.sheets.table import tidy


Cells = Sequence[str]
Keep = Callable[[Cells], bool]
_LENIENT = "schoolward_windows"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEADING_MOST = 80


@dataclass(frozen=True, slots=True)
class Line:
    """One row that is kept, cut to the columns that are read."""

    number: int
    values: dict[str, str]

    def __getitem__(self, heading: str) -> str:
        """Return the trimmed text under a heading; empty when the file has none."""
        return self.values.get(heading, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """An open file.

    Attributes:
        name: Bundle and file, as sentences name it.
        file_name: The file alone.
        places: Where each heading that is read stands.
        ignored: Headings that no version of the standard has.
        records: The cells of each row, with the number a spreadsheet gives it.
    """

    name: str
    file_name: str
    places: dict[str, int]
    ignored: tuple[str, ...]
    records: Iterator[tuple[int, list[str]]]

    def lines(self, keep: Keep) -> Iterator[Line]:
        """Return the rows that `keep` keeps; of the others nothing leaves this function."""
        places = tuple(self.places.items())
        for number, cells in self.records:
            if cells and keep(cells):
                width = len(cells)
                yield Line(
                    number,
                    {
                        heading: cells[place].strip()
                        for heading, place in places
                        if place < width
                    },
                )


def everything(cells: Cells) -> bool:
    """Keep every row that is not blank."""
    return any(cell.strip() for cell in cells)


@contextmanager
def open_table(bundle: Bundle, member: Member, layout: Layout) -> Iterator[Table]:
    """Open one file of a bundle.

    Raises:
        UnreadableFileError: It is damaged, empty, or lacks a heading that is needed;
            also raised while its rows are read.
    """
    name = f"{bundle.name}: {member.file_name}"
    with bundle.open(member) as stream:
        lines = lines_of(_decoded(stream), name=name, limits=bundle.limits)
        records = records_of(lines, name=name, limits=bundle.limits, delimiter=",")
        headings = _headings(next(records, []), name=name)
        if len(headings) > bundle.limits.columns:
            raise UnreadableFileError(
                too_wide(name, len(headings), bundle.limits.columns)
            )
        places, ignored = _places(headings, layout, name=name)
        yield Table(
            name=name,
            file_name=member.file_name,
            places=places,
            ignored=ignored,
            records=enumerate(records, start=2),
        )


def _decoded(stream: io.BufferedReader) -> io.TextIOWrapper:
    """Read UTF-8, as the standard says; bytes that are none are read as Windows text."""
    encoding = "utf-16" if stream.peek(2)[:2] in _UTF_16 else "utf-8-sig"
    errors = "strict" if encoding == "utf-16" else _LENIENT
    return io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error(_LENIENT, _as_windows)


def _headings(cells: list[str], *, name: str) -> list[str]:
    headings = [tidy(cell) for cell in cells]
    if not any(headings):
        msg = f"{name} is empty: it has no row of headings. Export it again."
        raise UnreadableFileError(msg)
    return headings


def _places(
    headings: list[str], layout: Layout, *, name: str
) -> tuple[dict[str, int], tuple[str, ...]]:
    names = {heading.lower(): heading for heading in layout.read}
    unread = {heading.lower() for heading in layout.unread}
    places: dict[str, int] = {}
    others: list[tuple[int, str]] = []
    for place, heading in enumerate(headings):
        known = names.get(heading.lower())
        if known and known not in places:
            places[known] = place
        elif heading and heading.lower() not in unread:
            others.append((place, heading))
    _insist_on(layout.needed - places.keys(), name=name)
    respelled = _respelled(others, layout, places)
    places.update(respelled)
    taken = set(respelled.values())
    ignored = [
        heading[:_HEADING_MOST] for place, heading in others if place not in taken
    ]
    return places, tuple(ignored)


def _insist_on(missing: frozenset[str] | set[str], *, name: str) -> None:
    """Refuse a file without its headings; what stands there instead is not repeated."""
    if missing:
        have = ", ".join(sorted(missing))
        msg = (
            f"{name} lacks the heading{'s' if len(missing) > 1 else ''} {have}. Its first "
            "row must hold the headings of OneRoster; export it again with headings."
        )
        raise UnreadableFileError(msg)


def _respelled(
    others: list[tuple[int, str]], layout: Layout, places: dict[str, int]
) -> dict[str, int]:
    """Return places of headings that bear another name for one that is read."""
    spellings = dict(layout.spellings)
    found: dict[str, int] = {}
    for place, heading in others:
        known = spellings.get(heading.lower())
        if known and known not in places and known not in found:
            found[known] = place
    return found
