"""What the pages of the catalogue say in tables."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from schoolward.kernel.schoolyear import year_label
from schoolward.scorecards.domain import State
from schoolward.scorecards.queries import (
    IndicatorLine,
    PlaceValue,
    Reading,
    SchoolIndicator,
    Signal,
)
from schoolward.scorecards.queries.catalogue import Version
from schoolward.ui.charts import Limits, Point, Trend, Unit
from schoolward.ui.tables import Cell, Column, Content, Hidden, Row, Table
from schoolward.ui.tags.words import pill


SHOWN = frozenset({"value", "bounded"})
UNITS: Mapping[str, Unit] = {"share": "share", "count": "count"}


def catalogue(
    lines: Sequence[IndicatorLine], *, district: Mapping[str, SchoolIndicator]
) -> Table:
    """Show every indicator with its latest value for the district."""
    return Table(
        label="Indicators",
        columns=[
            Column("Indicator", width="30"),
            Column("District"),
            Column("School year"),
            Column("Measured as"),
            Column("Source"),
        ],
        rows=[_line(line, district.get(line.key)) for line in lines],
    )


def _line(line: IndicatorLine, found: SchoolIndicator | None) -> Row:
    now = found.now if found else None
    url = reverse("scorecards:indicator", args=[line.key])
    return Row(
        [
            Cell(line.name, url=url, note=line.question),
            value(now),
            year_label(now.period) if now else None,
            line.unit_label.capitalize() if line.is_active else pill("Retired"),
            Cell(line.source.name, note=line.source.owner)
            if line.source
            else "Not named",
        ]
    )


def value(reading: Reading | None) -> Content:
    """Show a value with its n and basis, or why it is not shown."""
    if reading is None:
        return None
    if reading.state not in SHOWN:
        return Hidden(reading.reason)
    basis = "" if reading.basis == "as published" else reading.basis_words
    return Cell(reading.shown, aside=reading.n_words, note=basis)


def places(
    items: Sequence[PlaceValue],
    *,
    names: Mapping[int, str],
    label: str,
    url_name: str,
) -> Table:
    """Show the values of schools or networks, each with what it was before."""
    rows = [
        _place(item, name=names[item.place_id], url_name=url_name)
        for item in items
        if item.place_id in names
    ]
    rows.sort(key=lambda row: str(_text(row)))
    return Table(
        label=label,
        columns=[Column(label), Column("Value"), Column("Behind it"), Column("Notes")],
        rows=rows,
    )


def _text(row: Row) -> object:
    first = row.cells[0]
    return first.text if isinstance(first, Cell) else first


def _place(item: PlaceValue, *, name: str, url_name: str) -> Row:
    reading = item.reading
    shown: Content = reading.shown if reading.state in SHOWN else Hidden(reading.reason)
    return Row(
        [
            Cell(name, url=reverse(url_name, args=[item.place_id])),
            shown,
            Cell(reading.n_words or None, note=_behind(reading)),
            _notes(reading),
        ]
    )


def _behind(reading: Reading) -> str:
    left_out = f"without {reading.left_out} withheld" if reading.left_out else ""
    return ", ".join(part for part in (reading.basis_words, left_out) if part)


def _notes(reading: Reading) -> SafeString | str:
    old = reading.restated_from
    if old is None:
        return ""
    return format_html(
        "{} {}",
        pill("Restated", tone="line"),
        f"was {old.shown} in the file of {year_label(old.file_year)}",
    )


def versions(found: Sequence[Version]) -> Table:
    """Show who wrote which version of a definition, and why."""
    return Table(
        label="Versions of the definition",
        columns=[Column("Version"), Column("Written by"), Column("On"), Column("Why")],
        rows=[
            Row(
                [
                    f"{one.number}",
                    one.written_by or "Schoolward",
                    f"{one.written_at:%b} {one.written_at.day}, {one.written_at.year}",
                    one.why or "First definition",
                ]
            )
            for one in found
        ],
    )


def trend(found: SchoolIndicator, *, place: str) -> Trend:
    """Return the trend of a place for a chart, restated and withheld values marked."""
    limits = found.limits
    return Trend(
        label=f"{found.indicator.name}, {place}",
        unit=UNITS.get(found.indicator.unit, "number"),
        decimals=found.indicator.decimals,
        points=[_point(point.period, point.reading) for point in found.trend],
        limits=Limits(mean=limits.center, lower=limits.low, upper=limits.high)
        if limits
        else None,
        name=place,
    )


def _point(period: str, reading: Reading | None) -> Point:
    label = year_label(period)
    if reading is None:
        return Point(label, None, note="No file of this year")
    if reading.state == State.MISSING:
        return Point(label, None)
    if reading.state not in SHOWN:
        return Point(label, None, hidden=reading.reason)
    if reading.value is None:
        return Point(label, None, hidden=f"Only a bound is shown: {reading.shown}")
    was = reading.restated_from.value if reading.restated_from else None
    return Point(label, reading.value, n=reading.n, was=was)


def signal_words(found: Signal | None) -> str:
    """Return a signal as a sentence."""
    return f"{found.sentence}." if found else ""
