"""Homes for the tests of commands; the tables are made once and copied."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.operations.homes import Home, database


collect_ignore = ["work", "settings.py"]
"""What only the commands under test load: collected here, its jobs would be ours."""


@pytest.fixture(autouse=True)
def _sockets(socket_enabled: None) -> None:
    """Let commands be reached on this machine."""


@pytest.fixture(scope="session")
def _founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Home(tmp_path_factory.mktemp("founded")).found().path


@pytest.fixture
def sqlite_home(_founded: Path, tmp_path: Path) -> Home:
    """Return a home with a district on SQLite."""
    return Home(shutil.copytree(_founded, tmp_path / "sqlite"))


@pytest.fixture
def empty_home(tmp_path: Path) -> Home:
    """Return a home with nothing in it."""
    return Home(tmp_path / "empty")


@pytest.fixture
def postgresql_home(tmp_path: Path) -> Iterator[Home]:
    """Return an empty home with an empty database on PostgreSQL."""
    with database() as url:
        yield Home(tmp_path / "postgresql", url)


@pytest.fixture(params=["sqlite", "postgresql"])
def home(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    """Return a home with a district, on each database in turn."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_home")
    else:
        yield request.getfixturevalue("postgresql_home").found()
