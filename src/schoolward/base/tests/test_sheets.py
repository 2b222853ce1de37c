"""No cell of a file that we write is run by whoever opens it."""

import csv
from io import StringIO

import pytest

from schoolward.base.sheets import csv_line


@pytest.mark.parametrize("first", "=+-@\t\r")
def test_a_text_that_begins_as_a_formula_is_shown_as_text(first):
    line = csv_line([f"{first}cmd|' /C calc'!A0", "Plain"])

    ((cell, plain),) = csv.reader(StringIO(line, newline=""))

    assert cell.startswith(f"'{first}")
    assert plain == "Plain"


def test_numbers_stay_numbers():
    assert csv_line([-3.5, "-3.5", 0, None]) == "-3.5,-3.5,0,\r\n"
