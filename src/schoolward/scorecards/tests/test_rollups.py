"""Roll-ups: recomputed from parts, weighted by n, or a mean of schools that says so."""

import json
import re
from datetime import date

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolward.analytics import warehouse
from schoolward.district.tests.factories import (
    MembershipFactory,
    NetworkFactory,
    SchoolFactory,
)
from schoolward.scorecards import actions, queries
from schoolward.scorecards.domain import Direction, State, Subject, Unit
from schoolward.scorecards.measures.rollups import (
    Basis,
    Definition,
    Level,
    definitions_table,
    memberships_table,
    roll_up,
)
from schoolward.scorecards.tests.factories import (
    ANALYST,
    AT,
    IndicatorFactory,
    fact,
    load,
)
from tests.sample_data import ROOT


def rolled(rows, *, unit=Unit.SHARE, then=None, today=None, level_step=None):
    """Roll schools' values up; rows are (school, value, numerator, denominator, n)."""
    table = ibis.memtable(
        pa.Table.from_pylist(
            [
                {
                    "indicator": "x",
                    "place_kind": "school",
                    "place_id": school,
                    "period": "2018-19",
                    "group": "",
                    "state": "suppressed" if value is None else "value",
                    "value": value,
                    "numerator": numerator,
                    "denominator": denominator,
                    "n": n,
                }
                for school, value, numerator, denominator, n in rows
            ],
            schema=warehouse.FACTS,
        )
    )
    defined = Definition(key="x", unit=unit, minimum=10, level_step=level_step)
    found = roll_up(
        table,
        definitions=definitions_table([defined]),
        memberships=memberships_table({"2018-19": then or {}}, today=today or {}),
    )
    names = ["level", "place_id", "value", "n", "basis", "school_count", "left_out"]
    return {row[:2]: row[2:] for row in warehouse.rows(found.select(*names))}


DISTRICT = (Level.DISTRICT.value, 0)


def test_share_is_reckoned_anew_from_summed_parts_and_never_averaged():
    found = rolled([(1, 0.5, 5, 10, 10), (2, 0.9, 90, 100, 100)])

    assert found[DISTRICT] == (pytest.approx(95 / 110), 110, Basis.PARTS, 2, 0)


def test_value_is_weighted_where_one_school_gives_no_parts():
    found = rolled([(1, 0.5, 5, 10, 10), (2, 0.9, None, None, 30)])

    assert found[DISTRICT] == (pytest.approx(0.8), 40, Basis.WEIGHTED, 2, 0)


def test_mean_of_schools_is_called_so_and_gives_no_n():
    found = rolled([(1, 0.5, 5, 10, 10), (2, 0.9, None, None, None)])

    assert found[DISTRICT] == (pytest.approx(0.7), None, Basis.MEAN, 2, 0)


def test_school_whose_value_is_withheld_is_left_out_and_counted():
    found = rolled([(1, 0.5, 5, 10, 10), (2, None, None, None, None)])

    assert found[DISTRICT][-2:] == (1, 1)


def test_count_is_summed_and_rate_per_hundred_keeps_its_scale():
    counts = rolled(
        [(1, 3, None, None, None), (2, 4, None, None, None)], unit=Unit.COUNT
    )
    rates = rolled([(1, 5, 5, 100, 100), (2, 20, 20, 100, 100)], unit=Unit.PER_100)

    assert counts[DISTRICT][0] == 7
    assert rates[DISTRICT][0] == pytest.approx(12.5)


def test_words_roll_up_to_a_share_of_schools_and_never_to_a_mean():
    rows = [(1, 1.0, None, None, None), (2, 3.0, None, None, None)]

    assert rolled(rows, unit=Unit.ORDINAL, level_step=3)[DISTRICT][0] == 0.5
    assert rolled(rows, unit=Unit.ORDINAL) == {}


def test_network_holds_its_schools_of_then_or_of_today():
    rows = [(1, 0.5, 5, 10, 10), (2, 0.9, 90, 100, 100)]

    found = rolled(rows, then={1: 7, 2: 7}, today={1: 7, 2: 8})

    assert found[Level.NETWORK_THEN.value, 7][0] == pytest.approx(95 / 110)
    assert found[Level.NETWORK_TODAY.value, 7][0] == 0.5
    assert found[Level.NETWORK_TODAY.value, 8][0] == 0.9


