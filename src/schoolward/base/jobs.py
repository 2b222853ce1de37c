"""Work that runs later: registered by name, idempotent, with a row people can see.

A room registers `@jobs.register("exchange.load")` in its `jobs.py`. Whoever wants the
work says `jobs.later("exchange.load", load_id=7)`. Delivery is at least once, so every
job checks what is already done. A name nobody registered is refused at once.

The line of waiting jobs is a table of the same database: a job enters it in the
transaction that asked for it, and is seen by the worker once that is committed.
"""

import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Protocol

import structlog
from django.conf import settings
from django.db import IntegrityError, transaction
from django_q.models import Schedule
from django_q.tasks import async_task, schedule

from schoolward.base import clock, locks
from schoolward.base.models import Job, JobState
from schoolward.kernel.actor import SYSTEM, Actor


Value = str | int | float | bool | None
log = structlog.get_logger(__name__)
_REGISTRY: dict[str, "Registered"] = {}

RUN = "schoolward.base.jobs.run"
OPEN_STATES = (JobState.WAITING, JobState.RUNNING)
MOST_ATTEMPTS_AFTER_DEATH = 3
"""How often a job is begun that dies with its worker."""

DIED = (
    "The process that did this was killed each time, perhaps for want of memory. "
    "Look at the system's log, then start the job again."
)


class Work(Protocol):
    """What a job runs: a function of its run and of plain values."""

    def __call__(self, run: "Run", **arguments: Value) -> None:
        """Do the work, telling the run how far it is."""


class UnknownJobError(LookupError):
    """Nobody registered a job of this name."""


class StoppedError(Exception):
    """A person asked that the work stop; what is half-done must be undone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A name's work.

    Attributes:
        work: The function.
        attempts: How often it is begun before its failure is final.
        nightly_at: The time of day at which it runs every night, or None.
    """

    work: Work
    attempts: int = 1
    nightly_at: time | None = None


def register(
    name: str, *, attempts: int = 1, nightly_at: time | None = None
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function as the work of a name such as "exchange.load".

    Args:
        name: `room.verb`.
        attempts: How often it is begun before its failure is final; the next attempt
            comes after one minute, then two, and so on.
        nightly_at: When it runs every night without being asked for, in the
            district's time; its arguments must then all have defaults.
    """

    def keep(work: Callable[..., None]) -> Callable[..., None]:
        _REGISTRY[name] = Registered(
            work=work, attempts=attempts, nightly_at=nightly_at
        )
        return work

    return keep


def names() -> list[str]:
    """Return every registered name, sorted."""
    return sorted(_REGISTRY)


def title_of(name: str) -> str:
    """Return what a job does: the first line of its work's docstring, else its name."""
    told = (_REGISTRY[name].work.__doc__ or "") if name in _REGISTRY else ""
    return told.strip().partition("\n")[0].removesuffix(".") or name


def nightly() -> dict[str, time]:
    """Return the names that run every night, with their time of day."""
    return {n: r.nightly_at for n, r in _REGISTRY.items() if r.nightly_at}


def later(name: str, *, by: Actor = SYSTEM, key: str = "", **arguments: Value) -> Job:
    """Schedule work for after the transaction, once per open key.

    Args:
        name: A registered name.
        by: Who asked; shown on the job's row.
        key: Two open jobs of one name never share a key; the open one is returned.
        arguments: Ids and plain values only.

    Raises:
        UnknownJobError: Nobody registered the name.
    """
    if name not in _REGISTRY:
        msg = f"No room registered a job named {name}."
        raise UnknownJobError(msg)
    try:
        with transaction.atomic():
            job = Job.objects.create(
                name=name,
                key=key,
                arguments=arguments,
                asked_by=by.person_id or None,
                asked_by_name=by.name,
                asked_at=clock.now(),
            )
            _enqueue(job.pk)
    except IntegrityError:
        open_job = _open_one(name, key)
        if open_job is None:
            raise
        return open_job
    return job


def _open_one(name: str, key: str) -> Job | None:
    return Job.objects.filter(name=name, key=key, state__in=OPEN_STATES).first()


def begin(name: str) -> None:
    """Begin a nightly job, unless last night's still runs."""
    later(name, key="nightly")


def _enqueue(job_id: int, *, after: timedelta | None = None) -> None:
    if after is None:
        async_task(RUN, job_id, task_name=f"job-{job_id}")
    else:
        due = clock.real_now() + after
        schedule(RUN, job_id, schedule_type=Schedule.ONCE, next_run=due)


def retry(job: Job) -> Job:
    """Put a failed or stopped job back in the line.

    Returns:
        The job, or the open one that already does the same.
    """
    again = _open_one(job.name, job.key) if job.key else None
    if again:
        return again
    put_back(job)
    return job


@transaction.atomic
def put_back(job: Job, *, after: timedelta | None = None, problem: str = "") -> None:
    """Let a job wait again, now or after a while."""
    job.state, job.stop_asked, job.problem = JobState.WAITING, False, problem
    job.save(update_fields=["state", "stop_asked", "problem"])
    _enqueue(job.pk, after=after)


def ask_to_stop(job: Job) -> None:
    """Ask a job to stop at its next safe place; a waiting one stops at once."""
    Job.objects.filter(pk=job.pk, state=JobState.WAITING).update(
        state=JobState.STOPPED, ended_at=clock.now()
    )
    Job.objects.filter(pk=job.pk).update(stop_asked=True)


class Run:
    """A running job's side of its row."""

    def __init__(self, job: Job) -> None:
        """Speak for one row."""
        self.job = job

    def progress(self, done: int, *, total: int | None = None, doing: str = "") -> None:
        """Say how far the work is.

        Raises:
            StoppedError: A person asked that it stop.
        """
        fields: dict[str, int | str] = {"done_count": done}
        if total is not None:
            fields["total_count"] = total
        if doing:
            fields["doing"] = doing
        Job.objects.filter(pk=self.job.pk).update(**fields)
        if Job.objects.filter(pk=self.job.pk, stop_asked=True).exists():
            raise StoppedError

    def say(self, line: str) -> None:
        """Add a line to the row's log."""
        self.job.log += f"{clock.now():%Y-%m-%d %H:%M:%S} {line}\n"
        self.job.save(update_fields=["log"])


def run(job_id: int) -> None:
    """Run one job's work and keep what became of it on its row.

    Does nothing when another process is at it, or when it is already over.

    Raises:
        Exception: Whatever the work raised, after the row says so.
    """
    with locks.held(lock_of(job_id)) as is_mine:
        job = _claim(job_id, at=clock.now()) if is_mine else None
        if job is not None:
            with structlog.contextvars.bound_contextvars(job=job.pk, job_name=job.name):
                _work(job)


def lock_of(job_id: int) -> Path:
    """Return the lock that a job's process holds while it works."""
    return Path(settings.SCHOOLWARD_HOME) / "locks" / f"job-{job_id}"


def _work(job: Job) -> None:
    try:
        _REGISTRY[job.name].work(Run(job), **job.arguments)
    except StoppedError:
        _close(job, JobState.STOPPED)
    except Exception:
        _fail(job, problem=traceback.format_exc(limit=20))
        log.exception("job.failed")
        raise
    else:
        _close(job, JobState.DONE)


def _claim(job_id: int, *, at: datetime) -> Job | None:
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=job_id).first()
        if job is None or job.state not in OPEN_STATES:
            return None
        job.state, job.started_at, job.ended_at = JobState.RUNNING, at, None
        job.attempts += 1
        job.save(update_fields=["state", "started_at", "ended_at", "attempts"])
    return job


