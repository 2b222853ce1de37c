"""Keeps the queue's schedules in step with the jobs that run every night."""

from datetime import time

from django.db import transaction
from django_q.models import Schedule

from schoolward.base import jobs


BEGIN = "schoolward.base.jobs.begin"


@transaction.atomic
def keep_schedules() -> list[str]:
    """Give each nightly job its schedule and drop those nobody registers any more.

    Returns:
        The names that run every night, sorted.
    """
    wanted = jobs.nightly()
    kept = Schedule.objects.filter(func=BEGIN)
    kept.exclude(name__in=wanted).delete()
    for name, time_of_day in wanted.items():
        _keep_one(name, _cron(time_of_day))
    return sorted(wanted)


def _keep_one(name: str, cron: str) -> None:
    schedule = Schedule.objects.filter(func=BEGIN, name=name).first()
    if schedule is None:
        schedule = Schedule(func=BEGIN, name=name, args=repr((name,)), repeats=-1)
    if schedule.cron == cron:
        return
    schedule.cron, schedule.schedule_type = cron, Schedule.CRON
    schedule.next_run = schedule.calculate_next_run()
    schedule.save()


def _cron(time_of_day: time) -> str:
    return f"{time_of_day.minute} {time_of_day.hour} * * *"
