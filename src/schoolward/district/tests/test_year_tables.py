"""Days of the calendar as its table tells them."""

from datetime import date, timedelta

from schoolward.district.queries import DayLine
from schoolward.district.tables.year import days, runs


def line(day, name="Winter break", kind="break"):
    return DayLine(
        pk=day.toordinal(),
        day=day,
        kind=kind,
        kind_label=kind.capitalize(),
        name=name,
        office_is_open=False,
        school_id=None,
        school_name="",
    )


def test_days_of_one_break_are_one_line_weekends_aside():
    monday = date(2026, 12, 21)
    break_days = [line(monday + timedelta(days=n)) for n in (0, 1, 2, 3, 4, 7, 8)]

    (row,) = days(break_days).rows

    assert (row.cells[0].text, row.cells[0].aside) == (
        "Dec 21 – Dec 29, 2026",
        "7 days",
    )


def test_days_without_a_name_or_far_apart_stay_apart():
    friday = date(2026, 10, 2)
    found = [
        line(friday, name="", kind="pd"),
        line(friday + timedelta(days=3), name="", kind="pd"),
        line(friday + timedelta(days=10)),
        line(friday + timedelta(days=17)),
    ]

    assert [len(run) for run in runs(found)] == [1, 1, 1, 1]
