"""What the directory tells of people and of units."""

from datetime import date

import pytest

from schoolward.district import queries
from schoolward.district.tests.actors import actor
from schoolward.district.tests.factories import (
    START,
    AssignmentFactory,
    DelegationFactory,
    PersonFactory,
    SupervisionFactory,
    UnitFactory,
    UnitPostFactory,
)
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)
EARLIER = date(2024, 7, 1)


def test_people_are_listed_with_their_posts_in_parts():
    names = ["Ann", "Bo", "Cy"]
    for name in names:
        UnitPostFactory(person__display_name=name)
    PersonFactory(display_name="No post")
    UnitPostFactory(person__display_name="Gone", start_date=EARLIER, end_date=START)
    asker = actor(Seat.PRINCIPAL)

    first = queries.people(asker, day=TODAY, limit=2)
    rest = queries.people(asker, day=TODAY, limit=2, after=first.next_cursor)

    assert [one.name for one in (*first.items, *rest.items)] == names
    assert first.items[0].posts[0].seat_label == "Unit staff"
    assert rest.next_cursor is None


def test_people_can_be_narrowed_to_a_seat_or_a_unit():
    post = UnitPostFactory()
    lead = UnitPostFactory(seat="unit_lead")
    asker = actor(Seat.PRINCIPAL)

    by_unit = queries.people(asker, day=TODAY, unit_id=post.unit_id)
    by_seat = queries.people(asker, day=TODAY, seat="unit_lead")

    assert [one.pk for one in by_unit.items] == [post.person_id]
    assert [one.pk for one in by_seat.items] == [lead.person_id]


def test_a_cursor_nobody_gave_out_begins_at_the_start():
    UnitPostFactory(person__display_name="Ann")

    page = queries.people(actor(Seat.PRINCIPAL), day=TODAY, after="nonsense")

    assert [one.name for one in page.items] == ["Ann"]


def test_person_page_tells_posts_schools_and_delegations():
    post = UnitPostFactory(start_date=EARLIER)
    person = post.person
    UnitPostFactory(person=person, start_date=date(2020, 7, 1), end_date=EARLIER)
    SupervisionFactory(person=person, school__name="Led")
    AssignmentFactory(person=person, unit=post.unit, school__name="Served")
    DelegationFactory(person=person, delegate__display_name="Dee")
    DelegationFactory(delegate=person, person__display_name="Bo")

    page = queries.person_page(person.pk, day=TODAY)

    assert len(page.person.posts) == 1
    assert [one.until for one in page.earlier] == [EARLIER]
    assert [one.name for one in page.supervises] == ["Led"]
    assert [one.school.name for one in page.serves] == ["Served"]
    assert [one.name for one in page.delegates] == ["Dee"]
    assert [one.name for one in page.acts_for] == ["Bo"]
    assert queries.person_page(0, day=TODAY) is None


def test_units_stand_as_a_tree():
    top = UnitFactory(name="Operations")
    part = UnitFactory(name="Facilities", parent=top)
    UnitFactory(name="Budget")
    UnitFactory(name="Closed", close_date=START)
    post = UnitPostFactory(unit=part, seat="unit_lead")
    AssignmentFactory(unit=part, person=post.person)

    found = queries.units(day=TODAY)

    assert [(one.name, one.depth) for one in found] == [
        ("Budget", 0),
        ("Operations", 0),
        ("Facilities", 1),
    ]
    assert (found[2].staff_count, found[2].school_count) == (1, 1)
    assert found[2].leads[0].pk == post.person_id


def test_unit_page_tells_staff_parts_and_schools_served():
    top = UnitFactory()
    unit = UnitFactory(parent=top)
    UnitFactory(parent=unit, name="Part")
    post = UnitPostFactory(unit=unit)
    UnitPostFactory(unit=unit, person=None)
    AssignmentFactory(unit=unit, person=post.person, school__name="Orchard")

    page = queries.unit_page(unit.pk, day=TODAY)

    assert page.parent.pk == top.pk
    assert [one.name for one in page.parts] == ["Part"]
    assert [one.pk for one in page.staff.items] == [post.person_id]
    assert page.vacant_count == 1
    assert [one.school.name for one in page.serves] == ["Orchard"]
    assert queries.unit_page(0, day=TODAY) is None
