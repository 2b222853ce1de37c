"""Where the headings of a table are, and its rows under them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from schoolward.exchange.domain import Row, UnreadableFileError
from schoolward.exchange.sheets.extent import too_wide
from schoolward.exchange.sheets.limits import Limits


_SEARCHED = 60
_BLANKS = re.compile(r"\s+")
_NUMBER = re.compile(r"^[-+$(]?[\d.,]+\s*%?\)?$")
Numbered = tuple[int, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Headings:
    """The names of the columns and where they stand.

    Attributes:
        names: One for each column, without two alike.
        row: The row they stand in, as a spreadsheet numbers it.
        notes: What was odd about them, as sentences.
    """

    names: tuple[str, ...]
    row: int
    notes: tuple[str, ...] = ()


def find_table(
    records: Iterable[list[str]], *, name: str, limits: Limits, header_row: int = 0
) -> tuple[Headings, Iterator[Row]]:
    """Find the headings and return them with the rows below.

    Args:
        records: Cells of every row, blank rows as empty lists.
        name: The file as the person knows it.
        limits: How many columns are read.
        header_row: Where the headings stand, when a map says so; 0 means find out.

    Raises:
        UnreadableFileError: There are no rows, no headings, or too many columns.
    """
    numbered = enumerate(records, start=1)
    taste = list(islice(numbered, max(_SEARCHED, header_row)))
    filled = [one for one in taste if any(cell.strip() for cell in one[1])]
    if not filled:
        msg = f"{name} is empty: it has no filled row. Export it again."
        raise UnreadableFileError(msg)
    place = header_row or _header_place(filled, name=name)
    cells = next((cells for number, cells in taste if number == place), [])
    headings = _headings(cells, place, name=name, limits=limits)
    below = chain((one for one in taste if one[0] > place), numbered)
    return headings, _rows(below, headings.names)


def _header_place(filled: list[Numbered], *, name: str) -> int:
    """Return the row of the headings: the first as wide as most rows and not numbers."""
    widths = Counter(_width(cells) for _, cells in filled)
    usual = max(width for width, _ in widths.most_common(3))
    for number, cells in filled:
        texts = [cell.strip() for cell in cells if cell.strip()]
        if len(texts) >= max(1, usual * 0.6):
            if _are_headings(texts):
                return number
            break
    msg = (
        f"{name} has no row of column headings above its rows. Add one, with a name for "
        "each column."
    )
    raise UnreadableFileError(msg)


def _width(cells: list[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _are_headings(texts: list[str]) -> bool:
    numbers = sum(bool(_NUMBER.match(text)) for text in texts)
    return numbers * 2 < len(texts) and any(
        any(letter.isalpha() for letter in text) for text in texts
    )


def _headings(cells: list[str], place: int, *, name: str, limits: Limits) -> Headings:
    if not any(cell.strip() for cell in cells):
        msg = f"{name} has no column headings in row {place}. Correct the map's header_row."
        raise UnreadableFileError(msg)
    cleaned = [tidy(cell) for cell in cells]
    while not cleaned[-1]:
        cleaned.pop()
    if len(cleaned) > limits.columns:
        raise UnreadableFileError(too_wide(name, len(cleaned), limits.columns))
    names, notes = _unlike(cleaned)
    if place > 1:
        notes.insert(0, f"The headings were found in row {place}.")
    return Headings(names=tuple(names), row=place, notes=tuple(notes))


def tidy(heading: str) -> str:
    """Return a heading on one line, without stray blanks or a byte-order mark.

    >>> tidy("GRADE   (K-9 only) ")
    'GRADE (K-9 only)'
    """
    return _BLANKS.sub(" ", heading.replace("\ufeff", "")).strip()


def _unlike(cleaned: list[str]) -> tuple[list[str], list[str]]:
    """Return names without two alike, and notes on the ones that were."""
    names: list[str] = []
    notes: list[str] = []
    taken = set(cleaned)
    for place, heading in enumerate(cleaned, start=1):
        name = heading or f"Column {place}"
        if heading and heading not in names:
            names.append(heading)
            continue
        count = 2
        while name in taken or name in names:
            name = f"{heading or f'Column {place}'} ({count})"
            count += 1
        names.append(name)
        if heading:
            notes.append(
                f"Two columns are headed “{heading}”; one is read as “{name}”."
            )
    return names, notes


def _rows(below: Iterable[Numbered], names: tuple[str, ...]) -> Iterator[Row]:
    width = len(names)
    for number, cells in below:
        texts = [cell.strip() for cell in cells]
        if not any(texts):
            continue
        if len(texts) < width:
            texts += [""] * (width - len(texts))
        excess = texts[width:]
        yield Row(
            number=number,
            values=dict(zip(names, texts, strict=False)),
            excess=tuple(excess) if any(excess) else (),
        )
