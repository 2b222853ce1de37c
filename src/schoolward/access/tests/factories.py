"""The least valid accounts, people who hold a seat, and browsers signed in as them."""

from datetime import UTC, date, datetime
from itertools import count

import factory
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from factory.django import DjangoModelFactory

from schoolward.access.actors import actor_of
from schoolward.access.models import User
from schoolward.base import clock
from schoolward.district.models import (
    Assignment,
    Delegation,
    Person,
    Post,
    School,
    Supervision,
    Unit,
)
from schoolward.kernel.actor import Actor
from schoolward.kernel.seats import SCHOOL_SEATS, UNIT_SEATS, Seat


LONG_AGO = date(2015, 7, 1)
AT = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
PASSWORD = "a long walk to school"
_numbers = count(1)


class PersonFactory(DjangoModelFactory):
    """A person with a name and a verified address, without a post."""

    class Meta:
        model = Person

    display_name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@access.example")
    email_is_verified = True


class UserFactory(DjangoModelFactory):
    """An account; `password=` makes it open with one, else nothing but a session does."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    person = factory.SubFactory(PersonFactory)
    email = factory.LazyAttribute(lambda user: user.person.email)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(**kwargs)


class Visitor(Client):
    """A browser that is signed in; knows who sits before it."""

    person: Person
    user: User

    @property
    def actor(self) -> Actor:
        """Return the person's actor of today."""
        return actor_of(self.person, today=clock.today())


def seat_of(
    person: Person,
    seat: Seat,
    *,
    school: School | None = None,
    unit: Unit | None = None,
    start: date = LONG_AGO,
    end: date | None = None,
) -> Post:
    """Give a person a post; the school or unit it needs is made when not given.

    An ILD given a school supervises it; unit staff given a school serve it by name.
    """
    number = next(_numbers)
    if seat in SCHOOL_SEATS and school is None:
        school = School.objects.create(name=f"School of seat {number}")
    if seat in UNIT_SEATS and unit is None:
        unit = Unit.objects.create(name=f"Unit of seat {number}")
    dates = {"start_date": start, "end_date": end}
    if seat is Seat.ILD and school:
        Supervision.objects.create(person=person, school=school, **dates)
    if seat is Seat.UNIT_STAFF and school:
        Assignment.objects.create(person=person, school=school, unit=unit, **dates)
    place = {"school": school if seat in SCHOOL_SEATS else None, "unit": unit}
    return Post.objects.create(person=person, seat=seat, **place, **dates)


def holder(seat: Seat, *, name: str = "", **place) -> Person:
    """Make a person who holds a seat; `place` is that of `seat_of`."""
    person = PersonFactory(**({"display_name": name} if name else {}))
    seat_of(person, seat, **place)
    return person


def actor_with(seat: Seat, **place) -> Actor:
    """Make a person who holds a seat and return their actor of today."""
    return actor_of(holder(seat, **place), today=clock.today())


def delegate_of(person: Person, *, start: date = LONG_AGO, end=None) -> Person:
    """Make a person without a post who acts for another."""
    delegate = PersonFactory()
    Delegation.objects.create(
        person=person, delegate=delegate, start_date=start, end_date=end
    )
    return delegate


def with_second_factor(user: User) -> User:
    """Give an account an authenticator app and recovery codes."""
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return user


def sign_in(client: Client, person: Person) -> User:
    """Sign a person in on a browser, with a second factor, making the account if needed."""
    user = User.objects.filter(person=person).first() or UserFactory(person=person)
    if not user.authenticator_set.exists():
        with_second_factor(user)
    client.force_login(user)
    return user


def visitor_of(person: Person) -> Visitor:
    """Return a browser in which a person is signed in."""
    client = Visitor()
    client.person = person
    client.user = sign_in(client, person)
    return client


def client_for(seat: Seat, **place) -> Visitor:
    """Return a browser in which the holder of a seat is signed in.

    `place` is `school=`, `unit=`, `start=`, `end=`, `name=`; see `seat_of`.
    """
    return visitor_of(holder(seat, **place))


def every_seat(*, school: School | None = None) -> dict[Seat, Visitor]:
    """Return a signed-in browser for each seat; tied to the school where the seat can be."""
    tied = {Seat.PRINCIPAL, Seat.ASSISTANT_PRINCIPAL, Seat.ILD, Seat.UNIT_STAFF}
    return {
        seat: client_for(seat, **({"school": school} if seat in tied else {}))
        for seat in Seat
    }
