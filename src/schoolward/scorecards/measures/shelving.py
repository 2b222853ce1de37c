"""Making a shelf: every value of some indicators as it is shown, laid out to be read.

Facts become current values; small cells are withheld; networks and the district are
reckoned; signals are found on what shows. The rows are written twice: by indicator, and
by place in files of a few schools each, so that a school's page opens one small file.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from schoolward.analytics import spc, warehouse
from schoolward.analytics.smallcells import EXTREME_COUNT
from schoolward.scorecards.domain import PlaceKind, State, Unit
from schoolward.scorecards.measures import hiding
from schoolward.scorecards.measures.current import current_values
from schoolward.scorecards.measures.hiding import Hiding
from schoolward.scorecards.measures.remembered import Frame
from schoolward.scorecards.measures.rollups import (
    Basis,
    Definition,
    Level,
    definitions_table,
    memberships_table,
    roll_up,
)


SHOWN = warehouse.columns(
    level=pa.string(),
    place_id=pa.int64(),
    indicator=pa.string(),
    period=pa.string(),
    group=pa.string(),
    state=pa.string(),
    value=pa.float64(),
    numerator=pa.float64(),
    denominator=pa.float64(),
    n=pa.int64(),
    low=pa.float64(),
    high=pa.float64(),
    text=pa.string(),
    basis=pa.string(),
    school_count=pa.int64(),
    left_out=pa.int64(),
    source=pa.int64(),
    load_id=pa.int64(),
    file_year=pa.string(),
    old_state=pa.string(),
    old_value=pa.float64(),
    old_text=pa.string(),
    old_load_id=pa.int64(),
    old_file_year=pa.string(),
    signal=pa.string(),
    center=pa.float64(),
    reach=pa.float64(),
    points=pa.int64(),
    is_latest=pa.bool_(),
    shelf=pa.string(),
)
"""One row is one value as it is shown; whatever must not show is null here.

