"""A chart of values over time tells what was restated and what is withheld."""

import pytest

from schoolward.scorecards import queries, tables
from schoolward.scorecards.tests.factories import IndicatorFactory, fact, load


pytestmark = pytest.mark.django_db


def points(school):
    (found,) = queries.school_indicators(school, network_id=None)
    return tables.trend(found, place="Ames").points


def test_restated_point_tells_what_it_was():
    IndicatorFactory(key="x")
    load([fact(1, value=0.5, n=40)], year="2018-19")
    load([fact(1, value=0.6, n=40)], year="2019-20")

    (point,) = points(1)

    assert (point.value, point.was) == (0.6, 0.5)


def test_point_with_only_a_bound_is_withheld_with_the_bound_in_words():
    IndicatorFactory(key="x", guards_extremes=True)
    load([fact(1, value=1.0, n=40, numerator=40, denominator=40)])

    (point,) = points(1)

    assert (point.value, point.state) == (None, "withheld")
    assert point.hidden.startswith("Only a bound is shown: >")
