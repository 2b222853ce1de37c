"""Sessions become school years and terms, on the days the file means."""

from datetime import date

import pytest

from schoolward.exchange.domain import Aside, Record, Refusal
from schoolward.exchange.oneroster.rows import Session
from schoolward.exchange.oneroster.terms import read_sessions
from schoolward.kernel.schoolyear import SchoolYear


def session(kind="term", start="2026-08-24", end="2027-06-11", **facts) -> Session:
    said = {"title": "Fall", "school_year": "2027", "is_ended": False, **facts}
    return Session(
        row=2, sourced_id="x", kind=kind, start=start, end=end, parent_id="", **said
    )


def records_of(*sessions: Session) -> list[dict]:
    found = read_sessions(sessions).items()
    return [one.fields for one in found if isinstance(one, Record)]


def test_a_school_year_bears_the_year_it_ends_in():
    (year,) = records_of(session("schoolyear"))

    assert (year["kind"], year["start_year"]) == ("year", 2026)
    assert (year["first_date"], year["last_date"]) == (
        date(2026, 8, 24),
        date(2027, 6, 11),
    )


def test_a_year_without_a_session_of_its_own_spans_its_terms():
    year, *_ = records_of(
        session(start="2026-08-24", end="2027-01-22"),
        session("semester", title="Spring", start="2027-01-25", end="2027-06-11"),
    )

    assert (year["first_date"], year["last_date"]) == (
        date(2026, 8, 24),
        date(2027, 6, 11),
    )


def test_ends_are_the_day_after_where_a_session_begins_on_it():
    _, fall, spring = records_of(
        session(start="2026-08-24", end="2027-01-25"),
        session("semester", title="Spring", start="2027-01-25", end="2027-06-12"),
    )

    assert fall["last_date"] == date(2027, 1, 24)
    assert spring["last_date"] == date(2027, 6, 11)


def test_the_same_term_for_every_school_is_one_term():
    found = records_of(session(), session())

    assert [one["kind"] for one in found] == ["year", "term", "term"]
    assert found[1] == found[2]


def test_two_terms_of_one_name_on_other_days_are_refused():
    found = list(read_sessions([session(), session(end="2027-01-22")]).items())

    (refusal,) = [one for one in found if isinstance(one, Refusal)]
    assert "bears this name" in refusal.reason


@pytest.mark.parametrize(
    ("facts", "column"),
    [
        ({"start": "soon"}, "startDate"),
        ({"end": ""}, "endDate"),
        ({"school_year": "next"}, "schoolYear"),
        ({"end": "2026-08-24"}, "endDate"),
    ],
)
def test_a_session_that_is_unclear_is_refused_at_its_column(facts, column):
    (refusal,) = read_sessions([session(**facts)]).items()

    assert isinstance(refusal, Refusal)
    assert refusal.column == column


def test_grading_periods_and_deleted_sessions_are_set_aside():
    found = read_sessions([session("gradingperiod"), session(is_ended=True)])

    assert [type(one) for one in found.items()] == [Aside, Aside]


def test_the_year_of_a_file_is_todays_or_its_last():
    old = session(start="2022-09-01", end="2022-12-24", school_year="2023")
    found = read_sessions([session(), old])

    assert found.year_on(date(2026, 11, 19)) == SchoolYear(2026)
    assert found.year_on(date(2030, 1, 1)) == SchoolYear(2026)
    assert read_sessions([old]).year_on(date(2026, 11, 19)) == SchoolYear(2022)
    assert read_sessions([]).year_on(date(2026, 11, 19)) is None