`low` and `high` are bounds of a value near none or all; `is_latest` marks the last
period of a place, indicator and group, and alone bears the limits of its series.
"""

BOUNDED = "bounded"
CELL = ["indicator", "period", "level", "place_id", "group"]
ROWS_PER_FILE = 150_000
BY_INDICATOR, AREAS = "by-indicator.parquet", "areas.parquet"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfPlan:
    """What a shelf is made from.

    Attributes:
        fact_paths: The fact files in use.
        definitions: The indicators to shelve.
        then: By period, the network of each school on its last day.
        today: The network of each school today.
        earlier: By indicator, the folder of the shelf in use; what it knows of small
            cells holds where nothing has changed.
    """

    fact_paths: Sequence[Path]
    definitions: Sequence[Definition]
    then: Mapping[str, Mapping[int, int]]
    today: Mapping[int, int]
    earlier: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeShelf:
    """A shelf as it lies on disk.

    Attributes:
        bounds: The last school of each file by place.
        row_count: The values on it.
        contents: By indicator, its groups, and how many schools it has by period.
    """

    bounds: tuple[int, ...]
    row_count: int
    contents: Mapping[str, "Contents"]


class Contents(TypedDict):
    """What a shelf holds of one indicator."""

    periods: dict[str, int]
    groups: list[str]


def periods_of(fact_paths: Sequence[Path], keys: Sequence[str]) -> tuple[str, ...]:
    """Return the periods that facts of these indicators speak of."""
    facts = warehouse.facts(fact_paths)
    wanted = facts.filter(facts["indicator"].isin(keys)).select("period").distinct()
    return tuple(sorted(row[0] for row in warehouse.rows(wanted)))


def make_shelf(
    plan: ShelfPlan, folder: Path, *, progress: Callable[[str], None] | None = None
) -> MadeShelf:
    """Write a shelf into a new folder and return what is on it."""
    say = progress or (lambda _words: None)
    folder.mkdir(parents=True)
    with warehouse.work_folder() as work:
        say("Finding current values")
        grown = _grown(plan, work)
        say("Withholding small groups")
        hidden = _hidden(plan, grown, folder=folder, work=work)
        say("Reckoning networks and the district")
        whole = _with_signals(_whole(plan, grown, hidden, work), shelf=folder.name)
        say("Laying out")
        return _lay_out(whole, folder)


def _grown(plan: ShelfPlan, work: Path) -> ir.Table:
    facts = warehouse.facts(plan.fact_paths)
    keys = [one.key for one in plan.definitions]
    current = current_values(facts.filter(facts["indicator"].isin(keys)))
    grown = hiding.sized(
        hiding.without_closed(current), definitions=definitions_table(plan.definitions)
    )
    return _kept(grown, work / "current.parquet")


def _kept(expression: ir.Table, path: Path) -> ir.Table:
    """Write a step on the way, and return the file as a table."""
    return warehouse.table(
        [warehouse.save(expression, path)], schema=expression.schema()
    )


def _hidden(plan: ShelfPlan, grown: ir.Table, *, folder: Path, work: Path) -> ir.Table:
    frame = Frame(
        definitions={one.key: one for one in plan.definitions},
        then=plan.then,
        today=plan.today,
    )
    looking = Hiding(frame=frame, folder=folder, work=work, earlier=plan.earlier)
    return looking.find(grown.filter(grown["place_kind"] == PlaceKind.SCHOOL.value))


def _whole(plan: ShelfPlan, grown: ir.Table, hidden: ir.Table, work: Path) -> ir.Table:
    definitions = definitions_table(plan.definitions)
    areas = roll_up(
        grown.drop("unit", "minimum", "guards_extremes", "level_step"),
        definitions=definitions,
        memberships=memberships_table(plan.then, today=plan.today),
    )
    rows = _of_schools(grown).union(_of_areas(areas, definitions))
    rows = rows.union(_published(grown, areas))
    return _kept(_masked(rows, hidden), work / "shown.parquet")


ADDED = {"low", "high", "signal", "center", "reach", "points", "is_latest", "shelf"}
SHELF_SCHEMA = ibis.schema(SHOWN)

MIDDLE = [name for name in SHOWN.names if name not in ADDED]
BEFORE_SIGNALS = [name for name in SHOWN.names if name in {*MIDDLE, "low", "high"}]
EXTRA = ["unit", "size", "count", "minimum"]


def _of_schools(grown: ir.Table) -> ir.Table:
    schools = grown.filter(grown["place_kind"] == PlaceKind.SCHOOL.value)
    return _as_published(schools, level=ibis.literal(Level.SCHOOL.value))


def _as_published(rows: ir.Table, *, level: ir.Value) -> ir.Table:
    return rows.mutate(
        level=level,
        basis=ibis.literal(Basis.PUBLISHED.value),
        school_count=ibis.null("int64"),
        left_out=ibis.null("int64"),
    ).select(*MIDDLE, *EXTRA)


def _of_areas(areas: ir.Table, definitions: ir.Table) -> ir.Table:
    known = areas.inner_join(definitions, "indicator")
    people, nothing = known["minimum"].notnull(), ibis.null("float64")
    by_count = (known["basis"] == Basis.SUM.value).ifelse(known["value"], nothing)
    by_parts = (known["basis"] == Basis.PARTS.value).ifelse(
        known["denominator"], nothing
    )
    size = hiding.size_of(known["n"].cast("float64"), by_count, by_parts)
    sized = known.mutate(size=people.ifelse(size, nothing))
    counted = sized.mutate(
        count=sized["guards_extremes"].ifelse(sized["value"] * sized["size"], nothing),
        state=ibis.literal(State.VALUE.value),
        text=ibis.literal(""),
        **{
            name: ibis.null(_type_of(name))
            for name in MIDDLE
            if name.startswith("old_") or name in {"source", "load_id", "file_year"}
        },
    )
    return counted.select(*MIDDLE, *EXTRA)


def _type_of(name: str) -> str:
    return str(ibis.schema(SHOWN)[name])


def _published(grown: ir.Table, areas: ir.Table) -> ir.Table:
    """Return what files publish for networks and the district and nothing reckons."""
    given = grown.filter(grown["place_kind"] != PlaceKind.SCHOOL.value)
    district = given.filter(given["place_kind"] == PlaceKind.DISTRICT.value)
    networks = given.filter(given["place_kind"] == PlaceKind.NETWORK.value)
    leveled = _as_published(district, level=ibis.literal(Level.DISTRICT.value))
    for level in (Level.NETWORK_TODAY, Level.NETWORK_THEN):
        leveled = leveled.union(
            _as_published(networks, level=ibis.literal(level.value))
        )
    return leveled.anti_join(areas, CELL)


def _masked(rows: ir.Table, hidden: ir.Table) -> ir.Table:
    """Withhold what is hidden, small or near none or all; show a bound where one may."""
    marked = rows.left_join(
        hidden.mutate(is_hidden=ibis.literal(True)),  # noqa: FBT003
        CELL,
        rname="{name}_hidden",
    )
    is_small = (marked["size"] > 0) & (marked["size"] < marked["minimum"])
    small = is_small.fill_null(False)  # noqa: FBT003
    few = marked["count"] < EXTREME_COUNT
    nearly_all = marked["size"] - marked["count"] < EXTREME_COUNT
    has_value = marked["state"] == State.VALUE.value
    extreme = (few | nearly_all).fill_null(False) & (marked["size"] > 0)  # noqa: FBT003
    bounded = has_value & extreme & ~small
    shut = marked["is_hidden"].fill_null(False) | small | bounded  # noqa: FBT003
    reach = ibis.least(EXTREME_COUNT / marked["size"], 0.5)
    nothing = ibis.null("float64")
    state = ibis.cases(
        (bounded, BOUNDED),
        (shut & (marked["state"] != State.NOT_ENOUGH.value), State.SUPPRESSED.value),
        else_=marked["state"],
    )
    blank = shut | ~has_value
    cleared = {
        name: blank.ifelse(ibis.null(_type_of(name)), marked[name])
        for name in ("value", "numerator", "denominator")
    }
    restated = {
        name: shut.ifelse(ibis.null(_type_of(name)), marked[name])
        for name in MIDDLE
        if name.startswith("old_")
    }
    return marked.mutate(
        state=state,
        low=(bounded & nearly_all).ifelse(1 - reach, nothing),
        high=(bounded & ~nearly_all).ifelse(reach, nothing),
        n=(blank & ~bounded).ifelse(ibis.null("int64"), marked["n"]),
        text=(shut & has_value).ifelse("", marked["text"]),
        **cleared,
        **restated,
    ).select(*BEFORE_SIGNALS, "unit")


def _with_signals(shown: ir.Table, *, shelf: str) -> ir.Table:
    """Add signals and limits of what shows; words have none."""
    known = shown.filter(
        shown["state"] == State.VALUE.value,
        shown["unit"] != Unit.ORDINAL.value,
        shown["value"].notnull(),
    )
    year = known["period"].substr(0, 4).cast("int64")
    series = ["level", "place_id", "indicator", "group"]
    points = known.mutate(year=year).select(*series, "period", "year", "value")
    found = spc.with_signals(points, series=series)
    marks = found.select(*CELL, "signal", "center", "reach", "points")
    joined = shown.left_join(marks, CELL, rname="{name}_signal")
    line = ibis.window(group_by=series)
    latest = joined["period"] == joined["period"].max().over(line)
    limited = latest & joined["reach"].notnull()
    return joined.mutate(
        signal=joined["signal"].fill_null(""),
        is_latest=latest,
        **{
            name: limited.ifelse(joined[name], ibis.null(_type_of(name)))
            for name in ("center", "reach", "points")
        },
        shelf=ibis.literal(shelf),
    ).select(*SHOWN.names)


def _lay_out(whole: ir.Table, folder: Path) -> MadeShelf:
    """Write the rows by indicator and by place."""
    by_indicator = warehouse.save(
        whole.order_by(["indicator", "level", "group", "period", "place_id"]),
        folder / BY_INDICATOR,
        row_group=32_768,
    )
    rows = shelf_table([by_indicator])
    areas = rows.filter(rows["level"] != Level.SCHOOL.value)
    _save_by_place(areas, folder / AREAS)
    schools = rows.filter(rows["level"] == Level.SCHOOL.value)
    bounds = _bounds(schools)
    for number, (first, last) in enumerate(_ranges(bounds)):
        some = schools.filter(schools["place_id"].between(first, last))
        _save_by_place(some, folder / place_file(number))
    return MadeShelf(
        bounds=bounds,
        row_count=warehouse.row_count(by_indicator),
        contents=_contents(schools),
    )


def _contents(schools: ir.Table) -> dict[str, Contents]:
    counted = schools.group_by(["indicator", "period", "group"]).aggregate(
        places=schools["place_id"].nunique()
    )
    found: dict[str, Contents] = {}
    order = ["indicator", "period", "group"]
    for key, period, group, places in warehouse.rows(counted.order_by(order)):
        contents = found.setdefault(key, Contents(periods={}, groups=[]))
        if group not in contents["groups"]:
            contents["groups"].append(group)
        known = contents["periods"].get(period, 0)
        contents["periods"][period] = max(known, places)
    return found


def _save_by_place(rows: ir.Table, path: Path) -> None:
    order = ["level", "place_id", "group", "indicator", "period"]
    warehouse.save(rows.order_by(order), path, row_group=8_192)


def place_file(number: int) -> str:
    """Return the name of a file by place."""
    return f"place-{number:04d}.parquet"


def shelf_table(paths: Sequence[Path]) -> ir.Table:
    """Return files of shelves as one table of the columns of SHOWN."""
    return warehouse.table(paths, schema=SHELF_SCHEMA)


def _bounds(schools: ir.Table) -> tuple[int, ...]:
    """Return the last school of each file, so that no file holds too many rows."""
    counted = schools.group_by("place_id").aggregate(rows=schools.count())
    bounds: list[int] = []
    held = 0
    last: int | None = None
    for place, rows in warehouse.rows(counted.order_by("place_id")):
        if last is not None and held + rows > ROWS_PER_FILE:
            bounds.append(last)
            held = 0
        held, last = held + rows, place
    return tuple(bounds) if last is None else (*bounds, last)


def _ranges(bounds: Sequence[int]) -> list[tuple[int, int]]:
    firsts = [0, *(bound + 1 for bound in bounds[:-1])]
    return list(zip(firsts, bounds, strict=True))
