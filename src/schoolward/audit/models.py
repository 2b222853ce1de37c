"""What was done, seen and refused, by whom, to what; and the row of every load."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q


class EventKind(models.TextChoices):
    """What sort of trace an event is."""

    ACT = "act", "Done"
    READ = "read", "Seen"
    REFUSAL = "refusal", "Refused"


class AppendOnlyError(RuntimeError):
    """Code tried to change or delete the record of what happened."""


class EventQuerySet(models.QuerySet["Event"]):
    """Events can be added and read, nothing else."""

    def update(self, **_changes: Any) -> NoReturn:
        """Refuse: the record is append-only."""
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        """Refuse: the record is append-only; `audit.retention` disposes of what is due."""
        raise AppendOnlyError


class Event(models.Model):
    """One recorded act, reading or refusal.

    Holds plain labels and ids, not foreign keys, so the record outlives what it
    describes and never blocks a deletion.
    """

    verb = models.CharField(max_length=64)
    kind = models.CharField(
        max_length=8, choices=EventKind.choices, default=EventKind.ACT
    )
    actor_id = models.BigIntegerField(null=True, blank=True)
    actor_name = models.CharField(max_length=200, blank=True)
    behalf_id = models.BigIntegerField(null=True, blank=True)
    behalf_name = models.CharField(max_length=200, blank=True)
    target_type = models.CharField(max_length=64, blank=True)
    target_id = models.CharField(max_length=64, blank=True)
    target_name = models.CharField(max_length=255, blank=True)
    school_id = models.BigIntegerField(null=True, blank=True)
    person_id = models.BigIntegerField(null=True, blank=True)
    facts = models.JSONField(default=dict)
    request_id = models.CharField(max_length=64, blank=True)
    happened_at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=EventKind.values), name="event_kind_is_known"
            )
        ]
        indexes = [
            models.Index(fields=["-happened_at"], name="event_by_time"),
            models.Index(fields=["verb", "-happened_at"], name="event_by_verb"),
            models.Index(fields=["actor_id", "-happened_at"], name="event_by_actor"),
            models.Index(fields=["person_id", "-happened_at"], name="event_by_person"),
            models.Index(fields=["school_id", "-happened_at"], name="event_by_school"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.verb} {self.target_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new event.

        Raises:
            AppendOnlyError: The event was written before.
        """
        if not self._state.adding:
            raise AppendOnlyError
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse: the record is append-only."""
        raise AppendOnlyError


class LoadState(models.TextChoices):
    """Where a load stands."""

    STAGING = "staging", "Being read"
    STAGED = "staged", "Ready to look at"
    GUARDED = "guarded", "Stopped by the guard"
    LOADING = "loading", "Loading"
    LOADED = "loaded", "Loaded"
    UNDONE = "undone", "Undone"
    FAILED = "failed", "Not loaded"
    DISCARDED = "discarded", "Discarded"


OPEN_LOADS = (LoadState.STAGING, LoadState.STAGED, LoadState.GUARDED, LoadState.LOADING)
"""States in which a load may still need its staged rows and files."""


class Load(models.Model):
    """One file's way in: which file, by which map, by whom, with what counts."""

    target = models.CharField(max_length=24)
    format = models.CharField(max_length=24)
    file_name = models.CharField(max_length=255)
    file_size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64)
    map_name = models.CharField(max_length=120, blank=True)
    source_key = models.CharField(max_length=80, blank=True)
    school_year = models.CharField(max_length=7, blank=True)
    as_of_date = models.DateField()
    state = models.CharField(
        max_length=9, choices=LoadState.choices, default=LoadState.STAGING
    )
    begun_by = models.BigIntegerField(null=True, blank=True)
    begun_by_name = models.CharField(max_length=200, blank=True)
    begun_at = models.DateTimeField()
    loaded_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    new_count = models.PositiveBigIntegerField(default=0)
    changed_count = models.PositiveBigIntegerField(default=0)
    ended_count = models.PositiveBigIntegerField(default=0)
    unchanged_count = models.PositiveBigIntegerField(default=0)
    refused_count = models.PositiveBigIntegerField(default=0)
    skipped_count = models.PositiveBigIntegerField(default=0)
    ignored_columns = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    problem = models.TextField(blank=True)

    objects = models.Manager["Load"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=LoadState.values), name="load_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="loaded") | Q(loaded_at__isnull=False),
                name="load_loaded_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="undone") | Q(undone_at__isnull=False),
                name="load_undone_has_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["-begun_at"], name="load_by_time"),
            models.Index(fields=["sha256"], name="load_by_hash"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.target} from {self.file_name}"


class LegalHold(models.Model):
    """An order to keep everything about a person, a school or a kind of record."""

    reason = models.CharField(max_length=300)
    person_id = models.BigIntegerField(null=True, blank=True)
    school_id = models.BigIntegerField(null=True, blank=True)
    record_class = models.CharField(max_length=64, blank=True)
    placed_by = models.BigIntegerField()
    placed_by_name = models.CharField(max_length=200)
    placed_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by_name = models.CharField(max_length=200, blank=True)

    objects = models.Manager["LegalHold"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person_id__isnull=False)
                | Q(school_id__isnull=False)
                | ~Q(record_class=""),
                name="legal_hold_holds_something",
            )
        ]

    def __str__(self) -> str:
        return f"Hold #{self.pk}: {self.reason}"


class RetentionPeriod(models.Model):
    """How long the district keeps a class of records, when it differs from the default."""

    record_class = models.CharField(max_length=64, unique=True)
    years = models.PositiveIntegerField()
    authority = models.CharField(max_length=300, blank=True)

    objects = models.Manager["RetentionPeriod"]()

    def __str__(self) -> str:
        return f"{self.record_class}: {self.years} years"


class Disposal(models.Model):
    """What was disposed of when its retention ended, and who approved it."""

    record_class = models.CharField(max_length=64)
    row_count = models.PositiveBigIntegerField()
    up_to_date = models.DateField()
    approved_by = models.BigIntegerField()
    approved_by_name = models.CharField(max_length=200)
    done_at = models.DateTimeField()

    objects = models.Manager["Disposal"]()

    def __str__(self) -> str:
        return f"{self.row_count} × {self.record_class} up to {self.up_to_date}"