def _fail(job: Job, *, problem: str) -> None:
    registered = _REGISTRY.get(job.name)
    if registered and job.attempts < registered.attempts:
        put_back(job, after=timedelta(minutes=job.attempts), problem=problem)
    else:
        _close(job, JobState.FAILED, problem=problem)


def _close(job: Job, state: JobState, *, problem: str = "") -> None:
    job.state, job.ended_at, job.problem = state, clock.now(), problem
    job.save(update_fields=["state", "ended_at", "problem"])


def recover() -> list[Job]:
    """Put back what died with its worker; called by the worker every few seconds.

    A running row whose lock is free has no process. It is begun again, up to
    MOST_ATTEMPTS_AFTER_DEATH times, since it may be what killed the worker.
    """
    running = list(Job.objects.filter(state=JobState.RUNNING))
    return [job for job in running if _recover_one(job)]


def line_up() -> None:
    """Put every waiting job in the line; called when the worker starts.

    After a restore the line is empty. One that is in it twice is still done once.
    """
    for job_id in Job.objects.filter(state=JobState.WAITING).values_list(
        "pk", flat=True
    ):
        _enqueue(job_id)


def sweep_locks() -> None:
    """Remove the lock files of jobs that are over; called when the worker starts."""
    still_open = Job.objects.filter(state__in=OPEN_STATES).values_list("pk", flat=True)
    kept = {lock_of(pk).name for pk in still_open}
    for path in lock_of(0).parent.glob("job-*"):
        if path.name not in kept:
            path.unlink(missing_ok=True)


def _recover_one(job: Job) -> bool:
    with locks.held(lock_of(job.pk)) as is_dead:
        if not is_dead:
            return False
        job.refresh_from_db()
        if job.state != JobState.RUNNING:
            return False
        log.warning("job.died", job=job.pk, job_name=job.name)
        if job.attempts < MOST_ATTEMPTS_AFTER_DEATH:
            put_back(job)
        else:
            _close(job, JobState.FAILED, problem=DIED)
    return True
