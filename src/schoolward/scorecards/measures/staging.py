"""Reading a load's values into a fact file, and what they change."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from schoolward.analytics import warehouse
from schoolward.scorecards.domain import (
    MOST_REFUSALS,
    LoadOutcome,
    RefusedValue,
    Shape,
    State,
    Unit,
    ValueRow,
    problem_of,
)
from schoolward.scorecards.measures.current import HAIR, KEY, current_values


STAGED = warehouse.FACTS.append(pa.field("row", pa.int64())).append(
    pa.field("column", pa.string())
)
COMPARED = ["state", "value", "numerator", "denominator", "n", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a load's values come from."""

    load_id: int
    source_id: int
    file_year: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedFacts:
    """A written fact file that nobody names yet.

    Attributes:
        path: The file; None when the load says nothing that is not known already.
        keys: The indicators its facts speak of.
        outcome: What the load does.
    """

    path: Path | None
    keys: tuple[str, ...]
    outcome: LoadOutcome


class Refusals:
    """Counts all refusals and keeps the first in full."""

    def __init__(self) -> None:
        """Start with none."""
        self.count = 0
        self.told: list[RefusedValue] = []

    def add(self, refused: RefusedValue) -> None:
        """Add one."""
        self.count += 1
        if len(self.told) < MOST_REFUSALS:
            self.told.append(refused)


def stage_facts(
    rows: Iterable[ValueRow],
    *,
    shapes: Mapping[str, Shape],
    origin: Origin,
    fact_paths: Sequence[Path],
) -> StagedFacts:
    """Write a load's values to a fact file and reckon what they change.

    Args:
        rows: The values, read once, as they come.
        shapes: What values of each known indicator may look like.
        origin: Where they come from.
        fact_paths: The fact files in use.
    """
    refusals = Refusals()
    with warehouse.work_folder() as work:
        raw = work / "raw.parquet"
        batches = _batches(_taken(rows, shapes, refusals), shapes, origin)
        warehouse.write_batches(batches, raw, schema=STAGED)
        staged = warehouse.table([raw], schema=ibis.schema(STAGED))
        kept = _single(staged, refusals)
        step = warehouse.save(kept, work / "single.parquet")
        single = warehouse.facts([step])
        counts = _counts(single, warehouse.facts(fact_paths), origin)
        return _written(single, counts, refusals)


def _taken(
    rows: Iterable[ValueRow], shapes: Mapping[str, Shape], refusals: Refusals
) -> Iterator[ValueRow]:
    """Yield the values that can be; refuse the others."""
    for row in rows:
        refused = _refused(row, shapes.get(row.indicator))
        if refused is None:
            yield row
        else:
            refusals.add(refused)


def _refused(row: ValueRow, shape: Shape | None) -> RefusedValue | None:
    if shape is None:
        return _refusal(
            row,
            reason=f"There is no indicator “{row.indicator}”.",
            remedy="Add it to the catalogue, or leave the column out of the map.",
        )
    problem = problem_of(row, shape)
    if problem is None:
        return None
    return _refusal(row, reason=problem.reason, remedy=problem.remedy)


def _refusal(row: ValueRow, *, reason: str, remedy: str) -> RefusedValue:
    shown = row.text or ("" if row.value is None else f"{row.value:g}")
    return RefusedValue(
        row=row.row, column=row.column, value=shown, reason=reason, remedy=remedy
    )


def _batches(
    rows: Iterator[ValueRow], shapes: Mapping[str, Shape], origin: Origin
) -> Iterator[dict[str, list[Any]]]:
    while some := list(islice(rows, warehouse.BATCH)):
        yield {
            "indicator": [row.indicator for row in some],
            "place_kind": [row.place_kind.value for row in some],
            "place_id": [row.place_id for row in some],
            "period": [row.period for row in some],
            "group": [row.group for row in some],
            "state": [row.state.value for row in some],
            "value": [_value(row, shapes[row.indicator]) for row in some],
            "numerator": [_float(row.numerator) for row in some],
            "denominator": [_float(row.denominator) for row in some],
            "n": [row.n for row in some],
            "text": [row.text for row in some],
            "source": [origin.source_id] * len(some),
            "load_id": [origin.load_id] * len(some),
            "file_year": [origin.file_year] * len(some),
            "row": [row.row for row in some],
            "column": [row.column for row in some],
        }


def _float(number: float | None) -> float | None:
    return None if number is None else float(number)


def _value(row: ValueRow, shape: Shape) -> float | None:
    if row.state is not State.VALUE:
        return None
    if shape.unit is Unit.ORDINAL:
        step = shape.step_of(row.text)
        return None if step is None else float(step)
    return _float(row.value)


