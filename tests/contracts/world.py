"""A small district with one visitor of every kind, for the matrix of addresses."""

from dataclasses import dataclass

from schoolward.access.models import User
from schoolward.access.tests.factories import (
    AT,
    PersonFactory,
    Visitor,
    delegate_of,
    holder,
    visitor_of,
)
from schoolward.access.tokens import make_token
from schoolward.district.models import District, Person, School, Unit
from schoolward.kernel.actor import SYSTEM
from schoolward.kernel.seats import Seat


TIED = (Seat.PRINCIPAL, Seat.ASSISTANT_PRINCIPAL, Seat.ILD, Seat.UNIT_STAFF)


@dataclass(frozen=True)
class World:
    """What the addresses are about, and who tries them.

    Attributes:
        school: The school in question; its own people are tied to it.
        other_school: Another one, with its own principal, ILD and unit staff.
        unit: A unit with a lead and staff.
        people: Everyone by the name of their kind; nobody for "signed_out".
        sessions: The key of each person's session.
        tokens: The secret of each person's token, which may write.
    """

    school: School
    other_school: School
    unit: Unit
    people: dict[str, Person]
    sessions: dict[str, str]
    tokens: dict[str, str]

    def person(self, kind: str) -> Person:
        """Return the person of a kind, such as "principal"."""
        return self.people[kind]

    def user(self, kind: str) -> User:
        """Return the account of the person of a kind."""
        return User.objects.get(person=self.people[kind])


def build() -> World:
    """Make the district."""
    District.objects.create(pk=1, name="Matrix", time_zone="America/Chicago")
    school = School.objects.create(name="Ames Middle School")
    other = School.objects.create(name="Burnham Elementary School")
    unit = Unit.objects.create(name="Facilities")
    people = _people(school, other, unit)
    visitors = {kind: visitor_of(person) for kind, person in people.items()}
    return World(
        school=school,
        other_school=other,
        unit=unit,
        people=people,
        sessions={kind: _session(one) for kind, one in visitors.items()},
        tokens={kind: _token(one) for kind, one in visitors.items()},
    )


def _people(school: School, other: School, unit: Unit) -> dict[str, Person]:
    people = {seat.value: _holder(seat, school, unit) for seat in Seat}
    for seat in (Seat.PRINCIPAL, Seat.ILD, Seat.UNIT_STAFF):
        people[f"other_{seat.value}"] = _holder(seat, other, unit)
    people["delegate"] = delegate_of(people["principal"])
    people["no_post"] = PersonFactory(display_name="No Post")
    return people


def _holder(seat: Seat, school: School, unit: Unit) -> Person:
    places = {"school": school} if seat in TIED else {}
    if seat in {Seat.UNIT_LEAD, Seat.UNIT_STAFF}:
        places["unit"] = unit
    return holder(seat, name=f"{seat.label} of {school.name}", **places)


def _session(visitor: Visitor) -> str:
    return visitor.cookies["sessionid"].value


def _token(visitor: Visitor) -> str:
    _, secret = make_token(
        visitor.user, label="Matrix", at=AT, by=SYSTEM, may_write=True, days=366
    )
    return secret
