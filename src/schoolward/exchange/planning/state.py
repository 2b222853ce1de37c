"""The district as it stands, read once into plain rows for a plan to compare with."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from schoolward.district.models import (
    ExternalId,
    Membership,
    Network,
    Person,
    School,
    SchoolName,
    Supervision,
    Unit,
)
from schoolward.exchange.models import Sighting, SourceDay
from schoolward.exchange.timeline import Held


REASON = "a load compares its rows with the district as it stands"
Row = dict[str, Any]


def rows_of(model: type[models.Model], *columns: str, **wanted: Any) -> Iterable[Row]:
    """Return rows of a table as plain columns, without building objects."""
    names = columns or [one.attname for one in model._meta.concrete_fields]
    rows = model._base_manager.filter(**wanted).order_by("pk").values(*names)
    return rows.iterator(chunk_size=5000)


@dataclass(slots=True)
class Ids:
    """Which row an outside id leads to, among the ids of one issuer.

    Attributes:
        known: Row ids by (kind, value).
        shared: Ids that two rows claim in the file at hand.
    """

    known: dict[tuple[str, str], int] = field(default_factory=dict)
    shared: set[tuple[str, str]] = field(default_factory=set)

    def find(self, refs: Iterable[tuple[str, str]]) -> int | None:
        """Return the row the first known id leads to."""
        return next((self.known[ref] for ref in refs if ref in self.known), None)


def ids_of(issuer: str, noun: str) -> Ids:
    """Read the outside ids of schools, networks, units or people of one issuer."""
    rows = rows_of(
        ExternalId,
        "kind",
        "value",
        f"{noun}_id",
        source=issuer,
        **{f"{noun}__isnull": False},
    )
    return Ids(known={(row["kind"], row["value"]): row[f"{noun}_id"] for row in rows})


def schools() -> dict[int, Row]:
    """Read every school."""
    return {row["id"]: row for row in rows_of(School)}


def named(model: type[Network] | type[Unit]) -> dict[str, int]:
    """Return networks or units by their name in lower case."""
    return {row["name"].lower(): row["id"] for row in rows_of(model, "id", "name")}


def spans_of(
    model: type[Membership] | type[Supervision], value: str
) -> dict[int, list[Held[int]]]:
    """Return what each school belongs to when: its networks or its ILDs."""
    found: dict[int, list[Held[int]]] = defaultdict(list)
    for row in rows_of(model, "id", "school_id", value, "start_date", "end_date"):
        held = Held(row["start_date"], row["end_date"], row[value], row["id"])
        found[row["school_id"]].append(held)
    for spans in found.values():
        spans.sort(key=lambda one: one.start)
    return found


def former_names() -> dict[int, list[Held[str]]]:
    """Return the names each school bore and bears no longer."""
    found: dict[int, list[Held[str]]] = defaultdict(list)
    for row in rows_of(SchoolName):
        held = Held(row["start_date"], row["end_date"], row["name"], row["id"])
        found[row["school_id"]].append(held)
    for spans in found.values():
        spans.sort(key=lambda one: one.start)
    return found


def people(ids: Iterable[int] | None = None) -> dict[int, Row]:
    """Read people; all of them when no ids are given."""
    wanted = {} if ids is None else {"pk__in": list(ids)}
    return {row["id"]: row for row in rows_of(Person, **wanted)}


def confirmed_days(source_key: str, target: str) -> list[date]:
    """Return the days, in order, of which a source told everything."""
    rows = rows_of(SourceDay, "day", source_key=source_key, target=target)
    return sorted(row["day"] for row in rows)


def sightings(source_key: str) -> dict[int, Row]:
    """Return when a source first and last listed each school."""
    return {row["school_id"]: row for row in rows_of(Sighting, source_key=source_key)}
