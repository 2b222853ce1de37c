"""Stretches of days never overlap, and a change loses no day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from schoolward.district.domain import Stretch, begin, cut, edits, put, reach
from schoolward.district.domain.stretches import are_apart
from schoolward.kernel.spans import Span


FIRST = date(2016, 7, 1)
HORIZON = 60


def day(number):
    return FIRST + timedelta(days=number)


def span(start, length):
    return Span(day(start), None if length == 0 else day(start + length))


spans = st.builds(
    span, st.integers(0, HORIZON), st.one_of(st.just(0), st.integers(1, 40))
)


@st.composite
def tracks(draw):
    """Draw stored stretches that do not overlap, some with gaps between."""
    cuts = sorted(draw(st.sets(st.integers(0, HORIZON), min_size=1, max_size=8)))
    found = []
    for number, (start, end) in enumerate(zip(cuts, [*cuts[1:], None], strict=True)):
        if draw(st.booleans()):
            last = None if end is None else day(end)
            value = draw(st.integers(1, 3))
            found.append(Stretch(Span(day(start), last), value, number + 1))
    return found


def by_day(stretches):
    """Return the value of each day up to well past the horizon."""
    return {
        n: [one.value for one in stretches if day(n) in one.span]
        for n in range(-1, 2 * HORIZON + 2)
    }


@given(tracks(), st.integers(1, 3), spans)
def test_put_sets_its_days_and_leaves_all_others(stored, value, within):
    after = put(stored, value, within)

    before = by_day(stored)
    expected = {n: [value] if day(n) in within else before[n] for n in before}
    assert by_day(after) == expected


@given(tracks(), st.integers(1, 3), spans)
def test_put_never_holds_a_day_twice(stored, value, within):
    assert are_apart(put(stored, value, within))


@given(tracks(), spans)
def test_cut_empties_its_days_and_leaves_all_others(stored, within):
    after = by_day(cut(stored, within))

    before = by_day(stored)
    expected = {n: [] if day(n) in within else before[n] for n in before}
    assert after == expected


@given(tracks(), st.integers(1, 3), spans)
def test_edits_lead_from_stored_rows_to_wanted_ones(stored, value, within):
    wanted = put(stored, value, within)
    found = edits(stored, wanted)

    rows = {one.row: one for one in stored if one.row not in found.removed}
    rows |= {one.row: one for one in found.changed}
    assert by_day([*rows.values(), *found.added]) == by_day(wanted)


@given(tracks(), st.integers(1, 3), st.integers(0, HORIZON))
def test_putting_what_holds_already_writes_nothing_the_second_time(
    stored, value, start
):
    first = begin(stored, value, start=day(start))
    kept = [Stretch(one.span, one.value, n + 1) for n, one in enumerate(first)]

    assert not edits(kept, begin(kept, value, start=day(start)))


@given(tracks(), st.integers(1, 3), st.integers(0, HORIZON))
def test_begin_holds_from_its_day_and_loses_none(stored, value, start):
    before, after = by_day(stored), by_day(begin(stored, value, start=day(start)))

    assert after[start] == [value]
    assert all(after[n] for n in before if before[n])
    assert all(after[n] == before[n] for n in before if n < start)


@given(tracks(), st.integers(0, HORIZON))
def test_a_change_reaches_no_further_than_the_next_recorded_one(stored, start):
    later = [one.span.start for one in stored if one.span.start > day(start)]

    assert reach(stored, day(start)).end == min(later, default=None)


def test_a_move_dated_back_splits_the_stretch_around_it():
    stored = [Stretch(Span(day(0)), 1, row=7)]

    after = put(stored, 2, Span(day(10), day(20)))

    assert after == [
        Stretch(Span(day(0), day(10)), 1, row=7),
        Stretch(Span(day(10), day(20)), 2),
        Stretch(Span(day(20)), 1),
    ]


def test_a_known_later_day_ends_the_change_sooner():
    stored = [Stretch(Span(day(0)), 1, row=7)]

    assert reach(stored, day(10), until=day(15)) == Span(day(10), day(15))


def test_no_edits_read_as_nothing_to_write():
    stored = [Stretch(Span(day(0)), 1, row=7)]

    assert not edits(stored, stored)
    assert edits(stored, [])
