"""Opening, renaming, merging, closing and moving schools, networks and units."""

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
    PlaceName,
    Post,
    SchoolName,
    Supervision,
)
from schoolward.district.tests.actors import actor, deputy, manager, principal_of
from schoolward.district.tests.factories import (
    AT,
    START,
    AssignmentFactory,
    DistrictFactory,
    MembershipFactory,
    NetworkFactory,
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
NEXT_YEAR = date(2027, 7, 1)


def rows(model):
    return model.objects.unscoped(reason="a test looks")


def spans(school):
    found = rows(Membership).filter(school=school).order_by("start_date")
    return [(row.network.name, row.start_date, row.end_date) for row in found]


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


def test_move_keeps_history():
    school = SchoolFactory()
    old = NetworkFactory(name="Network 4")
    new = NetworkFactory(name="Network 7")
    MembershipFactory(school=school, network=old, start_date=date(2020, 7, 1))

    actions.move_school(school, network=new, start=NEXT_YEAR, by=deputy(), at=AT)

    assert spans(school) == [
        ("Network 4", date(2020, 7, 1), NEXT_YEAR),
        ("Network 7", NEXT_YEAR, None),
    ]


def test_a_move_dated_back_ends_at_the_next_recorded_move():
    school = SchoolFactory()
    four, seven, nine = (NetworkFactory(name=f"Network {n}") for n in (4, 7, 9))
    first, last = date(2020, 7, 1), date(2024, 7, 1)
    MembershipFactory(school=school, network=four, start_date=first, end_date=last)
    MembershipFactory(school=school, network=nine, start_date=last)

    actions.move_school(
        school, network=seven, start=date(2022, 7, 1), by=deputy(), at=AT
    )

    assert spans(school) == [
        ("Network 4", first, date(2022, 7, 1)),
        ("Network 7", date(2022, 7, 1), last),
        ("Network 9", last, None),
    ]


def test_a_move_up_to_a_known_day_splits_the_stretch_around_it():
    school = SchoolFactory()
    four, seven = (NetworkFactory(name=f"Network {n}") for n in (4, 7))
    MembershipFactory(school=school, network=four, start_date=date(2017, 7, 1))

    actions.move_school(
        school,
        network=seven,
        start=date(2018, 7, 1),
        until=date(2021, 7, 1),
        by=deputy(),
        at=AT,
    )

    assert [one[0] for one in spans(school)] == ["Network 4", "Network 7", "Network 4"]
    assert spans(school)[2][1:] == (date(2021, 7, 1), None)


def test_a_school_can_leave_every_network():
    row = MembershipFactory()

    actions.move_school(row.school, network=None, start=TODAY, by=deputy(), at=AT)

    assert queries.memberships_on(TODAY) == {}
    assert told("district.school.moved").facts["network"] == "no network"


def test_a_move_to_where_it_is_is_refused():
    row = MembershipFactory()

    with pytest.raises(RuleError, match="already"):
        actions.move_school(
            row.school, network=row.network, start=TODAY, by=deputy(), at=AT
        )


def test_a_move_into_a_closed_network_is_refused():
    network = NetworkFactory(close_date=START)

    with pytest.raises(RuleError, match="closes on"):
        actions.move_school(
            SchoolFactory(), network=network, start=TODAY, by=deputy(), at=AT
        )


def test_supervise_hands_a_school_from_one_ild_to_another():
    row = SupervisionFactory()
    ild = PostFactory(seat="ild", school=None).person

    actions.supervise(ild, school=row.school, start=NEXT_YEAR, by=deputy(), at=AT)

    assert queries.supervisors_on(TODAY) == {row.school_id: row.person_id}
    assert queries.supervisors_on(NEXT_YEAR) == {row.school_id: ild.pk}


def test_only_an_ild_supervises_unless_the_district_is_small_m13():
    school = SchoolFactory()
    chief = PostFactory(seat="superintendent", school=None).person

    with pytest.raises(RuleError, match="small-district mode"):
        actions.supervise(chief, school=school, start=TODAY, by=deputy(), at=AT)
    DistrictFactory(is_small=True)
    actions.supervise(chief, school=school, start=TODAY, by=deputy(), at=AT)

    assert queries.supervisors_on(TODAY) == {school.pk: chief.pk}


def test_a_school_can_be_left_without_an_ild_and_not_twice():
    row = SupervisionFactory()
    actions.supervise(None, school=row.school, start=TODAY, by=deputy(), at=AT)

    assert queries.supervisors_on(TODAY) == {}
    with pytest.raises(RuleError):
        actions.supervise(None, school=row.school, start=TODAY, by=deputy(), at=AT)


def test_transfer_hands_over_every_school_of_an_ild():
    old = PersonFactory()
    schools = {SupervisionFactory(person=old).school_id for _ in range(3)}
    new = PostFactory(seat="ild", school=None).person

    actions.transfer_schools(old, to=new, start=NEXT_YEAR, by=deputy(), at=AT)

    assert queries.supervisors_on(NEXT_YEAR) == dict.fromkeys(schools, new.pk)
    assert Event.objects.filter(verb="district.school.supervised").count() == 3


def test_transfer_of_nothing_is_refused():
    with pytest.raises(RuleError, match="supervises no school"):
        actions.transfer_schools(
            PersonFactory(), to=None, start=TODAY, by=deputy(), at=AT
        )


def test_an_ild_may_not_reassign_schools():
    row = SupervisionFactory()

    with pytest.raises(RefusedError):
        actions.supervise(
            None, school=row.school, start=TODAY, by=actor(Seat.ILD), at=AT
        )


def test_network_names_are_single_whatever_their_letters():
    network = actions.open_network("Network 4", by=manager(), at=AT, focus="Literacy")

    assert network.focus == "Literacy"
    with pytest.raises(RuleError, match="already"):
        actions.open_network("network 4", by=manager(), at=AT)


def test_a_renamed_network_and_unit_keep_their_former_names():
    network, unit = NetworkFactory(name="Area 1"), UnitFactory(name="Food")

    actions.change_network(network, by=manager(), at=AT, name="Network 1")
    actions.change_unit(unit, by=manager(), at=AT, name="Nutrition")

    former = {(row.name, row.end_date) for row in rows(PlaceName)}
    assert former == {("Area 1", TODAY), ("Food", TODAY)}


def test_a_network_closes_only_when_no_school_is_in_it():
    row = MembershipFactory()

    with pytest.raises(RuleError, match="1 schools"):
        actions.close_network(row.network, on=NEXT_YEAR, by=manager(), at=AT)
    actions.move_school(row.school, network=None, start=NEXT_YEAR, by=deputy(), at=AT)
    closed = actions.close_network(row.network, on=NEXT_YEAR, by=manager(), at=AT)

    assert closed.close_date == NEXT_YEAR


def test_a_unit_cannot_stand_under_its_own_part():
    top = UnitFactory()
    part = actions.open_unit("Kitchens", by=manager(), at=AT, parent=top)

    with pytest.raises(RuleError, match="stands under"):
        actions.change_unit(top, by=manager(), at=AT, parent=part)


def test_a_unit_closes_only_when_nothing_goes_on_in_it():
    unit = UnitFactory()
    UnitPostFactory(unit=unit)
    AssignmentFactory(unit=unit)
    UnitFactory(parent=unit)

    with pytest.raises(RuleError) as refusal:
        actions.close_unit(unit, on=NEXT_YEAR, by=manager(), at=AT)

    assert "1 posts, 1 assigned schools, 1 units under it" in str(refusal.value)
    empty = actions.close_unit(UnitFactory(), on=NEXT_YEAR, by=manager(), at=AT)
    assert empty.close_date == NEXT_YEAR


def test_a_lead_names_who_of_the_unit_serves_a_school():
    post = UnitPostFactory()
    lead = actor(Seat.UNIT_LEAD, led_unit_ids={post.unit_id})
    school = SchoolFactory()

    actions.assign(
        post.person, unit=post.unit, school=school, start=TODAY, by=lead, at=AT
    )

    served = rows(Assignment).get()
    assert (served.school_id, served.start_date) == (school.pk, TODAY)


def test_nobody_serves_for_a_unit_they_do_not_work_in():
    with pytest.raises(RuleError, match="Appoint them there first"):
        actions.assign(
            PersonFactory(),
            unit=UnitFactory(),
            school=SchoolFactory(),
            start=TODAY,
            by=manager(),
            at=AT,
        )


def test_nobody_is_assigned_twice():
    post = UnitPostFactory()
    row = AssignmentFactory(unit=post.unit, person=post.person)

    with pytest.raises(RuleError, match="already"):
        actions.assign(
            post.person,
            unit=post.unit,
            school=row.school,
            start=TODAY,
            by=manager(),
            at=AT,
        )


def test_an_assignment_ends_on_a_day_it_runs_up_to():
    row = AssignmentFactory()

    with pytest.raises(RuleError):
        actions.end_assignment(row, on=START, by=manager(), at=AT)
    ended = actions.end_assignment(row, on=TODAY, by=manager(), at=AT)

    assert ended.end_date == TODAY
