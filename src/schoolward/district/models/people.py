"""People, the posts they hold, and who works for which school."""

from django.db import models
from django.db.models import Q

from schoolward.district.models.dated import (
    Dated,
    DatedQuerySet,
    DirectoryQuerySet,
    ends_after_start,
)
from schoolward.district.models.places import Network, School, Unit
from schoolward.kernel.seats import SCHOOL_SEATS, UNIT_SEATS, Seat


class Person(models.Model):
    """Someone who works for the district, or sits on its board."""

    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    display_name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    email_is_verified = models.BooleanField(default=False)
    phone = models.CharField(max_length=40, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged"
    )

    objects = DirectoryQuerySet["Person"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=~Q(email=""),
                name="person_email_is_single",
            ),
            models.CheckConstraint(
                condition=~Q(display_name=""), name="person_has_a_name"
            ),
        ]
        indexes = [
            models.Index(fields=["family_name", "given_name"], name="person_by_name"),
            models.Index(fields=["display_name"], name="person_by_display_name"),
        ]

    def __str__(self) -> str:
        return self.display_name


class Capacity(models.TextChoices):
    """How a post is held."""

    REGULAR = "regular", "Regular"
    INTERIM = "interim", "Interim"
    ACTING = "acting", "Acting"
    RESIDENT = "resident", "Resident"


class Post(Dated):
    """A seat in a place for a span of days, held by a person or vacant.

    Two running principal posts of one school are a shared principalship. `held_before`
    says that the start date is only the first day a record showed the post: whoever
    holds it held it earlier already, nobody knows since when.
    """

    SEATS = [(seat.value, seat.label) for seat in Seat]

    seat = models.CharField(max_length=20, choices=SEATS)
    title = models.CharField(max_length=160, blank=True)
    capacity = models.CharField(
        max_length=8, choices=Capacity.choices, default=Capacity.REGULAR
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )
    network = models.ForeignKey(
        Network, on_delete=models.PROTECT, null=True, blank=True, related_name="posts"
    )
    reports_to = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    position_number = models.CharField(max_length=40, blank=True)
    fte = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    held_before = models.BooleanField(default=False)

    objects = DatedQuerySet["Post"].as_manager()

    class Meta:
        constraints = [
            ends_after_start("post_ends_after_start"),
            models.CheckConstraint(
                condition=Q(seat__in=[seat.value for seat in Seat]),
                name="post_seat_is_known",
            ),
            models.CheckConstraint(
                condition=Q(capacity__in=Capacity.values),
                name="post_capacity_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(seat__in=sorted(SCHOOL_SEATS)) | Q(school__isnull=False),
                name="post_at_a_school_names_it",
            ),
            models.CheckConstraint(
                condition=~Q(seat__in=sorted(UNIT_SEATS)) | Q(unit__isnull=False),
                name="post_in_a_unit_names_it",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "start_date"], name="post_by_person"),
            models.Index(fields=["school", "seat"], name="post_by_school"),
            models.Index(fields=["unit", "seat"], name="post_by_unit"),
            models.Index(fields=["seat", "start_date"], name="post_by_seat"),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.get_seat_display()} #{self.pk}"

    @property
    def is_vacant(self) -> bool:
        """Return whether nobody holds the post."""
        return self.person_id is None


class Supervision(Dated):
    """An ILD's time as the supervisor of a school's principal."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="supervisions"
    )
    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="supervisions"
    )

    objects = DatedQuerySet["Supervision"].as_manager()

    class Meta:
        constraints = [
            ends_after_start("supervision_ends_after_start"),
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(end_date__isnull=True),
                name="supervision_open_is_single",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "start_date"], name="supervision_by_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} supervises {self.school_id} from {self.start_date}"


class Assignment(Dated):
    """A unit's person who serves a school by name."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="assignments"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="assignments"
    )

    objects = DatedQuerySet["Assignment"].as_manager()

    class Meta:
        constraints = [
            ends_after_start("assignment_ends_after_start"),
            models.UniqueConstraint(
                fields=["unit", "school", "person"],
                condition=Q(end_date__isnull=True),
                name="assignment_open_is_single",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "start_date"], name="assignment_by_school"),
            models.Index(fields=["person", "start_date"], name="assignment_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.unit_id} serves {self.school_id}"


class Delegation(Dated):
    """A person's leave for another to act on their behalf, recorded as such."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="delegations"
    )
    delegate = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="delegated_by"
    )
    purpose = models.CharField(max_length=200, blank=True)

    objects = DatedQuerySet["Delegation"].as_manager()

    class Meta:
        constraints = [
            ends_after_start("delegation_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(person=models.F("delegate")),
                name="delegation_is_to_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["delegate", "start_date"], name="delegation_by_delegate"
            )
        ]

    def __str__(self) -> str:
        return f"{self.delegate_id} for {self.person_id} from {self.start_date}"


class MergeState(models.TextChoices):
    """Where the merge of two rows of one person stands."""

    PROPOSED = "proposed", "Proposed"
    DISMISSED = "dismissed", "Two different people"
    MERGED = "merged", "Merged"
    UNDONE = "undone", "Undone"


class Merge(models.Model):
    """Two rows that may be one person: proposed, decided by a person, undoable.

    `moved` keeps which rows went from the second to the first, so that an undo can
    bring exactly these back.
    """

    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=200)
    state = models.CharField(
        max_length=9, choices=MergeState.choices, default=MergeState.PROPOSED
    )
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    moved = models.JSONField(default=dict)

    objects = DirectoryQuerySet["Merge"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MergeState.values), name="merge_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(kept=models.F("other")), name="merge_is_of_two"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at__isnull=True)
                | (~Q(state="proposed") & Q(decided_at__isnull=False)),
                name="merge_decided_iff_not_proposed",
            ),
            models.UniqueConstraint(
                fields=["kept", "other"],
                condition=Q(state__in=["proposed", "dismissed", "merged"]),
                name="merge_of_two_is_single",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.other_id} into {self.kept_id}"
