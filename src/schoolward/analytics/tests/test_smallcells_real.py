"""Small cells of New York's mathematics results: the letter s, and what would tell it."""

import csv
import gzip

import pytest

from schoolward.analytics.smallcells import Cell, Rules, protect
from schoolward.analytics.tests.attacker import derivable, knowledge
from tests.sample_data import sample


pytestmark = pytest.mark.real
YEAR = "2010"


def published() -> list[dict[str, str]]:
    with gzip.open(
        sample("nyc/nyc_math_test_results.csv.gz"), "rt", encoding="utf-8-sig"
    ) as file:
        return [row for row in csv.DictReader(file) if row["Year"] == YEAR]


def cells_of(rows: list[dict[str, str]]) -> list[Cell]:
    numbers = {dbn: place for place, dbn in enumerate(sorted({r["DBN"] for r in rows}))}
    return [
        Cell(
            school=numbers[row["DBN"]],
            group="" if row["Grade"] == "All Grades" else f"grade:{row['Grade']}",
            size=float(row["Number Tested"].replace(",", "")),
            count=count_of(row["Level 3+4 #"]),
            withheld=row["Level 3+4 #"] == "s",
        )
        for row in rows
    ]


def count_of(text: str) -> float | None:
    return None if text == "s" else float(text.replace(",", ""))


def test_no_value_that_the_city_withheld_or_that_is_small_can_be_worked_out():
    rows = published()
    cells = cells_of(rows)
    marked = sum(row["Level 3+4 #"] == "s" for row in rows)

    found = protect(cells, rules=Rules(minimum=10, guards_extremes=True), networks={})

    small = {(c.school, c.group) for c in cells if c.withheld or 0 < c.size < 10}
    assert sum(cell.withheld for cell in cells) == marked > 0
    assert small <= found.schools
    assert not found.district
    known = knowledge(cells, found, networks={}, today={})
    assert not derivable(known) & small


def test_most_of_what_the_city_shows_still_shows():
    cells = cells_of(published())

    found = protect(cells, rules=Rules(minimum=10), networks={})

    assert len(found.schools) < 0.1 * len(cells)
