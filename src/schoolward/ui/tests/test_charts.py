"""What a chart says in words and where its marks stand."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.ui import drawing
from schoolward.ui.charts import Companion, Limits, Point, Trend, in_words
from schoolward.ui.drawing import Frame
from schoolward.ui.tests.html import draw, elements


FRAME = Frame(width=100, height=50, left=5, right=5, top=5, bottom=5)
VALUES = st.one_of(st.none(), st.floats(-1e9, 1e9, allow_nan=False))


def trend(*values, **more):
    points = [Point(f"Year {n}", value) for n, value in enumerate(values, start=1)]
    return Trend(label="Absence", points=points, **more)


def test_words_of_a_trend_without_values():
    assert in_words(trend(None, None)) == "Absence: no value can be shown."


def test_words_of_a_single_value():
    assert in_words(trend(0.5)) == "Absence: one value, 50% in Year 1."


def test_withheld_value_is_in_neither_words_nor_drawing():
    points = [Point("2018–19", 0.5), Point("2019–20", 0.987, hidden="n under 10")]
    secret = Trend(label="Absence", points=points)

    html = draw("{% chart t %}{% sparkline t %}", t=secret)

    assert "98" not in html.replace("98.7", "98")
    assert "Withheld: 2019–20." in in_words(secret)
    assert "n under 10" in html


def test_withheld_value_does_not_move_the_scale():
    shown = [Point("a", 0.4), Point("b", 0.6)]
    with_secret = Trend(label="x", points=[*shown, Point("c", 0.99, hidden="small")])

    scale = drawing.scale_of(with_secret, FRAME)

    assert (scale.low, scale.high) == (0.4, 0.6)


def test_restated_value_beyond_its_limits_is_still_a_signal():
    limits = Limits(mean=0.1, lower=0.05, upper=0.15)
    points = [Point("a", 0.1), Point("b", 0.3, was=0.1)]

    found = drawing.kinds(Trend(label="x", points=points, limits=limits))

    assert found == ["dot", "restated_signal"]


def test_companion_with_other_length_is_refused():
    with pytest.raises(ValueError, match="2 values for 1 points"):
        trend(0.5, companions=[Companion("District", (0.1, 0.2))])


def test_chart_of_nothing_still_has_its_table():
    html = draw("{% chart t %}", t=trend())

    assert elements(html, "table")


@given(st.lists(VALUES, max_size=30))
def test_every_mark_stands_on_the_paper(values):
    found = trend(*values, unit="number")

    scale = drawing.scale_of(found, FRAME)

    for place, value in enumerate(values):
        assert FRAME.left <= scale.x(place) <= FRAME.end
        if value is not None:
            assert FRAME.top <= scale.y(value) <= FRAME.floor


@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e9))
def test_ticks_hold_the_range_and_are_few(low, spread):
    marks = drawing.ticks(low, low + spread, steps=4)

    rounding = max(abs(low), spread) * 1e-6
    assert marks[0] <= low + rounding
    assert marks[-1] >= low + spread - rounding
    assert 2 <= len(marks) <= 8


@given(st.lists(st.floats(0, 180), min_size=1, max_size=6))
def test_labels_pushed_apart_never_cover_each_other(heights):
    placed = sorted(drawing.apart(heights, gap=14))

    gaps = [after - before for before, after in pairwise(placed)]
    assert all(gap >= 14 - 1e-9 for gap in gaps)
