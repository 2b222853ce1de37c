"""Rows of a table of schools."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from schoolward.exchange.domain import Item, Record, Row, Target
from schoolward.exchange.mapping.cells import Reader, clipped, missing, too_many_cells
from schoolward.exchange.mapping.fit import Fit


LENGTHS = {
    "name": 200,
    "short_name": 120,
    "grades": 80,
    "category": 80,
    "address": 200,
    "city": 80,
    "state": 40,
    "postal_code": 12,
    "phone": 40,
    "website": 300,
    "network": 120,
    "ild_name": 200,
}
LEVELS = {
    "es": "elementary",
    "elementary": "elementary",
    "elementary school": "elementary",
    "primary": "elementary",
    "ms": "middle",
    "middle": "middle",
    "middle school": "middle",
    "junior high-intermediate-middle": "middle",
    "junior high": "middle",
    "hs": "high",
    "high": "high",
    "high school": "high",
    "secondary": "high",
    "k-8": "k8",
    "k–8": "k8",
    "k8": "k8",
    "early childhood": "early",
    "early": "early",
    "preschool": "early",
    "pk": "early",
}
"""Words for a level that need no map."""


def school_items(fit: Fit, rows: Iterable[Row], *, day: date | None) -> Iterator[Item]:
    """Return a record for each school, and a refusal for each row or cell that is unclear."""
    reader = Reader(fit)
    for row in rows:
        yield from _items(fit, reader, row, day=day)


def _items(fit: Fit, reader: Reader, row: Row, *, day: date | None) -> Iterator[Item]:
    if row.excess:
        yield too_many_cells(row)
        return
    fields, problems = reader.read(row)
    yield from problems
    for name, label in (("school_id", "The school's id"), ("name", "The name")):
        if not fields.get(name):
            yield missing(row, heading=reader.heading(name), label=label)
            return
    yield Record(
        row=row.number,
        target=Target.SCHOOLS,
        fields=_school(fit, clipped(fields, LENGTHS)),
        day=day,
    )


def _school(fit: Fit, fields: dict[str, Any]) -> dict[str, Any]:
    ids = {
        name[3:]: value
        for name, value in fields.items()
        if name.startswith("id:") and value
    }
    school = {name: one for name, one in fields.items() if not name.startswith("id:")}
    if ids:
        school["ids"] = ids
    if level := school.get("level"):
        school["level"] = LEVELS.get(str(level).lower(), "other")
    if network := school.get("network"):
        school["network_supervised"] = str(network).lower() not in fit.map.unsupervised
    school["id_kind"] = fit.map.id_kind
    return school
