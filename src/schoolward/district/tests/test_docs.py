"""The worked examples of the documentation come out as written."""

import doctest
from pathlib import Path


METHOD = Path(__file__).resolve().parents[4] / "docs" / "method"


def test_the_worked_example_of_reporting_distance_comes_out_m1():
    page = METHOD / "reporting-distance.md"

    result = doctest.testfile(str(page), module_relative=False)

    assert result.attempted >= 4
    assert result.failed == 0
