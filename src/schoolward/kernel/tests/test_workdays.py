"""Counting and adding working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.kernel.workdays import add_workdays, workdays_between


DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 1, 1))
CLOSED = st.frozensets(DAYS, max_size=5)


@given(DAYS, st.integers(0, 60), CLOSED)
def test_adding_days_and_counting_them_agree(start, days, closed):
    end = add_workdays(start, days, closed=closed)

    assert workdays_between(start, end, closed=closed) == days


@given(DAYS, DAYS, DAYS, CLOSED)
def test_counts_add_up_over_a_day_between(one, two, three, closed):
    first, middle, last = sorted((one, two, three))
    parts = workdays_between(first, middle, closed=closed)
    parts += workdays_between(middle, last, closed=closed)

    assert workdays_between(first, last, closed=closed) == parts


def test_a_weekend_counts_for_nothing():
    friday = date(2026, 11, 20)

    assert workdays_between(friday, friday + timedelta(days=2), closed=()) == 0


def test_days_are_only_counted_forward():
    with pytest.raises(ValueError, match="forward"):
        add_workdays(date(2026, 11, 20), -1, closed=())
