"""Reading shelves: the few rows that a page or a list asks for."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any, NamedTuple

import ibis.expr.types as ir

from schoolward.analytics import warehouse
from schoolward.scorecards.measures.rollups import Level
from schoolward.scorecards.measures.shelving import (
    AREAS,
    BY_INDICATOR,
    SHELF_SCHEMA,
    SHOWN,
    place_file,
    shelf_table,
)


class Shown(NamedTuple):
    """One row of a shelf, its columns in the order of SHOWN."""

    level: str
    place_id: int
    indicator: str
    period: str
    group: str
    state: str
    value: float | None
    numerator: float | None
    denominator: float | None
    n: int | None
    low: float | None
    high: float | None
    text: str
    basis: str
    school_count: int | None
    left_out: int | None
    source: int | None
    load_id: int | None
    file_year: str | None
    old_state: str | None
    old_value: float | None
    old_text: str | None
    old_load_id: int | None
    old_file_year: str | None
    signal: str
    center: float | None
    reach: float | None
    points: int | None
    is_latest: bool
    shelf: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenShelf:
    """A shelf in use.

    Attributes:
        folder: Where it lies.
        bounds: The last school of each of its files by place.
        keys: The indicators whose values stand on it; others on it are outdated.
    """

    folder: Path
    bounds: Sequence[int]
    keys: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place whose values are asked for."""

    level: Level
    id: int = 0


def of_school(shelves: Sequence[OpenShelf], school: int, *, group: str) -> list[Shown]:
    """Return all values of a school in one group."""
    paths = [
        shelf.folder / place_file(number)
        for shelf in shelves
        if (number := _file_of(shelf, school)) is not None
    ]

    def build(rows: ir.Table, school: int) -> ir.Table:
        return _shown(rows.filter(rows["place_id"] == school, rows["group"] == group))

    found = warehouse.rows_of(
        paths,
        schema=SHELF_SCHEMA,
        key=("school", group),
        build=build,
        numbers=[school],
    )
    return _at_home(found, shelves)


def of_areas(
    shelves: Sequence[OpenShelf],
    places: Sequence[Place],
    *,
    group: str,
    periods: Collection[str] = (),
) -> list[Shown]:
    """Return all values of networks and the district in one group.

    Args:
        shelves: The shelves in use.
        places: The places asked for.
        group: The group.
        periods: Only these periods; all when empty.
    """
    if not places:
        return []
    levels = tuple(place.level.value for place in places)
    ordered = tuple(sorted(periods))

    def build(rows: ir.Table, *ids: int) -> ir.Table:
        some = reduce(
            or_,
            (
                (rows["level"] == level) & (rows["place_id"] == place)
                for level, place in zip(levels, ids, strict=True)
            ),
        )
        wanted = rows.filter(some, rows["group"] == group)
        return _shown(
            wanted.filter(wanted["period"].isin(ordered)) if ordered else wanted
        )

    found = warehouse.rows_of(
        [shelf.folder / AREAS for shelf in shelves],
        schema=SHELF_SCHEMA,
        key=("areas", levels, group, ordered),
        build=build,
        numbers=[place.id for place in places],
    )
    return _at_home(found, shelves)


def latest(
    shelves: Sequence[OpenShelf],
    *,
    schools: Collection[int],
    keys: Collection[str] = (),
    only_signals: bool = False,
) -> list[Shown]:
    """Return the latest value of each indicator of these schools, for all of a school.

    Args:
        shelves: The shelves in use.
        schools: The schools.
        keys: Only these indicators; all when empty.
        only_signals: Only values beyond what is usual.
    """
    rows = _by_indicator(shelves, keys)
    wanted = rows.filter(
        rows["level"] == Level.SCHOOL.value, rows["group"] == "", rows["is_latest"]
    )
    if keys:
        wanted = wanted.filter(wanted["indicator"].isin(list(keys)))
    if only_signals:
        wanted = wanted.filter(wanted["signal"] != "")
    if len(schools) <= MOST_NAMED:
        wanted = wanted.filter(wanted["place_id"].isin(list(schools)))
    asked = frozenset(schools)
    return [row for row in _current(wanted, shelves) if row.place_id in asked]


