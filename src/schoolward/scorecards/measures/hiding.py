"""Which values must not show: the small-cell engine run over every table that needs it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from schoolward.analytics import warehouse
from schoolward.analytics.smallcells import (
    EXTREME_COUNT,
    Cell,
    Rules,
    Withheld,
    protect,
)
from schoolward.scorecards.domain import State, Unit
from schoolward.scorecards.measures import remembered
from schoolward.scorecards.measures.remembered import (
    CELLS,
    GUARDED,
    HIDDEN,
    HIDDEN_SCHEMA,
    SIGNS,
    TABLE,
    TABLES,
    Frame,
)
from schoolward.scorecards.measures.rollups import Level


def without_closed(current: ir.Table) -> ir.Table:
    """Withhold every group of a school whose whole the file withheld."""
    closed = current.filter(
        current["group"] == "", current["state"] == State.SUPPRESSED.value
    ).select("indicator", "place_kind", "place_id", "period")
    marked = closed.distinct().mutate(is_closed=ibis.literal(True))  # noqa: FBT003
    keys = ["indicator", "place_kind", "place_id", "period"]
    joined = current.left_join(marked, keys, rname="{name}_closed")
    shut = joined["is_closed"].fill_null(False)  # noqa: FBT003
    return joined.mutate(
        state=shut.ifelse(State.SUPPRESSED.value, joined["state"])
    ).select(*current.columns)


def sized(current: ir.Table, *, definitions: ir.Table) -> ir.Table:
    """Add how many people stand behind each value, and how many of them are counted.

    Returns:
        The rows of `current` with `size` and `count` (floats, null when the file does
        not say) and `is_guarded`: the value is small, near none or all, or leaves a
        small rest. Values of indicators with no people behind them have no size.
    """
    known = current.inner_join(definitions, "indicator")
    is_count = known["unit"] == Unit.COUNT.value
    size = size_of(
        known["n"].cast("float64"),
        is_count.ifelse(known["value"], ibis.null("float64")),
        known["denominator"],
    )
    people = known["minimum"].notnull()
    grown = known.mutate(size=people.ifelse(size, ibis.null("float64")))
    earlier = _is_small(grown["old_n"], grown)
    kept = grown.mutate(
        size=earlier.ifelse(grown["old_n"].cast("float64"), grown["size"])
    )
    counted = kept.mutate(count=_count(kept))
    return counted.mutate(is_guarded=_is_guarded(counted))


def size_of(*given: ir.NumericValue) -> ir.NumericValue:
    """Return the smallest group that a row's numbers speak of.

    A file may give a large n beside a share of six students: the six must not show.
    A zero counts only where nothing else is given, for nobody stands behind it.
    """
    some = [one.nullif(0) for one in given]
    least = reduce(_lesser, some)
    return ibis.coalesce(least, *given)


def _lesser(one: ir.NumericValue, other: ir.NumericValue) -> ir.NumericValue:
    """Return the lesser of two; stores differ in what `least` makes of a null."""
    return ibis.coalesce(ibis.least(one, other), one, other)


def _count(known: ir.Table) -> ir.FloatingValue:
    whole = known["denominator"] == known["size"]
    exact = whole.ifelse(known["numerator"], ibis.null("float64"))
    count: ir.FloatingValue = known["guards_extremes"].ifelse(
        ibis.coalesce(exact, known["value"] * known["size"]), ibis.null("float64")
    )
    return count


def _is_small(size: ir.Value, known: ir.Table) -> ir.BooleanValue:
    small: ir.BooleanValue = ((size > 0) & (size < known["minimum"])).fill_null(
        False  # noqa: FBT003
    )
    return small


def _is_guarded(known: ir.Table) -> ir.BooleanValue:
    place = ibis.window(group_by=["indicator", "place_kind", "place_id", "period"])
    whole = known["size"].max(where=known["group"] == "").over(place)
    near = ibis.least(known["count"], known["size"] - known["count"]) < EXTREME_COUNT
    withheld = (known["state"] == State.SUPPRESSED.value) & known["minimum"].notnull()
    guarded: ir.BooleanValue = (
        withheld
        | _is_small(known["size"], known)
        | _is_small(whole - known["size"], known)
        | (near & (known["size"] > 0)).fill_null(False)  # noqa: FBT003
    )
    return guarded


@dataclass(frozen=True, slots=True, kw_only=True)
class Hiding:
    """Where the cells of a shelf are guarded, and what they are guarded by.

    Attributes:
        frame: The indicators and the networks.
        folder: Where what was found is kept, for the next shelf.
        earlier: By indicator, the shelf in use, whose answers hold where nothing has
            changed.
    """

    frame: Frame
    folder: Path
    earlier: Mapping[str, Path] = field(default_factory=dict)

    def find(self, grown: ir.Table) -> ir.Table:
        """Return which cells are withheld; only tables with a guarded cell are looked at.

        Args:
            grown: The rows of schools, as `sized` returns them.
        """
        wanted = _of_guarded_tables(grown)
        looked = warehouse.save(
            remembered.looked_at(wanted, frame=self.frame), self.folder / TABLES
        )
        tables = warehouse.table([looked], schema=ibis.schema(GUARDED))
        before, hidden_before = remembered.known_before(self.earlier)
        same = tables.semi_join(before, [*TABLE, "frame", *SIGNS])
        cells = warehouse.table(
            [
                warehouse.save(
                    hidden_before.semi_join(same, TABLE),
                    self.folder / "hidden-before.parquet",
                ),
                self._write(wanted.anti_join(same, TABLE)),
            ],
            schema=HIDDEN_SCHEMA,
        )
        kept = warehouse.save(cells, self.folder / CELLS)
        return warehouse.table([kept], schema=HIDDEN_SCHEMA)

    def _write(self, wanted: ir.Table) -> Path:
        path = self.folder / "hidden-now.parquet"
        with pq.ParquetWriter(path, HIDDEN) as writer:
            for (key, period), cells in _tables(wanted):
                rows = list(self._rows(cells, key=key, period=period))
                writer.write_table(pa.Table.from_pylist(rows, schema=HIDDEN))
        return path

    def _rows(
        self, cells: list[Cell], *, key: str, period: str
    ) -> Iterator[dict[str, Any]]:
        rule = self.frame.definitions[key]
        if rule.minimum is None:
            return
        found = protect(
            cells,
            rules=Rules(minimum=rule.minimum, guards_extremes=rule.guards_extremes),
            networks=self.frame.then.get(period, {}),
            today=self.frame.today,
        )
        yield from _rows(found, key=key, period=period)


def _of_guarded_tables(grown: ir.Table) -> ir.Table:
    guarded = grown.filter("is_guarded").select(*TABLE).distinct()
    known = grown["state"].isin([State.VALUE.value, State.SUPPRESSED.value])
    columns = [*TABLE, "place_id", "group", "size", "count", "state"]
    return grown.filter(known).semi_join(guarded, TABLE).select(*columns)


def _tables(wanted: ir.Table) -> Iterator[tuple[tuple[str, str], list[Cell]]]:
    ordered = wanted.order_by([*TABLE, "place_id", "group"])
    rows = warehouse.stream(ordered)
    for table, some in groupby(rows, key=itemgetter(0, 1)):
        yield table, [_cell(row) for row in some]


def _cell(row: tuple[Any, ...]) -> Cell:
    _indicator, _period, school, group, size, count, state = row
    return Cell(
        school=school,
        group=group,
        size=size,
        count=count,
        withheld=state == State.SUPPRESSED.value,
    )


def _rows(found: Withheld, *, key: str, period: str) -> Iterator[dict[str, Any]]:
    places = (
        (Level.SCHOOL, sorted(found.schools)),
        (Level.NETWORK_THEN, sorted(found.networks_then)),
        (Level.NETWORK_TODAY, sorted(found.networks_today)),
        (Level.DISTRICT, [(0, group) for group in sorted(found.district)]),
    )
    for level, cells in places:
        for place, group in cells:
            yield {
                "indicator": key,
                "period": period,
                "level": level.value,
                "place_id": place,
                "group": group,
            }
