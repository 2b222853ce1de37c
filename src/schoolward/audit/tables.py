"""Tables of the record's pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from schoolward.audit.models import Disposal, Event, EventKind, LegalHold
from schoolward.audit.presenters import in_words, sentence
from schoolward.audit.queries import HeldRows, Period, Told
from schoolward.audit.retention import CLASSES
from schoolward.ui.tables import Cell, Column, Row, Table
from schoolward.ui.tags.words import pill


WHOLE = '<span class="sw-nowrap">{}</span>'
EVENT = "audit.Event"
SHOWN_ROWS = 50
"""Rows of a table a page shows about a person; the export holds them all."""


def events(found: Sequence[Told]) -> Table:
    """Return the table of events, newest first."""
    columns = [
        Column("When"),
        Column("What happened", phone="bare"),
        Column("Kind", phone="bare"),
    ]
    rows = [Row([_when(told), told.says, _kind(told)]) for told in found]
    return Table(label="Events, newest first", columns=columns, rows=rows)


def _when(told: Told) -> str:
    return f"{timezone.localtime(told.happened_at):%b %-d, %Y, %-I:%M %p}"


def _kind(told: Told) -> str:
    return pill(told.kind, tone="watch" if told.kind == "Refused" else "quiet")


def periods(found: Sequence[Period], *, may_keep: bool) -> Table:
    """Return the table of retention classes with their periods."""
    columns = [
        Column("Class"),
        Column("Kept"),
        Column("Rests on", phone="full"),
        Column("Kinds of record", number=True),
        Column("Change", silent=True),
    ]
    rows = [_period(one, may_keep=may_keep) for one in found]
    return Table(
        label="Classes of records and their periods", columns=columns, rows=rows
    )


def _period(one: Period, *, may_keep: bool) -> Row:
    key = one.record_class.key
    years = "1 year" if one.years == 1 else f"{one.years} years"
    kept = format_html(WHOLE, years if one.years else "For good")
    held = pill("Held", tone="watch") if one.is_held else ""
    change = Cell("Set the period", url=reverse("audit:period", args=[key]))
    due = Cell(one.record_class.name, url=reverse("audit:dispose", args=[key]))
    first = due if may_keep else one.record_class.name
    rests = Cell(one.authority, aside="the default" if one.is_default else "")
    return Row(
        [
            first,
            Cell(kept, aside=held),
            rests,
            len(one.models),
            change if may_keep else "",
        ]
    )


def disposals(found: Sequence[Disposal]) -> Table | None:
    """Return the table of disposals, or None when there is none."""
    columns = [
        Column("When"),
        Column("Class"),
        Column("Records", number=True),
        Column("From before"),
        Column("Approved by"),
    ]
    rows = [
        Row(
            [
                f"{timezone.localtime(one.done_at):%b %-d, %Y}",
                CLASSES[one.record_class].name,
                one.row_count,
                f"{one.up_to_date:%b %-d, %Y}",
                one.approved_by_name,
            ]
        )
        for one in found
    ]
    return Table(label="Disposals", columns=columns, rows=rows) if rows else None


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLine:
    """A standing hold as its page shows it."""

    reason: str
    note: str
    lift_url: str


def hold_line(one: LegalHold) -> HoldLine:
    """Return a hold in words: what it keeps, who placed it, when."""
    kept = [
        f"person {one.person_id}" if one.person_id else "",
        f"school {one.school_id}" if one.school_id else "",
        CLASSES[one.record_class].name if one.record_class else "",
    ]
    what = ", ".join(part for part in kept if part)
    since = f"{timezone.localtime(one.placed_at):%b %-d, %Y}"
    return HoldLine(
        reason=one.reason,
        note=f"Keeps {what}. Placed by {one.placed_by_name}, {since}.",
        lift_url=reverse("audit:lift", args=[one.pk]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPart:
    """One table of what is held about a person."""

    title: str
    anchor: str
    meta: str
    table: Table


def held_part(one: HeldRows) -> HeldPart:
    """Return the rows of one record type as a table."""
    more = f", first {SHOWN_ROWS} shown" if one.count > SHOWN_ROWS else ""
    count = "1 record" if one.count == 1 else f"{one.count:,} records"
    return HeldPart(
        title=one.title,
        anchor=one.model.lower().replace(".", "-"),
        meta=f"{count}{more}. {one.record_class}",
        table=_held_events(one) if one.model == EVENT else _held_fields(one),
    )


def _held_events(one: HeldRows) -> Table:
    """Show events as sentences; the export holds their fields."""
    columns = [Column("When"), Column("What happened", phone="bare"), Column("Kind")]
    rows = [_held_event(row) for row in one.rows[:SHOWN_ROWS]]
    return Table(label=one.title, columns=columns, rows=rows)


def _held_event(row: Mapping[str, Any]) -> Row:
    facts = row["facts"] if isinstance(row["facts"], dict) else {}
    event = Event(**{**row, "facts": facts})
    when = _plain(event.happened_at)
    return Row([when, sentence(event), EventKind(event.kind).label])


def _held_fields(one: HeldRows) -> Table:
    """Show the fields of rows, without those that no row fills."""
    rows = one.rows[:SHOWN_ROWS]
    names = [name for name in one.rows[0] if any(_is_said(row[name]) for row in rows)]
    shown = [Row([_plain(row[name]) for name in names]) for row in rows]
    columns = [Column(name.replace("_", " ").capitalize()) for name in names]
    return Table(label=one.title, columns=columns, rows=shown)


def _is_said(value: object) -> bool:
    return value not in (None, "", {}, [])


def _plain(value: object) -> str | None:
    """Return a kept value as people read it; nothing where nothing is kept."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%b %-d, %Y, %-I:%M %p}"
    if isinstance(value, date):
        return f"{value:%b %-d, %Y}"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {in_words(fact)}" for name, fact in value.items())
    return str(value) if _is_said(value) else None
