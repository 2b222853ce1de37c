"""A network's indicators, and its schools by indicator: whose values may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from schoolward.district import policies
from schoolward.district.queries import NetworkPage
from schoolward.home import few
from schoolward.home.tables import indicators as tables
from schoolward.home.words import count_of
from schoolward.kernel.actor import Actor
from schoolward.scorecards import queries as scorecards
from schoolward.scorecards.queries import SchoolIndicator
from schoolward.ui.charts import Trend
from schoolward.ui.tables import Table


MOST = 6
"""Indicators side by side; more would not fit a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An indicator that can be set beside others."""

    key: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a network's page says in numbers.

    Attributes:
        open_to: The schools whose values the reader may see.
        count: How many indicators, in words.
        is_cut: Whether there are more than are shown.
        table: The network's own values with their trends; None without any.
        trends: The trends drawn, for the key.
        choices: What can be set side by side.
        by_school: Schools by the chosen indicators; None when nothing may be shown.
        closed: Why some schools are left out, in words.
    """

    open_to: frozenset[int]
    count: str
    is_cut: bool
    table: Table | None
    trends: Sequence[Trend]
    choices: Sequence[Choice]
    by_school: Table | None
    closed: str


def network_figures(
    actor: Actor,
    network: NetworkPage,
    *,
    then: bool,
    asked: Sequence[str],
    every: bool = False,
) -> Figures:
    """Return a network's figures for a reader; `asked` are the keys they chose."""
    found = scorecards.place_indicators(
        "network",
        network.pk,
        network_as="then" if then else "today",
        most=None if every else few.MOST + 1,
        wanted=asked,
    )
    rows, is_cut = few.cut(found, every=every)
    picked = chosen(rows, asked=asked)
    keys = {row.indicator.key for row in picked}
    open_to = frozenset(
        line.pk for line in network.schools if policies.can_open_page(actor, line.pk)
    )
    label = f"Indicators of {network.name}"
    return Figures(
        open_to=open_to,
        count=few.told(rows, is_cut=is_cut),
        is_cut=is_cut,
        table=tables.of_place(rows, label=label, name="Network") if rows else None,
        trends=tables.trends(rows, place=network.name),
        choices=[
            Choice(
                key=row.indicator.key,
                name=row.indicator.name,
                is_chosen=row.indicator.key in keys,
            )
            for row in rows
        ],
        by_school=by_school(network, picked, open_to=open_to),
        closed=_closed(len(network.schools) - len(open_to)),
    )


def chosen(
    rows: Sequence[SchoolIndicator], *, asked: Sequence[str]
) -> list[SchoolIndicator]:
    """Return the indicators to set side by side: those asked for, else the first few."""
    wanted = [row for row in rows if row.indicator.key in asked]
    return (wanted or list(rows))[:MOST]


def by_school(
    network: NetworkPage, rows: Sequence[SchoolIndicator], *, open_to: frozenset[int]
) -> Table | None:
    """Show the schools open to the reader by the chosen indicators, over the roll-up."""
    lines = [line for line in network.schools if line.pk in open_to]
    if not lines or not rows:
        return None
    keys = tuple(row.indicator.key for row in rows)
    return tables.of_network(
        lines,
        [row.indicator for row in rows],
        scorecards.latest_readings(open_to, keys=keys),
        whole={row.indicator.key: row.now for row in rows},
        name=network.name,
    )


def _closed(number: int) -> str:
    if not number:
        return ""
    left_out = count_of(number, "school")
    return (
        f"{left_out} left out: a school's own values are shown to the people who lead, "
        "supervise or serve it. The last row counts every school."
    )