def _single(staged: ir.Table, refusals: Refusals) -> ir.Table:
    """Keep one fact per key; refuse those of which the file says two things."""
    said = staged.filter(staged["state"] != State.MISSING.value)
    doubled = said.group_by(KEY).aggregate(ways=_said(said).nunique())
    torn = doubled.filter(doubled["ways"] > 1).select(*KEY)
    for row in warehouse.stream(_torn_rows(said, torn)):
        refusals.add(_twice(row))
    line = ibis.window(
        group_by=KEY, order_by=[staged["state"] == State.MISSING.value, staged["row"]]
    )
    numbered = staged.mutate(turn=ibis.row_number().over(line))
    first = numbered.filter(numbered["turn"] == 0)
    return first.anti_join(torn, KEY).select(*warehouse.FACTS.names)


def _said(facts: ir.Table) -> ir.StringValue:
    """Return all that a fact says as one text, to tell facts apart."""
    parts = [facts[name].cast("string").fill_null("–") for name in COMPARED]
    joined: ir.StringValue = ibis.literal("|").join(parts)
    return joined


def _torn_rows(said: ir.Table, torn: ir.Table) -> ir.Table:
    columns = ["row", "column", "value", "text", "indicator", "period"]
    return said.semi_join(torn, KEY).select(*columns).order_by(["row", "column"])


def _twice(row: tuple[Any, ...]) -> RefusedValue:
    number, column, value, text, indicator, period = row
    return RefusedValue(
        row=number,
        column=column,
        value=text or ("" if value is None else f"{value:g}"),
        reason=f"The file says two different things of {indicator} in {period} for one "
        "place and group.",
        remedy="Find out which is right and keep that one.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counts:
    new: int
    changed: int
    unchanged: int
    restated: int
    is_known: bool


def _counts(single: ir.Table, facts: ir.Table, origin: Origin) -> _Counts:
    """Compare staged facts with the current values of the files in use."""
    said = single.filter(single["state"] != State.MISSING.value)
    wanted = facts.semi_join(said.select("indicator").distinct(), "indicator")
    now = current_values(wanted).rename(
        {f"now_{name}": name for name in (*COMPARED, "file_year", "load_id", "source")}
    )
    names = [f"now_{name}" for name in (*COMPARED, "file_year", "source")]
    joined = said.left_join(now.select(*KEY, *names), KEY, rname="{name}_now")
    is_new = joined["now_state"].isnull()
    outweighed = joined["now_file_year"] > joined["file_year"]
    differs = ~is_new & ~outweighed & _differs(joined)
    own = (joined["now_file_year"] == origin.file_year) & (
        joined["now_source"] == origin.source_id
    )
    known = ~is_new & own & ~_differs(joined)
    totals = joined.aggregate(
        all=joined.count(),
        new=is_new.sum(),
        changed=differs.sum(),
        restated=(differs & (joined["now_file_year"] < joined["file_year"])).sum(),
        known=known.sum(),
    )
    every, new, changed, restated, known_count = (
        int(one or 0) for one in warehouse.rows(totals)[0]
    )
    return _Counts(
        new=new,
        changed=changed,
        unchanged=every - new - changed,
        restated=restated,
        is_known=known_count == every,
    )


def _differs(joined: ir.Table) -> ir.BooleanValue:
    """Return whether a staged fact says something else than the current one."""
    differs = (joined["state"] != joined["now_state"]) | (
        joined["text"] != joined["now_text"]
    )
    for name in ("value", "numerator", "denominator", "n"):
        one, other = joined[name], joined[f"now_{name}"]
        apart = ((one - other).abs() > HAIR).fill_null(False)  # noqa: FBT003
        differs = differs | apart | (one.isnull() != other.isnull())
    found: ir.BooleanValue = differs
    return found


def _written(single: ir.Table, counts: _Counts, refusals: Refusals) -> StagedFacts:
    outcome = LoadOutcome(
        new=counts.new,
        changed=counts.changed,
        unchanged=counts.unchanged,
        restated=counts.restated,
        refused=tuple(refusals.told),
        refused_count=refusals.count,
    )
    if counts.is_known:
        return StagedFacts(path=None, keys=(), outcome=outcome)
    path = warehouse.save(
        single.order_by(["indicator", "period", "place_kind", "place_id", "group"]),
        warehouse.folder(warehouse.FACT_FOLDER) / f"{uuid4().hex}.parquet",
        row_group=65_536,
    )
    keys = warehouse.rows(warehouse.facts([path]).select("indicator").distinct())
    return StagedFacts(
        path=path,
        keys=tuple(sorted(row[0] for row in keys)),
        outcome=replace(outcome, fact_count=warehouse.row_count(path)),
    )
