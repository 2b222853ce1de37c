"""The database refuses what must never be true."""

from datetime import date

import pytest
from django.db import IntegrityError

from schoolward.district.models import (
    DayException,
    ExternalId,
    Membership,
    Merge,
    PlaceName,
    SearchEntry,
)
from schoolward.district.tests.factories import (
    AT,
    START,
    AssignmentFactory,
    DayExceptionFactory,
    DelegationFactory,
    DistrictFactory,
    ExternalIdFactory,
    MembershipFactory,
    NetworkFactory,
    PersonFactory,
    PostFactory,
    ProfileEntryFactory,
    SchoolFactory,
    SchoolNameFactory,
    SchoolYearFactory,
    SourceFactory,
    SupervisionFactory,
    TermFactory,
    UnitFactory,
    UnitPostFactory,
    WrongFactFactory,
)


pytestmark = pytest.mark.django_db


def twice(factory, **same):
    """Make two rows that may not both be."""
    factory(**same)
    factory(**same)


BROKEN = {
    "district_is_single": lambda: DistrictFactory(pk=2),
    "school_level_is_known": lambda: SchoolFactory(level="college"),
    "school_has_a_name": lambda: SchoolFactory(name=""),
    "school_merged_is_closed": lambda: SchoolFactory(merged_into=SchoolFactory()),
    "school_name_ends_after_start": lambda: SchoolNameFactory(
        end_date=date(1999, 1, 1)
    ),
    "membership_ends_after_start": lambda: MembershipFactory(end_date=START),
    "membership_starts_once": lambda: twice(
        MembershipFactory, school=SchoolFactory(), end_date=date(2027, 1, 1)
    ),
    "membership_open_is_single": lambda: [
        MembershipFactory(school=school, start_date=date(year, 7, 1))
        for school in [SchoolFactory()]
        for year in (2024, 2025)
    ],
    "unit_name": lambda: twice(UnitFactory, name="Facilities"),
    "unit_is_not_its_own_parent": lambda: [
        unit.parts.add(unit) for unit in [UnitFactory()]
    ],
    "network_name": lambda: twice(NetworkFactory, name="Network 4"),
    "place_name_is_of_one_place": lambda: PlaceName.objects.create(
        name="Old", start_date=date(2020, 1, 1), end_date=START
    ),
    "place_name_ends_after_start": lambda: PlaceName.objects.create(
        name="Old", unit=UnitFactory(), start_date=START, end_date=START
    ),
    "external_id_is_single": lambda: twice(ExternalIdFactory, value="610000"),
    "external_id_names_something": lambda: ExternalId.objects.create(
        source="state", kind="school", value="1"
    ),
    "source_key": lambda: twice(SourceFactory, key="state"),
    "person_has_a_name": lambda: PersonFactory(display_name=""),
    "person_email_is_single": lambda: twice(PersonFactory, email="a@example.org"),
    "post_ends_after_start": lambda: PostFactory(end_date=START),
    "post_seat_is_known": lambda: PostFactory(seat="king"),
    "post_capacity_is_known": lambda: PostFactory(capacity="eternal"),
    "post_at_a_school_names_it": lambda: PostFactory(school=None),
    "post_in_a_unit_names_it": lambda: UnitPostFactory(unit=None),
    "supervision_ends_after_start": lambda: SupervisionFactory(end_date=START),
    "supervision_open_is_single": lambda: twice(
        SupervisionFactory, school=SchoolFactory()
    ),
    "assignment_ends_after_start": lambda: AssignmentFactory(end_date=START),
    "assignment_open_is_single": lambda: twice(
        AssignmentFactory,
        school=SchoolFactory(),
        unit=UnitFactory(),
        person=PersonFactory(),
    ),
    "delegation_ends_after_start": lambda: DelegationFactory(end_date=START),
    "delegation_is_to_another": lambda: [
        DelegationFactory(person=one, delegate=one) for one in [PersonFactory()]
    ],
    "merge_state_is_known": lambda: merge(state="maybe", decided_at=AT),
    "merge_is_of_two": lambda: merge(pair=[PersonFactory()] * 2),
    "merge_decided_iff_not_proposed": lambda: merge(state="merged"),
    "merge_of_two_is_single": lambda: [
        merge(pair=pair) for pair in [[PersonFactory(), PersonFactory()]] * 2
    ],
    "school_year_ends_after_start": lambda: SchoolYearFactory(last_date=START),
    "term_ends_after_start": lambda: TermFactory(last_date=START),
    "term_name_is_single": lambda: twice(TermFactory, name="Term 1"),
    "day_kind_is_known": lambda: DayExceptionFactory(kind="party"),
    "day_of_district_is_single": lambda: twice(DayExceptionFactory),
    "day_of_school_is_single": lambda: twice(
        DayExceptionFactory, school=SchoolFactory()
    ),
    "profile_field_is_known": lambda: ProfileEntryFactory(field="gossip"),
    "wrong_fact_state_is_known": lambda: WrongFactFactory(state="lost", answered_at=AT),
    "wrong_fact_answered_iff_closed": lambda: WrongFactFactory(answered_at=AT),
    "entry_kind_is_known": lambda: SearchEntry.objects.create(
        kind="planet", row_id=1, name="Mars"
    ),
    "entry_name_is_single": lambda: [
        SearchEntry.objects.create(kind="school", row_id=1, name="Orchard")
        for _ in range(2)
    ],
}


def merge(*, pair=None, **fields):
    kept, other = pair or (PersonFactory(), PersonFactory())
    return Merge.objects.create(
        kept=kept, other=other, reason="Same name", proposed_at=AT, **fields
    )


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses(name):
    with pytest.raises(IntegrityError) as refusal:
        BROKEN[name]()

    assert name in str(refusal.value) or "UNIQUE" in str(refusal.value).upper()


def test_every_named_constraint_is_tested():
    named = {
        constraint.name
        for model in DayException._meta.apps.get_app_config("district").get_models()
        for constraint in model._meta.constraints
    }

    assert named - set(BROKEN) <= {"word_place_is_single", "word_trigram_is_single"}


def test_a_school_may_be_in_two_networks_one_after_the_other():
    school = SchoolFactory()
    MembershipFactory(school=school, start_date=date(2020, 7, 1), end_date=START)
    MembershipFactory(school=school)

    rows = Membership.objects.unscoped(reason="a test counts")
    assert rows.filter(school=school).count() == 2
