"""An administrator's day says what the doctor would say."""

import os
from datetime import timedelta

import pytest

from schoolward.base import clock
from schoolward.base.models import DemoMark, Job, JobState
from schoolward.config import installation, looks
from schoolward.district.models import District
from schoolward.home import findings


pytestmark = pytest.mark.django_db


@pytest.fixture
def _district():
    District.objects.create(pk=1, name="Lake", time_zone="America/Chicago")


def waiting_job() -> None:
    Job.objects.create(name="exchange.load", asked_at=clock.real_now())


@pytest.mark.usefixtures("_district")
def test_jobs_that_no_worker_does_are_a_grave_finding():
    waiting_job()

    [worker] = [one for one in findings.now() if "worker" in one.what]

    assert worker.is_grave
    assert "1 job waiting" in worker.what
    assert worker.remedy


@pytest.mark.usefixtures("_district")
def test_worker_at_work_is_no_finding():
    beat = installation.worker_beat()
    beat.parent.mkdir(parents=True, exist_ok=True)
    beat.touch()
    waiting_job()

    assert not [one for one in findings.now() if "worker" in one.what]

    old = (clock.real_now() - timedelta(hours=2)).timestamp()
    os.utime(beat, (old, old))
    assert [one for one in findings.now() if "worker" in one.what]
    beat.unlink()


@pytest.mark.usefixtures("_district")
def test_demo_is_no_finding_to_mend():
    DemoMark.objects.create(
        pk=1, built_at=clock.real_now(), today=clock.real_now().date(), seed=1
    )

    assert not [one for one in findings.now() if "simulated" in one.what]


@pytest.mark.usefixtures("_district")
def test_grave_findings_come_first():
    Job.objects.create(
        name="exchange.load",
        state=JobState.FAILED,
        asked_at=clock.real_now(),
        ended_at=clock.real_now(),
    )
    waiting_job()

    graves = [one.is_grave for one in findings.now()]

    assert graves == sorted(graves, reverse=True)
    assert set(graves) == {True, False}
    assert looks.of_the_installation in findings._FINDERS
