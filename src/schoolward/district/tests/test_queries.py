"""What pages are told about schools, networks, units, people and the district."""

from datetime import date, timedelta

import pytest

from schoolward.district import queries
from schoolward.district.models import Capacity
from schoolward.district.tests.actors import actor, principal_of
from schoolward.district.tests.factories import (
    AT,
    START,
    AssignmentFactory,
    DelegationFactory,
    DistrictFactory,
    ExternalIdFactory,
    GoalFactory,
    MembershipFactory,
    NetworkFactory,
    PersonFactory,
    PostFactory,
    ProfileEntryFactory,
    SchoolFactory,
    SchoolNameFactory,
    SupervisionFactory,
    UnitFactory,
    UnitPostFactory,
    WrongFactFactory,
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


def test_lately_tells_what_changed_in_words():
    school = SchoolFactory()
    since = date(2026, 6, 1)
    old = MembershipFactory(
        school=school, start_date=EARLIER, end_date=START, network__name="Network 4"
    )
    MembershipFactory(school=school, network__name="Network 7")
    SupervisionFactory(school=school, start_date=EARLIER, end_date=START)
    SupervisionFactory(school=school, person__display_name="Ivy")
    PostFactory(school=school, person__display_name="Ann", capacity="interim")
    AssignmentFactory(school=school, person__display_name="Bo", unit__name="Budget")
    SchoolNameFactory(school=school, name="Lincoln")
    ProfileEntryFactory(school=school, written_by__display_name="Ann")
    GoalFactory(school=school, title="Read", ended_at=AT)
    WrongFactFactory(school=school, state="mended", answered_at=AT)
    assert old.end_date == START

    told = {one.what for one in queries.lately(school.pk, since=since, day=TODAY)}

    assert told >= {
        "Moved from Network 4 to Network 7",
        "Ivy became the ILD",
        "Ann became interim principal",
        "Bo serves the school for Budget",
        "Renamed; it was called Lincoln",
        "Ann wrote “Needs” in the profile",
        "New goal: Read",
        "Goal ended: Read",
        "Mended: Phone",
    }


def test_lately_tells_endings_without_a_successor():
    school = SchoolFactory()
    for factory in (MembershipFactory, SupervisionFactory, PostFactory):
        factory(school=school, start_date=EARLIER, end_date=START)
    AssignmentFactory(school=school, start_date=EARLIER, end_date=START)

    told = [one.what for one in queries.lately(school.pk, since=START, day=TODAY)]

    assert len(told) == 4
    assert all("became" not in what for what in told)


def test_what_a_first_file_showed_is_no_change():
    post = PostFactory(held_before=True)
    MembershipFactory(school=post.school)
    SupervisionFactory(school=post.school)

    assert queries.lately(post.school_id, since=EARLIER, day=TODAY) == ()


def test_profile_changes_of_some_schools_newest_first():
    mine, other = ProfileEntryFactory(), ProfileEntryFactory()
    newer = ProfileEntryFactory(school=mine.school, written_at=AT + timedelta(hours=1))

    found = queries.profile_changes([mine.school_id], since=AT)

    assert [one.part.written_at for one in found] == [newer.written_at, AT]
    assert other.school_id not in {one.school.pk for one in found}


def test_stale_facts_name_what_is_missing_or_old():
    school = SchoolFactory(checked_date=date(2025, 1, 1))
    old = AT - timedelta(days=400)
    ProfileEntryFactory(school=school, field="needs", written_at=old)
    ProfileEntryFactory(school=school, field="strengths")

    found = {one.fact: one for one in queries.stale_facts(school.pk, day=TODAY)}

    assert set(found) == {
        "Principal",
        "ILD",
        "Needs",
        "Goals in own words",
        "Character",
        "Best way to reach",
        "Goals",
        "Address, phone and grades",
    }
    assert found["Needs"].why == "Last written on Oct 15, 2025."


def test_nothing_is_stale_about_a_school_that_is_looked_after():
    school = PostFactory(school__checked_date=TODAY).school
    SupervisionFactory(school=school)
    GoalFactory(school=school)
    for part in queries.profile(school.pk):
        ProfileEntryFactory(school=school, field=part.field)

    assert queries.stale_facts(school.pk, day=TODAY) == ()


def test_reports_are_listed_for_their_writer_and_their_school():
    wrong = WrongFactFactory()
    done = WrongFactFactory(
        school=wrong.school, said_by=wrong.said_by, state="right", answered_at=AT
    )
    writer = actor(Seat.PRINCIPAL, person=wrong.said_by)

    mine = queries.wrong_facts_by(writer)
    of_school = queries.wrong_facts_of(principal_of(wrong.school), wrong.school_id)

    assert {row.pk for row in mine} == {wrong.pk, done.pk}
    assert [row.pk for row in of_school] == [wrong.pk, done.pk]
    assert queries.wrong_fact(actor(Seat.PRINCIPAL), wrong.pk) is None
    assert queries.wrong_fact(writer, wrong.pk).fact == "Phone"
