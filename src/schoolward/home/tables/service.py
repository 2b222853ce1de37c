"""The table of who does what for a school."""

from collections.abc import Sequence

from schoolward.district.queries import SchoolHead, Server
from schoolward.home.tables import marks
from schoolward.home.tables.people import reach
from schoolward.ui.tables import Cell, Column, Content, Row, Table
from schoolward.ui.tags.words import pill


ILD_DOES = "Helps the principal grow as an instructional leader"


def servers(found: Sequence[Server], *, head: SchoolHead) -> Table:
    """Show each role, what it is for, who holds it and how to reach them."""
    return Table(
        label=f"Who does what for {head.name}",
        columns=[
            Column("For what", width="30"),
            Column("Who", phone="bare"),
            Column("How to reach them", phone="full"),
        ],
        rows=[_row(one) for one in found],
    )


def _row(one: Server) -> Row:
    purpose = one.purpose or (ILD_DOES if one.unit_id is None else "")
    asked = one.person or one.ask
    return Row(
        [
            Cell(one.role, note=purpose),
            _who(one),
            reach(asked.email, asked.phone) if asked else None,
        ]
    )


def _who(one: Server) -> Content:
    if one.person:
        return Cell(marks.person(one.person), note=own_title(one))
    ask = f"ask {one.ask.name}" if one.ask else ""
    return Cell(pill("Vacant", tone="watch"), aside=ask)


def own_title(one: Server) -> str:
    """Return a title that says more than the unit's name does."""
    return "" if one.role in one.title else one.title
