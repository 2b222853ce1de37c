"""A small group does not show because another number of its row is large."""

import pytest

from schoolward.scorecards import queries
from schoolward.scorecards.domain import Unit
from schoolward.scorecards.tests.factories import IndicatorFactory, fact, load


pytestmark = pytest.mark.django_db
PARTS = ("value", "numerator", "denominator", "n")


def shown(place, **more):
    page = queries.indicator_values("x", place=place, group=None, limit=None, **more)
    return {
        (one.place_id, one.group): [getattr(one.reading, part) for part in PARTS]
        for one in page.items
    }


def test_small_denominator_is_withheld_though_the_file_gives_a_large_n():
    IndicatorFactory(key="x")
    load([fact(1, value=1 / 3, n=120, numerator=2, denominator=6)])

    found = shown("school")

    assert found[1, ""] == [None] * 4
    assert shown("district")[0, ""] == [None] * 4


@pytest.mark.parametrize("unit", [Unit.SHARE, Unit.PER_100])
def test_small_n_is_withheld_though_the_file_gives_a_large_denominator(unit):
    IndicatorFactory(key="x", unit=unit)
    load([fact(1, value=0.5, n=6, numerator=60, denominator=120)])

    assert shown("school")[1, ""] == [None] * 4


def test_empty_denominator_does_not_make_a_group_small():
    IndicatorFactory(key="x")
    load([fact(1, value=0.5, n=120, denominator=0)])

    assert shown("school")[1, ""][0] == 0.5
