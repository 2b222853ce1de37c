"""Values as a file: the same rows as the page, under the same small-cell rules."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO

from schoolward.scorecards.queries import PlaceValue


HEADINGS = (
    "place",
    "place_id",
    "name",
    "school_year",
    "group",
    "value",
    "word",
    "state",
    "shown",
    "numerator",
    "denominator",
    "n",
    "basis",
    "schools",
    "restated_from",
    "reason",
)


def headings() -> str:
    """Return the first line of a file of values."""
    return _line(HEADINGS)


def lines(items: Iterable[PlaceValue], *, names: Mapping[int, str]) -> Iterator[str]:
    """Yield a line for each value of a place that is named."""
    for item in items:
        if item.place_id in names:
            yield _line(_row(item, name=names[item.place_id]))


def _line(cells: Sequence[str | float | None]) -> str:
    text = StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()


def _row(item: PlaceValue, *, name: str) -> list[str | float | None]:
    reading = item.reading
    old = reading.restated_from
    return [
        item.place_kind,
        item.place_id,
        harmless(name),
        reading.period,
        harmless(item.group),
        reading.value,
        harmless(reading.word),
        reading.state,
        harmless(reading.shown),
        reading.numerator,
        reading.denominator,
        reading.n,
        reading.basis,
        reading.school_count,
        harmless(old.shown) if old else "",
        reading.reason,
    ]


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("93.2%")
    ("'=1+1", '93.2%')
    """
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
