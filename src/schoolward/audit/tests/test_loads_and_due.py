"""What waits among the loads, and which records are due."""

from datetime import UTC, date, datetime

import pytest

from schoolward.audit import due, loads
from schoolward.audit.models import Load, LoadState
from schoolward.base.models import Job, JobState


pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 19, 15, tzinfo=UTC)
TODAY = AT.date()


def load_in(state: LoadState, **facts: object) -> Load:
    loaded = {"loaded_at": AT} if state == LoadState.LOADED else {}
    return Load.objects.create(
        target="schools",
        format="CSV",
        file_name=f"{state}.csv",
        sha256="0" * 64,
        as_of_date=date(2026, 7, 1),
        begun_at=AT,
        state=state,
        **loaded,
        **facts,
    )


def test_waiting_loads_are_those_that_go_no_further_by_themselves():
    for state in (LoadState.GUARDED, LoadState.STAGED, LoadState.LOADED):
        load_in(state)

    waiting = loads.waiting_loads()

    assert {line.state for line in waiting} == {"guarded", "staged"}
    assert [line.is_guarded for line in waiting if line.state == "guarded"] == [True]


def test_refusals_are_listed_only_for_what_was_loaded():
    load_in(LoadState.LOADED, refused_count=3)
    load_in(LoadState.LOADED)
    load_in(LoadState.STAGED, refused_count=9)

    assert [line.refused_count for line in loads.loads_with_refusals()] == [3]
    assert len(loads.last_loads()) == 2


def test_class_is_due_when_a_row_is_older_than_its_period():
    Job.objects.create(name="old", asked_at=AT.replace(year=2024), state=JobState.DONE)
    Job.objects.create(name="new", asked_at=AT, state=JobState.DONE)

    found = {one.record_class.key: one.count for one in due.due_classes(today=TODAY)}

    assert found == {"technical": 1}
