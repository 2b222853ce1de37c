"""The browser of `tests/browser`, in a small district whose clock stands still."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from schoolward.access.tests.factories import visitor_of
from schoolward.analytics import warehouse
from schoolward.base import clock
from schoolward.district.models import Person, School
from schoolward.home.tests.numbers import NOW, load_absence
from schoolward.home.tests.town import Town, build
from tests.browser.conftest import (  # noqa: F401 - fixtures
    axe,
    browser,
    dark_page,
    open_page,
    page,
    phone_page,
    plain_page,
    scrolls_sideways,
    sign_in,
)


expect.set_options(timeout=20_000)
"""The first page of a process reads the warehouse's libraries; a busy machine is slow."""


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
def town(transactional_db) -> Town:
    return build()


@pytest.fixture
def absence(town) -> School:
    return load_absence(town)


@pytest.fixture
def faults(axe, scrolls_sideways) -> Callable[[Page], list[str]]:  # noqa: F811
    """Return what is wrong with a page as it stands: rules of axe, sideways scroll."""

    def found(page: Page) -> list[str]:  # noqa: F811 - the page given
        wide = ["scrolls sideways"] if scrolls_sideways(page) else []
        return [*axe(page), *wide]

    return found


@pytest.fixture
def enter(live_server) -> Callable[[Page, Person], None]:
    """Let a page be that of a person of the town."""

    def entered(page: Page, person: Person) -> None:  # noqa: F811 - the page given
        cookie = visitor_of(person).cookies["sessionid"].value
        page.context.add_cookies(
            [{"name": "sessionid", "value": cookie, "url": live_server.url}]
        )

    return entered
