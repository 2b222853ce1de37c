"""Rows of a table of people and their posts."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from schoolward.exchange.domain import (
    Aside,
    Item,
    Record,
    Refusal,
    Row,
    Target,
    UnclearValueError,
    refusal_of,
)
from schoolward.exchange.mapping.cells import Reader, clipped, missing, too_many_cells
from schoolward.exchange.mapping.fit import Fit
from schoolward.exchange.mapping.titles import seat_of
from schoolward.exchange.values import day_of, key_of
from schoolward.kernel.seats import SCHOOL_SEATS, Seat


LENGTHS = {
    "name": 200,
    "given_name": 100,
    "family_name": 100,
    "phone": 40,
    "title": 160,
    "unit": 160,
    "network": 120,
    "position_number": 40,
    "person_id": 120,
}
NO_SEAT = Aside(
    row=0,
    reason="The title is neither that of a school leader nor of a central unit's staff.",
)
_NOBODY = re.compile(
    r"^\W*(?:vacant|vacancy|tbd|to be (?:determined|hired)|open)\W*$", re.IGNORECASE
)
_PERSONAL = ("person_id", "name", "given_name", "family_name", "email", "phone")
Crosswalked = Mapping[str, str]


def people_items(
    fit: Fit, rows: Iterable[Row], *, day: date | None, crosswalk: Crosswalked
) -> Iterator[Item]:
    """Return a record for each post, and a refusal for each row or cell that is unclear.

    Args:
        fit: The map laid over the file.
        rows: Its rows.
        day: The day they speak of, when a person said so.
        crosswalk: From an id in the file to the id of a school.
    """
    reader = Reader(fit)
    for row in rows:
        if row.excess:
            yield too_many_cells(row)
            continue
        told = _day_of(fit, row)
        if isinstance(told, Refusal):
            yield told
        elif told and day and told != day:
            yield Aside(row=row.number, reason="The row is of another day.")
        else:
            yield from _items(reader, row, day=told or day, crosswalk=crosswalk)


def _day_of(fit: Fit, row: Row) -> date | Refusal | None:
    heading = fit.place(fit.map.day_column)
    if not heading:
        return None
    try:
        return day_of(row.values[heading], day_first=fit.map.day_first)
    except UnclearValueError as problem:
        cell = row.values[heading]
        return refusal_of(problem, row=row.number, column=heading, value=cell)


def _items(
    reader: Reader, row: Row, *, day: date | None, crosswalk: Crosswalked
) -> Iterator[Item]:
    fields, problems = reader.read(row)
    yield from problems
    fields = clipped(fields, LENGTHS)
    _name_person(fields)
    if not fields.get("is_vacant") and not _is_someone(fields):
        heading = reader.heading("person_id") or reader.heading("name")
        yield missing(row, heading=heading, label="The person's id, name or e-mail")
        return
    fields["school_refs"] = tuple(_school_refs(reader, row, crosswalk))
    fields["school_heading"] = reader.heading("school_id") or reader.heading(
        "school_name"
    )
    fields.pop("school_id", None)
    if not _seated(reader.fit, fields):
        yield Aside(row=row.number, reason=NO_SEAT.reason)
        return
    yield Record(row=row.number, target=Target.PEOPLE, fields=fields, day=day)


def _is_someone(fields: Mapping[str, Any]) -> bool:
    return any(fields.get(name) for name in ("person_id", "name", "email"))


def _name_person(fields: dict[str, Any]) -> None:
    """Give the person one name to show, and none to a vacant post."""
    if _NOBODY.match(str(fields.get("name") or "")):
        fields["is_vacant"] = True
    if fields.get("is_vacant"):
        for name in _PERSONAL:
            fields.pop(name, None)
        return
    given, family = fields.get("given_name", ""), fields.get("family_name", "")
    whole = str(fields.get("name") or "")
    if whole.count(",") == 1 and not (given or family):
        family, given = (part.strip() for part in whole.split(","))
        fields["given_name"], fields["family_name"] = given, family
    shown = f"{given} {family}".strip() or whole or fields.get("person_id")
    if shown or fields.get("email"):
        fields["name"] = shown or fields["email"]


def _school_refs(
    reader: Reader, row: Row, crosswalk: Crosswalked
) -> Iterator[tuple[str, str]]:
    """Return the ids by which the post's school may be known, the surest first."""
    for heading, use in reader.fit.uses.get("school_id", ()):
        cell = key_of(row.values[heading])
        if use.through_crosswalk and cell in crosswalk:
            yield (reader.fit.map.id_kind, crosswalk[cell])
        if cell:
            yield (use.kind or reader.fit.map.id_kind, cell)


def _seated(fit: Fit, fields: dict[str, Any]) -> bool:
    """Find the seat; without one, staff of a unit are unit staff and others none."""
    if not fields.get("seat"):
        seat, capacity = seat_of(str(fields.get("title") or ""), fit.map.titles)
        fields["seat"] = seat
        if capacity:
            fields.setdefault("capacity", capacity)
    if not fields["seat"] and fields.get("unit") and not fields["school_refs"]:
        fields["seat"] = Seat.UNIT_STAFF.value
    if fields["seat"] not in SCHOOL_SEATS:
        return bool(fields["seat"])
    fields.pop("unit", None)
    return True
