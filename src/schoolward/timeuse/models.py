"""Calendars of persons, and each meeting in them at its own time."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from schoolward.base.guarded import GuardedQuerySet
from schoolward.district.models import Person
from schoolward.kernel.actor import Actor
from schoolward.timeuse import policies
from schoolward.timeuse.domain.categories import Category, Principals, Rule
from schoolward.timeuse.domain.shapes import Status


class CalendarKind(models.TextChoices):
    """Where a calendar comes from."""

    FILE = "file", "File"


class CalendarQuerySet(GuardedQuerySet["Calendar"]):
    """Ways to ask for calendars."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep an actor's own calendars."""
        return self.filter(policies.calendars_visible(actor)).scoped_as("own")


class Calendar(models.Model):
    """One calendar of a person, as it was last loaded.

    Attributes:
        name: What the owner calls it; a file of the same name refreshes it.
        sha256: Of the file that was loaded last.
        window_start: From which moment on it was read that time.
        window_end: Up to which moment.
        refused: The first parts that were left out, each with why and what to do.
    """

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="calendars"
    )
    kind = models.CharField(max_length=4, choices=CalendarKind.choices)
    name = models.CharField(max_length=120)
    file_name = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64)
    window_start = models.DateTimeField()
    window_end = models.DateTimeField()
    loaded_at = models.DateTimeField()
    instance_count = models.PositiveIntegerField(default=0)
    refused_count = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list, blank=True)

    objects = CalendarQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"], name="calendar_name_is_single_for_a_person"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=CalendarKind.values), name="calendar_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(window_end__gt=F("window_start")),
                name="calendar_window_ends_after_start",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="calendar_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"Calendar #{self.pk}"


class CalendarEventQuerySet(GuardedQuerySet["CalendarEvent"]):
    """Ways to ask for what calendars hold."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what an actor's own calendars hold."""
        return self.filter(policies.events_visible(actor)).scoped_as("own")


class CalendarEvent(models.Model):
    """One instance of a meeting; of a private one, its time and no word."""

    calendar = models.ForeignKey(
        Calendar, on_delete=models.CASCADE, related_name="events"
    )
    uid = models.CharField(max_length=200)
    instance_key = models.CharField(max_length=16)
    series_key = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    all_day = models.BooleanField()
    status = models.CharField(
        max_length=9, choices=[(one.value, one.value.capitalize()) for one in Status]
    )
    is_busy = models.BooleanField()
    is_private = models.BooleanField()
    title = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=300, blank=True)
    organizer = models.CharField(max_length=254, blank=True)
    attendees = models.JSONField(default=list, blank=True)

    objects = CalendarEventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "uid", "instance_key"],
                name="calendar_event_instance_is_single",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")),
                name="calendar_event_ends_no_earlier_than_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(status__in=list(Status)),
                name="calendar_event_status_is_known",
            ),
            models.CheckConstraint(
                condition=Q(is_private=False)
                | Q(title="", place="", organizer="", attendees=[]),
                name="calendar_event_private_has_no_words",
            ),
        ]
        indexes = [
            models.Index(
                fields=["calendar", "starts_at"], name="calendar_event_by_start"
            )
        ]

    def __str__(self) -> str:
        return f"Calendar event #{self.pk}"


CATEGORIES = [(one.value, one.label) for one in Category]


class SortingRule(models.Model):
    """A rule by which the district sorts events; the first that fits decides.

    A district without any sorts by the rules that ship.
    """

    PRINCIPALS = [(one.value, one.value) for one in Principals]

    position = models.PositiveIntegerField()
    name = models.CharField(max_length=80, unique=True)
    category = models.CharField(max_length=14, choices=CATEGORIES)
    words = models.JSONField(default=list, blank=True)
    principals = models.CharField(max_length=7, choices=PRINCIPALS)
    at_school = models.BooleanField()
    from_unit = models.BooleanField()

    objects = models.Manager["SortingRule"]()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(category__in=list(Category)),
                name="sorting_rule_category_is_known",
            ),
            models.CheckConstraint(
                condition=Q(principals__in=list(Principals)),
                name="sorting_rule_principals_are_known",
            ),
            models.CheckConstraint(
                condition=~Q(name=""), name="sorting_rule_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rule(self) -> Rule:
        """Return it as the arithmetic knows it."""
        return Rule(
            name=self.name,
            category=Category(self.category),
            words=tuple(self.words),
            principals=Principals(self.principals),
            at_school=self.at_school,
            from_unit=self.from_unit,
        )


class OwnRuleQuerySet(GuardedQuerySet["OwnRule"]):
    """Ways to ask for people's own rules."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep an actor's own."""
        return self.filter(policies.calendars_visible(actor)).scoped_as("own")


class OwnRule(models.Model):
    """A person's own rule: everything called like this was for that."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=300)
    category = models.CharField(max_length=14, choices=CATEGORIES)
    made_at = models.DateTimeField()

    objects = OwnRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "title"], name="own_rule_title_is_single_for_a_person"
            ),
            models.CheckConstraint(
                condition=Q(category__in=list(Category)),
                name="own_rule_category_is_known",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="own_rule_has_a_title"),
        ]

    def __str__(self) -> str:
        return f"Own rule #{self.pk}"


class CorrectionQuerySet(GuardedQuerySet["Correction"]):
    """Ways to ask for corrections."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep those of an actor's own events."""
        return self.filter(policies.corrections_visible(actor)).scoped_as("own")


class Correction(models.Model):
    """An owner's word on what one event was for; it outweighs every rule."""

    event = models.OneToOneField(
        CalendarEvent, on_delete=models.CASCADE, related_name="correction"
    )
    category = models.CharField(max_length=14, choices=CATEGORIES)
    corrected_at = models.DateTimeField()

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(category__in=list(Category)),
                name="correction_category_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"Correction #{self.pk}"
