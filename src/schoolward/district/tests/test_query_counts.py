"""The number of queries does not grow with the district."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schoolward.district import queries
from schoolward.district.tests.actors import actor, manager
from schoolward.district.tests.factories import (
    AssignmentFactory,
    DistrictFactory,
    GoalFactory,
    MembershipFactory,
    NetworkFactory,
    PostFactory,
    ProfileEntryFactory,
    SchoolFactory,
    SupervisionFactory,
    UnitFactory,
    UnitPostFactory,
    WrongFactFactory,
)
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)


class Town:
    """A district that can grow."""

    def __init__(self):
        DistrictFactory()
        self.network = NetworkFactory()
        self.unit = UnitFactory()
        self.top = PostFactory(seat="superintendent", school=None)
        self.school = SchoolFactory()
        self.grow(self.school)

    def grow(self, school=None):
        """Add a school with everyone who belongs to it, or everyone to one school."""
        school = school or SchoolFactory()
        if not school.memberships.unscoped(reason="a test").exists():
            MembershipFactory(school=school, network=self.network)
            ild = SupervisionFactory(school=school).person
            PostFactory(seat="ild", school=None, person=ild, reports_to=self.top)
        PostFactory(school=school)
        post = UnitPostFactory(unit=self.unit)
        AssignmentFactory(school=school, unit=self.unit, person=post.person)
        ProfileEntryFactory(school=school)
        GoalFactory(school=school)
        WrongFactFactory(school=school)


QUERIES = {
    "school_head": lambda town: queries.school_head(town.school.pk, day=TODAY),
    "who_serves": lambda town: queries.who_serves(town.school.pk, day=TODAY),
    "profile": lambda town: queries.profile(town.school.pk),
    "goals": lambda town: queries.goals(town.school.pk, start_year=2026),
    "lately": lambda town: queries.lately(
        town.school.pk, since=date(2026, 6, 1), day=TODAY
    ),
    "stale_facts": lambda town: queries.stale_facts(town.school.pk, day=TODAY),
    "networks": lambda _: queries.networks(day=TODAY),
    "network_page": lambda town: queries.network_page(town.network.pk, day=TODAY),
    "district_overview": lambda _: queries.district_overview(day=TODAY),
    "school_page_of": lambda _: queries.school_page_of(actor(Seat.ILD), day=TODAY),
    "people": lambda _: queries.people(actor(Seat.ILD), day=TODAY),
    "person_page": lambda town: queries.person_page(town.top.person_id, day=TODAY),
    "units": lambda _: queries.units(day=TODAY),
    "unit_page": lambda town: queries.unit_page(town.unit.pk, day=TODAY),
    "wrong_facts_for": lambda _: queries.wrong_facts_for(manager()),
    "wrong_facts_of": lambda town: queries.wrong_facts_of(manager(), town.school.pk),
}


def asked(name, town):
    with CaptureQueriesContext(
        connection,
    ) as found:
        QUERIES[name](town)
    return len(found)


@pytest.mark.parametrize("name", QUERIES)
def test_queries_do_not_grow_with_the_district(name):
    town = Town()
    town.grow()
    before = asked(name, town)

    for _ in range(3):
        town.grow()
        town.grow(town.school)

    assert asked(name, town) == before


@pytest.mark.parametrize(
    ("name", "most"), [("school_head", 6), ("who_serves", 5), ("network_page", 7)]
)
def test_pages_that_matter_ask_little(name, most):
    assert asked(name, Town()) <= most