parts = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 50)).filter(
        lambda one: one[0] <= one[1]
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=15, deadline=None)
@given(parts, st.lists(st.integers(1, 3), min_size=8, max_size=8))
def test_district_is_the_same_however_schools_are_grouped(drawn, networks):
    rows = [(i, a / b, a, b, b) for i, (a, b) in enumerate(drawn)]

    found = rolled(rows, then=dict(enumerate(networks)))

    whole = sum(a for a, _b in drawn) / sum(b for _a, b in drawn)
    assert found[DISTRICT][0] == pytest.approx(whole)
    by_network = [row for key, row in found.items() if key[0] == Level.NETWORK_THEN]
    assert sum(row[0] * row[1] for row in by_network) == pytest.approx(
        sum(a for a, _b in drawn)
    )
    lowest, highest = min(a / b for a, b in drawn), max(a / b for a, b in drawn)
    assert lowest - 1e-9 <= found[DISTRICT][0] <= highest + 1e-9


def test_worked_example_of_the_method_page_holds():
    text = (ROOT / "docs" / "method" / "roll-ups.md").read_text()
    example = json.loads(re.search(r"```json\n(.+?)```", text, re.DOTALL)[1])
    for case in example["cases"]:
        rows = [
            (place, s["value"], s.get("numerator"), s.get("denominator"), s.get("n"))
            for place, s in enumerate(case["schools"])
        ]

        value, n, basis, count, _left = rolled(rows)[DISTRICT]

        assert round(value, 4) == case["district"]["value"]
        assert basis == case["district"]["basis"]
        assert (n, count) == (case["district"]["n"], case["district"]["schools"])


@pytest.mark.django_db
def test_page_shows_network_of_then_or_today_and_the_district_beside():
    IndicatorFactory(key="x", name="Attendance")
    one, two, three = (SchoolFactory() for _ in range(3))
    old, new = NetworkFactory(), NetworkFactory()
    for school in (one, two):
        MembershipFactory(school=school, network=old, start_date=date(2018, 7, 1))
    MembershipFactory(
        school=three,
        network=old,
        start_date=date(2018, 7, 1),
        end_date=date(2020, 7, 1),
    )
    MembershipFactory(school=three, network=new, start_date=date(2020, 7, 1))
    load(
        fact(school.pk, value=part / 100, numerator=part, denominator=100, n=100)
        for school, part in ((one, 50), (two, 60), (three, 91))
    )

    (today,) = queries.school_indicators(one.pk, network_id=old.pk)
    (then,) = queries.school_indicators(one.pk, network_id=old.pk, network_as="then")

    assert today.network.shown == "55.0%"
    assert then.network.shown == "67.0%"
    assert today.district.shown == then.district.shown == "67.0%"
    assert today.district.basis == "sum of parts"
    assert today.district.school_count == 3


@pytest.mark.django_db
def test_membership_that_changes_later_is_reckoned_at_the_next_refresh():
    IndicatorFactory(key="x")
    school, network = SchoolFactory(), NetworkFactory()
    load([fact(school.pk, value=0.5)])
    MembershipFactory(school=school, network=network, start_date=date(2010, 7, 1))

    actions.refresh(today=AT.date(), by=ANALYST, at=AT)

    (found,) = queries.place_indicators("network", network.pk)
    assert found.now.basis == "mean of schools"
    assert found.now.n_words == "of 1 school"


@pytest.mark.django_db
def test_missing_year_breaks_the_line_and_a_signal_is_told():
    IndicatorFactory(key="x", direction=Direction.HIGHER, subject=Subject.THINGS)
    usual = {2010: 0.90, 2011: 0.91, 2012: 0.90, 2014: 0.91, 2015: 0.90, 2016: 0.91}
    years = usual | {2017: 0.90, 2018: 0.99}
    rows = [fact(1, f"{y}-{(y + 1) % 100}", v) for y, v in years.items()]
    load(rows, year="2018-19")

    (found,) = queries.school_indicators(1, network_id=None)
    (moved,) = queries.moved_beyond_limits([1, 2])

    missing = [point.period for point in found.trend if point.reading is None]
    assert missing == ["2013-14"]
    assert found.limits.points == 8
    assert [point.is_signal for point in found.trend] == [False] * 8 + [True]
    assert found.signal.is_better is True
    assert moved.school_id == 1
    assert moved.signal.sentence == found.signal.sentence
    assert queries.moved_beyond_limits([2]) == ()


@pytest.mark.django_db
def test_gap_and_stale_value_are_told():
    IndicatorFactory(key="x")
    load([fact(1, "2017-18"), fact(2, "2017-18"), fact(1, "2019-20")], year="2019-20")

    gaps = queries.data_gaps()
    stale = queries.stale_or_missing([1, 2], today=date(2026, 11, 19))

    assert [(gap.period, gap.school_count) for gap in gaps] == [
        ("2018-19", 0),
        ("2019-20", 1),
    ]
    assert [(one.school_id, one.last_period) for one in stale] == [(2, "2017-18")]


