"""Jobs are seen and handled by who asked for them and by administrators."""

from datetime import UTC, datetime

import pytest

from schoolward.base import policies
from schoolward.base.models import Job
from schoolward.kernel.actor import SYSTEM, Actor
from schoolward.kernel.seats import Seat


AT = datetime(2026, 11, 19, 15, tzinfo=UTC)
ANALYST = Actor(person_id=7, seats=frozenset({Seat.ANALYST}))
ANOTHER = Actor(person_id=8, seats=frozenset({Seat.CHIEF}))
ADMINISTRATOR = Actor(person_id=9, seats=frozenset({Seat.ADMINISTRATOR}))
VIEWING = Actor(person_id=9, seats=frozenset({Seat.ADMINISTRATOR}), as_seen_by=ANOTHER)
READING = Actor(
    person_id=7, seats=frozenset({Seat.ANALYST}), scopes=frozenset({"read"})
)


def job_of(person_id: int | None) -> Job:
    return Job.objects.create(name="exchange.load", asked_by=person_id, asked_at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize("owner", [7, 8, None])
@pytest.mark.parametrize("actor", [ANALYST, ANOTHER, ADMINISTRATOR, VIEWING, SYSTEM])
def test_asking_and_listing_agree_on_who_sees_a_job(actor, owner):
    job = job_of(owner)

    listed = Job.objects.filter(policies.jobs_visible(actor)).exists()

    assert listed is bool(policies.can_see_job(actor, job))


@pytest.mark.django_db
def test_job_is_handled_by_its_owner_but_not_while_viewing_or_reading():
    job = job_of(7)

    assert policies.can_handle_job(ANALYST, job)
    assert policies.can_handle_job(ADMINISTRATOR, job)
    assert not policies.can_handle_job(ANOTHER, job)
    assert not policies.can_handle_job(VIEWING, job)
    assert not policies.can_handle_job(READING, job)
