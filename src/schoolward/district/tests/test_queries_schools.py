"""What the directory tells of a school: its leaders, who serves it, the list of schools."""

from datetime import date

import pytest

from schoolward.district import queries
from schoolward.district.models import Capacity
from schoolward.district.tests.actors import actor, principal_of
from schoolward.district.tests.factories import (
    START,
    AssignmentFactory,
    ExternalIdFactory,
    MembershipFactory,
    PersonFactory,
    PostFactory,
    SchoolFactory,
    SupervisionFactory,
    UnitFactory,
    UnitPostFactory,
)
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)
EARLIER = date(2024, 7, 1)
NEXT_YEAR = date(2027, 7, 1)


def head(school, day=TODAY):
    return queries.school_head(school.pk, day=day)


def test_head_of_an_unknown_school_is_nothing():
    assert queries.school_head(0, day=TODAY) is None


def test_head_tells_principal_tenure_network_and_ild():
    school = SchoolFactory(address="1 Elm", city="Avon", state="IL", postal_code="6")
    PostFactory(school=school, person__display_name="Ann", start_date=EARLIER)
    PostFactory(school=school, seat="assistant_principal")
    MembershipFactory(school=school, network__name="Network 4")
    SupervisionFactory(school=school, person__display_name="Ivy")
    ExternalIdFactory(school=school, value="610001")

    found = head(school)

    leader = found.principals[0]
    assert (leader.person.name, leader.tenure, leader.is_new) == (
        "Ann",
        "third year",
        False,
    )
    assert found.network.name == "Network 4"
    assert [one.name for one in found.ilds] == ["Ivy"]
    assert found.address == "1 Elm, Avon, IL 6"
    assert len(found.assistant_principals) == 1
    assert found.external_ids[0].value == "610001"
    assert not found.is_vacant


def test_head_reads_as_it_stood_on_an_earlier_day():
    school = SchoolFactory()
    PostFactory(
        school=school, person__display_name="Old", start_date=EARLIER, end_date=START
    )
    PostFactory(school=school, person__display_name="New")

    names = [head(school, day).principals[0].person.name for day in (EARLIER, TODAY)]

    assert names == ["Old", "New"]


def test_a_principal_of_this_year_is_new_but_not_one_whose_start_nobody_knows():
    new, known = PostFactory(), PostFactory(held_before=True)

    assert head(new.school).principals[0].is_new
    leader = head(known.school).principals[0]
    assert (leader.is_new, leader.tenure) == (False, "first year on record")


def test_an_acting_principal_who_was_appointed_is_counted_from_the_first_day():
    school, person = SchoolFactory(), PersonFactory()
    acting = {"capacity": Capacity.ACTING, "start_date": EARLIER, "end_date": START}
    PostFactory(school=school, person=person, **acting)
    PostFactory(school=school, person=person)

    assert head(school).principals[0].since == EARLIER


def test_a_vacancy_tells_since_when():
    school = SchoolFactory()
    PostFactory(school=school, start_date=EARLIER, end_date=START)

    found = head(school)

    assert (found.is_vacant, found.vacant_since) == (True, START)
    assert head(SchoolFactory()).vacant_since is None
    empty = PostFactory(person=None)
    assert head(empty.school).vacant_since == START


def test_a_closed_school_has_no_vacancy():
    school = SchoolFactory(close_date=START)

    assert not head(school).is_vacant


def test_who_serves_names_everyone_and_the_gaps():
    school = SchoolFactory()
    SupervisionFactory(school=school, person__display_name="Ivy")
    post = UnitPostFactory(unit__name="Budget", title="Budget partner")
    AssignmentFactory(school=school, unit=post.unit, person=post.person)
    gap = AssignmentFactory(unit__name="Facilities").unit
    lead = UnitPostFactory(unit=gap, seat="unit_lead").person
    UnitFactory(name="Payroll")

    found = queries.who_serves(school.pk, day=TODAY)

    assert [(one.role, one.is_vacant) for one in found] == [
        ("ILD", False),
        ("Budget", False),
        ("Facilities", True),
    ]
    assert found[1].title == "Budget partner"
    assert found[2].ask.pk == lead.pk


def test_who_serves_names_a_missing_ild_and_whom_to_ask():
    deputy = PostFactory(seat="deputy", school=None).person
    school = MembershipFactory().school

    ild = queries.who_serves(school.pk, day=TODAY)[0]

    assert (ild.is_vacant, ild.ask.pk) == (True, deputy.pk)


def test_a_school_in_a_mere_grouping_needs_no_ild():
    school = MembershipFactory(network__supervised=False).school

    assert queries.who_serves(school.pk, day=TODAY) == ()


def test_schools_of_an_actor_say_what_ties_them():
    led, served = SchoolFactory(name="A"), SchoolFactory(name="B")
    both = principal_of(
        led, served_school_ids={served.pk}, served_for={served.pk: "Budget"}
    )

    found = queries.schools_of(both, day=TODAY)

    assert [line.tie for line in found] == [
        "you lead this school",
        "you are the Budget partner of this school",
    ]


def test_the_list_of_schools_goes_on_where_it_stopped():
    names = ["Ash", "Ash", "Birch", "Cedar", "Dogwood"]
    for name in names:
        SchoolFactory(name=name)
    SchoolFactory(name="Closed", close_date=START)
    SchoolFactory(name="Coming", open_date=NEXT_YEAR)
    asker = actor(Seat.PRINCIPAL)

    found, after = [], ""
    while after is not None:
        page = queries.school_page_of(asker, day=TODAY, after=after, limit=2)
        found += [line.name for line in page.items]
        after = page.next_cursor

    assert found == names


def test_the_list_of_schools_can_be_narrowed():
    row = MembershipFactory(school__level="high")
    MembershipFactory(network=row.network)
    asker = actor(Seat.PRINCIPAL)

    page = queries.school_page_of(
        asker, day=TODAY, network_id=row.network_id, level="high"
    )

    assert [line.pk for line in page.items] == [row.school_id]
    nobody = queries.school_page_of(actor(), day=TODAY)
    assert nobody.items == ()
