"""Natural limits against published numbers, and the same rules at scale."""

import json
import re
from pathlib import Path

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolward.analytics import limits, spc
from schoolward.analytics.limits import Rule
from tests.sample_data import ROOT, sample


DOC = ROOT / "docs" / "method" / "natural-limits.md"
points = st.none() | st.integers(0, 60).map(float)


def published() -> list[dict]:
    return json.loads(sample("spc/wheeler_first_two.json").read_text())


def test_limits_agree_with_published_examples():
    for example in published():
        expected, near = example["expected"], example["tolerance"]

        found = limits.natural_limits(example["values"])

        assert limits.moving_ranges(example["values"]) == expected["moving_ranges"]
        assert found.center == pytest.approx(expected["mean"], abs=near)
        assert found.low == pytest.approx(expected["lnpl"], abs=near)
        assert found.high == pytest.approx(expected["unpl"], abs=near)
        assert found.range_limit == pytest.approx(expected["mr_url"], abs=near)


def test_signal_stands_on_the_published_point():
    example = published()[0]

    found = limits.signals(example["values"], limits.natural_limits(example["values"]))

    assert found[15] is Rule.BEYOND


def vectors(rule: str) -> list[tuple[list[float], list[int]]]:
    lines = Path(sample("spc/nhs_making_data_count_rule_vectors.csv")).read_text()
    found = re.findall(
        rf'^"?{rule}[^"\n]*"?,[a-z_]+,"([^"]+)","([^"]+)"$', lines, re.MULTILINE
    )
    numbers = lambda text: [int(part) for part in text.split(",")]  # noqa: E731
    return [(numbers(given), numbers(wanted)) for given, wanted in found]


def test_run_flags_every_point_of_the_run_as_the_published_vectors_do():
    # The vectors count seven in a row; this product counts eight (Wheeler), so each
    # run of theirs is one point longer here.
    for given_sides, _wanted in vectors("seven_point_one_side_mean"):
        around = limits.Limits(center=0, low=-9, high=9, range_limit=1, points=9)

        found = limits.signals(given_sides, around)

        long_enough = len(given_sides) - 1 >= 8
        assert [rule is Rule.RUN for rule in found[:8]] == [long_enough] * len(
            found[:8]
        )


@pytest.mark.parametrize("length", [7, 8, 9])
def test_run_needs_eight_points_on_one_side(length):
    around = limits.Limits(center=0, low=-9, high=9, range_limit=1, points=9)

    found = limits.signals([-1.0] + [1.0] * length, around)

    assert found[1:] == [Rule.RUN if length >= 8 else None] * length


def test_three_of_four_near_a_limit_signal_only_on_one_side():
    around = limits.Limits(center=0, low=-4, high=4, range_limit=1, points=9)

    same = limits.signals([3, 0, 3, 3], around)
    both = limits.signals([3, 0, -3, 3], around)

    assert same == [Rule.NEAR, None, Rule.NEAR, Rule.NEAR]
    assert both == [None] * 4


def test_missing_point_breaks_range_run_and_window():
    around = limits.Limits(center=0, low=-4, high=4, range_limit=1, points=9)

    assert limits.moving_ranges([1, None, 9]) == []
    assert limits.signals([1.0] * 4 + [None] + [1.0] * 4, around) == [None] * 9
    assert limits.signals([3, None, 3, 3], around) == [None] * 4


def test_limits_are_withheld_when_neighbors_never_differ_but_points_do():
    assert limits.natural_limits([5, 5, None, 7, 7]) is None
    assert limits.natural_limits([5, 5, 5]) is None
    assert limits.natural_limits([5, 5, 5, 5]).low == 5


def test_constant_series_never_signals_for_rounding_alone():
    series = [0.123456789012345] * 7

    assert limits.signals(series, limits.natural_limits(series)) == [None] * 7


@given(st.lists(points, max_size=16))
def test_limits_hold_the_center_and_follow_a_shift(series):
    found = limits.natural_limits(series)
    moved = limits.natural_limits([None if v is None else v + 100 for v in series])

    assert (found is None) == (moved is None)
    if found:
        assert found.low <= found.center <= found.high
        assert moved.center == pytest.approx(found.center + 100)
        assert moved.high - moved.low == pytest.approx(found.high - found.low)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(points, min_size=1, max_size=14), min_size=1, max_size=6))
def test_expression_at_scale_agrees_with_the_plain_rules(many):
    rows = [
        {"school": school, "year": 2000 + place, "value": value}
        for school, series in enumerate(many)
        for place, value in enumerate(series)
        if value is not None
    ]
    if not rows:
        return
    schema = {"school": "int64", "year": "int64", "value": "float64"}
    table = ibis.memtable(rows, schema=schema)

    found = ibis.duckdb.connect().to_pyarrow(spc.with_signals(table, series=["school"]))

    at_scale = {(r["school"], r["year"]): r["signal"] for r in found.to_pylist()}
    for school, series in enumerate(many):
        plain = limits.signals(series, limits.natural_limits(series))
        for place, rule in enumerate(plain):
            if series[place] is not None:
                assert at_scale[school, 2000 + place] == (rule or "")


def test_worked_example_of_the_method_page_holds():
    text = DOC.read_text()
    example = json.loads(re.search(r"```json\n(.+?)```", text, re.DOTALL)[1])

    found = limits.natural_limits(example["values"])

    assert limits.moving_ranges(example["values"]) == example["moving_ranges"]
    assert round(found.center, 2) == example["center"]
    assert round(found.low, 2) == example["low"]
    assert round(found.high, 2) == example["high"]
    assert limits.signals(example["values"], found) == example["signals"]
