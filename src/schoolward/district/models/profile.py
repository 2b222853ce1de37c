"""What is known of a school beyond its files: profile, goals, and facts called wrong."""

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from schoolward.base.guarded import GuardedQuerySet
from schoolward.district import policies
from schoolward.district.models.people import Person
from schoolward.district.models.places import School, Source, Unit
from schoolward.kernel.actor import Actor


R = TypeVar("R", bound=models.Model)


class SchoolPartQuerySet(GuardedQuerySet[R]):
    """Rows that belong to a school's page and are seen by who may open it."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the rows of schools whose page an actor may open."""
        rule = policies.page_visible(actor, prefix="school__")
        return self.filter(rule).scoped_as("page")


class WrongFactQuerySet(GuardedQuerySet["WrongFact"]):
    """Reports of wrong facts: seen with the page, by who said it and by who answers."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the reports an actor may read."""
        return self.filter(policies.wrong_facts_visible(actor)).scoped_as("wrong facts")


class ProfileField(models.TextChoices):
    """What a profile tells of a school."""

    NEEDS = "needs", "Needs"
    STRENGTHS = "strengths", "Strengths"
    GOALS = "goals", "Goals in own words"
    CHARACTER = "character", "Character"
    REACH = "reach", "Best way to reach"


class ProfileEntry(models.Model):
    """What somebody wrote about a school; the newest per field is the profile."""

    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="profile_entries"
    )
    field = models.CharField(max_length=10, choices=ProfileField.choices)
    text = models.TextField(blank=True, max_length=2000)
    written_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    behalf_of = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField()

    objects = SchoolPartQuerySet["ProfileEntry"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(field__in=ProfileField.values),
                name="profile_field_is_known",
            )
        ]
        indexes = [
            models.Index(
                fields=["school", "field", "-written_at"], name="profile_newest_first"
            ),
            models.Index(fields=["-written_at"], name="profile_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.school_id}"


class Goal(models.Model):
    """What a school means to reach in a school year, and how it will know."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="goals")
    start_year = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    who_for = models.CharField(max_length=120, blank=True)
    how_known = models.CharField(max_length=300, blank=True)
    led_by = models.CharField(max_length=200, blank=True)
    standing = models.CharField(max_length=200, blank=True)
    position = models.PositiveIntegerField(default=0)
    agreed_date = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )
    written_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SchoolPartQuerySet["Goal"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["school", "start_year"], name="goal_by_school")]

    def __str__(self) -> str:
        return self.title


class WrongFactState(models.TextChoices):
    """Where a report of a wrong fact stands."""

    OPEN = "open", "Open"
    MENDED = "mended", "Mended"
    RIGHT = "right", "Found to be right"


class WrongFact(models.Model):
    """A reader's "this is wrong", on its way to the owner of the fact's source."""

    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="wrong_facts"
    )
    fact = models.CharField(max_length=160)
    shown = models.CharField(max_length=300, blank=True)
    said = models.TextField(max_length=2000)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True)
    owner_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    state = models.CharField(
        max_length=6, choices=WrongFactState.choices, default=WrongFactState.OPEN
    )
    answer = models.TextField(blank=True, max_length=2000)
    answered_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = WrongFactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=WrongFactState.values),
                name="wrong_fact_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="open", answered_at__isnull=True)
                | (~Q(state="open") & Q(answered_at__isnull=False)),
                name="wrong_fact_answered_iff_closed",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "owner"], name="wrong_fact_by_owner"),
            models.Index(fields=["school", "state"], name="wrong_fact_by_school"),
        ]

    def __str__(self) -> str:
        return f"{self.fact} of {self.school_id}"
