"""The table of a school's goals."""

from collections.abc import Sequence

from schoolward.district.queries import GoalRow, SchoolHead
from schoolward.ui.tables import Cell, Column, Row, Table


def goals(rows: Sequence[GoalRow], *, head: SchoolHead) -> Table:
    """Show what the school means to reach, and how it will know."""
    with_standing = any(row.standing for row in rows)
    columns = [
        Column("Goal", width="30"),
        Column("How we will know", phone="full"),
        Column("Led by", width="22"),
        *([Column("Standing")] if with_standing else []),
    ]
    return Table(
        label=f"Goals of {head.name}",
        columns=columns,
        rows=[_row(row, with_standing=with_standing) for row in rows],
    )


def _row(row: GoalRow, *, with_standing: bool) -> Row:
    return Row(
        [
            Cell(row.title, note=row.who_for),
            row.how_known,
            row.led_by,
            *([row.standing] if with_standing else []),
        ]
    )
