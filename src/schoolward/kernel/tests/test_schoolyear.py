"""School years and their spellings."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.kernel.schoolyear import SchoolYear, SchoolYearError


@pytest.mark.parametrize(
    "text",
    [
        "2018-19",
        "2018-2019",
        "20182019",
        "SY1819",
        "sy 18-19",
        "School Year 2018-2019",
        "2018/19",
        " 2018–19 ",
    ],
)
def test_every_common_spelling_is_read(text):
    assert SchoolYear.parse(text) == SchoolYear(2018)


@pytest.mark.parametrize(
    "text", ["2018", "2018-20", "18", "SY1820", "", "next year", "20182020"]
)
def test_what_is_not_one_school_year_is_refused_with_a_sentence(text):
    with pytest.raises(SchoolYearError, match="not"):
        SchoolYear.parse(text)


@given(st.integers(1950, 2098))
def test_a_year_written_out_is_read_back(start):
    year = SchoolYear(start)

    assert SchoolYear.parse(str(year)) == year == SchoolYear.parse(year.label)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2098, 12, 31)))
def test_every_day_lies_in_its_year(day):
    year = SchoolYear.of(day)

    assert year.first_day <= day <= year.last_day


def test_the_turn_of_the_century_is_written_with_two_digits():
    assert str(SchoolYear(1999)) == "1999-00"
    assert SchoolYear.parse("1999-00") == SchoolYear(1999)
