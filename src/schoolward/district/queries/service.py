"""Who serves a school: its ILD, and every unit's person by name, with the gaps named."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from schoolward.district.models import (
    Assignment,
    Membership,
    Post,
    Supervision,
    Unit,
)
from schoolward.district.queries.links import PersonLink, link_of
from schoolward.kernel.seats import Seat


REASON = "who serves a school is open to everyone who may open its page"
ILD = "ILD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A person who serves the school, or a gap where there should be one.

    Attributes:
        role: "ILD", or the unit's name.
        unit_id: The unit; None for the ILD.
        person: Who serves; None when nobody is named.
        since: Since when.
        title: The title of their post.
        purpose: What the unit is for.
        ask: Whom to ask while nobody is named: the unit's lead.
    """

    role: str
    unit_id: int | None = None
    person: PersonLink | None = None
    since: date | None = None
    title: str = ""
    purpose: str = ""
    ask: PersonLink | None = None

    @property
    def is_vacant(self) -> bool:
        """Return whether nobody is named."""
        return self.person is None


def who_serves(school_id: int, *, day: date) -> tuple[Server, ...]:
    """Return who serves a school on a day, the ILD first, then unit by unit.

    A unit that serves other schools by name but not this one is named as a gap, with
    its lead to ask. A school whose network is not supervised needs no ILD.
    """
    rows = Assignment.objects.unscoped(reason=REASON).on(day)
    mine = list(
        rows.filter(school=school_id)
        .select_related("person", "unit")
        .order_by("unit__name", "start_date", "person__display_name")
    )
    titles = _titles({row.person_id for row in mine}, day=day)
    named = [
        Server(
            role=row.unit.name,
            unit_id=row.unit_id,
            person=link_of(row.person),
            since=row.start_date,
            title=titles.get((row.person_id, row.unit_id), ""),
            purpose=row.unit.purpose,
        )
        for row in mine
    ]
    gaps = _gaps(but={row.unit_id for row in mine}, day=day)
    units = sorted([*named, *gaps], key=lambda one: one.role.casefold())
    return (*_ild(school_id, day=day), *units)


def _ild(school_id: int, *, day: date) -> list[Server]:
    rows = Supervision.objects.unscoped(reason=REASON).on(day)
    mine = rows.filter(school=school_id).select_related("person").order_by("start_date")
    found = [
        Server(role=ILD, person=link_of(row.person), since=row.start_date)
        for row in mine
    ]
    return found or _missing_ild(school_id, day=day)


def _missing_ild(school_id: int, *, day: date) -> list[Server]:
    members = Membership.objects.unscoped(reason=REASON).on(day)
    if members.filter(school=school_id, network__supervised=False).exists():
        return []
    deputies = Post.objects.unscoped(reason=REASON).on(day)
    deputy = deputies.filter(seat=Seat.DEPUTY, person__isnull=False)
    first = deputy.select_related("person").order_by("start_date").first()
    return [
        Server(role=ILD, ask=link_of(first.person) if first and first.person else None)
    ]


def _titles(person_ids: set[int], *, day: date) -> dict[tuple[int, int], str]:
    posts = Post.objects.unscoped(reason=REASON).on(day)
    rows = posts.filter(person__in=person_ids, unit__isnull=False)
    return {
        (person_id, unit_id): title
        for person_id, unit_id, title in rows.values_list(
            "person_id", "unit_id", "title"
        )
        if person_id and unit_id
    }


def _gaps(*, but: set[int], day: date) -> list[Server]:
    serving = Assignment.objects.unscoped(reason=REASON).on(day).values("unit")
    units = Unit.objects.unscoped(reason=REASON).filter(pk__in=serving)
    lacking = list(units.exclude(pk__in=but).order_by("name"))
    leads = leads_of((unit.pk for unit in lacking), day=day)
    return [
        Server(
            role=unit.name,
            unit_id=unit.pk,
            purpose=unit.purpose,
            ask=next(iter(leads[unit.pk]), None),
        )
        for unit in lacking
    ]


def leads_of(unit_ids: Iterable[int], *, day: date) -> dict[int, list[PersonLink]]:
    """Return who leads each unit on a day."""
    posts = Post.objects.unscoped(reason=REASON).on(day)
    rows = posts.filter(
        unit__in=list(unit_ids), seat=Seat.UNIT_LEAD, person__isnull=False
    )
    found: dict[int, list[PersonLink]] = defaultdict(list)
    for post in rows.select_related("person").order_by("start_date", "pk"):
        if post.person and post.unit_id:
            found[post.unit_id].append(link_of(post.person))
    return found
