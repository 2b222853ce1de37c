"""Reporting distance and tenure."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.district.domain import chain_to, first_day_of, is_near, tenure
from schoolward.kernel.spans import Span


SUPERINTENDENT, DEPUTY, ILD, DIRECTOR, CHIEF = 1, 2, 3, 4, 5


@pytest.mark.parametrize(
    ("start", "lines", "distance"),
    [
        (SUPERINTENDENT, {}, 0),
        (ILD, {ILD: SUPERINTENDENT}, 1),
        (ILD, {ILD: DEPUTY, DEPUTY: SUPERINTENDENT}, 2),
        (ILD, {ILD: DIRECTOR, DIRECTOR: CHIEF, CHIEF: SUPERINTENDENT}, 3),
        (ILD, {ILD: DEPUTY}, None),
        (ILD, {}, None),
        (ILD, {ILD: DEPUTY, DEPUTY: ILD}, None),
    ],
)
def test_distance_counts_the_levels_up_to_the_superintendent_m1(start, lines, distance):
    assert chain_to(start, reports_to=lines, tops={SUPERINTENDENT}).distance == distance


@pytest.mark.parametrize(
    ("distance", "near"), [(0, True), (2, True), (3, False), (None, False)]
)
def test_wanted_distances_are_nought_to_two(distance, near):
    assert is_near(distance) is near


@given(st.dictionaries(st.integers(1, 12), st.one_of(st.none(), st.integers(1, 12))))
def test_a_line_always_ends_even_in_a_circle(lines):
    chain = chain_to(12, reports_to=lines, tops={1})

    assert len(set(chain.posts)) == len(chain.posts)


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (date(2026, 7, 1), "first year"),
        (date(2026, 6, 30), "second year"),
        (date(2024, 8, 1), "third year"),
        (date(2014, 8, 1), "13th year"),
        (date(2006, 8, 1), "21st year"),
        (date(2027, 7, 1), "first year"),
    ],
)
def test_tenure_counts_school_years(since, words):
    assert tenure(since, day=date(2026, 11, 19)) == words


def test_acting_time_counts_when_the_appointment_follows_at_once():
    acting = Span(date(2024, 1, 1), date(2024, 7, 1))
    regular = Span(date(2024, 7, 1))

    assert first_day_of([regular, acting], day=date(2026, 1, 1)) == date(2024, 1, 1)


def test_an_earlier_time_does_not_count_after_a_break():
    earlier = Span(date(2010, 7, 1), date(2012, 7, 1))
    now = Span(date(2024, 7, 1))

    assert first_day_of([earlier, now], day=date(2026, 1, 1)) == date(2024, 7, 1)


def test_nobody_s_time_has_no_first_day():
    assert first_day_of([], day=date(2026, 1, 1)) is None


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.integers(1, 30)).map(
            lambda pair: Span(
                date(2020, 1, 1) + timedelta(days=pair[0]),
                date(2020, 1, 1) + timedelta(days=pair[0] + pair[1]),
            )
        ),
        max_size=6,
    ),
    st.integers(0, 60),
)
def test_every_day_of_an_unbroken_run_is_held(found, number):
    day = date(2020, 1, 1) + timedelta(days=number)

    begun = first_day_of(found, day=day)

    held = any(day in one for one in found)
    assert (begun is not None) is held
    if begun is not None:
        days = [begun + timedelta(days=n) for n in range((day - begun).days + 1)]
        assert all(any(each in one for one in found) for each in days)
