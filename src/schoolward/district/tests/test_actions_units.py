"""Units, and who in them serves which school."""

from datetime import date

import pytest

from schoolward.district import actions
from schoolward.district.domain import RuleError
from schoolward.district.models import (
    Assignment,
)
from schoolward.district.tests.actors import actor, manager
from schoolward.district.tests.factories import (
    AT,
    START,
    AssignmentFactory,
    PersonFactory,
    SchoolFactory,
    UnitFactory,
    UnitPostFactory,
)
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)
NEXT_YEAR = date(2027, 7, 1)


def rows(model):
    return model.objects.unscoped(reason="a test looks")


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
