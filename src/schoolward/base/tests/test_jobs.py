"""Jobs: once per key, in the asker's transaction, retried, stopped, recovered."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ, Schedule

from schoolward.base import clock, jobs, locks, nightly
from schoolward.base.models import Backup, Job, JobState
from schoolward.kernel.actor import Actor


AT = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test register names without leaving them behind."""
    monkeypatch.setattr(jobs, "_REGISTRY", dict(jobs._REGISTRY))


def run(job: Job) -> Job:
    jobs.run(job.pk)
    job.refresh_from_db()
    return job


def test_later_refuses_a_name_nobody_registered():
    with pytest.raises(jobs.UnknownJobError, match="casework"):
        jobs.later("casework.unheard_of")


def test_later_shows_who_asked_and_waits_in_the_line():
    jobs.register("base.say")(lambda run: None)

    job = jobs.later("base.say", by=Actor(person_id=7, name="Ana"))

    assert (job.state, job.asked_by, job.asked_by_name) == ("waiting", 7, "Ana")
    assert OrmQ.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_later_leaves_nothing_when_the_transaction_of_the_asker_fails():
    jobs.register("base.say")(lambda run: None)

    def ask_and_fail() -> None:
        with transaction.atomic():
            jobs.later("base.say")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask_and_fail()

    assert not Job.objects.exists()
    assert not OrmQ.objects.exists()


def test_later_returns_the_open_job_of_the_same_key():
    jobs.register("base.say")(lambda run: None)

    first = jobs.later("base.say", key="a")
    second = jobs.later("base.say", key="a")
    other = jobs.later("base.say", key="b")

    assert second.pk == first.pk
    assert other.pk != first.pk


def test_later_makes_a_new_job_once_the_earlier_of_the_key_is_over():
    jobs.register("base.say")(lambda run: None)
    first = run(jobs.later("base.say", key="a"))

    second = jobs.later("base.say", key="a")

    assert second.pk != first.pk


def test_run_keeps_progress_log_and_end_on_the_row():
    @jobs.register("base.count")
    def count(run: jobs.Run, upto: int) -> None:
        run.progress(upto, total=10, doing="counting")
        run.say("counted")

    job = run(jobs.later("base.count", upto=4))

    assert job.state == JobState.DONE
    assert (job.done_count, job.total_count, job.doing) == (4, 10, "counting")
    assert job.log.endswith("counted\n")
    assert job.ended_at is not None


def test_run_does_nothing_when_the_job_is_over():
    ran = []
    jobs.register("base.say")(lambda run: ran.append(1))
    job = run(jobs.later("base.say"))

    run(job)

    assert ran == [1]
    assert job.attempts == 1


def test_run_does_nothing_while_another_process_is_at_it():
    ran = []
    jobs.register("base.say")(lambda run: ran.append(1))
    job = jobs.later("base.say")

    with locks.held(jobs.lock_of(job.pk)):
        run(job)

    assert ran == []
    assert job.state == JobState.WAITING


