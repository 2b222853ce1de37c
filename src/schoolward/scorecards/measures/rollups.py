"""What a network and the district reach, reckoned from their schools.

Ratios are reckoned anew from summed parts where every school gives its parts, weighted
by n where every school gives n, and otherwise are a mean of schools that is called so.
Worked example: docs/method/roll-ups.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from schoolward.analytics import warehouse
from schoolward.scorecards.domain import PlaceKind, State, Unit


class Level(StrEnum):
    """Which places a row of what is shown is about."""

    SCHOOL = "school"
    NETWORK_TODAY = "network_today"
    NETWORK_THEN = "network_then"
    DISTRICT = "district"


class Basis(StrEnum):
    """How a value came about."""

    PUBLISHED = "as published"
    SUM = "sum of schools"
    PARTS = "sum of parts"
    WEIGHTED = "weighted by n"
    MEAN = "mean of schools"
    AT_LEVEL = "share of schools at or above"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What reckoning needs to know of an indicator.

    Attributes:
        key: The indicator's key.
        unit: What it counts in.
        minimum: The smallest group shown; None where no people stand behind it.
        guards_extremes: Whether values near none or all are shown as bounds.
        level_step: The step of its scale from which on a roll-up counts a school.
    """

    key: str
    unit: Unit
    minimum: int | None
    guards_extremes: bool = False
    level_step: int | None = None


DEFINITIONS = warehouse.columns(
    indicator=pa.string(),
    unit=pa.string(),
    minimum=pa.int64(),
    guards_extremes=pa.bool_(),
    level_step=pa.int64(),
)
MEMBERSHIPS = warehouse.columns(
    level=pa.string(),
    period=pa.string(),
    school_id=pa.int64(),
    network_id=pa.int64(),
)
SUMMED = ["indicator", "level", "place_id", "period", "group"]


def definitions_table(definitions: Sequence[Definition]) -> ir.Table:
    """Return definitions as a table: one row per indicator."""
    rows = [
        {
            "indicator": one.key,
            "unit": one.unit.value,
            "minimum": one.minimum,
            "guards_extremes": one.guards_extremes,
            "level_step": one.level_step,
        }
        for one in definitions
    ]
    return ibis.memtable(pa.Table.from_pylist(rows, schema=DEFINITIONS))


def memberships_table(
    then: Mapping[str, Mapping[int, int]], *, today: Mapping[int, int]
) -> ir.Table:
    """Return who belonged where: one row per level, period and school.

    Args:
        then: By period, the network of each school on the period's last day.
        today: The network of each school today, held against every period.
    """
    rows = [
        {"level": level, "period": period, "school_id": school, "network_id": network}
        for period, by_school in then.items()
        for level, members in (
            (Level.NETWORK_THEN, by_school),
            (Level.NETWORK_TODAY, today),
        )
        for school, network in members.items()
    ]
    return ibis.memtable(pa.Table.from_pylist(rows, schema=MEMBERSHIPS))


def roll_up(
    current: ir.Table, *, definitions: ir.Table, memberships: ir.Table
) -> ir.Table:
    """Reckon every network's and the district's values from their schools.

    Args:
        current: One row per indicator, place, period and group, as `current_values`
            returns them; the values of schools whose whole the file withheld are not
            among them.
        definitions: One row per indicator: unit and level_step.
        memberships: One row per level, period and school: network_id.

    Returns:
        One row per indicator, level, place, period and group: value, numerator,
        denominator, n, basis, school_count (schools with a value) and left_out
        (schools whose value the file withheld).
    """
    schools = current.filter(current["place_kind"] == PlaceKind.SCHOOL.value)
    defined = schools.inner_join(definitions, "indicator")
    placed = _by_district(defined).union(_by_network(defined, memberships))
    return _reckoned(_summed(placed))


PARTS = ["indicator", "period", "group", "state", "value", "numerator", "denominator"]
PLACED = ["level", "place_id", *PARTS, "n", "unit", "level_step"]


