"""The worked examples of the documentation come out as written (M2)."""

import doctest
from pathlib import Path

import pytest


METHOD = Path(__file__).resolve().parents[4] / "docs" / "method"


@pytest.mark.parametrize("name", ["time.md", "time-categories.md"])
def test_the_worked_example_comes_out(name):
    result = doctest.testfile(str(METHOD / name), module_relative=False)

    assert result.attempted >= 8
    assert result.failed == 0
