"""What was found about small cells before, used again where nothing has changed.

Guarding one table (an indicator in a period) reads every cell of every school, so a
year's file must not have all other years guarded anew. Each shelf keeps which cells it
withholds and, for each table it looked at, what the answer was reckoned from.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from schoolward.analytics import warehouse
from schoolward.scorecards.measures.rollups import Definition


TABLE = ["indicator", "period"]
CELLS, TABLES = "hidden.parquet", "guarded.parquet"

ENGINE = 1
"""Raised when the rules of `analytics.smallcells` change: nothing earlier holds then."""

SIGNS = ["cells", "low", "low_sum", "high", "high_sum"]
GUARDED = warehouse.columns(
    indicator=pa.string(),
    period=pa.string(),
    frame=pa.string(),
    cells=pa.int64(),
    low=pa.int64(),
    low_sum=pa.int64(),
    high=pa.int64(),
    high_sum=pa.int64(),
)
"""One row is one table that was looked at: its frame and the signs of its cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a table's answer rests on besides its cells.

    Attributes:
        definitions: The indicators by key.
        then: By period, the network of each school on its last day.
        today: The network of each school today.
    """

    definitions: Mapping[str, Definition]
    then: Mapping[str, Mapping[int, int]]
    today: Mapping[int, int]

    def table(self) -> ir.Table:
        """Return the frame of every indicator and period, in few words."""
        now = _digest(sorted(self.today.items()))
        places = {
            period: _digest(sorted(members.items()))
            for period, members in self.then.items()
        }
        rows = [
            {
                "indicator": key,
                "period": period,
                "frame": _digest([ENGINE, one.minimum, one.guards_extremes, then, now]),
            }
            for key, one in self.definitions.items()
            for period, then in places.items()
        ]
        schema = warehouse.columns(
            indicator=pa.string(), period=pa.string(), frame=pa.string()
        )
        return ibis.memtable(
            pa.Table.from_pylist(rows, schema=schema), schema=ibis.schema(schema)
        )


def _digest(plain: object) -> str:
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()[:32]


def looked_at(cells: ir.Table, *, frame: Frame) -> ir.Table:
    """Return each table's frame and signs, the columns of GUARDED.

    Two tables whose counts of cells, sums and exclusive ors of both halves of the
    cells' 64-bit hashes agree are taken to be the same.
    """
    text = ibis.literal("|").join(
        [
            cells[name].cast("string").fill_null("-")
            for name in ("place_id", "group", "size", "count", "state")
        ]
    )
    marked = cells.mutate(mark=text.hash())
    halves = marked.mutate(half=marked["mark"] % 2**32, top=marked["mark"] // 2**32)
    signs = halves.group_by(TABLE).aggregate(
        cells=halves.count(),
        low=halves["half"].bit_xor(),
        low_sum=halves["half"].sum(),
        high=halves["top"].bit_xor(),
        high_sum=halves["top"].sum(),
    )
    framed = signs.inner_join(frame.table(), TABLE)
    return framed.select(*GUARDED.names)


def known_before(earlier: Mapping[str, Path]) -> tuple[ir.Table, ir.Table]:
    """Return the tables that were looked at, and the cells that are withheld.

    Args:
        earlier: By indicator, the folder of the shelf that shows it; what another
            shelf still holds of it is out of date.
    """
    keys: dict[Path, list[str]] = {}
    for key, folder in earlier.items():
        keys.setdefault(folder, []).append(key)
    kept = {folder: some for folder, some in keys.items() if (folder / TABLES).exists()}
    return (
        _own(kept, TABLES, schema=ibis.schema(GUARDED)),
        _own(kept, CELLS, schema=HIDDEN_SCHEMA),
    )


def _own(keys: Mapping[Path, list[str]], name: str, *, schema: ibis.Schema) -> ir.Table:
    found = warehouse.table([], schema=schema)
    for folder, some in keys.items():
        rows = warehouse.table([folder / name], schema=schema)
        found = found.union(rows.filter(rows["indicator"].isin(some)))
    return found


HIDDEN = warehouse.columns(
    indicator=pa.string(),
    period=pa.string(),
    level=pa.string(),
    place_id=pa.int64(),
    group=pa.string(),
)
HIDDEN_SCHEMA = ibis.schema(HIDDEN)
"""One row is one cell that is not shown; `level` says under which networks."""
