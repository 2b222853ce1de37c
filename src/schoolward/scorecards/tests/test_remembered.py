"""A year's file has only its own tables guarded anew; what changed is guarded again."""

from datetime import date

import pytest

from schoolward.district.tests.factories import (
    MembershipFactory,
    NetworkFactory,
    SchoolFactory,
)
from schoolward.scorecards import actions, queries
from schoolward.scorecards.measures import hiding
from schoolward.scorecards.models import Indicator
from schoolward.scorecards.tests.factories import (
    ANALYST,
    AT,
    IndicatorFactory,
    fact,
    load,
)


pytestmark = pytest.mark.django_db
SIZES = (4, 20, 60, 35)


@pytest.fixture
def schools():
    IndicatorFactory(key="x")
    return [SchoolFactory().pk for _ in SIZES]


@pytest.fixture
def guarded(monkeypatch):
    """Return the sizes of the tables that were guarded, as they come."""
    seen = []
    protect = hiding.protect

    def watched(cells, **more):
        known = list(cells)
        seen.append(len(known))
        return protect(known, **more)

    monkeypatch.setattr(hiding, "protect", watched)
    return seen


def in_year(schools, period, *, sizes=SIZES):
    load(
        (
            fact(school, period=period, value=0.5, denominator=n, numerator=n / 2, n=n)
            for school, n in zip(schools, sizes, strict=True)
        ),
        year=period,
    )


def states():
    page = queries.indicator_values("x", place="school", limit=None)
    return {(i.place_id, i.reading.period): i.reading.state for i in page.items}


def test_second_year_has_only_its_own_table_guarded(schools, guarded):
    in_year(schools, "2017-18")
    assert len(guarded) == 1

    in_year(schools, "2018-19")

    assert len(guarded) == 2
    kept = states()
    Indicator.objects.unscoped(reason="test").update(shelf=None)
    actions.refresh(today=AT.date(), by=ANALYST, at=AT)
    assert len(guarded) == 4
    assert states() == kept
    assert kept[schools[0], "2017-18"] == "suppressed"


def test_restated_year_is_guarded_again(schools, guarded):
    in_year(schools, "2017-18")
    in_year(schools, "2018-19")

    load(
        [
            fact(
                schools[2], period="2017-18", value=0.5, numerator=3, denominator=6, n=6
            )
        ],
        year="2019-20",
    )

    assert len(guarded) == 3
    assert states()[schools[2], "2017-18"] == "suppressed"


def test_networks_of_today_have_their_sums_guarded_again(schools, guarded):
    in_year(schools, "2017-18")
    network = NetworkFactory()
    for school in schools:
        MembershipFactory(
            school_id=school, network=network, start_date=date(2020, 7, 1)
        )

    actions.refresh(today=AT.date(), by=ANALYST, at=AT)
    actions.refresh(today=AT.date(), by=ANALYST, at=AT)

    assert len(guarded) == 2


def test_minimum_that_rises_has_every_table_guarded_again(schools, guarded, settings):
    in_year(schools, "2017-18")
    settings.SCHOOLWARD_MINIMUM_CELL = 30

    actions.refresh(today=AT.date(), by=ANALYST, at=AT)

    assert len(guarded) == 2
    assert states()[schools[1], "2017-18"] == "suppressed"


def test_shelf_without_what_was_found_is_guarded_whole(
    schools, guarded, warehouse_home
):
    in_year(schools, "2017-18")
    for path in warehouse_home.rglob("guarded.parquet"):
        path.unlink()

    in_year(schools, "2018-19")

    assert len(guarded) == 3
