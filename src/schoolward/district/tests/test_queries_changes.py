"""What changed lately, what looks out of date, and what was said to be wrong."""

from datetime import date, timedelta

import pytest

from schoolward.district import queries
from schoolward.district.tests.actors import actor, principal_of
from schoolward.district.tests.factories import (
    AT,
    START,
    AssignmentFactory,
    GoalFactory,
    MembershipFactory,
    PostFactory,
    ProfileEntryFactory,
    SchoolFactory,
    SchoolNameFactory,
    SupervisionFactory,
    WrongFactFactory,
)
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)
EARLIER = date(2024, 7, 1)


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
