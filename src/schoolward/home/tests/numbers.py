"""Chronic absence of the town's schools: one jumps, one is too small to show."""

from datetime import datetime
from zoneinfo import ZoneInfo

from schoolward.district.models import School, Source
from schoolward.district.tests.factories import MembershipFactory, SchoolFactory
from schoolward.home.tests.town import Town
from schoolward.scorecards import actions
from schoolward.scorecards.domain import Direction
from schoolward.scorecards.tests.factories import ANALYST, draft, fact, load


NOW = datetime(2026, 11, 19, 9, 30, tzinfo=ZoneInfo("America/Chicago"))

YEARS = [f"{year}-{(year + 1) % 100:02d}" for year in range(2017, 2026)]
STEADY = (0.10, 0.11, 0.10, 0.12, 0.11, 0.10, 0.11, 0.10)


def _row(school, period: str, value: float, n: int):
    return fact(
        school.pk,
        period,
        value,
        indicator="absence",
        numerator=round(value * n),
        denominator=n,
        n=n,
    )


def load_absence(town: Town) -> School:
    """Load chronic absence: Orchard jumps in the last year, Harbor's is too small."""
    source = Source.objects.unscoped(reason="a test").get(key="schools")
    actions.ensure_indicators(
        [draft("absence", name="Chronic absence", direction=Direction.LOWER)],
        source=source,
        by=ANALYST,
        at=NOW,
    )
    third = SchoolFactory(name="Willow Creek")
    MembershipFactory(school=third, network=town.network)
    rows = [
        _row(school, period, value, n)
        for school, n, last in (
            (town.orchard, 400, 0.30),
            (third, 350, 0.11),
        )
        for period, value in zip(YEARS, (*STEADY, last), strict=True)
    ]
    rows.append(_row(town.harbor, YEARS[-1], 0.5, 4))
    load(rows, year=YEARS[-1], source=source)
    actions.refresh(today=NOW.date(), by=ANALYST, at=NOW)
    return third
