"""Minutes are a union: never counted twice, right on the days the clocks change (M2)."""

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from schoolward.timeuse.domain.minutes import midnight, minutes_by_day, union


HOME = ZoneInfo("America/Chicago")
BEGIN = datetime(2026, 10, 26, tzinfo=UTC)
STRETCHES = st.lists(
    st.tuples(st.integers(0, 20_000), st.integers(0, 3_000)).map(
        lambda pair: (
            BEGIN + timedelta(minutes=pair[0]),
            BEGIN + timedelta(minutes=pair[0] + pair[1]),
        )
    ),
    max_size=25,
)


def minutes(stretches, first=date(2026, 10, 20), last=date(2026, 11, 20)):
    return minutes_by_day(stretches, first=first, last=last, zone=HOME)


@given(STRETCHES)
def test_minutes_are_those_that_a_minute_by_minute_count_finds(stretches):
    taken = {
        start + timedelta(minutes=n)
        for start, end in stretches
        for n in range(int((end - start).total_seconds()) // 60)
    }

    assert sum(minutes(stretches).values()) == len(taken)


@given(STRETCHES)
def test_days_share_out_the_union_and_order_and_doubles_change_nothing(stretches):
    whole = sum(((b - a) for a, b in union(stretches)), timedelta())

    by_day = minutes(stretches)

    assert sum(by_day.values()) == whole // timedelta(minutes=1)
    assert minutes([*reversed(stretches), *stretches]) == by_day


@given(STRETCHES)
def test_union_is_in_order_and_its_stretches_lie_apart(stretches):
    joined = union(stretches)

    assert all(a < b for a, b in joined)
    assert all(one[1] < two[0] for one, two in itertools.pairwise(joined))


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_whole_day_has_as_many_minutes_as_the_clocks_give_it(day):
    start, end = midnight(day, HOME), midnight(day + timedelta(days=1), HOME)

    counted = minutes_by_day([(start, end)], first=day, last=day, zone=HOME)[day]

    assert counted == (end - start) // timedelta(minutes=1)
    assert counted in {23 * 60, 24 * 60, 25 * 60}


def test_night_the_clocks_go_back_has_an_hour_more():
    evening = datetime(2026, 10, 31, 22, tzinfo=HOME)
    morning = datetime(2026, 11, 1, 6, tzinfo=HOME)

    counted = minutes([(evening, morning)])

    assert counted[date(2026, 10, 31)] == 120
    assert counted[date(2026, 11, 1)] == 7 * 60


def test_seconds_are_added_up_before_they_are_cut():
    start = datetime(2026, 11, 3, 15, tzinfo=UTC)
    half = timedelta(seconds=90)
    later = start + timedelta(hours=1)

    counted = minutes([(start, start + half), (later, later + half)])

    assert counted[date(2026, 11, 3)] == 3
