"""Jobs are seen by who asked, stopped and started again, and told without jargon."""

import pytest
from django.urls import reverse

from schoolward.audit.models import Event
from schoolward.base.models import Job, JobState
from schoolward.home.tests.numbers import NOW
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db


def failed(town) -> Job:
    return Job.objects.get(state=JobState.FAILED)


def a_job(state: JobState = JobState.RUNNING, **facts) -> Job:
    return Job.objects.create(name="exchange.load", asked_at=NOW, state=state, **facts)


@pytest.mark.parametrize(
    ("seat", "sees"),
    [(Seat.ANALYST, True), (Seat.ADMINISTRATOR, True), (Seat.PRINCIPAL, False)],
)
def test_job_is_seen_by_its_owner_and_administrators(town, seat, sees):
    listed = town.visitor(seat).get("/jobs/")
    page = town.visitor(seat).get(reverse("home:job", args=[failed(town).pk]))

    assert ("the disk is full" in listed.text) is sees
    assert page.status_code == (200 if sees else 404)


def test_failed_job_shows_the_cause_first_and_the_trace_on_demand(town):
    page = town.visitor(Seat.ANALYST).get(reverse("home:job", args=[failed(town).pk]))

    assert "OSError: the disk is full" in page.text
    assert "<details" in page.text
    assert "Start it again" in page.text


def test_open_job_is_polled_and_an_ended_one_is_not(town):
    visitor = town.visitor(Seat.ADMINISTRATOR)
    running = a_job(done_count=3, total_count=12, doing="row 3")

    page = visitor.get(reverse("home:job", args=[running.pk]))
    fragment = visitor.get(
        reverse("home:job", args=[running.pk]), headers={"HX-Request": "true"}
    )

    assert "every 2s" in page.text
    assert "3 of 12" in fragment.text
    assert "<html" not in fragment.text
    assert (
        "every 2s" not in visitor.get(reverse("home:job", args=[failed(town).pk])).text
    )


def test_stopping_asks_the_job_and_is_recorded(town):
    running = a_job()

    town.visitor(Seat.ADMINISTRATOR).post(reverse("home:stop_job", args=[running.pk]))

    running.refresh_from_db()
    assert running.stop_asked
    assert Event.objects.filter(verb="home.job.stopped").count() == 1


def test_starting_again_puts_the_job_in_the_line_and_is_recorded(town):
    job = failed(town)

    town.visitor(Seat.ANALYST).post(reverse("home:retry_job", args=[job.pk]))

    job.refresh_from_db()
    assert job.state == JobState.WAITING
    assert Event.objects.filter(verb="home.job.retried").count() == 1


def test_job_that_is_done_stays_done(town):
    job = a_job(JobState.DONE)
    visitor = town.visitor(Seat.ADMINISTRATOR)

    visitor.post(reverse("home:retry_job", args=[job.pk]))
    visitor.post(reverse("home:stop_job", args=[job.pk]))

    job.refresh_from_db()
    assert (job.state, job.stop_asked) == (JobState.DONE, False)


@pytest.mark.parametrize("name", ["home:retry_job", "home:stop_job"])
def test_job_of_another_is_not_handled(town, name):
    job = failed(town)

    page = town.visitor(Seat.PRINCIPAL).post(reverse(name, args=[job.pk]))

    job.refresh_from_db()
    assert page.status_code == 404
    assert job.state == JobState.FAILED


def test_list_is_narrowed_by_state(town):
    a_job(JobState.DONE)
    visitor = town.visitor(Seat.ADMINISTRATOR)

    page = visitor.get("/jobs/", {"state": "done"})

    assert "the disk is full" not in page.text
    assert visitor.get("/jobs/", {"state": "x", "page": "x"}).status_code == 200
