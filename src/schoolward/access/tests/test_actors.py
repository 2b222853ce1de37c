"""What a person may reach follows from their rows of the day, and costs few queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schoolward.access.actors import actor_for, actor_of, actors_for
from schoolward.access.people import person_behind
from schoolward.access.tests.factories import (
    PersonFactory,
    delegate_of,
    every_seat,
    holder,
    seat_of,
    visitor_of,
)
from schoolward.district.models import Delegation, Person, School, Supervision, Unit
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)


def test_actor_is_built_in_at_most_six_queries_for_the_busiest_person():
    parent = Unit.objects.create(name="Operations")
    unit = Unit.objects.create(name="Facilities", parent=parent)
    person = holder(Seat.UNIT_LEAD, unit=parent)
    seat_of(person, Seat.UNIT_STAFF, unit=unit, school=School.objects.create(name="A"))
    seat_of(person, Seat.ILD, school=School.objects.create(name="B"))
    for _ in range(3):
        Delegation.objects.create(
            person=holder(Seat.PRINCIPAL), delegate=person, start_date=date(2020, 1, 1)
        )

    with CaptureQueriesContext(
        connection,
    ) as queries:
        actor = actor_for(person.pk, name="Busy", today=TODAY)

    assert len(queries) <= 6
    assert actor.led_unit_ids == {parent.pk, unit.pk}
    assert len(actor.acted_school_ids) == 3


def test_many_actors_cost_as_many_queries_as_one():
    every_seat(school=School.objects.create(name="Ames"))
    people = list(Person.objects.unscoped(reason="test"))

    with CaptureQueriesContext(connection) as queries:
        actors_for(people, today=TODAY)

    assert len(queries) <= 5


def test_many_actors_are_the_same_as_one_by_one():
    school = School.objects.create(name="Ames")
    every_seat(school=school)
    delegate_of(holder(Seat.PRINCIPAL, school=school))
    delegate_of(holder(Seat.ILD, school=School.objects.create(name="Burnham")))
    people = list(Person.objects.unscoped(reason="test"))

    together = actors_for(people, today=TODAY)

    assert together == [actor_of(person, today=TODAY) for person in people]


def test_page_costs_nine_queries_before_its_own_work():
    visitor = visitor_of(holder(Seat.PRINCIPAL))
    visitor.get("/account/inactive/")

    with CaptureQueriesContext(connection) as queries:
        visitor.get("/account/inactive/")

    assert len(queries) <= 9, [one["sql"][:90] for one in queries]


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 8, 31), False),
        (date(2026, 9, 1), True),
        (date(2026, 11, 17), True),
        (date(2026, 11, 18), False),
    ],
)
def test_seat_is_held_from_the_first_day_up_to_the_last(day, holds):
    person = PersonFactory()
    seat_of(person, Seat.CHIEF, start=date(2026, 9, 1), end=date(2026, 11, 18))

    actor = actor_of(person, today=day)

    assert actor.holds(Seat.CHIEF) is holds
    assert actor.is_member is holds


def test_chief_who_supervises_a_school_is_an_ild_too_m13():
    chief = holder(Seat.CHIEF)
    school = School.objects.create(name="Ames")
    Supervision.objects.create(person=chief, school=school, start_date=date(2020, 7, 1))

    actor = actor_of(chief, today=TODAY)

    assert actor.seats == {Seat.CHIEF, Seat.ILD}
    assert actor.supervised_school_ids == {school.pk}


def test_delegate_acts_on_behalf_of_the_principal_before_the_ild():
    school = School.objects.create(name="Ames")
    ild = holder(Seat.ILD, school=school, name="Ida Lane")
    principal = holder(Seat.PRINCIPAL, school=school, name="Pat Cole")
    delegate = delegate_of(ild)
    Delegation.objects.create(
        person=principal, delegate=delegate, start_date=date(2020, 7, 1)
    )

    actor = actor_of(delegate, today=TODAY)

    assert actor.behalf_at(school.pk) == (principal.pk, "Pat Cole")


def test_delegate_who_serves_the_school_themselves_acts_on_nobodys_behalf():
    school = School.objects.create(name="Ames")
    delegate = delegate_of(holder(Seat.PRINCIPAL, school=school))
    seat_of(delegate, Seat.UNIT_STAFF, school=school)

    assert actor_of(delegate, today=TODAY).behalf_at(school.pk) is None


def test_delegation_gives_no_seat_and_ends_with_its_last_day():
    school = School.objects.create(name="Ames")
    delegate = delegate_of(
        holder(Seat.PRINCIPAL, school=school), end=date(2026, 11, 18)
    )

    before = actor_of(delegate, today=date(2026, 11, 17))
    after = actor_of(delegate, today=TODAY)

    assert before.acted_school_ids == {school.pk}
    assert not before.seats
    assert not after.is_member


def test_delegation_ends_with_the_post_of_the_one_who_gave_it():
    school = School.objects.create(name="Ames")
    principal = holder(Seat.PRINCIPAL, school=school, end=date(2026, 11, 18))

    actor = actor_of(delegate_of(principal), today=TODAY)

    assert not actor.acted_school_ids
    assert not actor.is_member


def test_delegates_of_delegates_gain_nothing():
    school = School.objects.create(name="Ames")
    secretary = delegate_of(holder(Seat.PRINCIPAL, school=school))

    actor = actor_of(delegate_of(secretary), today=TODAY)

    assert not actor.acted_school_ids


def test_merged_person_is_followed_to_the_one_who_stayed():
    stayed = holder(Seat.CHIEF)
    first = PersonFactory(merged_into=stayed)
    visitor = visitor_of(PersonFactory(merged_into=first))

    assert person_behind(visitor.person) == stayed
    assert visitor.get("/access/me/").status_code == 200
