"""Values as a file: the same rows as the page, under the same small-cell rules."""

from collections.abc import Iterable, Iterator, Mapping

from schoolward.base.sheets import csv_line
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
    return csv_line(HEADINGS)


def lines(items: Iterable[PlaceValue], *, names: Mapping[int, str]) -> Iterator[str]:
    """Yield a line for each value of a place that is named."""
    for item in items:
        if item.place_id in names:
            yield csv_line(_row(item, name=names[item.place_id]))


def _row(item: PlaceValue, *, name: str) -> list[str | float | None]:
    reading = item.reading
    old = reading.restated_from
    return [
        item.place_kind,
        item.place_id,
        name,
        reading.period,
        item.group,
        reading.value,
        reading.word,
        reading.state,
        reading.shown,
        reading.numerator,
        reading.denominator,
        reading.n,
        reading.basis,
        reading.school_count,
        old.shown if old else "",
        reading.reason,
    ]
