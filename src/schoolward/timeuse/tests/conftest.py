"""Whose calendars the tests load."""

import pytest

from schoolward.access.tests.factories import holder
from schoolward.kernel.seats import Seat


@pytest.fixture
def ild():
    """Return an ILD."""
    return holder(Seat.ILD, name="Mari Quist")