@pytest.mark.django_db
def test_small_group_is_withheld_in_every_read_and_so_is_what_would_tell_it():
    IndicatorFactory(key="x")
    schools = [SchoolFactory() for _ in range(3)]
    network = NetworkFactory()
    for school in schools:
        MembershipFactory(school=school, network=network, start_date=date(2010, 7, 1))
    load(
        fact(school.pk, value=0.5, numerator=n / 2, denominator=n, n=n)
        for school, n in zip(schools, (4, 20, 60), strict=True)
    )
    one, two, three = (school.pk for school in schools)

    page = queries.indicator_values("x", place="school", limit=None)
    states = {item.place_id: item.reading.state for item in page.items}

    assert states == {one: "suppressed", two: "suppressed", three: "value"}
    hidden = next(item.reading for item in page.items if item.place_id == one)
    assert (hidden.value, hidden.numerator, hidden.n, hidden.shown) == (
        None,
        None,
        None,
        "–",
    )
    assert "under 10 students" in hidden.reason
    (found,) = queries.school_indicators(one, network_id=network.pk)
    assert found.now.state == "suppressed"
    assert found.network.n == 84
    latest = queries.latest_readings([one], keys=["x"])
    assert latest[one, "x"].value is None


@pytest.mark.django_db
def test_minimum_that_rises_closes_the_shelf_until_it_is_made_anew(settings):
    IndicatorFactory(key="x")
    load([fact(1, value=0.5, n=12), fact(2, value=0.5, n=50), fact(3, value=0.5, n=60)])
    assert queries.latest_readings([1], keys=["x"])[1, "x"].state == "value"

    settings.SCHOOLWARD_MINIMUM_CELL = 20

    assert queries.latest_readings([1], keys=["x"]) == {}
    actions.refresh(today=AT.date(), by=ANALYST, at=AT)
    assert queries.latest_readings([1], keys=["x"])[1, "x"].state == "suppressed"


@pytest.mark.django_db
def test_value_near_all_shows_as_a_bound():
    IndicatorFactory(key="x", guards_extremes=True)
    load(
        fact(school, value=part / 40, numerator=part, denominator=40, n=40)
        for school, part in ((1, 40), (2, 20), (3, 25))
    )

    reading = queries.latest_readings([1], keys=["x"])[1, "x"]

    assert (reading.state, reading.value, reading.numerator) == ("bounded", None, None)
    assert (reading.shown, reading.n) == ("> 92.5%", 40)


@pytest.mark.django_db
def test_list_of_values_goes_on_where_the_cursor_says():
    IndicatorFactory(key="x")
    load(
        [
            fact(school, period)
            for school in (1, 2, 3)
            for period in ("2017-18", "2018-19")
        ]
    )

    found, cursor = [], ""
    while cursor is not None:
        page = queries.indicator_values("x", place="school", after=cursor, limit=4)
        found += [(item.reading.period, item.place_id) for item in page.items]
        cursor = page.next_cursor

    assert found == [(p, s) for p in ("2017-18", "2018-19") for s in (1, 2, 3)]
    with pytest.raises(queries.CursorError):
        queries.indicator_values("x", place="school", after="nonsense")


@pytest.mark.django_db
def test_reads_take_three_questions_to_the_database(django_assert_num_queries):
    for key in ("x", "y", "z"):
        IndicatorFactory(key=key)
    load([fact(1, indicator=key) for key in ("x", "y", "z")])

    with django_assert_num_queries(3):
        assert len(queries.school_indicators(1, network_id=5)) == 3
    with django_assert_num_queries(3):
        queries.moved_beyond_limits([1])
    with django_assert_num_queries(3):
        queries.place_indicators("district", 0)


@pytest.mark.django_db
def test_group_of_a_school_whose_whole_the_file_withheld_does_not_show():
    IndicatorFactory(key="x")
    rows = [
        fact(1, value=None, state=State.SUPPRESSED),
        fact(1, value=0.5, group="gender:female", n=40),
        fact(2, value=0.5, n=90),
        fact(3, value=0.5, n=90),
    ]

    load(rows)

    page = queries.indicator_values("x", place="school", group=None, limit=None)
    states = {(i.place_id, i.group): i.reading.state for i in page.items}
    assert states[1, "gender:female"] == "suppressed"
    district = queries.indicator_values("x", place="district", group=None)
    assert [item.group for item in district.items] == [""]
