"""Who opens the pages of the district, and the school they are about."""

import pytest

from schoolward.access.tests.factories import Visitor, client_for
from schoolward.district.models import School
from schoolward.district.tests.factories import DistrictFactory, SchoolFactory
from schoolward.kernel.seats import Seat


@pytest.fixture
def analyst() -> Visitor:
    """Return the browser of somebody who keeps the district's records."""
    DistrictFactory()
    return client_for(Seat.ANALYST)


@pytest.fixture
def deputy() -> Visitor:
    """Return the browser of somebody who decides who supervises whom."""
    return client_for(Seat.DEPUTY)


@pytest.fixture
def school() -> School:
    """Return a school."""
    return SchoolFactory(name="Orchard Elementary")
