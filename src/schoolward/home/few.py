"""Long lists of indicators, cut where a page would no longer be read."""

from collections.abc import Sequence

from schoolward.home.words import count_of
from schoolward.scorecards.queries import SchoolIndicator


MOST = 30
"""How many indicators stand on a page unless every one is asked for."""


def cut(
    rows: Sequence[SchoolIndicator], *, every: bool
) -> tuple[Sequence[SchoolIndicator], bool]:
    """Return the rows of a page and whether there are more; ask for one more than MOST."""
    is_cut = not every and len(rows) > MOST
    return (rows[:MOST] if is_cut else rows), is_cut


def told(rows: Sequence[SchoolIndicator], *, is_cut: bool) -> str:
    """Return in words how many there are, and which when they are not all."""
    if not rows:
        return ""
    if is_cut:
        return f"{len(rows)} indicators, those beyond their usual range first"
    return count_of(len(rows), "indicator")
