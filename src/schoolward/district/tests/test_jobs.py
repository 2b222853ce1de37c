"""What the district does later: indexing, and mails about wrong facts."""

import pytest

from schoolward.base import clock, jobs
from schoolward.district import search
from schoolward.district.tests.actors import actor
from schoolward.district.tests.factories import (
    AT,
    LONG_AGO,
    PersonFactory,
    SchoolFactory,
    UnitFactory,
    UnitPostFactory,
    WrongFactFactory,
)
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db


@pytest.fixture
def mails(settings):
    """Have a mail server that keeps what it is sent."""
    settings.SCHOOLWARD_HAS_MAIL = True
    settings.SCHOOLWARD_URL = "https://schools.example"
    return pytest.importorskip("django.core.mail")


def run(name, **arguments):
    job = jobs.later(name, **arguments)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.problem
    return job


def test_the_index_is_built_anew():
    SchoolFactory(name="Orchard")

    job = run("district.search.rebuild")

    assert search.entry_count() == 1
    assert "1 places and people" in job.log


def test_a_load_has_its_rows_indexed():
    first, last = PersonFactory(), PersonFactory()
    PersonFactory()

    run("district.search.index", kind="person", first=first.pk, last=last.pk)

    assert search.entry_count() == 2
    hits = search.search(actor(Seat.ILD), last.display_name)
    assert hits[0].pk == last.pk


def test_the_steward_is_mailed_with_the_way_to_the_report(mails):
    wrong = WrongFactFactory(owner=PersonFactory(email="steward@example.org"))

    run("district.wrong.tell_owner", wrong_id=wrong.pk)

    (sent,) = mails.outbox
    assert sent.to == ["steward@example.org"]
    assert f"https://schools.example/wrong/{wrong.pk}/" in sent.body


def test_a_unit_s_leads_are_mailed_when_nobody_is_steward(mails):
    unit = UnitFactory()
    dates = {"start_date": LONG_AGO}
    lead = {"unit": unit, "seat": "unit_lead", **dates}
    UnitPostFactory(person__email="lead@example.org", **lead)
    UnitPostFactory(person__email="", **lead)
    UnitPostFactory(unit=unit, person__email="staff@example.org", **dates)
    wrong = WrongFactFactory(owner_unit=unit)

    run("district.wrong.tell_owner", wrong_id=wrong.pk)

    assert [mail.to for mail in mails.outbox] == [["lead@example.org"]]


def test_without_an_owner_or_an_address_nobody_is_mailed(mails):
    nameless = WrongFactFactory(owner=PersonFactory(email=""))
    nobody_s = WrongFactFactory()

    for wrong in (nameless, nobody_s):
        run("district.wrong.tell_owner", wrong_id=wrong.pk)

    assert mails.outbox == []


def test_who_reported_is_told_the_answer(mails):
    wrong = WrongFactFactory(
        said_by__email="reader@example.org",
        state="mended",
        answer="The number is changed.",
        answered_by=PersonFactory(),
        answered_at=AT,
    )
    silent = WrongFactFactory(state="right", answered_at=AT)

    run("district.wrong.tell_reader", wrong_id=wrong.pk)
    run("district.wrong.tell_reader", wrong_id=silent.pk)

    (sent,) = mails.outbox
    assert "mended" in sent.subject
    assert "The number is changed." in sent.body


def test_nights_keep_the_index_in_step_with_the_day():
    assert "district.search.rebuild" in jobs.nightly()
    assert clock.today()
