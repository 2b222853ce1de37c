"""Loading values: restatements, refusals, undoing, and what a crash leaves behind."""

import os
import time

import pytest

from schoolward.analytics import leases, warehouse
from schoolward.audit.models import LoadState
from schoolward.base import clock
from schoolward.district.tests.factories import SourceFactory
from schoolward.scorecards import actions, queries
from schoolward.scorecards.domain import State, Unit
from schoolward.scorecards.models import FactFile, FactFileState, Shelf
from schoolward.scorecards.tests.factories import (
    ANALYST,
    AT,
    IndicatorFactory,
    LoadFactory,
    draft,
    fact,
    load,
)


pytestmark = pytest.mark.django_db


@pytest.fixture
def indicator():
    return IndicatorFactory(key="x")


def values(key: str = "x", **more):
    """Return what shows, as (school, period, group) -> shown."""
    page = queries.indicator_values(key, place="school", group=None, limit=None, **more)
    return {
        (one.place_id, one.reading.period, one.group): one.reading for one in page.items
    }


def shown(**more):
    return {key: reading.shown for key, reading in values(**more).items()}


def test_empty_warehouse_is_a_schema_and_not_an_error(indicator):
    assert queries.school_indicators(1, network_id=None) == ()
    assert queries.place_indicators("district", 0) == ()
    assert values() == {}
    assert queries.moved_beyond_limits([1]) == ()
    assert queries.data_gaps() == ()
    assert warehouse.rows(warehouse.facts([])) == []


def test_load_counts_what_it_does_and_shows_it(indicator):
    _row, outcome = load([fact(1, n=20), fact(2, value=0.25)])

    assert (outcome.new, outcome.changed, outcome.unchanged) == (2, 0, 0)
    found = values()
    assert found[1, "2018-19", ""].shown == "50.0%"
    assert found[1, "2018-19", ""].n_words == "n 20"
    assert found[2, "2018-19", ""].n_words == "n not given"


def test_same_file_twice_changes_nothing(indicator):
    load([fact(1), fact(2)])

    _row, outcome = load([fact(1), fact(2)])

    assert (outcome.new, outcome.changed, outcome.unchanged) == (0, 0, 2)
    assert outcome.fact_count == 0
    assert FactFile.objects.count() == 1


def test_restated_value_is_that_of_the_later_school_year(indicator):
    load([fact(1, value=0.5)], year="2018-19")

    _row, outcome = load([fact(1, value=0.6)], year="2019-20")

    reading = values()[1, "2018-19", ""]
    assert (outcome.changed, outcome.restated) == (1, 1)
    assert reading.shown == "60.0%"
    assert reading.restated_from.shown == "50.0%"
    assert reading.restated_from.file_year == "2018-19"


def test_earlier_file_loaded_later_does_not_take_over(indicator):
    load([fact(1, value=0.6)], year="2019-20")

    _row, outcome = load([fact(1, value=0.5)], year="2018-19")

    reading = values()[1, "2018-19", ""]
    assert (outcome.changed, outcome.unchanged) == (0, 1)
    assert (reading.shown, reading.restated_from.shown) == ("60.0%", "50.0%")


def test_files_in_any_order_end_in_the_same_values(indicator):
    files = {
        "2017-18": [fact(1, "2017-18", 0.1), fact(1, "2016-17", 0.2)],
        "2018-19": [fact(1, "2018-19", 0.3), fact(1, "2017-18", 0.15)],
        "2019-20": [fact(1, "2018-19", 0.3), fact(1, "2019-20", 0.4)],
    }
    ends = []
    for order in (list(files), list(reversed(files))):
        rows = [load(files[year], year=year)[0] for year in order]
        ends.append(
            {
                key: (
                    reading.shown,
                    reading.file_year,
                    reading.restated_from and reading.restated_from.shown,
                )
                for key, reading in values().items()
            }
        )
        for row in rows:
            actions.undo_values(row.pk, by=ANALYST, at=AT)
        assert values() == {}

    assert all(end == ends[0] for end in ends)
    assert ends[0][1, "2017-18", ""] == ("15.0%", "2018-19", "10.0%")
    assert ends[0][1, "2018-19", ""] == ("30.0%", "2019-20", None)


