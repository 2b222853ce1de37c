"""What this room keeps: loads in preparation, what each load wrote, and saved maps."""

from django.db import models
from django.db.models import Q

from schoolward.base.guarded import GuardedQuerySet
from schoolward.district.models import Post, School
from schoolward.exchange import policies
from schoolward.kernel.actor import Actor


class DockQuerySet(GuardedQuerySet["SavedMap"]):
    """Rows of the loading dock, for those who keep the district's records."""

    def visible_to(self, actor: Actor) -> "DockQuerySet":
        """Keep the rows an actor may see."""
        return self.filter(policies.dock_visible(actor)).scoped_as("dock")


class Staging(models.Model):
    """How a load was prepared, so that it can be prepared again.

    `load_id` is the row in `audit`. The file lies in the installation's home until the
    load is loaded or discarded. `mark` tells whether the district changed meanwhile.
    """

    load_id = models.BigIntegerField(unique=True)
    path = models.CharField(max_length=500, blank=True)
    keeps_file = models.BooleanField(default=False)
    choices = models.JSONField(default=dict)
    mark = models.BigIntegerField(default=0)
    guard_reason = models.CharField(max_length=300, blank=True)
    answers = models.JSONField(default=dict)
    tallies = models.JSONField(default=dict)
    question = models.JSONField(default=dict)

    objects = models.Manager["Staging"]()

    def __str__(self) -> str:
        return f"Staging of load #{self.load_id}"


class StagedChange(models.Model):
    """One row that a load inserts, updates or deletes: the plan, then the ledger.

    Written in short transactions before the load, read by the one statement per table
    that makes it so, and read again to undo it. `before` and `after` hold columns by
    name: all of them for an inserted or deleted row, the changed ones for an updated.
    """

    load_id = models.BigIntegerField()
    table = models.CharField(max_length=40)
    operation = models.CharField(max_length=6)
    row_id = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    objects = models.Manager["StagedChange"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(operation__in=["insert", "update", "delete"]),
                name="staged_operation_is_known",
            ),
            models.UniqueConstraint(
                fields=["load_id", "table", "operation", "row_id"],
                name="staged_row_is_single",
            ),
        ]
        indexes = [models.Index(fields=["table", "row_id"], name="staged_by_row")]

    def __str__(self) -> str:
        return f"{self.operation} {self.table} #{self.row_id}"


class Refused(models.Model):
    """One refusal of a load, for its page and its download."""

    load_id = models.BigIntegerField()
    row = models.PositiveBigIntegerField()
    column = models.CharField(max_length=200, blank=True)
    value = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=400)
    remedy = models.CharField(max_length=400)

    objects = models.Manager["Refused"]()

    class Meta:
        indexes = [models.Index(fields=["load_id", "row"], name="refused_by_load")]

    def __str__(self) -> str:
        return f"Row {self.row}: {self.reason}"


class SourceDay(models.Model):
    """A day of which a source told everything: what it did not mention was not so."""

    source_key = models.CharField(max_length=80)
    target = models.CharField(max_length=24)
    day = models.DateField()

    objects = models.Manager["SourceDay"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_key", "target", "day"], name="source_day_is_single"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_key} on {self.day}"


class Sighting(models.Model):
    """The first and the last day on which a source listed a school."""

    source_key = models.CharField(max_length=80)
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()

    objects = models.Manager["Sighting"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_key", "school"], name="sighting_is_single"
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")),
                name="sighting_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} in {self.source_key}"


class Origin(models.Model):
    """Which source brought a post, and by what key it knows it again."""

    source_key = models.CharField(max_length=80)
    key = models.CharField(max_length=255)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")

    objects = models.Manager["Origin"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source_key", "post"], name="origin_is_single"
            )
        ]
        indexes = [models.Index(fields=["source_key", "key"], name="origin_by_key")]

    def __str__(self) -> str:
        return f"{self.source_key} {self.key}"


class KeptAnswer(models.Model):
    """What a person answered to a question about an issuer's files; asked only once."""

    ids = models.CharField(max_length=80)
    name = models.CharField(max_length=80)
    subject = models.CharField(max_length=200, blank=True)
    answer = models.CharField(max_length=200)

    objects = models.Manager["KeptAnswer"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ids", "name", "subject"], name="kept_answer_is_single"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ids}: {self.name} = {self.answer}"


class SavedMap(models.Model):
    """A map that people of the district saved under a name."""

    name = models.CharField(max_length=80, unique=True)
    target = models.CharField(max_length=24)
    text = models.TextField()
    saved_by = models.BigIntegerField(null=True)
    saved_by_name = models.CharField(max_length=200, blank=True)
    saved_at = models.DateTimeField()

    objects = DockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="saved_map_has_a_name")
        ]

    def __str__(self) -> str:
        return self.name
