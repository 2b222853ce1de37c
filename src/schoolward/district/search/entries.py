"""What search knows of each row: its names, a line about it, and how much it weighs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b

from schoolward.district.models import (
    EntryKind,
    Membership,
    Network,
    Person,
    PlaceName,
    Post,
    School,
    SchoolName,
    Supervision,
    Unit,
)
from schoolward.district.models.dated import holds_on
from schoolward.kernel.seats import Seat


REASON = "the search index holds every row of the directory"
LONGEST = 220
SEAT_WEIGHTS = {
    Seat.PRINCIPAL: 3.0,
    Seat.SUPERINTENDENT: 3.0,
    Seat.ILD: 3.0,
    Seat.DEPUTY: 2.8,
    Seat.CHIEF: 2.8,
    Seat.UNIT_LEAD: 2.4,
    Seat.ASSISTANT_PRINCIPAL: 2.2,
}
STAFF, NOBODY, OPEN, CLOSED = 1.5, 0.5, 4.0, 1.2
"""How much people in other seats, people without a post, open and closed places weigh."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One name that leads to a row.

    Attributes:
        kind: What the row is.
        row_id: Which.
        name: The name.
        note: A line about the row, shown under the name.
        is_former: Whether the row bears the name no more.
        weight: How far up it stands among names that fit as well.
        context: Further words that find it, such as the school a principal leads.
    """

    kind: EntryKind
    row_id: int
    name: str
    note: str = ""
    is_former: bool = False
    weight: float = 1.0
    context: str = ""

    @property
    def digest(self) -> str:
        """Return a short word that changes with anything of the entry."""
        told = "\x1f".join(
            (self.note, str(self.is_former), f"{self.weight:.3f}", self.context)
        )
        return blake2b(told.encode(), digest_size=16).hexdigest()


def entries_of(kind: EntryKind, ids: Sequence[int], *, day: date) -> list[Entry]:
    """Return the entries of rows of one kind, as they stand on a day."""
    makers = {
        EntryKind.SCHOOL: _schools,
        EntryKind.PERSON: _people,
        EntryKind.UNIT: _units,
        EntryKind.NETWORK: _networks,
    }
    return makers[EntryKind(kind)](ids, day=day)


def _schools(ids: Sequence[int], *, day: date) -> list[Entry]:
    schools = School.objects.unscoped(reason=REASON).filter(pk__in=ids)
    names = SchoolName.objects.unscoped(reason=REASON).filter(school__in=ids)
    members = Membership.objects.unscoped(reason=REASON).on(day)
    networks = dict(
        members.filter(school__in=ids).values_list("school_id", "network__name")
    )
    former: dict[int, list[str]] = defaultdict(list)
    for row in names:
        former[row.school_id].append(row.name)
    return [
        entry
        for school in schools
        for entry in _school(school, former[school.pk], networks.get(school.pk), day)
    ]


def _school(
    school: School, former: Sequence[str], network: str | None, day: date
) -> list[Entry]:
    closed = school.close_date is not None and school.close_date <= day
    parts = (
        "Closed" if closed else "",
        school.get_level_display() if school.level != "other" else "",
        network or "",
    )
    note = " · ".join(part for part in parts if part)
    weight = CLOSED if closed else OPEN
    context = f"{school.city} {school.short_name}"
    return [
        Entry(
            EntryKind.SCHOOL,
            school.pk,
            school.name,
            note,
            weight=weight,
            context=context,
        ),
        *_former(EntryKind.SCHOOL, school.pk, former, now=school.name, weight=weight),
    ]


def _former(
    kind: EntryKind, pk: int, names: Sequence[str], *, now: str, weight: float
) -> list[Entry]:
    return [
        Entry(kind, pk, name, f"Now {now}", is_former=True, weight=weight * 0.9)
        for name in dict.fromkeys(names)
        if name != now
    ]


@dataclass
class _Life:
    """What a person's posts of a day say of them."""

    weight: float = NOBODY
    note: str = "No post today"
    places: list[str] = field(default_factory=list)


def _people(ids: Sequence[int], *, day: date) -> list[Entry]:
    people = Person.objects.unscoped(reason=REASON).filter(pk__in=ids)
    lives = _lives(ids, day=day)
    merged = Person.objects.unscoped(reason=REASON).filter(merged_into__in=ids)
    also: dict[int, list[str]] = defaultdict(list)
    for person_id, name in merged.values_list("merged_into_id", "display_name"):
        also[person_id or 0].append(name)
    found = []
    for person in people:
        if person.merged_into_id is None:
            life = lives.get(person.pk, _Life())
            found.append(_person(person, life))
            found.extend(_also(person, also[person.pk], life))
    return found


