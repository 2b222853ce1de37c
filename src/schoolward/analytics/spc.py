"""The signals of `limits`, as one expression over any number of series at once."""

import ibis
import ibis.expr.types as ir

from schoolward.analytics.limits import (
    HAIR,
    LEAST_POINTS,
    LEAST_RANGES,
    LIMIT_FACTOR,
    RUN_LENGTH,
    WINDOW,
    WINDOW_NEEDS,
    Rule,
)


def with_signals(points: ir.Table, *, series: list[str]) -> ir.Table:
    """Add to each point the limits of its series and its strongest signal.

    Args:
        points: One row per series and year; `year` int, the year a period starts in;
            `value` float, never null. A year without a row is missing.
        series: The columns that together name a series.

    Returns:
        The same rows with `center`, `reach` (null when there are no limits), `points`
        (int) and `signal` (text: "", "beyond", "run", "near").
    """
    limited = _limited(points, series=series)
    judged = _with_near(_with_runs(limited, series=series), series=series)
    outside = (judged["value"] - judged["center"]).abs() > judged["reach"] + _hair(
        judged
    )
    signal = ibis.cases(
        (judged["reach"].isnull(), ""),
        (outside, Rule.BEYOND.value),
        (judged["in_run"], Rule.RUN.value),
        (judged["is_near"], Rule.NEAR.value),
        else_="",
    )
    kept = [*points.columns, "center", "reach", "points"]
    return judged.mutate(signal=signal).select(*kept, "signal")


def _hair(table: ir.Table) -> ir.Value:
    return ibis.greatest(1.0, table["center"].abs()) * HAIR


def _limited(points: ir.Table, *, series: list[str]) -> ir.Table:
    """Add center, reach and points; the reach is null where nothing is known."""
    order = ibis.window(group_by=series, order_by="year")
    whole = ibis.window(group_by=series)
    neighbor = points["year"].lag().over(order) == points["year"] - 1
    step = (points["value"] - points["value"].lag().over(order)).abs()
    ranged = points.mutate(step=neighbor.ifelse(step, ibis.null("float64")))
    value, mean_range = ranged["value"], ranged["step"].mean().over(whole)
    known = (
        (value.count().over(whole) >= LEAST_POINTS)
        & (ranged["step"].count().over(whole) >= LEAST_RANGES)
        & ((mean_range > 0) | (value.min().over(whole) == value.max().over(whole)))
    )
    return ranged.mutate(
        center=value.mean().over(whole),
        reach=known.ifelse(mean_range * LIMIT_FACTOR, ibis.null("float64")),
        points=value.count().over(whole),
    )


def _with_runs(limited: ir.Table, *, series: list[str]) -> ir.Table:
    """Add whether a point lies in a run of eight or more on one side."""
    away = limited["value"] - limited["center"]
    side = (away.abs() <= _hair(limited)).ifelse(0, (away > 0).ifelse(1, -1))
    sided = limited.mutate(side=side)
    order = ibis.window(group_by=series, order_by="year")
    breaks = (
        (sided["side"] != sided["side"].lag().over(order))
        | (sided["year"].lag().over(order) != sided["year"] - 1)
    ).fill_null(True)  # noqa: FBT003
    counted = sided.mutate(breaks=breaks.cast("int64"))
    stretched = counted.mutate(stretch=counted["breaks"].cumsum().over(order))
    same = ibis.window(group_by=[*series, "stretch"])
    length = stretched["year"].count().over(same)
    return stretched.mutate(in_run=(length >= RUN_LENGTH) & (stretched["side"] != 0))


def _with_near(judged: ir.Table, *, series: list[str]) -> ir.Table:
    """Add whether a point is one of three in four nearer the same limit."""
    half = (judged["value"] - judged["center"]).abs() > judged["reach"] / 2 + _hair(
        judged
    )
    leans = judged.mutate(
        up=(half & (judged["side"] > 0)).fill_null(False).cast("int64"),  # noqa: FBT003
        down=(half & (judged["side"] < 0)).fill_null(False).cast("int64"),  # noqa: FBT003
    )
    order = ibis.window(group_by=series, order_by="year")
    before = ibis.window(
        group_by=series, order_by="year", preceding=WINDOW - 1, following=0
    )
    whole = leans["year"].lag(WINDOW - 1).over(order) == leans["year"] - (WINDOW - 1)
    ends = leans.mutate(
        up_ends=(whole & (leans["up"].sum().over(before) >= WINDOW_NEEDS)).cast(
            "int64"
        ),
        down_ends=(whole & (leans["down"].sum().over(before) >= WINDOW_NEEDS)).cast(
            "int64"
        ),
    )
    after = ibis.window(
        group_by=series, order_by="year", preceding=0, following=WINDOW - 1
    )
    up = (ends["up"] == 1) & (ends["up_ends"].max().over(after) == 1)
    down = (ends["down"] == 1) & (ends["down_ends"].max().over(after) == 1)
    return ends.mutate(is_near=(up | down).fill_null(False))  # noqa: FBT003
