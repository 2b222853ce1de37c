"""What pages and working-day arithmetic are told about days."""

from datetime import date

import pytest

from schoolward.district import queries
from schoolward.district.tests.factories import (
    DayExceptionFactory,
    SchoolFactory,
    SchoolYearFactory,
    TermFactory,
)
from schoolward.kernel.schoolyear import SchoolYear


pytestmark = pytest.mark.django_db
MONDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
THANKSGIVING = date(2026, 11, 26)


@pytest.fixture
def year():
    return SchoolYearFactory()


def days(**which):
    return queries.instructional_days(start=MONDAY, end=FRIDAY, **which)


@pytest.mark.usefixtures("year")
def test_instructional_days_leave_out_holidays():
    DayExceptionFactory()

    assert days() == 4


@pytest.mark.usefixtures("year")
def test_a_school_s_own_days_count_for_it_alone():
    school, other = SchoolFactory(), SchoolFactory()
    DayExceptionFactory()
    DayExceptionFactory(day=MONDAY, kind="closed", school=school)
    DayExceptionFactory(day=THANKSGIVING, kind="instructional", school=other)

    assert [days(school_id=school.pk), days(school_id=other.pk), days()] == [3, 5, 4]


def test_without_a_school_year_no_day_is_instructional():
    assert days() == 0
    assert queries.day_kind(MONDAY) == "outside"
    assert queries.school_week(MONDAY) is None
    assert queries.school_year_of(MONDAY) == SchoolYear(2026)
    assert queries.year_page(2026) is None


def test_closed_days_are_those_on_which_the_office_is_closed():
    DayExceptionFactory()
    DayExceptionFactory(day=FRIDAY, kind="break", office_is_open=True)
    DayExceptionFactory(day=MONDAY, kind="pd")
    DayExceptionFactory(day=date(2026, 11, 24), kind="closed", school=SchoolFactory())

    assert queries.closed_days(MONDAY, FRIDAY) == {THANKSGIVING}


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 8, 24), 1),
        (date(2026, 8, 30), 1),
        (date(2026, 8, 31), 2),
        (date(2026, 11, 19), 13),
    ],
)
@pytest.mark.usefixtures("year")
def test_weeks_of_a_year_run_from_monday(day, week):
    assert queries.school_week(day) == week


def test_a_recorded_year_outweighs_the_turn_on_1_july():
    SchoolYearFactory(first_date=date(2026, 6, 29))

    assert queries.school_year_of(date(2026, 6, 30)) == SchoolYear(2026)


def test_year_page_tells_terms_and_days(year):
    TermFactory(school_year=year, name="Fall")
    DayExceptionFactory()
    DayExceptionFactory(day=MONDAY, kind="closed", school=SchoolFactory(name="Orchard"))

    page = queries.year_page(2026)

    assert [one.name for one in page.terms] == ["Fall"]
    assert [(one.kind_label, one.school_name) for one in page.days] == [
        ("Closed", "Orchard"),
        ("Holiday", ""),
    ]
    assert page.instructional_count == 209