def test_blank_cell_never_replaces_a_value(indicator):
    load([fact(1)], year="2018-19")

    load([fact(1, value=None, state=State.MISSING)], year="2019-20")

    assert shown() == {(1, "2018-19", ""): "50.0%"}


def test_undone_load_falls_back_to_the_earlier_file(indicator):
    load([fact(1, value=0.5)], year="2018-19")
    later, _outcome = load([fact(1, value=0.6)], year="2019-20")

    withdrawn = actions.undo_values(later.pk, by=ANALYST, at=AT)

    assert withdrawn == 1
    assert shown() == {(1, "2018-19", ""): "50.0%"}
    assert values()[1, "2018-19", ""].restated_from is None
    assert FactFile.objects.get(load=later).state == FactFileState.UNDONE
    assert actions.undo_values(later.pk, by=ANALYST, at=AT) == 0


def test_what_also_happens_on_undoing_happens_with_it_and_without_values(indicator):
    row, _outcome = load([fact(1)])
    told = []

    actions.undo_values(row.pk, by=ANALYST, at=AT, also=lambda: told.append(1))
    actions.undo_values(row.pk, by=ANALYST, at=AT, also=lambda: told.append(2))

    assert told == [1, 2]


def test_load_brings_its_own_indicators_along():
    source = SourceFactory()
    drafts = [draft("x"), draft("y")]
    staged = actions.stage_values(
        [fact(1)],
        load_id=LoadFactory().pk,
        source=source,
        file_year="2018-19",
        today=AT.date(),
        drafts=drafts,
    )

    actions.ensure_indicators(drafts, source=source, by=ANALYST, at=AT)
    actions.commit_values(staged, by=ANALYST, at=AT)

    assert staged.outcome.refused_count == 0
    assert shown() == {(1, "2018-19", ""): "50.0%"}


def test_value_said_twice_counts_once_and_said_in_two_ways_is_refused(indicator):
    rows = [
        fact(1, row=2),
        fact(1, row=3),
        fact(2, value=0.1, row=4, column="a"),
        fact(2, value=0.2, row=5, column="b"),
    ]

    _row, outcome = load(rows)

    assert outcome.new == 1
    assert [(one.row, one.column) for one in outcome.refused] == [(4, "a"), (5, "b")]
    assert list(values()) == [(1, "2018-19", "")]


def test_refused_values_name_row_reason_and_remedy_while_good_ones_load(indicator):
    rows = [
        fact(1, value=93.2, row=2, column="Rate"),
        fact(2, period="2018", row=3),
        fact(3, indicator="unheard-of", row=4),
        fact(4, value=float("nan"), row=5),
        fact(5, row=6),
    ]

    _row, outcome = load(rows)

    assert outcome.new == 1
    assert outcome.refused_count == 4
    assert [one.row for one in outcome.refused] == [2, 3, 4, 5]
    assert "percent" in outcome.refused[0].remedy
    assert all(one.reason.endswith(".") for one in outcome.refused)


def test_words_of_a_rating_are_kept_and_unknown_ones_refused():
    IndicatorFactory(
        key="x", unit=Unit.ORDINAL, scale=["WEAK", "NEUTRAL", "STRONG"], decimals=0
    )
    rows = [
        fact(1, value=None, text="strong"),
        fact(2, value=None, text="SUPERB"),
        fact(3, value=None, text="NOT ENOUGH DATA", state=State.NOT_ENOUGH),
    ]

    _row, outcome = load(rows)

    found = values()
    assert outcome.refused_count == 1
    assert found[1, "2018-19", ""].shown == "strong"
    assert found[3, "2018-19", ""].state == "not_enough"
    assert "NOT ENOUGH DATA" in found[3, "2018-19", ""].reason


