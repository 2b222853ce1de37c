"""The catalogue of indicators, and the rows that name the warehouse's files."""

from typing import Self

from django.db import models
from django.db.models import Q

from schoolward.audit.models import Load
from schoolward.base.guarded import GuardedQuerySet
from schoolward.district.models import Source
from schoolward.kernel.actor import Actor
from schoolward.scorecards import policies
from schoolward.scorecards.domain import (
    LEAST_CELL,
    Direction,
    IndicatorDraft,
    Shape,
    Subject,
    Unit,
)


def _choices(kind: type[Unit | Direction | Subject]) -> list[tuple[str, str]]:
    return [(one.value, one.value.replace("_", " ").capitalize()) for one in kind]


class Shelf(models.Model):
    """A folder of the warehouse: values of some indicators as they are shown.

    Made from fact files, ready to be read by place and by indicator, small cells
    withheld. An indicator names the shelf its values stand on; a shelf that none names
    is swept, and can always be made again from the facts.

    Attributes:
        bounds: The last school of each of its files by place.
        contents: By indicator, its groups, and how many schools it has by period.
        minimum_cell: The district's minimum it was made with.
        today: The day whose networks are "today".
    """

    path = models.CharField(max_length=80, unique=True)
    bounds = models.JSONField(default=list)
    contents = models.JSONField(default=dict)
    row_count = models.PositiveBigIntegerField(default=0)
    minimum_cell = models.PositiveIntegerField()
    today = models.DateField()
    made_at = models.DateTimeField()

    objects = models.Manager["Shelf"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minimum_cell__gte=LEAST_CELL), name="shelf_minimum_is_safe"
            )
        ]

    def __str__(self) -> str:
        return self.path


class IndicatorQuerySet(GuardedQuerySet["Indicator"]):
    """Ways to ask for indicators."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the definitions an actor may read."""
        return self.filter(policies.catalogue_visible(actor)).scoped_as("catalogue")


class Indicator(models.Model):
    """A question with one definition, which a district edits."""

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=160)
    question = models.CharField(max_length=300)
    unit = models.CharField(max_length=8, choices=_choices(Unit))
    direction = models.CharField(
        max_length=6, choices=_choices(Direction), default=Direction.NONE
    )
    formula = models.CharField(max_length=500, blank=True)
    caveats = models.TextField(blank=True, max_length=2000)
    subject = models.CharField(
        max_length=8, choices=_choices(Subject), default=Subject.STUDENTS
    )
    minimum_cell = models.PositiveIntegerField(null=True, blank=True)
    scale = models.JSONField(default=list, blank=True)
    ordinal_level = models.CharField(max_length=80, blank=True)
    decimals = models.PositiveSmallIntegerField(default=1)
    guards_extremes = models.BooleanField(default=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    defined_at = models.DateTimeField()
    shelf = models.ForeignKey(
        Shelf,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="indicators",
    )

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__in=list(Unit)), name="indicator_unit_is_known"
            ),
            models.CheckConstraint(
                condition=Q(direction__in=list(Direction)),
                name="indicator_direction_is_known",
            ),
            models.CheckConstraint(
                condition=Q(subject__in=list(Subject)),
                name="indicator_subject_is_known",
            ),
            models.CheckConstraint(
                condition=Q(minimum_cell__isnull=True)
                | Q(minimum_cell__gte=LEAST_CELL),
                name="indicator_minimum_is_safe",
            ),
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(name="") & ~Q(question=""),
                name="indicator_asks_something",
            ),
            models.CheckConstraint(
                condition=Q(decimals__lte=6), name="indicator_decimals_are_few"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shape(self) -> Shape:
        """Return what its values may look like."""
        return Shape(unit=Unit(self.unit), scale=tuple(self.scale))

    @property
    def draft(self) -> IndicatorDraft:
        """Return the definition alone."""
        return IndicatorDraft(
            key=self.key,
            name=self.name,
            question=self.question,
            unit=Unit(self.unit),
            direction=Direction(self.direction),
            formula=self.formula,
            caveats=self.caveats,
            subject=Subject(self.subject),
            minimum_cell=self.minimum_cell,
            scale=tuple(self.scale),
            ordinal_level=self.ordinal_level,
            decimals=self.decimals,
            guards_extremes=self.guards_extremes,
        )


class Definition(models.Model):
    """One version of an indicator's definition, as it read from its moment on."""

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="definitions"
    )
    version = models.PositiveIntegerField()
    says = models.JSONField()
    why = models.CharField(max_length=300, blank=True)
    written_by = models.BigIntegerField(null=True, blank=True)
    written_by_name = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()

    objects = models.Manager["Definition"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "version"], name="definition_version_is_single"
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="definition_version_starts_at_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} version {self.version}"


class FactFileState(models.TextChoices):
    """Whether a file's facts count."""

    NAMED = "named", "In use"
    UNDONE = "undone", "Undone"


class FactFile(models.Model):
    """A Parquet file of facts that one load wrote; a file no row names is swept."""

    path = models.CharField(max_length=80, unique=True)
    load = models.ForeignKey(Load, on_delete=models.PROTECT, related_name="fact_files")
    source = models.ForeignKey(Source, on_delete=models.PROTECT)
    file_year = models.CharField(max_length=7)
    sha256 = models.CharField(max_length=64)
    byte_count = models.PositiveBigIntegerField()
    row_count = models.PositiveBigIntegerField()
    indicator_keys = models.JSONField(default=list)
    state = models.CharField(
        max_length=6, choices=FactFileState.choices, default=FactFileState.NAMED
    )
    named_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = models.Manager["FactFile"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=FactFileState.values),
                name="fact_file_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False)
                | Q(state="named", undone_at__isnull=True),
                name="fact_file_undone_has_a_time",
            ),
            models.UniqueConstraint(
                fields=["load"], name="fact_file_is_single_for_its_load"
            ),
            models.CheckConstraint(
                condition=Q(row_count__gt=0), name="fact_file_holds_facts"
            ),
        ]
        indexes = [models.Index(fields=["state", "load"], name="fact_file_by_state")]

    def __str__(self) -> str:
        return self.path


class Warehouse(models.Model):
    """The one row that loads lock, so that no shelf is made from facts that changed."""

    version = models.PositiveBigIntegerField(default=0)

    objects = models.Manager["Warehouse"]()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="warehouse_is_single")
        ]

    def __str__(self) -> str:
        return f"Version {self.version}"
