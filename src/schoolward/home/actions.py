"""Handling long work: start it again, or ask it to stop."""

from datetime import datetime

from django.db import transaction

from schoolward.audit.record import record
from schoolward.base import jobs, policies
from schoolward.base.http import insist
from schoolward.base.models import Job, JobState
from schoolward.kernel.actor import Actor


@transaction.atomic
def retry_job(job: Job, *, by: Actor, at: datetime) -> Job:
    """Put a failed or stopped job back in the line; any other stays as it is.

    Returns:
        The job, or the open one that already does the same.

    Raises:
        RefusedError: The actor neither asked for the job nor is an administrator.
    """
    job = Job.objects.select_for_update().get(pk=job.pk)
    insist(policies.can_handle_job(by, job))
    if job.state in {JobState.FAILED, JobState.STOPPED}:
        record("home.job.retried", by=by, at=at, target=job, name=job.name)
        return jobs.retry(job)
    return job


@transaction.atomic
def stop_job(job: Job, *, by: Actor, at: datetime) -> Job:
    """Ask a job to stop at its next safe place; one that ended stays as it is.

    Raises:
        RefusedError: The actor neither asked for the job nor is an administrator.
    """
    job = Job.objects.select_for_update().get(pk=job.pk)
    insist(policies.can_handle_job(by, job))
    if job.state in {JobState.WAITING, JobState.RUNNING} and not job.stop_asked:
        jobs.ask_to_stop(job)
        record("home.job.stopped", by=by, at=at, target=job, name=job.name)
    return Job.objects.get(pk=job.pk)
