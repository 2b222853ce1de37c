"""The current value of every fact, and the earlier one where a file restated it."""

import ibis
import ibis.expr.types as ir

from schoolward.scorecards.domain import State


KEY = ["indicator", "place_kind", "place_id", "period", "group"]
SAID = ["state", "value", "text", "n", "load_id", "file_year"]
HAIR = 1e-9
"""Two values nearer than this are the same: files write percents, facts hold shares."""


def current_values(facts: ir.Table) -> ir.Table:
    """Return one row per indicator, place, period and group.

    The value from the file of the later school year is current, whatever the load
    order; of two files of one year, that of the later load. A blank cell says nothing.

    Args:
        facts: The columns of `warehouse.FACTS`; one row per fact of every file in use.

    Returns:
        The columns of a fact, and `old_state, old_value, old_text, old_n, old_load_id,
        old_file_year`: the latest earlier fact that says something else, else null.
    """
    ranked = _ranked(facts.filter(facts["state"] != State.MISSING.value))
    latest = ranked.filter(ranked["place_in_line"] == 0)
    earlier = _latest_other(ranked)
    joined = latest.left_join(earlier, KEY, rname="{name}_right")
    return joined.select(*facts.columns, *(f"old_{name}" for name in SAID))


def _ranked(facts: ir.Table) -> ir.Table:
    """Add each fact's place in line, and what the first in line says."""
    line = ibis.window(
        group_by=KEY, order_by=[ibis.desc("file_year"), ibis.desc("load_id")]
    )
    firsts = {
        f"now_{name}": facts[name].first(include_null=True).over(line)
        for name in ("state", "value", "text")
    }
    return facts.mutate(place_in_line=ibis.row_number().over(line), **firsts)


def _latest_other(ranked: ir.Table) -> ir.Table:
    """Return, per key, the latest fact behind the first that differs from it."""
    other = ranked.filter(ranked["place_in_line"] > 0, _differs(ranked))
    line = ibis.window(group_by=KEY, order_by="place_in_line")
    first = other.mutate(turn=ibis.row_number().over(line))
    renamed = {f"old_{name}": name for name in SAID}
    return first.filter(first["turn"] == 0).select(*KEY, *SAID).rename(renamed)


def _differs(ranked: ir.Table) -> ir.BooleanValue:
    apart = (ranked["value"] - ranked["now_value"]).abs() > HAIR
    one_only = ranked["value"].isnull() != ranked["now_value"].isnull()
    differs: ir.BooleanValue = (
        (ranked["state"] != ranked["now_state"])
        | ~ranked["text"].identical_to(ranked["now_text"])
        | one_only
        | apart.fill_null(False)  # noqa: FBT003
    )
    return differs
