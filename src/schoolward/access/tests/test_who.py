"""Who can see what: the answers are those of the pages, and nobody is left out."""

import inspect
from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from schoolward.access import who
from schoolward.access.actors import actors_for
from schoolward.access.tests.factories import (
    AT,
    PersonFactory,
    actor_with,
    delegate_of,
    every_seat,
    holder,
    seat_of,
)
from schoolward.access.verbs import About, verbs
from schoolward.district.models import Person, School, Supervision
from schoolward.district.policies import can_open_page
from schoolward.kernel.actor import SYSTEM
from schoolward.kernel.seats import Seat


TODAY = AT.date()
TIED = {Seat.PRINCIPAL, Seat.ASSISTANT_PRINCIPAL, Seat.ILD, Seat.UNIT_STAFF}
LOOKED_UP = (["actor"], ["actor", "school_id"])
"""Rules asked of the district or of a school; the others need a row to be asked about."""


@pytest.mark.django_db
def test_everyone_who_can_open_a_page_is_listed_with_the_reason_of_the_page():
    school, other = School.objects.create(name="A"), School.objects.create(name="B")
    every = every_seat(school=school)
    every_seat(school=other)
    delegate_of(every[Seat.ILD].person)
    PersonFactory()

    listed = {one.person_id: one.reason for one in who.readers(school.pk, today=TODAY)}

    people = Person.objects.unscoped(reason="test")
    asked = {
        a.person_id: can_open_page(a, school.pk)
        for a in actors_for(people, today=TODAY)
    }
    assert listed == {pk: one.reason for pk, one in asked.items() if one}


def _fits(seat: Seat, schools: list[School], place: int) -> bool:
    """Return whether a seat can be tied to the school of that number."""
    if place >= len(schools) or seat not in TIED:
        return False
    supervisions = Supervision.objects.unscoped(reason="test")
    return (
        seat is not Seat.ILD or not supervisions.filter(school=schools[place]).exists()
    )


class ReadersOfAnyDistrict(TestCase):
    """Whatever posts there are, the list holds exactly those whom the page lets in."""

    @settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
    @given(
        st.lists(st.tuples(st.sampled_from(list(Seat)), st.integers(0, 2)), max_size=7)
    )
    def test_list_is_complete(self, rows):
        schools = [School.objects.create(name=f"S{i}") for i in range(2)]
        people = [PersonFactory() for _ in range(4)]
        for index, (seat, number) in enumerate(rows):
            tied = _fits(seat, schools, number)
            place = {"school": schools[number]} if tied else {}
            seat_of(people[index % 4], seat, **place)
        delegate_of(people[0])

        listed = {one.person_id for one in who.readers(schools[0].pk, today=TODAY)}

        everyone = Person.objects.unscoped(reason="test")
        actors = actors_for(everyone, today=TODAY)
        assert listed == {
            a.person_id for a in actors if can_open_page(a, schools[0].pk)
        }


@pytest.mark.django_db
def test_people_tied_to_the_school_come_first():
    school = School.objects.create(name="Ames")
    holder(Seat.CHIEF, name="Aaron Chief")
    holder(Seat.PRINCIPAL, school=school, name="Zora Principal")

    names = [one.name for one in who.readers(school.pk, today=TODAY)]

    assert names == ["Zora Principal", "Aaron Chief"]


@pytest.mark.django_db
def test_list_of_readers_costs_no_more_for_many(django_assert_max_num_queries):
    school = School.objects.create(name="Ames")
    for _ in range(20):
        holder(Seat.CHIEF)

    with django_assert_max_num_queries(12):
        who.readers(school.pk, today=TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize("seat", list(Seat))
def test_every_answer_has_a_reason_and_every_no_a_next_step(seat):
    school = School.objects.create(name="Ames")
    actor = actor_with(seat)

    for right in (*who.rights(actor), *who.rights(actor, school_id=school.pk)):
        assert right.decision.reason.endswith((".", "!")), right.key
        assert right.decision or right.decision.next_step, right.key


def test_verb_about_a_school_needs_one():
    with pytest.raises(ValueError, match="asked about a school"):
        verbs()["district.page.open"].answer(SYSTEM)


def _rules():
    """Yield every rule of the project: its name, and what it is asked about."""
    rooms = [one for one in apps.get_app_configs() if find_spec(f"{one.name}.policies")]
    for room in rooms:
        policies = import_module(f"{room.name}.policies")
        for name, rule in vars(policies).items():
            if name.startswith("can_") and rule.__module__ == policies.__name__:
                yield f"{room.label}.{name}", inspect.unwrap(rule)


def test_every_rule_of_every_room_is_a_verb_that_people_can_look_up():
    asked = {inspect.unwrap(verb.ask) for verb in verbs().values()}

    missing = [
        name
        for name, rule in _rules()
        if rule not in asked and list(inspect.signature(rule).parameters) in LOOKED_UP
    ]

    assert not missing, f"Register these in the room's verbs.py: {missing}"


def test_verbs_take_what_their_rule_takes():
    for verb in verbs().values():
        count = len(inspect.signature(inspect.unwrap(verb.ask)).parameters)
        assert count == (1 if verb.about is About.DISTRICT else 2), verb.key
