"""Tables of the pages about loads and maps."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from schoolward.audit.models import Load, LoadState
from schoolward.exchange.models import Refused
from schoolward.exchange.queries import MapLine
from schoolward.ui.tables import Cell, Column, Row, Table
from schoolward.ui.tags.words import pill


TONES = {
    LoadState.STAGED: "accent",
    LoadState.GUARDED: "watch",
    LoadState.LOADED: "good",
    LoadState.FAILED: "bad",
}


def loads(rows: Iterable[Load]) -> Table:
    """Return the table of loads, newest first."""
    columns = [
        Column("File", phone="full"),
        Column("Holds"),
        Column("State"),
        Column("New", number=True),
        Column("Changed", number=True),
        Column("Ended", number=True),
        Column("Refused", number=True),
        Column("Begun"),
        Column("By"),
    ]
    return Table(
        label="Loads, newest first", columns=columns, rows=[_load(one) for one in rows]
    )


def _load(one: Load) -> Row:
    url = reverse("exchange:load", args=[one.pk])
    return Row(
        [
            Cell(one.file_name, url=url, note=one.map_name),
            one.target.replace("-", " ").capitalize(),
            state(one.state),
            one.new_count,
            one.changed_count,
            one.ended_count,
            one.refused_count,
            f"{timezone.localtime(one.begun_at):%b %-d, %Y, %-I:%M %p}",
            one.begun_by_name or "Schoolward",
        ],
        mark="watch" if one.state == LoadState.GUARDED else "",
    )


def state(word: str) -> SafeString:
    """Return a load's state as a pill."""
    known = LoadState(word)
    return pill(str(known.label), tone=TONES.get(known, "quiet"))  # type: ignore[arg-type]


def refusals(rows: Iterable[Refused]) -> Table:
    """Return the table of refusals, in the order of the file."""
    columns = [
        Column("Row", number=True),
        Column("Column"),
        Column("As written"),
        Column("Why it was refused", phone="full"),
        Column("What to do", phone="full"),
    ]
    return Table(
        label="Refusals",
        columns=columns,
        rows=[
            Row(
                [
                    one.row or "File",
                    one.column or "–",
                    one.value or "–",
                    one.reason,
                    one.remedy,
                ]
            )
            for one in rows
        ],
    )


def maps(lines: Iterable[MapLine]) -> Table:
    """Return the table of maps."""
    columns = [
        Column("Map", phone="full"),
        Column("What it reads"),
        Column("Saved by"),
        Column("On"),
    ]
    return Table(label="Maps", columns=columns, rows=[_map(one) for one in lines])


def _map(one: MapLine) -> Row:
    url = reverse("exchange:map", args=[one.name])
    saved = f"{timezone.localtime(one.saved_at):%b %-d, %Y}" if one.saved_at else None
    return Row(
        [
            Cell(one.title or one.name, url=url, note=one.name if one.title else ""),
            one.target.replace("-", " ").capitalize(),
            "Comes with Schoolward" if one.ships else one.saved_by or "Schoolward",
            saved,
        ]
    )
