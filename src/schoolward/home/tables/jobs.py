"""The table of long work."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.timezone import localtime

from schoolward.home.work import JobLine
from schoolward.ui.tables import Cell, Column, Row, Table
from schoolward.ui.tags.words import pill


def jobs(lines: Sequence[JobLine]) -> Table:
    """Show jobs: what they do, how far they are, who asked."""
    return Table(
        label="Jobs",
        columns=[
            Column("Job", width="30"),
            Column("State"),
            Column("Progress"),
            Column("Asked by"),
            Column("Asked"),
        ],
        rows=[_row(line) for line in lines],
    )


def _row(line: JobLine) -> Row:
    note = line.last_problem if line.state == "failed" else line.doing
    return Row(
        [
            Cell(line.title, url=reverse("home:job", args=[line.pk]), note=note),
            pill(line.state_label, tone=line.tone),
            line.progress or None,
            line.asked_by_name,
            f"{localtime(line.asked_at):%b %-d, %-I:%M %p}",
        ],
        mark="bad" if line.state == "failed" else "",
    )
