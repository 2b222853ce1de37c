"""What the directory tells of networks, of ILDs' distance, and of the district."""

from datetime import date

import pytest

from schoolward.district import queries
from schoolward.district.tests.factories import (
    START,
    DistrictFactory,
    MembershipFactory,
    NetworkFactory,
    PersonFactory,
    PostFactory,
    SchoolFactory,
    SupervisionFactory,
)


pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)
EARLIER = date(2024, 7, 1)
NEXT_YEAR = date(2027, 7, 1)


def test_networks_count_schools_and_name_ilds():
    network = NetworkFactory(name="Network 4")
    ild = PersonFactory(display_name="Ivy")
    for number in range(3):
        school = MembershipFactory(network=network).school
        if number:
            SupervisionFactory(school=school, person=ild)
    NetworkFactory(close_date=START)

    (line,) = queries.networks(day=TODAY)

    assert line.school_count == 3
    assert [one.name for one in line.ilds] == ["Ivy"]


def test_network_page_tells_who_came_and_went_this_year():
    here, other = NetworkFactory(), NetworkFactory(name="Network 9")
    came, went = SchoolFactory(name="Came"), SchoolFactory(name="Went")
    stays = SchoolFactory(name="Stays", open_date=START)
    MembershipFactory(school=came, network=other, start_date=EARLIER, end_date=START)
    MembershipFactory(school=came, network=here)
    MembershipFactory(school=went, network=here, start_date=EARLIER, end_date=START)
    MembershipFactory(school=went, network=other)
    MembershipFactory(school=stays, network=here)

    page = queries.network_page(here.pk, day=TODAY)

    assert [line.name for line in page.schools] == ["Came", "Stays"]
    assert [(one.school.name, one.other.name) for one in page.joined] == [
        ("Came", "Network 9")
    ]
    assert [one.school.name for one in page.left] == ["Went"]
    assert queries.network_page(0, day=TODAY) is None


def test_membership_table_tells_every_span():
    row = MembershipFactory(start_date=EARLIER, end_date=START)

    assert queries.membership_table() == [
        queries.MembershipRow(row.school_id, row.network_id, EARLIER, START)
    ]
    assert queries.memberships_on(EARLIER) == {row.school_id: row.network_id}
    assert queries.memberships_on(START) == {}


def ladder():
    """Make a superintendent, a deputy who reports to them, and an ILD below."""
    top = PostFactory(seat="superintendent", school=None)
    deputy = PostFactory(seat="deputy", school=None, reports_to=top)
    ild = PostFactory(seat="ild", school=None, reports_to=deputy)
    return top, deputy, ild


def span_of(person):
    found = {one.person.pk: one for one in queries.ild_spans(day=TODAY)}
    return found[person.pk]


def test_an_ild_s_distance_is_read_from_the_line_of_reporting_m1():
    top, deputy, ild = ladder()
    SupervisionFactory(person=ild.person)

    span = span_of(ild.person)

    assert (span.distance, span.is_near, span.school_count) == (2, True, 1)
    line = [ild.person_id, deputy.person_id, top.person_id]
    assert [one.pk for one in span.chain] == line


def test_the_line_holds_when_somebody_else_takes_the_chair():
    _, deputy, ild = ladder()
    deputy.end_date = TODAY
    deputy.save(update_fields=["end_date"])
    new = PostFactory(
        seat="deputy", school=None, reports_to=deputy.reports_to, start_date=TODAY
    )

    span = span_of(ild.person)

    assert span.distance == 2
    assert span.chain[1].pk == new.person_id


def test_a_line_that_breaks_off_has_no_distance():
    ild = PostFactory(seat="ild", school=None)

    span = span_of(ild.person)

    assert (span.distance, span.is_near) == (None, False)


def test_in_a_small_district_the_superintendent_is_an_ild_at_no_distance_m13():
    top = PostFactory(seat="superintendent", school=None)
    SupervisionFactory(person=top.person)

    span = span_of(top.person)

    assert (span.distance, span.other_duties) == (0, ("Superintendent",))


def test_an_ild_without_any_post_is_still_shown():
    row = SupervisionFactory()

    span = span_of(row.person)

    assert (span.distance, span.chain, span.school_count) == (None, (), 1)


def test_overview_tells_vacancies_new_principals_and_what_is_coming():
    DistrictFactory(name="Lakeside")
    vacant = SchoolFactory(name="Vacant")
    new = PostFactory(school__name="New")
    grouped = MembershipFactory(network__supervised=False).school
    PostFactory(school=grouped, start_date=EARLIER)
    SupervisionFactory(
        school=new.school, person__display_name="Old", end_date=NEXT_YEAR
    )
    SupervisionFactory(
        school=new.school, person__display_name="Next", start_date=NEXT_YEAR
    )
    MembershipFactory(school=vacant, start_date=NEXT_YEAR, network__name="Network 4")

    found = queries.district_overview(day=TODAY)

    assert (found.name, found.school_count, found.person_count) == ("Lakeside", 3, 2)
    assert [line.name for line in found.vacancies] == ["Vacant"]
    assert [line.name for line in found.without_ild] == ["Vacant"]
    assert [one.school.name for one in found.new_principals] == ["New"]
    coming = [(one.what, one.old, one.new) for one in found.reassignments]
    assert coming == [("ILD", "Old", "Next"), ("network", "", "Network 4")]
