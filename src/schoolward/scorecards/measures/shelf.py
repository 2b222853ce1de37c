"""A shelf: what it holds, and how its rows are laid out to be read.

The rows are written twice: by indicator, and by place in files of a few schools each, so
that a school's page opens one small file. The last value of each school and indicator is
written once more, for the lists of what moved.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from schoolward.analytics import warehouse
from schoolward.scorecards.measures.remembered import (
    CELLS,
    GUARDED,
    HIDDEN_SCHEMA,
    TABLES,
)
from schoolward.scorecards.measures.rollups import Level


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

SHELF_SCHEMA = ibis.schema(SHOWN)
ROWS_PER_FILE = 150_000
ROW_GROUP = 122_880
"""Rows of a list that are read together. Measured at 15 million rows: many small groups
cost more, as the statistics of each are looked at in every read."""

PLACE = ["level", "place_id"]
BY_INDICATOR, AREAS, LATEST = "by-indicator.parquet", "areas.parquet", "latest.parquet"


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


def lay_out(parts: Sequence[Path], folder: Path, *, work: Path) -> MadeShelf:
    """Write the rows by indicator and by place, and what was found about small cells.

    Args:
        parts: Folders of some indicators each, in order of key.
        folder: The shelf's folder.
        work: For steps on the way.
    """
    for name, schema in ((CELLS, HIDDEN_SCHEMA), (TABLES, ibis.schema(GUARDED))):
        _join([part / name for part in parts], folder / name, schema=schema)
    by_indicator = _join(
        [part / BY_INDICATOR for part in parts],
        folder / BY_INDICATOR,
        row_group=ROW_GROUP,
    )
    rows = shelf_table([by_indicator])
    schools = rows.filter(rows["level"] == Level.SCHOOL.value)
    files = _files(schools)
    for number, path in _by_place(schools, files, work / "schools"):
        path.rename(folder / place_file(number))
    _save_latest(schools, folder / LATEST)
    areas = rows.filter(rows["level"] != Level.SCHOOL.value)
    sorted_areas = _by_place(areas, _files(areas), work / "areas")
    _join([path for _number, path in sorted_areas], folder / AREAS, row_group=8_192)
    return MadeShelf(
        bounds=_bounds(files),
        row_count=warehouse.row_count(by_indicator),
        contents=_contents(schools),
    )


def _join(
    paths: Sequence[Path],
    path: Path,
    *,
    schema: ibis.Schema = SHELF_SCHEMA,
    row_group: int = 16_384,
) -> Path:
    """Put files one after the other."""
    if len(paths) == 1:
        return paths[0].rename(path)
    rows = warehouse.table(paths, schema=schema)
    return warehouse.save(rows, path, row_group=row_group)


def _save_latest(schools: ir.Table, path: Path) -> None:
    """Write the last value of each school and indicator, all students, by place."""
    rows = schools.filter(schools["is_latest"], schools["group"] == "")
    ordered = rows.order_by(["place_id", "indicator"])
    warehouse.save(ordered, path, row_group=8_192)


def _files(rows: ir.Table) -> dict[tuple[str, int], int]:
    """Return the file of each place, in order, so that no file holds too many rows."""
    counted = rows.group_by(PLACE).aggregate(rows=rows.count()).order_by(PLACE)
    found: dict[tuple[str, int], int] = {}
    number, held = 0, 0
    for level, place, count in warehouse.rows(counted):
        if held and held + count > ROWS_PER_FILE:
            number, held = number + 1, 0
        held += count
        found[level, place] = number
    return found


def _bounds(files: Mapping[tuple[str, int], int]) -> tuple[int, ...]:
    """Return the last school of each file."""
    last = {number: place for (_level, place), number in files.items()}
    return tuple(last[number] for number in sorted(last))


def _by_place(
    rows: ir.Table, files: Mapping[tuple[str, int], int], work: Path
) -> Iterator[tuple[int, Path]]:
    """Yield files of rows in order of place, with their numbers.

    Each row is read once to find its file, however many files there are, and only one
    file is put in order at a time.
    """
    work.mkdir(parents=True)
    for number, some in _parted(rows, files, work):
        order = [*PLACE, "group", "indicator", "period"]
        path = work / place_file(number)
        yield number, warehouse.save(some.order_by(order), path, row_group=8_192)


def _parted(
    rows: ir.Table, files: Mapping[tuple[str, int], int], work: Path
) -> Iterator[tuple[int, ir.Table]]:
    if len(set(files.values())) <= 1:
        yield 0, rows
        return
    numbers = ibis.memtable(
        pa.table(
            {
                "level": [level for level, _place in files],
                "place_id": [place for _level, place in files],
                "file": list(files.values()),
            }
        )
    )
    split = warehouse.split(rows.inner_join(numbers, PLACE), work, by="file")
    for number, paths in sorted(split.items()):
        yield number, shelf_table(paths)


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


def place_file(number: int) -> str:
    """Return the name of a file by place."""
    return f"place-{number:04d}.parquet"


def shelf_table(paths: Sequence[Path]) -> ir.Table:
    """Return files of shelves as one table of the columns of SHOWN."""
    return warehouse.table(paths, schema=SHELF_SCHEMA)
