"""Pages cost the same number of queries whatever the size of the district."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from schoolward.district.tests.factories import (
    AssignmentFactory,
    ExternalIdFactory,
    GoalFactory,
    MembershipFactory,
    PostFactory,
    ProfileEntryFactory,
    SchoolFactory,
    SupervisionFactory,
    UnitFactory,
    UnitPostFactory,
)
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db

MOST = {
    "/": 45,
    "/schools/": 20,
    "/schools/?mine=1": 20,
    "/schools/?q=orchard": 26,
    "school": 36,
    "who": 20,
    "/networks/": 15,
    "network": 22,
    "/district/": 36,
    "/people/": 18,
    "/units/": 16,
    "unit": 18,
    "/search/?q=orchard": 22,
    "/jobs/": 12,
}


def addresses(town) -> dict[str, str]:
    own = {
        "school": reverse("home:school", args=[town.orchard.pk]),
        "who": reverse("home:who", args=[town.orchard.pk]),
        "network": reverse("home:network", args=[town.network.pk]),
        "unit": reverse("home:unit", args=[town.unit.pk]),
    }
    return {key: own.get(key, key) for key in MOST}


def cost(visitor, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get(url).status_code == 200
    return len(asked)


def grow(town) -> None:
    """Add eight schools with all that belongs to them, and twice as much to Orchard."""
    ild = town.people[Seat.ILD]
    for number in range(8):
        school = SchoolFactory(name=f"Orchard {number}")
        MembershipFactory(school=school, network=town.network)
        SupervisionFactory(school=school, person=ild)
        PostFactory(school=school, start_date=date(2026, 8, 3))
        ProfileEntryFactory(school=school)
        unit = UnitFactory()
        staff = UnitPostFactory(unit=unit).person
        for served in (school, town.orchard):
            AssignmentFactory(school=served, unit=unit, person=staff)
        ExternalIdFactory(school=town.orchard)
        GoalFactory(school=town.orchard)
        ProfileEntryFactory(school=town.orchard)


@pytest.mark.parametrize("seat", [Seat.ILD, Seat.DEPUTY, Seat.ADMINISTRATOR])
def test_pages_cost_a_constant_number_of_queries(town, seat):
    urls = addresses(town)
    visitor = town.visitor(seat)
    small = {key: cost(visitor, url) for key, url in urls.items()}

    grow(town)
    visitor = town.visitor(seat)
    large = {key: cost(visitor, url) for key, url in urls.items()}

    assert {key: n for key, n in large.items() if n > small[key]} == {}
    assert {key: n for key, n in large.items() if n > MOST[key]} == {}
