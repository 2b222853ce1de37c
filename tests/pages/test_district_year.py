"""Pages of the school calendar."""

import re
from datetime import date

import pytest

from schoolward.access.tests.factories import client_for
from schoolward.district import queries
from schoolward.district.models import (
    DayException,
)
from schoolward.district.tests.factories import (
    DayExceptionFactory,
    SchoolYearFactory,
    TermFactory,
)
from schoolward.kernel.seats import Seat
from tests.pages.district import rows, to, undo_address, words


pytestmark = pytest.mark.django_db


def test_everybody_reads_the_calendar():
    year = SchoolYearFactory()
    TermFactory(school_year=year, name="Fall")
    DayExceptionFactory()

    answer = client_for(Seat.UNIT_STAFF).get(to("calendar_year", 2026))

    page = words(answer)
    for line in ("2026–27", "November 2026", "Thanksgiving", "Fall"):
        assert line in page
    assert "Set days" not in page


def test_a_year_that_nobody_recorded_is_said(analyst):
    assert "This school year is not in the calendar" in words(
        analyst.get(to("calendar"))
    )
    assert analyst.get(to("calendar_year", 1999)).status_code == 404


def filled(page, prefix):
    """Return what a form of lines would send back as it stands."""
    found = re.findall(
        rf'name="({prefix}-[^"]+)"[^>]*?value="([^"]*)"', page.content.decode()
    )
    return {name: value for name, value in found if not name.endswith("-keep")}


def test_the_year_is_rolled_over_as_proposed(analyst):
    TermFactory(school_year=SchoolYearFactory(), name="Fall")
    DayExceptionFactory()
    form = analyst.get(to("rollover"))
    assert "2027-28" in form.content.decode()
    sent = {
        "year": "2027-28",
        "first": "2027-08-23",
        "last": "2028-06-09",
        **filled(form, "terms"),
        **filled(form, "days"),
        "days-0-keep": "on",
        "days-0-kind": "holiday",
    }

    answer = analyst.post(to("rollover"), sent, follow=True)

    assert "2027-28 has begun in the records" in words(answer)
    assert [one.name for one in queries.year_page(2027).terms] == ["Fall"]
    assert queries.day_kind(date(2027, 11, 25)) == "holiday"


def test_a_line_of_a_year_that_is_half_written_is_said(analyst):
    form = analyst.get(to("rollover"))
    sent = {
        "year": "2027–28",
        "first": "2027-08-23",
        "last": "2028-06-09",
        **filled(form, "terms"),
        **filled(form, "days"),
        "terms-0-name": "Fall",
    }

    answer = analyst.post(to("rollover"), sent)

    assert answer.status_code == 422
    assert "the first and the last day of the term" in words(answer)


def test_a_year_is_changed(analyst):
    SchoolYearFactory()
    form = analyst.get(to("year_change", 2026))
    sent = {
        "year": "2026-27",
        "first": "2026-08-31",
        "last": "2027-06-11",
        **filled(form, "terms"),
    }

    analyst.post(to("year_change", 2026), sent)

    assert queries.year_page(2026).first == date(2026, 8, 31)


def test_days_are_set_and_cleared_and_brought_back(analyst, school):
    SchoolYearFactory()
    sent = {
        "first": "2026-12-21",
        "last": "2027-01-01",
        "kind": "break",
        "name": "Winter break",
    }
    analyst.post(to("days_set"), sent)
    assert rows(DayException).count() == 10
    own = {"first": "2026-10-12", "kind": "closed", "school": f"#{school.pk}"}
    analyst.post(to("days_set"), own)
    row = rows(DayException).get(school=school)

    answer = analyst.post(to("day_clear", row.pk), follow=True)
    assert not rows(DayException).filter(school=school).exists()
    analyst.post(undo_address(answer))

    assert rows(DayException).get(school=school).kind == "closed"


def test_days_out_of_order_are_refused(analyst):
    sent = {"first": "2027-01-01", "last": "2026-12-21", "kind": "break"}

    assert analyst.post(to("days_set"), sent).status_code == 422
