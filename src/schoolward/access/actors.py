"""Building actors from the posts that people hold today."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from schoolward.district.models import (
    Assignment,
    Delegation,
    Person,
    Post,
    Supervision,
    Unit,
)
from schoolward.kernel.actor import Actor
from schoolward.kernel.seats import SCHOOL_SEATS, Seat


REASON = "an actor is built before anyone can be asked"
Behalf = tuple[int, str]


@dataclass
class _Own:
    """What a person's own rows of today add up to."""

    seats: set[Seat] = field(default_factory=set)
    led: set[int] = field(default_factory=set)
    supervised: set[int] = field(default_factory=set)
    served: dict[int, str] = field(default_factory=dict)
    units: set[int] = field(default_factory=set)
    led_units: set[int] = field(default_factory=set)

    @property
    def is_member(self) -> bool:
        return bool(self.seats or self.supervised)

    def add_post(self, seat: Seat, school_id: int | None, unit_id: int | None) -> None:
        self.seats.add(seat)
        if seat in SCHOOL_SEATS and school_id is not None:
            self.led.add(school_id)
        if unit_id is not None:
            self.units.add(unit_id)
            if seat is Seat.UNIT_LEAD:
                self.led_units.add(unit_id)


def actor_for(
    person_id: int,
    *,
    name: str,
    today: date,
    scopes: frozenset[str] = frozenset(),
    as_seen_by: Actor | None = None,
) -> Actor:
    """Return what a person may reach today, in at most five queries.

    A delegate reaches the schools of the principals and the supervised schools of the
    ILDs who named them, but gains none of their seats; a delegation ends with the last
    post of who gave it.
    """
    granters = _granters({person_id}, today=today)[person_id]
    owned = _owned({person_id, *(granter for granter, _ in granters)}, today=today)
    parents = _unit_parents(owned.values())
    actor = _actor(person_id, name, owned, granters=granters, parents=parents)
    return _dressed(actor, scopes=scopes, as_seen_by=as_seen_by)


def actors_for(people: Iterable[Person], *, today: date) -> list[Actor]:
    """Return the actors of many people, in as many queries as for one."""
    names = {person.pk: person.display_name for person in people}
    granters = _granters(names, today=today)
    behind = {granter for rows in granters.values() for granter, _ in rows}
    owned = _owned(names.keys() | behind, today=today)
    parents = _unit_parents(owned.values())
    return [
        _actor(pk, name, owned, granters=granters[pk], parents=parents)
        for pk, name in names.items()
    ]


def actor_of(person: Person, *, today: date) -> Actor:
    """Return the actor of a person's row."""
    return actor_for(person.pk, name=person.display_name, today=today)


def _actor(
    person_id: int,
    name: str,
    owned: dict[int, _Own],
    *,
    granters: list[Behalf],
    parents: dict[int, int],
) -> Actor:
    own = owned[person_id]
    granters = [one for one in granters if owned[one[0]].is_member]
    acted = _acted(granters, owned)
    return Actor(
        person_id=person_id,
        name=name,
        seats=frozenset(own.seats | ({Seat.ILD} if own.supervised else set())),
        led_school_ids=frozenset(own.led),
        acted_school_ids=frozenset(acted),
        supervised_school_ids=frozenset(own.supervised),
        served_school_ids=frozenset(own.served),
        served_for=own.served,
        unit_ids=frozenset(own.units),
        led_unit_ids=_with_parts(own.led_units, parents),
        delegate_for=frozenset(granter for granter, _ in granters),
        acted_for=acted,
    )


def _dressed(
    actor: Actor, *, scopes: frozenset[str], as_seen_by: Actor | None
) -> Actor:
    if not scopes and as_seen_by is None:
        return actor
    return replace(actor, scopes=scopes, as_seen_by=as_seen_by)


def _acted(granters: list[Behalf], owned: dict[int, _Own]) -> dict[int, Behalf]:
    """Return on whose behalf a delegate acts at which school; the principal comes first."""
    acted: dict[int, Behalf] = {}
    for granter in granters:
        acted |= dict.fromkeys(owned[granter[0]].supervised - acted.keys(), granter)
    for granter in granters:
        acted |= dict.fromkeys(owned[granter[0]].led, granter)
    return acted


def _granters(
    person_ids: Collection[int], *, today: date
) -> defaultdict[int, list[Behalf]]:
    """Return who named each person a delegate, by id and name."""
    rows = Delegation.objects.unscoped(reason=REASON).on(today)
    found: defaultdict[int, list[Behalf]] = defaultdict(list)
    for delegate, granter, name in (
        rows.filter(delegate_id__in=person_ids)
        .order_by("pk")
        .values_list("delegate_id", "person_id", "person__display_name")
    ):
        found[delegate].append((granter, name))
    return found


def _owned(person_ids: Collection[int], *, today: date) -> defaultdict[int, _Own]:
    owned: defaultdict[int, _Own] = defaultdict(_Own)
    _add_posts(owned, person_ids, today=today)
    supervisions = Supervision.objects.unscoped(reason=REASON).on(today)
    for person, school in supervisions.filter(person_id__in=person_ids).values_list(
        "person_id", "school_id"
    ):
        owned[person].supervised.add(school)
    assignments = Assignment.objects.unscoped(reason=REASON).on(today)
    for person, school, unit in (
        assignments.filter(person_id__in=person_ids)
        .order_by("-unit__name")
        .values_list("person_id", "school_id", "unit__name")
    ):
        owned[person].served[school] = unit
    return owned


def _add_posts(
    owned: defaultdict[int, _Own], person_ids: Collection[int], *, today: date
) -> None:
    posts = Post.objects.unscoped(reason=REASON).on(today)
    for person, seat, school, unit in posts.filter(
        person_id__in=person_ids
    ).values_list("person_id", "seat", "school_id", "unit_id"):
        if person is not None:
            owned[person].add_post(Seat(seat), school, unit)


def _unit_parents(owned: Iterable[_Own]) -> dict[int, int]:
    """Return each unit's parent; nothing when nobody here leads a unit."""
    if not any(own.led_units for own in owned):
        return {}
    rows = Unit.objects.unscoped(reason=REASON).filter(parent__isnull=False)
    return dict(rows.values_list("pk", "parent_id"))


def _with_parts(unit_ids: set[int], parents: dict[int, int]) -> frozenset[int]:
    """Return units with all the units under them."""
    found = set(unit_ids)
    grown = bool(found)
    while grown:
        under = {unit for unit, parent in parents.items() if parent in found} - found
        found |= under
        grown = bool(under)
    return frozenset(found)