def test_run_keeps_the_failure_on_the_row_and_raises_it():
    @jobs.register("base.break")
    def broken(run: jobs.Run) -> None:
        msg = "The file is gone."
        raise FileNotFoundError(msg)

    job = jobs.later("base.break")
    with pytest.raises(FileNotFoundError):
        jobs.run(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "The file is gone." in job.problem


def test_run_begins_again_after_a_minute_while_attempts_are_left():
    jobs.register("base.break", attempts=2)(lambda run: 1 / 0)
    job = jobs.later("base.break")

    with pytest.raises(ZeroDivisionError):
        jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.WAITING
    assert Schedule.objects.filter(func=jobs.RUN, schedule_type=Schedule.ONCE).exists()

    with pytest.raises(ZeroDivisionError):
        jobs.run(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_run_fails_a_job_whose_name_a_later_version_dropped():
    job = Job.objects.create(name="gone.away", asked_at=AT)

    with pytest.raises(KeyError):
        jobs.run(job.pk)

    job.refresh_from_db()
    assert job.state == JobState.FAILED


def test_retry_puts_a_failed_job_back_in_the_line():
    calls = []

    @jobs.register("base.flaky")
    def flaky(run: jobs.Run) -> None:
        calls.append(1)
        if len(calls) == 1:
            raise ConnectionError

    job = jobs.later("base.flaky")
    with pytest.raises(ConnectionError):
        jobs.run(job.pk)
    job.refresh_from_db()

    jobs.retry(job)

    assert run(job).state == JobState.DONE
    assert job.attempts == 2


def test_retry_returns_the_open_job_that_already_does_the_same():
    jobs.register("base.say")(lambda run: None)
    failed = jobs.later("base.say", key="a")
    Job.objects.filter(pk=failed.pk).update(state=JobState.FAILED)
    failed.refresh_from_db()
    newer = jobs.later("base.say", key="a")

    assert jobs.retry(failed).pk == newer.pk


def test_ask_to_stop_ends_a_waiting_job_at_once():
    jobs.register("base.say")(lambda run: None)
    job = jobs.later("base.say")

    jobs.ask_to_stop(job)

    job.refresh_from_db()
    assert job.state == JobState.STOPPED
    assert run(job).attempts == 0


def test_ask_to_stop_ends_a_running_job_at_its_next_progress():
    @jobs.register("base.long")
    def long(run: jobs.Run) -> None:
        jobs.ask_to_stop(run.job)
        run.progress(1)
        pytest.fail("went on")

    assert run(jobs.later("base.long")).state == JobState.STOPPED


def test_recover_puts_back_a_running_job_without_a_process():
    jobs.register("base.say")(lambda run: None)
    job = jobs.later("base.say")
    Job.objects.filter(pk=job.pk).update(state=JobState.RUNNING, attempts=1)

    assert [found.pk for found in jobs.recover()] == [job.pk]
    assert run(job).state == JobState.DONE


def test_recover_leaves_a_running_job_that_a_process_holds():
    job = Job.objects.create(name="base.say", asked_at=AT, state=JobState.RUNNING)

    with locks.held(jobs.lock_of(job.pk)):
        assert jobs.recover() == []


def test_recover_gives_up_on_a_job_that_killed_its_worker_three_times():
    job = Job.objects.create(
        name="base.say", asked_at=AT, state=JobState.RUNNING, attempts=3
    )

    jobs.recover()

    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "killed" in job.problem


def test_line_up_brings_back_what_a_restore_left_waiting():
    Job.objects.create(name="base.say", asked_at=AT)
    Job.objects.create(name="base.say", asked_at=AT, state=JobState.DONE)

    jobs.line_up()

    assert OrmQ.objects.count() == 1


def test_sweep_locks_keeps_those_of_open_jobs():
    kept = Job.objects.create(name="base.say", asked_at=AT)
    over = Job.objects.create(name="base.say", asked_at=AT, state=JobState.DONE)
    for job in (kept, over):
        with locks.held(jobs.lock_of(job.pk)):
            pass

    jobs.sweep_locks()

    assert jobs.lock_of(kept.pk).exists()
    assert not jobs.lock_of(over.pk).exists()


def test_keep_schedules_gives_each_nightly_job_the_next_of_its_hours():
    jobs.register("base.nightly", nightly_at=time(2, 30))(lambda run: None)

    nightly.keep_schedules()
    nightly.keep_schedules()

    schedule = Schedule.objects.get(name="base.nightly")
    assert schedule.cron == "30 2 * * *"
    local = timezone.localtime(schedule.next_run)
    assert (local.hour, local.minute) == (2, 30)
    assert clock.real_now() < local <= clock.real_now() + timedelta(days=1, hours=1)


def test_keep_schedules_drops_a_job_that_no_longer_runs_every_night():
    jobs.register("base.nightly", nightly_at=time(2, 30))(lambda run: None)
    nightly.keep_schedules()
    jobs.register("base.nightly")(lambda run: None)

    nightly.keep_schedules()

    assert not Schedule.objects.filter(name="base.nightly").exists()


def test_begin_does_not_begin_a_nightly_job_twice():
    jobs.register("base.nightly", nightly_at=time(2, 30))(lambda run: None)

    jobs.begin("base.nightly")
    jobs.begin("base.nightly")

    assert Job.objects.filter(name="base.nightly").count() == 1


def test_running_backups_are_those_of_the_last_day_without_an_end():
    running = Backup.objects.create(begun_at=AT - timedelta(hours=2), path="a")
    Backup.objects.create(begun_at=AT - timedelta(days=3), path="killed")
    Backup.objects.create(begun_at=AT - timedelta(hours=3), ended_at=AT, path="done")

    assert list(Backup.objects.running(at=AT)) == [running]
