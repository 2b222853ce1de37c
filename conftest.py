"""What every test shares: a home of its own, a browser or a reason, the database pass."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from schoolward.base import clock


DATABASE_FIXTURES = {
    "db",
    "transactional_db",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
    "client",
    "live_server",
}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch of the PostgreSQL pass."""
    parser.addoption(
        "--database-bound",
        action="store_true",
        help="Run only the tests that touch a database.",
    )


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out what this pass or this machine cannot run."""
    if config.getoption("--database-bound"):
        kept = [item for item in items if _touches_database(item)]
        config.hook.pytest_deselected(items=[i for i in items if i not in set(kept)])
        items[:] = kept
    if not chromium() and os.environ.get("CI") != "true":
        reason = "no chromium here; on Debian: apt install chromium"
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=reason))


def _touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES)


def chromium() -> str | None:
    """Return the path of a chromium to drive, if there is one."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@pytest.fixture(autouse=True, scope="session")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep every test's files out of the home of whoever runs the tests."""
    home = tmp_path_factory.mktemp("home")
    (home / "static").mkdir()
    before = settings.SCHOOLWARD_HOME, settings.STATIC_ROOT
    settings.SCHOOLWARD_HOME, settings.STATIC_ROOT = home, home / "static"
    yield home
    settings.SCHOOLWARD_HOME, settings.STATIC_ROOT = before


@pytest.fixture(autouse=True)
def _clock_runs() -> Iterator[None]:
    """Forget a demo district's standing day between tests."""
    clock.forget_standing_day()
    yield
    clock.forget_standing_day()