def _person(person: Person, life: _Life) -> Entry:
    return Entry(
        EntryKind.PERSON,
        person.pk,
        person.display_name,
        life.note,
        weight=life.weight,
        context=" ".join([person.given_name, person.family_name, *life.places]),
    )


def _also(person: Person, names: Sequence[str], life: _Life) -> list[Entry]:
    return [
        Entry(EntryKind.PERSON, person.pk, name, life.note, weight=life.weight * 0.9)
        for name in dict.fromkeys(names)
        if name != person.display_name
    ]


def _lives(ids: Sequence[int], *, day: date) -> dict[int, _Life]:
    lives: dict[int, _Life] = defaultdict(_Life)
    posts = Post.objects.unscoped(reason=REASON).on(day).filter(person__in=ids)
    rows = posts.values_list(
        "person_id", "seat", "title", "school__name", "unit__name", "network__name"
    )
    for person_id, seat, title, *places in rows:
        place = next((one for one in places if one), "")
        _add_post(lives[person_id or 0], Seat(seat), title, place)
    ilds = Supervision.objects.unscoped(reason=REASON).on(day).filter(person__in=ids)
    for person_id in ilds.values_list("person_id", flat=True).distinct():
        lives[person_id].weight = max(lives[person_id].weight, SEAT_WEIGHTS[Seat.ILD])
    return lives


def _add_post(life: _Life, seat: Seat, title: str, place: str) -> None:
    """Let the weightiest post tell who somebody is; leaders are found by their place."""
    weight = SEAT_WEIGHTS.get(seat, STAFF)
    if weight > life.weight:
        life.weight = weight
        life.note = _placed(title or seat.label, place or "")
    if seat in SEAT_WEIGHTS:
        life.places.append(f"{place} {seat.label}")


def _units(ids: Sequence[int], *, day: date) -> list[Entry]:
    rows = Unit.objects.unscoped(reason=REASON).filter(pk__in=ids)
    units = rows.select_related("parent")
    former = _place_names("unit", ids)
    found = []
    for unit in units:
        closed = unit.close_date is not None and unit.close_date <= day
        weight = CLOSED if closed else OPEN
        parent = f"Part of {unit.parent}" if unit.parent else unit.purpose
        note = "Closed" if closed else parent[:LONGEST]
        found.append(Entry(EntryKind.UNIT, unit.pk, unit.name, note, weight=weight))
        found.extend(
            _former(
                EntryKind.UNIT, unit.pk, former[unit.pk], now=unit.name, weight=weight
            )
        )
    return found


def _networks(ids: Sequence[int], *, day: date) -> list[Entry]:
    rows = Network.objects.unscoped(reason=REASON).filter(pk__in=ids)
    former = _place_names("network", ids)
    found = []
    for row in rows:
        closed = row.close_date is not None and row.close_date <= day
        weight = CLOSED if closed else OPEN
        note = "Closed" if closed else row.focus
        found.append(Entry(EntryKind.NETWORK, row.pk, row.name, note, weight=weight))
        found.extend(
            _former(
                EntryKind.NETWORK, row.pk, former[row.pk], now=row.name, weight=weight
            )
        )
    return found


def _place_names(noun: str, ids: Sequence[int]) -> dict[int, list[str]]:
    rows = PlaceName.objects.unscoped(reason=REASON).filter(**{f"{noun}__in": ids})
    former: dict[int, list[str]] = defaultdict(list)
    for pk, name in rows.values_list(f"{noun}_id", "name"):
        former[pk].append(name)
    return former


def leaders_of(school_id: int, *, day: date) -> list[int]:
    """Return the people whose entries name a school: who leads it, on a day or before."""
    posts = Post.objects.unscoped(reason=REASON).filter(
        holds_on(day) | ~holds_on(day), school=school_id, seat__in=list(SEAT_WEIGHTS)
    )
    ids = posts.filter(person__isnull=False).values_list("person_id", flat=True)
    return sorted({pk for pk in ids if pk is not None})


def _placed(what: str, where: str) -> str:
    """Join a post and its place; a title that names the place says it once."""
    return what if not where or where in what else f"{what}, {where}"
