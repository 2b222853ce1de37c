"""The worked example of the documentation comes out as written (M2)."""

import doctest
from pathlib import Path


METHOD = Path(__file__).resolve().parents[4] / "docs" / "method"


def test_the_worked_example_of_minutes_comes_out():
    result = doctest.testfile(str(METHOD / "time.md"), module_relative=False)

    assert result.attempted >= 8
    assert result.failed == 0