MOST_NAMED = 200
"""More schools than this are not named in a question; their rows are picked out."""


def _by_indicator(shelves: Sequence[OpenShelf], keys: Collection[str] = ()) -> ir.Table:
    wanted = frozenset(keys)
    return shelf_table(
        [
            shelf.folder / BY_INDICATOR
            for shelf in shelves
            if not wanted or wanted & shelf.keys
        ]
    )


def restated(
    shelves: Sequence[OpenShelf], *, loads: Collection[int], limit: int
) -> list[Shown]:
    """Return the values of schools that these loads restated, the latest load first."""
    rows = _by_indicator(shelves)
    wanted = rows.filter(
        rows["level"] == Level.SCHOOL.value,
        rows["old_load_id"].notnull(),
        rows["load_id"].isin(list(loads)),
    )
    order = [wanted["load_id"].desc(), "indicator", "period", "place_id", "group"]
    return _current(wanted.order_by(order).limit(limit), shelves)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a list of one indicator's values asks for.

    Attributes:
        key: The indicator.
        level: Of which places.
        place_id: One place; None for all.
        period: One period; "" for all.
        group: One group; None for all.
        schools: Only these places; None for all.
        after: Period, place and group of the last row of the page before.
    """

    key: str
    level: Level
    place_id: int | None = None
    period: str = ""
    group: str | None = ""
    schools: frozenset[int] | None = None
    after: tuple[str, int, str] | None = None


def page(
    shelves: Sequence[OpenShelf], asked: Asked, *, limit: int | None
) -> list[Shown]:
    """Return one page of an indicator's values, by period, place and group."""
    rows = _by_indicator(shelves, [asked.key])
    wanted = rows.filter(
        rows["indicator"] == asked.key, rows["level"] == asked.level.value
    )
    for name, value in _wishes(asked).items():
        wanted = wanted.filter(wanted[name] == value)
    if asked.schools is not None:
        wanted = wanted.filter(wanted["place_id"].isin(sorted(asked.schools)))
    if asked.after is not None:
        wanted = wanted.filter(_later(wanted, asked.after))
    ordered = wanted.order_by(["period", "place_id", "group"])
    return _current(ordered if limit is None else ordered.limit(limit), shelves)


def _wishes(asked: Asked) -> Mapping[str, Any]:
    wishes = {
        "place_id": asked.place_id,
        "period": asked.period or None,
        "group": asked.group,
    }
    return {name: value for name, value in wishes.items() if value is not None}


def _later(rows: ir.Table, after: tuple[str, int, str]) -> ir.BooleanValue:
    period, place, group = after
    later: ir.BooleanValue = (rows["period"] > period) | (
        (rows["period"] == period)
        & (
            (rows["place_id"] > place)
            | ((rows["place_id"] == place) & (rows["group"] > group))
        )
    )
    return later


def _file_of(shelf: OpenShelf, school: int) -> int | None:
    number = bisect_left(shelf.bounds, school)
    return number if number < len(shelf.bounds) else None


def _current(expression: ir.Table, shelves: Sequence[OpenShelf]) -> list[Shown]:
    """Return the rows that stand on the shelf of their indicator."""
    return _at_home(warehouse.rows(_shown(expression)), shelves)


def _shown(expression: ir.Table) -> ir.Table:
    return expression.select(*SHOWN.names)


def _at_home(
    rows: Iterable[tuple[Any, ...]], shelves: Sequence[OpenShelf]
) -> list[Shown]:
    at_home = {key: shelf.folder.name for shelf in shelves for key in shelf.keys}
    found = map(Shown._make, rows)
    return [row for row in found if at_home.get(row.indicator) == row.shelf]
