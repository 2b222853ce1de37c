"""What a day is, and what next year's calendar may look like."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.district.domain import Day, DayRule, day_rule, proposed_day


FIRST, LAST = date(2026, 8, 24), date(2027, 6, 11)
MONDAY, SATURDAY = date(2026, 9, 14), date(2026, 9, 12)


def rule(*, district=None, school=None):
    return DayRule(FIRST, LAST, district or {}, school or {})


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (MONDAY, Day.INSTRUCTIONAL),
        (SATURDAY, Day.WEEKEND),
        (FIRST, Day.INSTRUCTIONAL),
        (LAST, Day.INSTRUCTIONAL),
        (date(2026, 8, 23), Day.OUTSIDE),
        (date(2027, 6, 14), Day.OUTSIDE),
    ],
)
def test_the_rule_says_what_a_day_is(day, kind):
    assert day_rule(day, rule()) == kind


def test_a_school_s_own_day_outweighs_the_district_s():
    known = rule(district={MONDAY: "holiday"}, school={MONDAY: "instructional"})

    assert day_rule(MONDAY, known) == Day.INSTRUCTIONAL


def test_a_saturday_can_be_made_instructional():
    assert (
        day_rule(SATURDAY, rule(district={SATURDAY: "instructional"}))
        == "instructional"
    )


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 26), date(2027, 11, 25)),  # fourth Thursday of November
        (date(2024, 11, 28), date(2025, 11, 27)),
        (date(2027, 1, 18), date(2028, 1, 17)),  # third Monday of January
        (date(2026, 5, 25), date(2027, 5, 31)),  # last Monday of May
        (date(2026, 9, 7), date(2027, 9, 6)),  # first Monday of September
        (date(2027, 1, 1), date(2028, 1, 1)),
        (date(2026, 7, 4), date(2027, 7, 4)),
    ],
)
def test_a_holiday_keeps_its_date_or_its_place_in_the_month(day, expected):
    assert proposed_day(day, kind="holiday") == expected


@given(st.dates(date(2020, 1, 1), date(2060, 12, 31)), st.sampled_from(["break", "pd"]))
def test_other_days_keep_their_weekday(day, kind):
    assert proposed_day(day, kind=kind).weekday() == day.weekday()


@given(st.dates(date(2020, 1, 1), date(2060, 12, 31)))
def test_a_proposed_holiday_falls_in_the_same_month_of_the_next_year(day):
    if (day.month, day.day) == (2, 29):
        return
    found = proposed_day(day, kind="holiday")

    assert (found.year, found.month) == (day.year + 1, day.month)
