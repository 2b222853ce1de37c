"""The rule for one and the rule for many agree, for every seat and under "view as"."""

from dataclasses import replace

import pytest

from schoolward.district import policies
from schoolward.district.models import Goal, Network, ProfileEntry, School, WrongFact
from schoolward.district.tests.actors import actor, everyone, principal_of
from schoolward.district.tests.factories import (
    GoalFactory,
    NetworkFactory,
    ProfileEntryFactory,
    SchoolFactory,
    UnitFactory,
    WrongFactFactory,
)
from schoolward.kernel.actor import SYSTEM
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return SchoolFactory()


@pytest.fixture
def askers(school):
    """Return every actor, and every pair of them as "view as"."""
    people = everyone(school, UnitFactory())
    pairs = [
        replace(one, as_seen_by=other)
        for one in people.values()
        for other in people.values()
    ]
    return [*people.values(), *pairs]


def test_pages_of_many_and_of_one_agree(school, askers):
    for one in askers:
        listed = School.objects.with_page_for(one).filter(pk=school.pk).exists()

        assert listed == policies.can_open_page(one, school.pk).allowed, one


def test_directory_of_many_and_of_one_agree(askers):
    network = NetworkFactory()
    for one in askers:
        listed = Network.objects.visible_to(one).filter(pk=network.pk).exists()

        assert listed == policies.can_see_directory(one).allowed, one


@pytest.mark.parametrize(
    ("factory", "model"), [(GoalFactory, Goal), (ProfileEntryFactory, ProfileEntry)]
)
def test_parts_of_a_page_are_seen_with_the_page(school, askers, factory, model):
    row = factory(school=school)
    for one in askers:
        listed = model.objects.visible_to(one).filter(pk=row.pk).exists()

        assert listed == policies.can_open_page(one, school.pk).allowed, one


def test_reports_are_seen_with_the_page_by_their_writer_and_by_their_owner(school):
    report = WrongFactFactory(school=school, owner_unit=UnitFactory())
    writer = actor(person=report.said_by)
    unit = actor(Seat.UNIT_STAFF, unit_ids={report.owner_unit_id})
    stranger = actor(Seat.UNIT_STAFF)

    seen = [
        WrongFact.objects.visible_to(one).filter(pk=report.pk).exists()
        for one in (writer, unit, principal_of(school), stranger)
    ]

    assert seen == [True, True, True, False]


@pytest.mark.parametrize(
    "rule",
    [
        policies.can_edit_profile,
        policies.can_edit_goals,
        policies.can_report_wrong,
        lambda one, _: policies.can_manage(one),
        lambda one, _: policies.can_reassign(one),
        policies.can_assign,
        lambda one, _: policies.can_delegate(one, one.person_id),
    ],
)
def test_nobody_writes_while_viewing_as_another_or_with_a_reading_token(school, rule):
    admin = actor(Seat.ADMINISTRATOR)
    viewing = replace(admin, as_seen_by=principal_of(school))
    reading = replace(principal_of(school), scopes=frozenset({"read"}))

    assert not rule(viewing, school.pk)
    assert not rule(reading, school.pk)


def test_every_refusal_says_why_and_what_to_do(school, askers):
    unit = UnitFactory()
    rules = [
        policies.can_see_directory,
        lambda one: policies.can_open_page(one, school.pk),
        lambda one: policies.can_edit_profile(one, school.pk),
        lambda one: policies.can_edit_goals(one, school.pk),
        policies.can_manage,
        policies.can_reassign,
        lambda one: policies.can_assign(one, unit.pk),
        lambda one: policies.can_delegate(one, 0),
        lambda one: policies.can_answer_wrong(one, owner_id=0, owner_unit_id=None),
    ]
    for answer in (rule(one) for rule in rules for one in askers):
        assert answer.reason.endswith(".")
        assert answer.allowed or answer.next_step.endswith(".")


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        (
            lambda one, school, _: policies.can_open_page(one, school.pk),
            {
                "deputy",
                "chief",
                "superintendent",
                "analyst",
                "administrator",
                "unit_lead",
                "the principal",
                "a delegate",
                "the ILD",
                "the partner",
                "a lead of the unit",
            },
        ),
        (
            lambda one, school, _: policies.can_edit_profile(one, school.pk),
            {"the principal", "a delegate", "the ILD", "the partner"},
        ),
        (
            lambda one, school, _: policies.can_edit_goals(one, school.pk),
            {"the principal", "a delegate", "the ILD"},
        ),
        (lambda one, *_: policies.can_manage(one), {"analyst", "administrator"}),
        (
            lambda one, *_: policies.can_reassign(one),
            {"deputy", "superintendent", "analyst", "administrator"},
        ),
        (
            lambda one, _, unit: policies.can_assign(one, unit.pk),
            {"analyst", "administrator", "a lead of the unit"},
        ),
        (lambda one, *_: policies.can_delegate(one, 0), {"administrator"}),
        (
            lambda one, _, unit: policies.can_answer_wrong(
                one, owner_id=None, owner_unit_id=unit.pk
            ),
            {"analyst", "administrator", "the partner", "a lead of the unit"},
        ),
    ],
)
def test_only_these_may(school, rule, allowed):
    unit = UnitFactory()
    people = everyone(school, unit)

    assert {who for who, one in people.items() if rule(one, school, unit)} == allowed


def test_the_system_itself_holds_no_right():
    assert not policies.can_manage(SYSTEM)
    assert not policies.can_reassign(SYSTEM)


def test_a_grant_names_the_tie(school):
    unit = UnitFactory(name="Facilities")
    partner = everyone(school, unit)["the partner"]

    answer = policies.can_open_page(partner, school.pk)

    assert answer.reason == (
        "You see this because you are the Facilities partner of this school."
    )