def test_dry_run_leaves_neither_row_nor_file(indicator, warehouse_home):
    staged = actions.stage_values(
        [fact(1)],
        load_id=LoadFactory().pk,
        source=indicator.source,
        file_year="2018-19",
        today=AT.date(),
    )

    actions.discard(staged)

    assert staged.outcome.new == 1
    assert values() == {}
    left = [
        path for path in (warehouse_home / "warehouse").rglob("*") if path.is_file()
    ]
    assert left == []


@pytest.mark.django_db(transaction=True)
def test_crash_before_the_row_leaves_the_old_state_and_files_to_sweep(indicator):
    load([fact(1, value=0.5)])
    staged = actions.stage_values(
        [fact(1, value=0.9)],
        load_id=LoadFactory(state=LoadState.FAILED).pk,
        source=indicator.source,
        file_year="2019-20",
        today=AT.date(),
    )
    assert shown() == {(1, "2018-19", ""): "50.0%"}
    age(staged.facts.path)
    LoadFactory._meta.model.objects.update(state=LoadState.FAILED)

    held = actions.sweep(at=clock.real_now())
    staged.lease.release()
    swept = actions.sweep(at=clock.real_now())

    assert held == []
    assert f"facts/{staged.facts.path.name}" in swept
    assert shown() == {(1, "2018-19", ""): "50.0%"}


def age(*paths, hours: int = 5):
    """Make everything in the warehouse look hours old."""
    then = time.time() - hours * 3600
    for path in warehouse.root().rglob("*"):
        if "leases" not in path.parts:
            os.utime(path, (then, then))
    for path in warehouse.folder("leases").iterdir():
        os.utime(path, (then - 60, then - 60))


@pytest.mark.django_db(transaction=True)
def test_sweep_keeps_what_an_open_load_may_need(indicator):
    stray = warehouse.folder("facts") / "stray.parquet"
    stray.write_bytes(b"x")
    age()
    open_load = LoadFactory(
        begun_at=clock.real_now().replace(year=2020), state=LoadState.STAGING
    )

    kept = actions.sweep(at=clock.real_now())
    open_load.state = LoadState.FAILED
    open_load.save()
    swept = actions.sweep(at=clock.real_now())

    assert kept == []
    assert swept == ["facts/stray.parquet"]


def test_lease_ends_with_its_process():
    child = os.fork()
    if child == 0:
        leases.Lease()
        os._exit(0)
    os.waitpid(child, 0)

    assert leases.oldest() is None


@pytest.mark.django_db(transaction=True)
def test_shelf_that_nothing_names_goes(indicator):
    load([fact(1)])
    first = Shelf.objects.get()

    load([fact(1, value=0.7)], year="2019-20")

    assert not Shelf.objects.filter(pk=first.pk).exists()
    age()
    LoadFactory._meta.model.objects.update(state=LoadState.FAILED)
    assert f"shelves/{first.path.split('/')[1]}" in actions.sweep(at=clock.real_now())


def test_load_overtaken_by_another_reckons_with_both(indicator):
    source = indicator.source
    slow = actions.stage_values(
        [fact(1, value=0.5)],
        load_id=LoadFactory().pk,
        source=source,
        file_year="2018-19",
        today=AT.date(),
    )
    load([fact(2, value=0.9)], source=source)

    actions.commit_values(slow, by=ANALYST, at=AT)

    assert shown() == {(1, "2018-19", ""): "50.0%", (2, "2018-19", ""): "90.0%"}


def test_values_of_two_loads_stand_on_two_shelves_until_made_one(indicator):
    IndicatorFactory(key="y")
    load([fact(1)])
    load([fact(1, indicator="y", value=0.2)])
    assert Shelf.objects.count() == 2
    assert len(queries.school_indicators(1, network_id=None)) == 2

    actions.refresh(today=AT.date(), by=ANALYST, at=AT)

    assert Shelf.objects.count() == 1
    assert len(queries.school_indicators(1, network_id=None)) == 2


def test_restatements_are_told_with_both_values(indicator):
    load([fact(1, value=0.5)], year="2018-19")
    load([fact(1, value=0.6), fact(2)], year="2019-20")

    found = queries.restatements(since=AT)

    assert [(one.school_id, one.old, one.new) for one in found] == [
        (1, "50.0%", "60.0%")
    ]
