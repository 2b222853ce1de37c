"""A clock that stands still, and a small district to look at."""

import pytest

from schoolward.analytics import warehouse
from schoolward.base import clock
from schoolward.district.models import School
from schoolward.home.tests.numbers import NOW, load_absence
from schoolward.home.tests.town import Town, build


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch):
    """Let every page be read on Thursday, November 19, 2026."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture(autouse=True)
def warehouse_home(tmp_path, settings):
    """Put the warehouse into a folder of its own."""
    settings.SCHOOLWARD_HOME = tmp_path
    warehouse.forget_views()
    yield tmp_path
    warehouse.forget_views()


@pytest.fixture
def town(db) -> Town:
    return build()


@pytest.fixture
def absence(town) -> School:
    return load_absence(town)
