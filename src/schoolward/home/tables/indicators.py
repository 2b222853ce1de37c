"""Tables of indicators: a school's beside its network and the district, and a network's."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from schoolward.district.queries import SchoolHead, SchoolLine
from schoolward.home.tables import marks
from schoolward.home.words import sentence
from schoolward.kernel.schoolyear import year_label
from schoolward.scorecards.queries import (
    IndicatorLine,
    Reading,
    SchoolIndicator,
    Signal,
)
from schoolward.scorecards.tables import SHOWN, trend
from schoolward.ui.charts import Trend
from schoolward.ui.tables import Cell, Column, Content, Hidden, Row, Table
from schoolward.ui.tags.charts import sparkline
from schoolward.ui.tags.words import Tone, pill


def of_school(rows: Sequence[SchoolIndicator], *, head: SchoolHead) -> Table:
    """Show a school's indicators, each beside its network and the district."""
    columns = [
        Column("Indicator", width="22"),
        Column("Over the years", width="spark", phone="full"),
        Column("This school"),
        Column(head.network.name if head.network else "Network"),
        Column("District"),
        Column("Signal"),
        Column("Source"),
    ]
    return Table(
        label=f"Indicators of {head.name}",
        columns=columns,
        rows=[_school_row(row, head=head) for row in rows],
    )


def of_place(rows: Sequence[SchoolIndicator], *, label: str, name: str) -> Table:
    """Show the indicators of a network or the district."""
    columns = [
        Column("Indicator", width="30"),
        Column("Over the years", width="spark", phone="full"),
        Column(name),
        Column("How it is figured", phone="full"),
        Column("Signal"),
    ]
    return Table(
        label=label,
        columns=columns,
        rows=[_place_row(row, name=name) for row in rows],
    )


def of_network(
    schools: Sequence[SchoolLine],
    indicators: Sequence[IndicatorLine],
    readings: Mapping[tuple[int, str], Reading],
    *,
    whole: Mapping[str, Reading | None],
    name: str,
) -> Table:
    """Show schools by indicators; the last row is the roll-up, with its basis."""
    columns = [
        Column("School"),
        *(Column(line.name, number=True) for line in indicators),
    ]
    rows = [
        Row(
            [
                Cell(kept(line.name), url=reverse("home:school", args=[line.pk])),
                *(_small(readings.get((line.pk, one.key))) for one in indicators),
            ]
        )
        for line in schools
    ]
    foot = Row([name, *(_rolled(whole.get(one.key)) for one in indicators)])
    return Table(
        label=f"Schools of {name} by indicator", columns=columns, rows=rows, foot=foot
    )


def trends(rows: Sequence[SchoolIndicator], *, place: str) -> list[Trend]:
    """Return the trends of indicators, for the key over a table of sparklines."""
    return [trend(row, place=place) for row in rows]


def value(reading: Reading | None) -> Content:
    """Show a value with what is behind it, or why it is not shown."""
    if reading is None or reading.state == "missing":
        return None
    if reading.state not in SHOWN:
        return Hidden(reading.reason)
    return Cell(with_n(reading), note=year_label(reading.period))


def with_n(reading: Reading) -> SafeString:
    """Write a value with the number behind it, on one line."""
    html = '<span class="sw-nowrap">{} <span class="sw-small sw-3rd">{}</span></span>'
    return format_html(html, reading.shown, reading.n_words)


def kept(words: str) -> str:
    """Keep a few words on one line."""
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def _small(reading: Reading | None) -> Content:
    if reading is None or reading.state == "missing":
        return None
    if reading.state not in SHOWN:
        return Hidden("Not shown")
    return Cell(reading.shown, note=reading.n_words)


def _rolled(reading: Reading | None) -> Content:
    if reading is None or reading.state not in SHOWN:
        return _small(reading)
    return Cell(reading.shown, note=reading.behind)


def _school_row(row: SchoolIndicator, *, head: SchoolHead) -> Row:
    return Row(
        [
            _name(row.indicator),
            sparkline(trend(row, place=head.name)),
            value(row.now),
            beside(row.network, own=row.now),
            beside(row.district, own=row.now),
            signal(row.signal),
            _source(row, head=head),
        ]
    )


def _place_row(row: SchoolIndicator, *, name: str) -> Row:
    return Row(
        [
            _name(row.indicator),
            sparkline(trend(row, place=name)),
            value(row.now),
            kept(sentence(row.now.basis_words)) if row.now else None,
            signal(row.signal),
        ]
    )


def beside(reading: Reading | None, *, own: Reading | None) -> Content:
    """Show a wider place's value; its year only when it is not the school's own."""
    shown = value(reading)
    if not isinstance(shown, Cell) or reading is None:
        return shown
    same = own is not None and own.period == reading.period
    note = (
        kept(reading.basis_words)
        if same
        else f"{year_label(reading.period)}, {reading.basis_words}"
    )
    return Cell(shown.text, note=note)


def signal(found: Signal | None) -> SafeString | str:
    """Say whether the latest value lies beyond the usual range."""
    if found is None:
        return ""
    tone, words = _judged(found)
    return format_html(
        '{}<span class="sw-table__sub">{}</span>',
        pill(words, tone=tone),
        found.sentence,
    )


def _judged(found: Signal) -> tuple[Tone, str]:
    if found.is_better is None:
        return "accent", "Unlike before"
    return (
        ("good", "Better than usual")
        if found.is_better
        else ("bad", "Worse than usual")
    )


def _name(indicator: IndicatorLine) -> Cell:
    url = reverse("scorecards:indicator", args=[indicator.key])
    return Cell(indicator.name, url=url, note=indicator.question)


def _source(row: SchoolIndicator, *, head: SchoolHead) -> SafeString | str:
    source = row.indicator.source
    shown = row.now.shown if row.now else ""
    flag = marks.wrong(
        head.pk,
        fact=row.indicator.name,
        shown=shown,
        source=source.key if source else "",
    )
    name = source.name if source else "Not named"
    *first, last = name.split(" ")
    html = (
        '<span class="sw-small sw-2nd">{} </span>'
        '<span class="sw-nowrap"><span class="sw-small sw-2nd">{}</span> {}</span>'
    )
    return format_html(html, " ".join(first), last, flag)
