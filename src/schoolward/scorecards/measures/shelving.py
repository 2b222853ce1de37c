"""Making a shelf: every value of some indicators as it is shown, laid out to be read.

Facts become current values; small cells are withheld; networks and the district are
reckoned; signals are found on what shows. Some indicators are reckoned at a time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

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
from schoolward.scorecards.measures.shelf import (
    BY_INDICATOR,
    ROW_GROUP,
    SHOWN,
    MadeShelf,
    lay_out,
)


BOUNDED = "bounded"
CURRENT, BEFORE_SIGNALS_FILE = "current.parquet", "shown.parquet"
CELL = ["indicator", "period", "level", "place_id", "group"]
FACTS_AT_ONCE = 1_500_000
"""How many facts are reckoned at a time, so that a large district needs no more memory."""


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
        shares = _shares(plan, work / "facts")
        parts = []
        for number, share in enumerate(shares):
            part = work / f"part-{number:04d}"
            part.mkdir()
            told = _counted(say, number + 1, len(shares))
            _make_part(share, part, shelf=folder.name, say=told)
            parts.append(part)
        say("Laying out")
        return lay_out(parts, folder, work=work / "places")


def _counted(
    say: Callable[[str], None], number: int, count: int
) -> Callable[[str], None]:
    """Return a way to say which part of how many is at work."""
    if count == 1:
        return say
    return lambda words: say(f"{words} ({number} of {count})")


def _shares(plan: ShelfPlan, work: Path) -> list[ShelfPlan]:
    """Return plans of some indicators each, with facts of their own, in order of key."""
    keys = [one.key for one in plan.definitions]
    facts = warehouse.facts(plan.fact_paths)
    facts = facts.filter(facts["indicator"].isin(keys))
    counted = facts.group_by("indicator").aggregate(rows=facts.count())
    counts = dict(warehouse.rows(counted))
    shares = _in_shares(sorted(plan.definitions, key=lambda one: one.key), counts)
    if len(shares) == 1:
        return [plan]
    numbers = ibis.memtable(
        pa.table(
            {
                "indicator": [one.key for share in shares for one in share],
                "share": [n for n, share in enumerate(shares) for _ in share],
            }
        )
    )
    paths = warehouse.split(facts.inner_join(numbers, "indicator"), work, by="share")
    return [
        replace(plan, definitions=share, fact_paths=paths.get(number, []))
        for number, share in enumerate(shares)
    ]


def _in_shares(
    definitions: Sequence[Definition], counts: Mapping[str, int]
) -> list[list[Definition]]:
    shares: list[list[Definition]] = [[]]
    held = 0
    for one in definitions:
        count = counts.get(one.key, 0)
        if shares[-1] and held + count > FACTS_AT_ONCE:
            shares.append([])
            held = 0
        shares[-1].append(one)
        held += count
    return shares


def _make_part(
    plan: ShelfPlan, part: Path, *, shelf: str, say: Callable[[str], None]
) -> None:
    """Write what shows of some indicators, in the order of a list."""
    say("Finding current values")
    grown = _grown(plan, part)
    say("Withholding small groups")
    hidden = _hidden(plan, grown, part)
    say("Reckoning networks and the district")
    whole = _with_signals(_whole(plan, grown, hidden, part), shelf=shelf)
    ordered = whole.order_by(["indicator", "level", "group", "period", "place_id"])
    warehouse.save(ordered, part / BY_INDICATOR, row_group=ROW_GROUP)
    for step in (CURRENT, BEFORE_SIGNALS_FILE):
        (part / step).unlink()


def _grown(plan: ShelfPlan, work: Path) -> ir.Table:
    facts = warehouse.facts(plan.fact_paths)
    keys = [one.key for one in plan.definitions]
    current = current_values(facts.filter(facts["indicator"].isin(keys)))
    grown = hiding.sized(
        hiding.without_closed(current), definitions=definitions_table(plan.definitions)
    )
    return _kept(grown, work / CURRENT)


def _kept(expression: ir.Table, path: Path) -> ir.Table:
    """Write a step on the way, and return the file as a table."""
    return warehouse.table(
        [warehouse.save(expression, path)], schema=expression.schema()
    )


def _hidden(plan: ShelfPlan, grown: ir.Table, part: Path) -> ir.Table:
    frame = Frame(
        definitions={one.key: one for one in plan.definitions},
        then=plan.then,
        today=plan.today,
    )
    looking = Hiding(frame=frame, folder=part, earlier=plan.earlier)
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
    return _kept(_masked(rows, hidden), work / BEFORE_SIGNALS_FILE)


ADDED = {"low", "high", "signal", "center", "reach", "points", "is_latest", "shelf"}

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
