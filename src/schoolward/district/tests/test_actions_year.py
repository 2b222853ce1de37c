"""Beginning and changing school years, and saying what a day is."""

from datetime import date

import pytest

from schoolward.audit.models import Event
from schoolward.audit.presenters import sentence
from schoolward.district import actions, queries
from schoolward.district.actions import DayMark, TermPlan, YearPlan
from schoolward.district.domain import ProposedDay, RuleError
from schoolward.district.models import (
    SchoolYear,
)
from schoolward.district.tests.actors import (
    manager,
)
from schoolward.district.tests.factories import (
    AT,
    DayExceptionFactory,
    GoalFactory,
    SchoolFactory,
    SchoolYearFactory,
    TermFactory,
)


pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)
FIRST, LAST = date(2027, 8, 23), date(2028, 6, 9)


def rows(model):
    return model.objects.unscoped(reason="a test looks")


def plan(**changes):
    kept = {
        "start_year": 2027,
        "first": FIRST,
        "last": LAST,
        "terms": (TermPlan("Fall", FIRST, date(2028, 1, 21)),),
    }
    return YearPlan(**(kept | changes))


def test_the_rollover_proposes_the_next_year_from_the_last():
    year = SchoolYearFactory()
    TermFactory(school_year=year, name="Fall")
    DayExceptionFactory()
    DayExceptionFactory(day=date(2026, 10, 12), school=SchoolFactory())

    found = queries.rollover_proposal()

    assert (found.start_year, found.first, found.last) == (2027, FIRST, LAST)
    assert [name for name, *_ in found.terms] == ["Fall"]
    assert [one.day for one in found.days] == [date(2027, 11, 25)]


def test_without_a_year_there_is_nothing_to_propose():
    assert queries.rollover_proposal() is None


def test_roll_over_makes_year_terms_and_days():
    holiday = ProposedDay(date(2027, 11, 25), "holiday", "Thanksgiving", False)

    actions.roll_over(plan(days=[holiday]), by=manager(), at=AT)

    page = queries.year_page(2027)
    assert [one.name for one in page.terms] == ["Fall"]
    assert queries.day_kind(date(2027, 11, 25)) == "holiday"
    event = Event.objects.get(verb="district.year.begun")
    assert "2027-28" in sentence(event)


def test_roll_over_copies_no_goal_and_offers_last_year_s():
    school = SchoolFactory()
    GoalFactory(school=school, title="Read")
    GoalFactory(school=school, title="Ended", ended_at=AT)

    actions.roll_over(plan(), by=manager(), at=AT)

    assert queries.goals(school.pk, start_year=2027) == ()
    offered = queries.offered_goals(school.pk, start_year=2027)
    assert [goal.title for goal in offered] == ["Read"]


def test_a_day_that_somebody_set_before_stays():
    DayExceptionFactory(day=FIRST, kind="pd", name="Welcome")
    other = ProposedDay(FIRST, "holiday", "Other", False)

    actions.roll_over(plan(days=[other]), by=manager(), at=AT)

    assert queries.day_kind(FIRST) == "pd"


@pytest.mark.parametrize(
    "changes",
    [
        {"last": FIRST},
        {"start_year": 2026},
        {"first": date(2027, 6, 1)},
        {"terms": (TermPlan("Fall", FIRST, date(2028, 7, 1)),)},
        {"terms": (TermPlan("Fall", LAST, FIRST),)},
        {"terms": (TermPlan("A", FIRST, LAST), TermPlan("B", LAST, LAST))},
        {"terms": (TermPlan("A", FIRST, FIRST), TermPlan("A", LAST, LAST))},
    ],
)
def test_a_year_that_contradicts_itself_or_another_is_refused(changes):
    SchoolYearFactory()

    with pytest.raises(RuleError):
        actions.roll_over(plan(**changes), by=manager(), at=AT)


def test_change_year_replaces_its_terms():
    year = SchoolYearFactory()
    TermFactory(school_year=year)
    wanted = YearPlan(
        2026,
        date(2026, 8, 31),
        year.last_date,
        terms=[TermPlan("Semester 1", date(2026, 8, 31), date(2027, 1, 22))],
    )

    actions.change_year(year, plan=wanted, by=manager(), at=AT)

    page = queries.year_page(2026)
    assert page.first == date(2026, 8, 31)
    assert [one.name for one in page.terms] == ["Semester 1"]


def test_set_days_goes_over_what_was_set_and_for_one_school_only():
    SchoolYearFactory()
    school = SchoolFactory()
    monday = date(2026, 11, 23)
    DayExceptionFactory(day=monday, kind="pd")
    mark = DayMark("closed", "Boiler", school=school)

    actions.set_days([monday, TODAY], mark=mark, by=manager(), at=AT)
    again = DayMark("holiday", "Other")
    actions.set_days([monday], mark=again, by=manager(), at=AT)

    assert queries.day_kind(monday) == "holiday"
    assert queries.day_kind(monday, school_id=school.pk) == "closed"
    assert queries.day_kind(TODAY) == "instructional"


def test_clear_day_lets_the_rule_hold_again():
    SchoolYearFactory()
    row = DayExceptionFactory()

    actions.clear_day(row, by=manager(), at=AT)

    assert queries.day_kind(row.day) == "instructional"
    assert "Nov 26, 2026" in sentence(Event.objects.get(verb="district.days.cleared"))


def test_years_are_read_latest_first():
    SchoolYearFactory()
    SchoolYearFactory(
        start_year=2025, first_date=date(2025, 8, 25), last_date=date(2026, 6, 12)
    )

    assert [year.start for year in queries.school_years()] == [2026, 2025]
    assert rows(SchoolYear).count() == 2
