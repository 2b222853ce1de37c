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
from schoolward.scorecards.measures.shelf import (
    AREAS,
    BY_INDICATOR,
    LATEST,
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

    def build(rows: ir.Table, school: int, group: str) -> ir.Table:
        return _shown(rows.filter(rows["place_id"] == school, rows["group"] == group))

    found = warehouse.rows_of(
        paths,
        schema=SHELF_SCHEMA,
        key="school",
        build=build,
        numbers=[school],
        words=[group],
    )
    return _at_home(found, shelves)


def of_areas(
    shelves: Sequence[OpenShelf],
    places: Sequence[Place],
    *,
    group: str,
    periods: Collection[str] = (),
    key: str = "",
) -> list[Shown]:
    """Return all values of networks and the district in one group.

    Args:
        shelves: The shelves in use.
        places: The places asked for.
        group: The group.
        periods: Only these periods; all when empty.
        key: Only this indicator; all when empty.
    """
    if not places:
        return []
    levels = tuple(place.level.value for place in places)
    words = [group, *sorted(periods), *([key] if key else [])]

    def build(rows: ir.Table, *given: int | str) -> ir.Table:
        ids, (group, *rest) = given[: len(levels)], given[len(levels) :]
        some = reduce(
            or_,
            (
                (rows["level"] == level) & (rows["place_id"] == place)
                for level, place in zip(levels, ids, strict=True)
            ),
        )
        wanted = rows.filter(some, rows["group"] == group)
        if key:
            wanted = wanted.filter(wanted["indicator"] == rest.pop())
        return _shown(wanted.filter(wanted["period"].isin(rest)) if rest else wanted)

    found = warehouse.rows_of(
        [shelf.folder / AREAS for shelf in shelves],
        schema=SHELF_SCHEMA,
        key=("areas", levels, len(periods), bool(key)),
        build=build,
        numbers=[place.id for place in places],
        words=words,
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
    if not schools:
        return []
    named = tuple(sorted(schools)) if len(schools) <= MOST_NAMED else ()
    wanted = tuple(sorted(keys))

    def build(rows: ir.Table, *ids: int) -> ir.Table:
        some = rows
        if wanted:
            some = some.filter(some["indicator"].isin(wanted))
        if only_signals:
            some = some.filter(some["signal"] != "")
        return _shown(some.filter(some["place_id"].isin(ids)) if ids else some)

    found = warehouse.rows_of(
        _files_with(LATEST, shelves, keys),
        schema=SHELF_SCHEMA,
        key=("latest", wanted, only_signals, len(named)),
        build=build,
        numbers=named,
    )
    asked = frozenset(schools)
    return [row for row in _at_home(found, shelves) if row.place_id in asked]


MOST_NAMED = 200
"""More schools than this are not named in a question; their rows are picked out."""


def _files_with(
    name: str, shelves: Sequence[OpenShelf], keys: Collection[str] = ()
) -> list[Path]:
    """Return a file of each shelf that bears any of these indicators."""
    wanted = frozenset(keys)
    return [
        shelf.folder / name for shelf in shelves if not wanted or wanted & shelf.keys
    ]


def restated(
    shelves: Sequence[OpenShelf], *, loads: Collection[int], limit: int
) -> list[Shown]:
    """Return the values of schools that these loads restated, the latest load first."""
    rows = shelf_table(_files_with(BY_INDICATOR, shelves))
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
    wishes = _wishes(asked)
    numbers = [one for one in wishes.values() if isinstance(one, int)]
    words = [one for one in wishes.values() if isinstance(one, str)]
    whose = sorted(asked.schools or ())
    if asked.schools is not None and not whose:
        return []

    def build(rows: ir.Table, *given: int | str) -> ir.Table:
        ids, rest = given[: len(whose)], given[len(whose) :]
        wanted = rows.filter(_matches(rows, wishes, rest))
        wanted = wanted.filter(wanted["place_id"].isin(ids)) if ids else wanted
        ordered = wanted.order_by(["period", "place_id", "group"])
        return _shown(ordered if limit is None else ordered.limit(limit))

    found = warehouse.rows_of(
        _files_with(BY_INDICATOR, shelves, [asked.key]),
        schema=SHELF_SCHEMA,
        key=("page", tuple(wishes), len(whose), limit),
        build=build,
        numbers=[*whose, *numbers],
        words=words,
    )
    return _at_home(found, shelves)


def places_of(shelves: Sequence[OpenShelf], asked: Asked) -> list[int]:
    """Return the places of which an indicator has a row in a period and group."""

    def build(rows: ir.Table, *words: str) -> ir.Table:
        names = ("indicator", "level", "period", "group")
        conditions = [rows[name] == one for name, one in zip(names, words, strict=True)]
        return rows.filter(conditions).select("place_id", "shelf")

    found = warehouse.rows_of(
        _files_with(BY_INDICATOR, shelves, [asked.key]),
        schema=SHELF_SCHEMA,
        key="places",
        build=build,
        words=[asked.key, asked.level.value, asked.period, asked.group or ""],
    )
    own = {shelf.folder.name for shelf in shelves if asked.key in shelf.keys}
    return [place for place, shelf in found if shelf in own]


def _wishes(asked: Asked) -> dict[str, int | str]:
    """Return what is asked for by column, and the row to go on after."""
    period, place, group = asked.after or (None, None, None)
    wishes = {
        "place_id": asked.place_id,
        "after_place_id": place,
        "indicator": asked.key,
        "level": asked.level.value,
        "period": asked.period or None,
        "group": asked.group,
        "after_period": period,
        "after_group": group,
    }
    return {name: one for name, one in wishes.items() if one is not None}


def _matches(
    rows: ir.Table, wishes: Mapping[str, int | str], given: Sequence[int | str]
) -> list[ir.BooleanValue]:
    """Return the conditions of a page, on stand-ins: numbers first, then words."""
    names = sorted(wishes, key=lambda name: isinstance(wishes[name], str))
    value = dict(zip(names, given, strict=True))
    found = [rows[name] == one for name, one in value.items() if name in SHOWN.names]
    if "after_period" in value:
        found.append(_later(rows, value))
    return found


def _later(rows: ir.Table, after: Mapping[str, int | str]) -> ir.BooleanValue:
    period, place = after["after_period"], after["after_place_id"]
    later: ir.BooleanValue = (rows["period"] > period) | (
        (rows["period"] == period)
        & (
            (rows["place_id"] > place)
            | ((rows["place_id"] == place) & (rows["group"] > after["after_group"]))
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
