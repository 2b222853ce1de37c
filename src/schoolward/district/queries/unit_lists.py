"""Units of the central office as a tree, and one unit's page."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef

from schoolward.district.models import Assignment, Person, Post, Unit
from schoolward.district.queries.directory import PersonLine, person_lines
from schoolward.district.queries.links import (
    PersonLink,
    PlaceLink,
    link_of,
    place_link,
)
from schoolward.district.queries.paging import Page, paged, past
from schoolward.district.queries.service import leads_of


REASON = "units are part of the directory, which the entrance opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """One unit in the tree.

    Attributes:
        depth: 0 for a unit under no other.
        staff_count: People who hold a post in it on the day, its parts not counted.
        school_count: Schools that its people serve by name.
    """

    pk: int
    name: str
    depth: int
    parent_id: int | None
    leads: tuple[PersonLink, ...]
    staff_count: int
    school_count: int
    purpose: str


@dataclass(frozen=True, slots=True)
class Served:
    """A school and who of the unit serves it."""

    school: PlaceLink
    person: PersonLink
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPage:
    """What a unit's page shows on a day."""

    pk: int
    name: str
    purpose: str
    email: str
    phone: str
    close_date: date | None
    parent: PlaceLink | None
    parts: tuple[PlaceLink, ...]
    leads: tuple[PersonLink, ...]
    staff: Page[PersonLine]
    vacant_count: int
    serves: tuple[Served, ...]


def units(*, day: date) -> tuple[UnitLine, ...]:
    """Return the open units as a tree, each before its parts, in four queries."""
    rows = Unit.objects.unscoped(reason=REASON).exclude(close_date__lte=day)
    listed = list(rows.order_by("name"))
    leads = leads_of((unit.pk for unit in listed), day=day)
    posts = Post.objects.unscoped(reason=REASON).on(day).filter(person__isnull=False)
    staff = _counts(posts.values("unit").annotate(n=Count("person", distinct=True)))
    served = Assignment.objects.unscoped(reason=REASON).on(day)
    schools = _counts(served.values("unit").annotate(n=Count("school", distinct=True)))
    return tuple(
        UnitLine(
            pk=unit.pk,
            name=unit.name,
            depth=depth,
            parent_id=unit.parent_id,
            leads=tuple(leads[unit.pk]),
            staff_count=staff.get(unit.pk, 0),
            school_count=schools.get(unit.pk, 0),
            purpose=unit.purpose,
        )
        for unit, depth in _tree(listed)
    )


def unit_names(*, day: date) -> tuple[tuple[int, str], ...]:
    """Return the ids and names of the open units as a tree, each before its parts."""
    rows = Unit.objects.unscoped(reason=REASON).exclude(close_date__lte=day)
    return tuple((unit.pk, unit.name) for unit, _ in _tree(list(rows.order_by("name"))))


def _counts(rows: Iterable[Mapping[str, Any]]) -> dict[int, int]:
    return {row["unit"]: row["n"] for row in rows}


def _tree(rows: Sequence[Unit]) -> Iterator[tuple[Unit, int]]:
    """Yield units before their parts, with their depth; a closed parent is left out."""
    there = {unit.pk for unit in rows}
    under: dict[int | None, list[Unit]] = defaultdict(list)
    for unit in rows:
        under[unit.parent_id if unit.parent_id in there else None].append(unit)
    line = [(unit, 0) for unit in reversed(under[None])]
    while line:
        unit, depth = line.pop()
        yield unit, depth
        line.extend((part, depth + 1) for part in reversed(under[unit.pk]))


def unit_page(
    unit_id: int, *, day: date, after: str = "", limit: int = 50
) -> UnitPage | None:
    """Return what a unit's page shows on a day.

    Args:
        unit_id: The unit.
        day: As of when.
        after: The cursor of the part of its staff before.
        limit: How many of its staff.
    """
    rows = Unit.objects.unscoped(reason=REASON)
    unit = rows.select_related("parent").filter(pk=unit_id).first()
    if unit is None:
        return None
    parts = rows.filter(parent=unit_id).exclude(close_date__lte=day).order_by("name")
    posts = Post.objects.unscoped(reason=REASON).on(day).filter(unit=unit_id)
    return UnitPage(
        pk=unit.pk,
        name=unit.name,
        purpose=unit.purpose,
        email=unit.email,
        phone=unit.phone,
        close_date=unit.close_date,
        parent=place_link(unit.parent),
        parts=tuple(PlaceLink(part.pk, part.name) for part in parts),
        leads=tuple(leads_of([unit_id], day=day)[unit_id]),
        staff=_staff(unit_id, day=day, after=after, limit=limit),
        vacant_count=posts.filter(person__isnull=True).count(),
        serves=_served(unit_id, day=day),
    )


def _staff(unit_id: int, *, day: date, after: str, limit: int) -> Page[PersonLine]:
    posts = Post.objects.unscoped(reason=REASON).on(day)
    here = Exists(posts.filter(unit=unit_id, person=OuterRef("pk")))
    people = Person.objects.unscoped(reason=REASON).filter(here)
    found = paged(
        past(people, after, field="display_name"), limit=limit, field="display_name"
    )
    return Page(person_lines(found.items, day=day), found.next_cursor)


def _served(unit_id: int, *, day: date) -> tuple[Served, ...]:
    rows = Assignment.objects.unscoped(reason=REASON).on(day).filter(unit=unit_id)
    ordered = rows.select_related("school", "person").order_by("school__name", "pk")
    return tuple(
        Served(
            PlaceLink(row.school_id, row.school.name),
            link_of(row.person),
            row.start_date,
        )
        for row in ordered
    )
