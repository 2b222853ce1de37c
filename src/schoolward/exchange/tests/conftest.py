"""What tests of loads share: a short way from a table to a load."""

from datetime import UTC, date, datetime

import pytest

from schoolward.exchange import actions
from schoolward.exchange.choices import Choices
from schoolward.kernel.actor import SYSTEM


AT = datetime(2026, 11, 21, 15, tzinfo=UTC)
HEAD = "ID,Name,Phone,Network\n"
YEAR_17, YEAR_18, YEAR_21 = date(2017, 7, 1), date(2018, 7, 1), date(2021, 7, 1)

SCHOOLS_MAP = """
name = "test-schools"
target = "schools"
source = { key = "test-schools", name = "Test schools" }
ids = "test"
complete = true
[columns]
ID = "school_id"
Name = "name"
Phone = "phone"
Network = { field = "network", blank = "none" }
[networks]
unsupervised = ["Charter"]
"""

PEOPLE_MAP = """
name = "test-people"
target = "people"
source = { key = "test-people", name = "Test people" }
ids = "test"
complete = true
[columns]
Key = "person_id"
Name = "name"
Email = "email"
Title = "title"
School = "school_id"
Unit = "unit"
Position = "position_number"
"""


def rows(model):
    return model.objects.unscoped(reason="a test looks")


def counts(load):
    return (
        load.new_count,
        load.changed_count,
        load.ended_count,
        load.unchanged_count,
        load.refused_count,
    )


@pytest.fixture
def choose(tmp_path):
    """Return choices for a table given as text."""

    def choose(text, *, map_text=SCHOOLS_MAP, as_of=None, name="test.csv", **more):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        target = more.pop("target", "schools")
        return Choices(
            target=target,
            path=path,
            name=name,
            map_name="test",
            map_text=map_text,
            as_of=as_of,
            **more,
        )

    return choose


@pytest.fixture
def staged(choose):
    """Return a function that stages a table and returns its load."""

    def stage(text, **options):
        load = actions.begin(
            choose(text, **options), keeps_file=False, by=SYSTEM, at=AT
        )
        return actions.stage(load, by=SYSTEM, at=AT)

    return stage


@pytest.fixture
def loaded(staged):
    """Return a function that loads a table and returns its load."""

    def load(text, *, allow_change=True, **options):
        load = staged(text, **options)
        return actions.load_staged(load, by=SYSTEM, at=AT, allow_change=allow_change)

    return load
