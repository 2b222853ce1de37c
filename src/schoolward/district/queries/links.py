"""The small shapes that every answer is made of: people and places."""

from collections.abc import Collection
from dataclasses import KW_ONLY, dataclass

from schoolward.district.models import Network, Person, School, Unit


REASON = "names of people whose ids the caller may show"


@dataclass(frozen=True, slots=True)
class PersonLink:
    """A person to name and to reach."""

    pk: int
    name: str
    _: KW_ONLY
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class PlaceLink:
    """A school, network or unit to name and to open."""

    pk: int
    name: str


def person_link(person: Person | None) -> PersonLink | None:
    """Return a person's link; None for nobody."""
    return link_of(person) if person else None


def link_of(person: Person) -> PersonLink:
    """Return a person's link."""
    return PersonLink(
        person.pk, person.display_name, email=person.email, phone=person.phone
    )


def person_links(ids: Collection[int]) -> dict[int, PersonLink]:
    """Return people's links by id, each person read once."""
    rows = Person.objects.unscoped(reason=REASON).filter(pk__in=ids)
    return {person.pk: link_of(person) for person in rows}


def place_link(place: School | Network | Unit | None) -> PlaceLink | None:
    """Return a place's link; None for nowhere."""
    return PlaceLink(place.pk, place.name) if place else None
