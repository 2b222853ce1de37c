"""Rows that belong to the installation itself: jobs people can see, and the demo mark."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", "Waiting"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    STOPPED = "stopped", "Stopped"


class Job(models.Model):
    """One piece of long work: what it is, who asked, how far it is, what it said."""

    name = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)
    key = models.CharField(max_length=120, blank=True)
    asked_by = models.BigIntegerField(null=True, blank=True)
    asked_by_name = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    state = models.CharField(
        max_length=8, choices=JobState.choices, default=JobState.WAITING
    )
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    done_count = models.PositiveBigIntegerField(default=0)
    total_count = models.PositiveBigIntegerField(null=True, blank=True)
    doing = models.CharField(max_length=200, blank=True)
    log = models.TextField(blank=True)
    problem = models.TextField(blank=True)
    attempts = models.PositiveIntegerField(default=0)
    stop_asked = models.BooleanField(default=False)

    objects = models.Manager["Job"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=JobState.values), name="job_state_is_known"
            ),
            models.UniqueConstraint(
                fields=["name", "key"],
                condition=Q(state__in=["waiting", "running"]) & ~Q(key=""),
                name="job_key_is_open_once",
            ),
        ]
        indexes = [models.Index(fields=["state", "asked_at"], name="job_by_state")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"

    @property
    def share(self) -> float | None:
        """Return how much is done, from 0 to 1, or None when the whole is unknown."""
        return self.done_count / self.total_count if self.total_count else None


class DemoMark(models.Model):
    """The mark of a demo district; only the `demo` command writes it."""

    built_at = models.DateTimeField()
    today = models.DateField()
    seed = models.BigIntegerField()

    objects = models.Manager["DemoMark"]()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="demo_mark_is_single")
        ]

    def __str__(self) -> str:
        return f"Demo of {self.today}"


class BackupQuerySet(models.QuerySet["Backup"]):
    """Ways to ask for backups."""

    def running(self, *, at: datetime) -> "BackupQuerySet":
        """Keep those being written; one begun a day ago was killed."""
        return self.filter(ended_at=None, begun_at__gt=at - timedelta(days=1))


class Backup(models.Model):
    """One backup of this installation: when, where, how large, and whether it is whole.

    While one runs, no file of the warehouse is swept away.
    """

    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    path = models.CharField(max_length=1000)
    byte_count = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    is_encrypted = models.BooleanField(default=False)
    problem = models.TextField(blank=True)

    objects = BackupQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-begun_at"], name="backup_by_time")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.path}"