def _by_district(schools: ir.Table) -> ir.Table:
    return schools.mutate(
        level=ibis.literal(Level.DISTRICT.value), place_id=ibis.literal(0, "int64")
    ).select(*PLACED)


def _by_network(schools: ir.Table, memberships: ir.Table) -> ir.Table:
    own = schools.rename(school_id="place_id")
    joined = own.inner_join(memberships, ["period", "school_id"])
    return joined.rename(place_id="network_id").select(*PLACED)


def _summed(placed: ir.Table) -> ir.Table:
    known = placed["state"] == State.VALUE.value
    parts = placed["numerator"].notnull() & (placed["denominator"] > 0)
    at_level = placed["value"] >= placed["level_step"]
    return placed.group_by([*SUMMED, "unit", "level_step"]).aggregate(
        school_count=known.sum().cast("int64"),
        left_out=(~known).sum().cast("int64"),
        have_parts=(parts & known).sum(),
        have_n=(placed["n"].notnull() & known).sum(),
        sum_numerator=placed["numerator"].sum(where=known),
        sum_denominator=placed["denominator"].sum(where=known),
        sum_n=placed["n"].sum(where=known),
        sum_value=placed["value"].sum(where=known),
        sum_weighted=(placed["value"] * placed["n"]).sum(where=known),
        sum_at_level=(at_level & known).sum(),
    )


def _reckoned(summed: ir.Table) -> ir.Table:
    some = summed.filter(summed["school_count"] > 0)
    based = some.mutate(basis=_basis(some))
    valued = based.mutate(value=_value(based), **_parts(based))
    wanted = valued.filter(valued["value"].notnull())
    kept = [
        "value",
        "numerator",
        "denominator",
        "n",
        "basis",
        "school_count",
        "left_out",
    ]
    return wanted.select(*SUMMED, *kept)


def _basis(some: ir.Table) -> ir.StringValue:
    count = some["school_count"]
    basis: ir.StringValue = ibis.cases(
        (some["unit"] == Unit.COUNT.value, Basis.SUM.value),
        (some["unit"] == Unit.ORDINAL.value, Basis.AT_LEVEL.value),
        (some["have_parts"] == count, Basis.PARTS.value),
        ((some["have_n"] == count) & (some["sum_n"] > 0), Basis.WEIGHTED.value),
        else_=Basis.MEAN.value,
    )
    return basis


def _value(based: ir.Table) -> ir.FloatingValue:
    scale = (based["unit"] == Unit.PER_100.value).ifelse(100.0, 1.0)
    ratio = based["sum_numerator"] / based["sum_denominator"] * scale
    levels = (
        based["level_step"]
        .notnull()
        .ifelse(based["sum_at_level"] / based["school_count"], ibis.null("float64"))
    )
    value: ir.FloatingValue = ibis.cases(
        (based["basis"] == Basis.SUM.value, based["sum_value"]),
        (based["basis"] == Basis.AT_LEVEL.value, levels),
        (based["basis"] == Basis.PARTS.value, ratio),
        (
            based["basis"] == Basis.WEIGHTED.value,
            based["sum_weighted"] / based["sum_n"],
        ),
        else_=based["sum_value"] / based["school_count"],
    )
    return value


def _parts(based: ir.Table) -> dict[str, ir.Value]:
    """Return the parts shown beside a value: those it was reckoned from."""
    by_parts = based["basis"] == Basis.PARTS.value
    by_level = based["basis"] == Basis.AT_LEVEL.value
    all_n = based["have_n"] == based["school_count"]
    nothing = ibis.null("float64")
    return {
        "numerator": ibis.cases(
            (by_parts, based["sum_numerator"]),
            (by_level, based["sum_at_level"].cast("float64")),
            else_=nothing,
        ),
        "denominator": ibis.cases(
            (by_parts, based["sum_denominator"]),
            (by_level, based["school_count"].cast("float64")),
            else_=nothing,
        ),
        "n": all_n.ifelse(based["sum_n"].cast("int64"), ibis.null("int64")),
    }
