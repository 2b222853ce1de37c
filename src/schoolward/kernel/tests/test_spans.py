"""Spans of days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.kernel.spans import Span, gaps, on_day


DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2040, 1, 1))


@st.composite
def spans(draw):
    start = draw(DAYS)
    length = draw(st.one_of(st.none(), st.integers(1, 900)))
    return Span(start, None if length is None else start + timedelta(days=length))


def test_a_span_cannot_end_on_the_day_it_starts():
    with pytest.raises(ValueError, match="cannot end"):
        Span(date(2026, 7, 1), date(2026, 7, 1))


def test_the_end_day_is_not_in_the_span():
    year = Span(date(2025, 7, 1), date(2026, 7, 1))

    assert date(2026, 6, 30) in year
    assert date(2026, 7, 1) not in year


@given(spans(), spans())
def test_overlap_is_the_same_seen_from_both_sides(one, other):
    assert one.overlaps(other) is other.overlaps(one)


@given(spans(), spans(), DAYS)
def test_two_spans_that_hold_one_day_overlap(one, other, day):
    if day in one and day in other:
        assert one.overlaps(other)


@given(st.lists(spans(), max_size=8), DAYS)
def test_no_day_is_both_held_and_in_a_gap(many, day):
    held = bool(on_day(many, day))
    missing = bool(on_day(gaps(many), day))

    assert not (held and missing)


@given(st.lists(spans(), min_size=1, max_size=8), DAYS)
def test_every_day_between_first_and_last_is_held_or_in_a_gap(many, day):
    first = min(one.start for one in many)
    running = any(one.end is None for one in many)
    last = max((one.end for one in many if one.end), default=first)

    if first <= day and (running or day < last):
        assert on_day(many, day) or on_day(gaps(many), day)
