"""A shelf made in parts shows what one made at once shows, and opens files by place."""

import pytest

from schoolward.scorecards import actions, queries
from schoolward.scorecards.measures import shelf, shelving
from schoolward.scorecards.models import Shelf
from schoolward.scorecards.tests.factories import (
    ANALYST,
    AT,
    IndicatorFactory,
    fact,
    load,
)


pytestmark = pytest.mark.django_db
KEYS = ("a", "b", "c")


def everything():
    """Return all that shows, of every indicator and school."""
    shown = {}
    for key in KEYS:
        for place in ("school", "district"):
            page = queries.indicator_values(key, place=place, group=None, limit=None)
            shown[key, place] = [
                (i.place_id, i.reading.period, i.group, i.reading.shown)
                for i in page.items
            ]
    for school in range(1, 8):
        lines = queries.school_indicators(school, network_id=None)
        shown[school] = [
            (one.indicator.key, one.now.shown, one.district and one.district.shown)
            for one in lines
        ]
    return shown


def test_parts_and_files_by_place_show_the_same(monkeypatch):
    for key in KEYS:
        IndicatorFactory(key=key)
    load(
        fact(school, period, indicator=key, value=school / 10, n=20 * school)
        for key in KEYS
        for school in range(1, 8)
        for period in ("2017-18", "2018-19")
    )
    at_once = everything()
    assert at_once["b", "school"]
    assert len(at_once[3]) == len(KEYS)

    monkeypatch.setattr(shelving, "FACTS_AT_ONCE", 15)
    monkeypatch.setattr(shelf, "ROWS_PER_FILE", 14)
    told = []
    actions.refresh(today=AT.date(), by=ANALYST, at=AT, say=told.append)

    assert "Withholding small groups (2 of 3)" in told
    assert Shelf.objects.get().bounds == [2, 4, 6, 7]
    assert everything() == at_once


def test_indicator_without_facts_makes_no_part_of_its_own(monkeypatch):
    for key in (*KEYS, "z"):
        IndicatorFactory(key=key)
    monkeypatch.setattr(shelving, "FACTS_AT_ONCE", 1)
    load([fact(1, indicator="a"), fact(1, indicator="c")])

    told = []
    actions.refresh(today=AT.date(), by=ANALYST, at=AT, say=told.append)

    assert sum(one.startswith("Laying out") for one in told) == 1
    assert sum("(1 of 2)" in one for one in told) == 3
    assert [one.indicator.key for one in queries.school_indicators(1, network_id=None)]
