"""Opening, renaming, closing and merging schools."""

from datetime import date

import pytest

from schoolward.audit.models import Event
from schoolward.base.http import RefusedError
from schoolward.district import actions, queries
from schoolward.district.domain import RuleError
from schoolward.district.models import (
    Assignment,
    Level,
    Membership,
    Post,
    SchoolName,
    Supervision,
)
from schoolward.district.tests.actors import manager, principal_of
from schoolward.district.tests.factories import (
    AT,
    START,
    AssignmentFactory,
    MembershipFactory,
    PostFactory,
    SchoolFactory,
    SupervisionFactory,
)


pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)
NEXT_YEAR = date(2027, 7, 1)


def rows(model):
    return model.objects.unscoped(reason="a test looks")


def told(verb):
    return Event.objects.get(verb=verb)


def test_open_school_keeps_its_facts_and_who_opened_it():
    by = manager()

    school = actions.open_school("Orchard", by=by, at=AT, level=Level.MIDDLE)

    assert school.level == "middle"
    event = told("district.school.opened")
    assert (event.actor_id, event.school_id) == (by.person_id, school.pk)


def test_open_school_is_refused_to_a_principal_and_leaves_no_trace():
    with pytest.raises(RefusedError) as refusal:
        actions.open_school("Orchard", by=principal_of(SchoolFactory()), at=AT)

    assert refusal.value.decision.next_step
    assert not Event.objects.exists()


def test_change_school_tells_old_and_new():
    school = SchoolFactory(phone="773-555-0100")

    actions.change_school(school, by=manager(), at=AT, phone="773-555-0199", city="")

    facts = told("district.school.changed").facts
    assert facts["changes"] == "phone: 773-555-0100 → 773-555-0199"


def test_change_school_to_what_it_is_leaves_no_trace():
    actions.change_school(SchoolFactory(city="Avon"), by=manager(), at=AT, city="Avon")

    assert not Event.objects.exists()


def test_rename_keeps_the_former_name():
    school = SchoolFactory(name="Lincoln School", open_date=date(1990, 9, 1))

    actions.rename_school(school, name="Orchard", on=START, by=manager(), at=AT)

    former = rows(SchoolName).get(school=school)
    assert (former.name, former.start_date) == ("Lincoln School", date(1990, 9, 1))
    assert former.end_date == START
    assert queries.school_head(school.pk, day=TODAY).name == "Orchard"


def test_a_second_renaming_begins_where_the_first_ended():
    school = SchoolFactory(name="One")
    actions.rename_school(school, name="Two", on=date(2020, 7, 1), by=manager(), at=AT)

    actions.rename_school(school, name="Three", on=START, by=manager(), at=AT)

    names = queries.school_head(school.pk, day=TODAY).former_names
    assert [(one.name, one.until) for one in names] == [
        ("Two", START),
        ("One", date(2020, 7, 1)),
    ]


def test_a_slip_mended_on_the_same_day_is_not_kept_as_a_name():
    school = SchoolFactory(name="Lincoln")
    actions.rename_school(school, name="Orchrad", on=START, by=manager(), at=AT)

    actions.rename_school(school, name="Orchard", on=START, by=manager(), at=AT)

    assert [row.name for row in rows(SchoolName)] == ["Lincoln"]


@pytest.mark.parametrize(("name", "on"), [("Other", NEXT_YEAR), ("Orchard", START)])
def test_rename_is_refused_ahead_of_time_and_to_the_same_name(name, on):
    school = SchoolFactory(name="Orchard")

    with pytest.raises(RuleError):
        actions.rename_school(school, name=name, on=on, by=manager(), at=AT)


def test_close_school_ends_who_leads_supervises_and_serves_it():
    school = SchoolFactory()
    MembershipFactory(school=school)
    SupervisionFactory(school=school)
    PostFactory(school=school)
    AssignmentFactory(school=school)

    actions.close_school(school, on=NEXT_YEAR, by=manager(), at=AT)

    for model in (Membership, Supervision, Post, Assignment):
        assert rows(model).get(school=school).end_date == NEXT_YEAR
    assert queries.school_head(school.pk, day=TODAY).is_open
    assert not queries.school_head(school.pk, day=NEXT_YEAR).is_open


def test_close_school_drops_what_had_not_begun_and_leaves_what_had_ended():
    school = SchoolFactory()
    ended = PostFactory(school=school, end_date=date(2026, 9, 1))
    PostFactory(school=school, start_date=date(2027, 8, 1))

    actions.close_school(school, on=NEXT_YEAR, by=manager(), at=AT)

    kept = rows(Post).get(school=school)
    assert (kept.pk, kept.end_date) == (ended.pk, date(2026, 9, 1))


def test_close_school_is_refused_before_it_opens():
    school = SchoolFactory(open_date=NEXT_YEAR)

    with pytest.raises(RuleError, match="later day"):
        actions.close_school(school, on=NEXT_YEAR, by=manager(), at=AT)


def test_merge_school_leads_to_the_other():
    school, into = SchoolFactory(), SchoolFactory(name="Harbor")

    actions.merge_school(school, into=into, on=NEXT_YEAR, by=manager(), at=AT)

    head = queries.school_head(school.pk, day=NEXT_YEAR)
    assert head.merged_into.name == "Harbor"
    assert told("district.school.merged").facts["into"] == "Harbor"


def test_merge_school_is_refused_into_itself_or_a_closed_one():
    school = SchoolFactory()
    closed = SchoolFactory(close_date=START)

    for into in (school, closed):
        with pytest.raises(RuleError):
            actions.merge_school(school, into=into, on=NEXT_YEAR, by=manager(), at=AT)


def test_check_school_notes_the_day_in_the_district_s_time():
    school = SchoolFactory()

    actions.check_school(school, by=principal_of(school), at=AT)

    assert queries.school_head(school.pk, day=TODAY).checked_date == TODAY
