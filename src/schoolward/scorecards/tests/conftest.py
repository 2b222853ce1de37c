"""Every test of this room gets a warehouse of its own."""

import pytest

from schoolward.analytics import warehouse


@pytest.fixture(autouse=True)
def warehouse_home(tmp_path, settings):
    """Put the warehouse into a folder of its own."""
    settings.SCHOOLWARD_HOME = tmp_path
    warehouse.forget_views()
    yield tmp_path
    warehouse.forget_views()
