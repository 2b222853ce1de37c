"""Appointing, ending posts, delegates, and two rows of one person."""

from datetime import date

import pytest

from schoolward.audit.models import Event
from schoolward.base.http import RefusedError
from schoolward.district import actions, queries
from schoolward.district.actions import Appointment
from schoolward.district.domain import RuleError
from schoolward.district.models import (
    Assignment,
    Capacity,
    Delegation,
    Merge,
    Person,
    Post,
    Supervision,
)
from schoolward.district.tests.actors import actor, manager
from schoolward.district.tests.factories import (
    AT,
    START,
    AssignmentFactory,
    DelegationFactory,
    DistrictFactory,
    ExternalIdFactory,
    NetworkFactory,
    PersonFactory,
    PostFactory,
    SchoolFactory,
    SourceFactory,
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


def appoint(person, school, *, seat=Seat.PRINCIPAL, start=TODAY, **details):
    wanted = Appointment(person, seat, school, start, **details)
    return actions.appoint(wanted, by=manager(), at=AT)


def leaders(school, day=TODAY):
    head = queries.school_head(school.pk, day=day)
    return [one.person.name for one in head.principals]


def test_appoint_begins_a_post_and_tells_it():
    school, person = SchoolFactory(name="Orchard"), PersonFactory(display_name="Priya")

    appoint(person, school, capacity=Capacity.INTERIM)

    assert leaders(school) == ["Priya"]
    facts = Event.objects.get(verb="district.post.begun").facts
    assert facts == {
        "holder": "Priya",
        "seat": "Principal",
        "place": "Orchard",
        "capacity": "Interim",
        "start": "2026-11-19",
    }


def test_an_appointment_ends_the_vacancy():
    school = SchoolFactory()
    PostFactory(school=school, person=None)

    appoint(PersonFactory(), school)

    vacant = rows(Post).get(school=school, person=None)
    assert vacant.end_date == TODAY


def test_an_appointment_replaces_a_vacancy_that_had_not_begun():
    school = SchoolFactory()
    PostFactory(school=school, person=None, start_date=NEXT_YEAR)

    appoint(PersonFactory(), school)

    assert not rows(Post).filter(school=school, person=None).exists()


def test_a_second_principal_is_refused_unless_they_share():
    school = SchoolFactory()
    PostFactory(school=school, person__display_name="Ann")

    with pytest.raises(RuleError, match="Ann is principal then"):
        appoint(PersonFactory(), school)
    appoint(PersonFactory(display_name="Bo"), school, is_shared=True)

    assert sorted(leaders(school)) == ["Ann", "Bo"]
    assert queries.school_head(school.pk, day=TODAY).is_shared


@pytest.mark.parametrize("capacity", [Capacity.RESIDENT, Capacity.ACTING])
def test_residents_and_acting_principals_stand_beside_the_principal(capacity):
    school = SchoolFactory()
    PostFactory(school=school)

    appoint(PersonFactory(), school, capacity=capacity)

    head = queries.school_head(school.pk, day=TODAY)
    assert len(head.principals) == 2
    assert not head.is_shared


def test_a_principal_can_be_appointed_for_the_day_after_another_ends():
    school = SchoolFactory()
    PostFactory(school=school, end_date=NEXT_YEAR)

    appoint(PersonFactory(display_name="Next"), school, start=NEXT_YEAR)

    assert leaders(school, NEXT_YEAR) == ["Next"]


def test_nobody_holds_one_post_twice():
    post = PostFactory()

    with pytest.raises(RuleError, match="already"):
        appoint(post.person, post.school, is_shared=True)


@pytest.mark.parametrize(
    ("seat", "place"),
    [
        (Seat.PRINCIPAL, UnitFactory),
        (Seat.ASSISTANT_PRINCIPAL, lambda: None),
        (Seat.UNIT_LEAD, SchoolFactory),
        (Seat.UNIT_STAFF, NetworkFactory),
    ],
)
def test_a_seat_needs_its_kind_of_place(seat, place):
    with pytest.raises(RuleError, match="Choose the"):
        appoint(PersonFactory(), place(), seat=seat)


def test_an_appointment_into_a_closed_school_or_for_no_day_is_refused():
    closed = SchoolFactory(close_date=START)

    with pytest.raises(RuleError, match="closes on"):
        appoint(PersonFactory(), closed)
    with pytest.raises(RuleError, match="last day after"):
        appoint(PersonFactory(), SchoolFactory(), until=TODAY)


def test_a_merged_person_is_not_appointed():
    kept = PersonFactory(display_name="Priya Raman")
    other = PersonFactory(merged_into=kept)

    with pytest.raises(RuleError, match="Priya Raman"):
        appoint(other, SchoolFactory())


def test_end_post_leaves_the_seat_vacant():
    post = PostFactory(title="Principal III", position_number="4711")

    actions.end_post(post, on=TODAY, by=manager(), at=AT, leaves_vacancy=True)

    vacant = rows(Post).get(person=None)
    assert (vacant.school_id, vacant.start_date) == (post.school_id, TODAY)
    assert (vacant.title, vacant.position_number) == ("Principal III", "4711")
    head = queries.school_head(post.school_id, day=TODAY)
    assert (head.is_vacant, head.vacant_since) == (True, TODAY)


def test_end_post_without_vacancy_leaves_nothing():
    post = UnitPostFactory()

    actions.end_post(post, on=TODAY, by=manager(), at=AT, leaves_vacancy=False)

    assert rows(Post).count() == 1


@pytest.mark.parametrize("on", [START, date(2026, 6, 1)])
def test_end_post_is_refused_before_its_second_day(on):
    post = PostFactory()

    with pytest.raises(RuleError):
        actions.end_post(post, on=on, by=manager(), at=AT, leaves_vacancy=True)


def test_the_last_post_takes_schools_supervised_served_and_delegations_with_it():
    post = UnitPostFactory(seat="ild")
    SupervisionFactory(person=post.person)
    AssignmentFactory(person=post.person, unit=post.unit)
    DelegationFactory(person=post.person)
    DelegationFactory(delegate=post.person, start_date=NEXT_YEAR)

    actions.end_post(post, on=TODAY, by=manager(), at=AT, leaves_vacancy=False)

    assert rows(Supervision).get().end_date == TODAY
    assert rows(Assignment).get().end_date == TODAY
    assert rows(Delegation).get().end_date == TODAY


def test_an_ild_who_becomes_something_else_supervises_no_more():
    post = PostFactory(seat="ild", school=None)
    PostFactory(seat="chief", school=None, person=post.person)
    SupervisionFactory(person=post.person)

    actions.end_post(post, on=TODAY, by=manager(), at=AT, leaves_vacancy=True)

    assert rows(Supervision).get().end_date == TODAY


def test_in_a_small_district_a_chief_goes_on_supervising_m13():
    DistrictFactory(is_small=True)
    post = PostFactory(seat="ild", school=None)
    PostFactory(seat="chief", school=None, person=post.person)
    SupervisionFactory(person=post.person)

    actions.end_post(post, on=TODAY, by=manager(), at=AT, leaves_vacancy=False)

    assert rows(Supervision).get().end_date is None


def test_a_post_in_one_unit_ends_the_services_for_that_unit_only():
    post = UnitPostFactory()
    other = UnitPostFactory(person=post.person)
    AssignmentFactory(person=post.person, unit=post.unit)
    AssignmentFactory(person=post.person, unit=other.unit)

    actions.end_post(post, on=TODAY, by=manager(), at=AT, leaves_vacancy=False)

    ends = dict(rows(Assignment).values_list("unit_id", "end_date"))
    assert ends == {post.unit_id: TODAY, other.unit_id: None}


def test_a_vacant_post_can_end_too():
    post = PostFactory(person=None)

    ended = actions.end_post(post, on=TODAY, by=manager(), at=AT, leaves_vacancy=True)

    assert ended.end_date == TODAY
    assert rows(Post).count() == 1


def test_posts_may_not_report_to_each_other():
    top = PostFactory(seat="deputy", school=None)
    below = PostFactory(seat="ild", school=None, reports_to=top)

    with pytest.raises(RuleError, match="report to each other"):
        actions.change_post(top, by=manager(), at=AT, reports_to=below)
    changed = actions.change_post(below, by=manager(), at=AT, title="ILD North")
    assert changed.title == "ILD North"


def test_people_have_addresses_of_their_own():
    actions.add_person("Ann", by=manager(), at=AT, email="ann@example.org")

    with pytest.raises(RuleError, match="merge them"):
        actions.add_person("Bo", by=manager(), at=AT, email="ann@example.org")


def test_a_new_address_is_not_verified():
    person = PersonFactory(email="a@example.org", email_is_verified=True)

    changed = actions.change_person(
        person, by=manager(), at=AT, email="b@example.org", phone="1"
    )

    assert not changed.email_is_verified
    facts = Event.objects.get(verb="district.person.changed").facts
    assert "email: a@example.org → b@example.org" in facts["changes"]


def delegation(person, *, delegate=None, start=TODAY, end=None):
    delegate = delegate or PersonFactory()
    return Delegation(
        person=person, delegate=delegate, start_date=start, end_date=end, purpose="Desk"
    )


def test_a_person_names_their_own_delegate_and_ends_it():
    principal = actor(Seat.PRINCIPAL)
    person = rows(Person).get(pk=principal.person_id)

    made = actions.name_delegate(delegation(person), by=principal, at=AT)
    actions.end_delegation(made, on=NEXT_YEAR, by=principal, at=AT)

    assert rows(Delegation).get().end_date == NEXT_YEAR


def test_a_delegation_that_has_not_begun_is_taken_back():
    made = DelegationFactory(start_date=NEXT_YEAR)

    actions.end_delegation(made, on=TODAY, by=actor(Seat.ADMINISTRATOR), at=AT)

    assert not rows(Delegation).exists()


def test_nobody_names_a_delegate_for_another():
    with pytest.raises(RefusedError):
        actions.name_delegate(delegation(PersonFactory()), by=manager(), at=AT)


def test_a_delegate_is_another_person_once_and_for_some_time():
    admin = actor(Seat.ADMINISTRATOR)
    person = PersonFactory()
    there = DelegationFactory(person=person)
    wrong = [
        delegation(person, delegate=person),
        delegation(person, end=TODAY),
        delegation(person, delegate=there.delegate),
    ]

    for one in wrong:
        with pytest.raises(RuleError):
            actions.name_delegate(one, by=admin, at=AT)


def proposed(**fields):
    kept, other = PersonFactory(display_name="Priya Raman"), PersonFactory(**fields)
    by = manager()
    return actions.propose_merge(kept, other=other, reason="Same name", by=by, at=AT)


def test_merge_hands_over_what_belongs_to_the_second_row():
    merge = proposed(display_name="P. Raman")
    post = PostFactory(person=merge.other)
    ExternalIdFactory(person=merge.other, school=None, kind="person")
    SourceFactory(steward=merge.other)

    actions.merge_people(merge, by=manager(), at=AT)

    post.refresh_from_db()
    assert post.person_id == merge.kept_id
    merge.other.refresh_from_db()
    assert merge.other.merged_into_id == merge.kept_id
    assert merge.kept.external_ids.unscoped(reason="a test").count() == 1


def test_undo_merge_gives_each_row_back_what_was_theirs():
    merge = proposed()
    own = PostFactory(person=merge.kept)
    theirs = PostFactory(person=merge.other)
    merged = actions.merge_people(merge, by=manager(), at=AT)

    actions.undo_merge(merged, by=manager(), at=AT)

    holders = dict(rows(Post).values_list("pk", "person_id"))
    assert holders == {own.pk: merge.kept_id, theirs.pk: merge.other_id}
    merge.other.refresh_from_db()
    assert merge.other.merged_into_id is None


def test_merge_drops_what_both_have_and_undo_brings_it_back():
    merge = proposed()
    first = AssignmentFactory(person=merge.kept)
    AssignmentFactory(person=merge.other, unit=first.unit, school=first.school)
    DelegationFactory(person=merge.kept, delegate=merge.other)

    merged = actions.merge_people(merge, by=manager(), at=AT)
    assert (rows(Assignment).count(), rows(Delegation).count()) == (1, 0)

    actions.undo_merge(merged, by=manager(), at=AT)
    assert (rows(Assignment).count(), rows(Delegation).count()) == (2, 1)


def test_a_dismissed_pair_is_not_proposed_again_either_way_round():
    merge = proposed()
    actions.dismiss_merge(merge, by=manager(), at=AT)

    for kept, other in ((merge.kept, merge.other), (merge.other, merge.kept)):
        with pytest.raises(RuleError, match="Two different people"):
            actions.propose_merge(kept, other=other, reason="-", by=manager(), at=AT)


def test_a_merge_is_decided_once():
    merge = proposed()
    actions.dismiss_merge(merge, by=manager(), at=AT)

    for act in (actions.merge_people, actions.dismiss_merge, actions.undo_merge):
        with pytest.raises(RuleError):
            act(merge, by=manager(), at=AT)
    assert rows(Merge).get().state == "dismissed"


def test_a_person_is_not_merged_with_themselves_or_a_merged_row():
    kept = PersonFactory()
    gone = PersonFactory(merged_into=kept)

    for other in (kept, gone):
        with pytest.raises(RuleError):
            actions.propose_merge(kept, other=other, reason="-", by=manager(), at=AT)
