"""The district, its schools, networks and units, under all the names they are known by."""

from django.db import models
from django.db.models import Q

from schoolward.district import policies
from schoolward.district.models.dated import (
    Dated,
    DatedQuerySet,
    DirectoryQuerySet,
    ends_after_start,
)
from schoolward.kernel.actor import Actor


class District(models.Model):
    """The one district that this installation serves, and its choices."""

    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=64)
    is_small = models.BooleanField(default=False)

    objects = models.Manager["District"]()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="district_is_single")
        ]

    def __str__(self) -> str:
        return self.name


class Level(models.TextChoices):
    """The grades a school teaches, in the words people use."""

    EARLY = "early", "Early childhood"
    ELEMENTARY = "elementary", "Elementary"
    MIDDLE = "middle", "Middle"
    K8 = "k8", "K–8"
    HIGH = "high", "High"
    OTHER = "other", "Other"


class SchoolQuerySet(DirectoryQuerySet["School"]):
    """Ways to ask for schools."""

    def with_page_for(self, actor: Actor) -> "SchoolQuerySet":
        """Keep the schools whose page an actor may open."""
        return self.filter(policies.page_visible(actor)).scoped_as("page")


class School(models.Model):
    """A school served by the central office."""

    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=120, blank=True)
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.OTHER)
    grades = models.CharField(max_length=80, blank=True)
    category = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=40, blank=True)
    postal_code = models.CharField(max_length=12, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    website = models.CharField(max_length=300, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    open_date = models.DateField(null=True, blank=True)
    close_date = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_date = models.DateField(null=True, blank=True)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="school_level_is_known"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(close_date__isnull=False),
                name="school_merged_is_closed",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="school_has_a_name"),
        ]
        indexes = [models.Index(fields=["name"], name="school_by_name")]

    def __str__(self) -> str:
        return self.name


class SchoolName(Dated):
    """A name a school bore in a span of days; found by search long afterwards."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)

    objects = DatedQuerySet["SchoolName"].as_manager()

    class Meta:
        constraints = [ends_after_start("school_name_ends_after_start")]

    def __str__(self) -> str:
        return self.name


class Network(models.Model):
    """A network of schools whose principals learn together under an ILD.

    `supervised` is false for mere groupings, such as Charter: they label schools but
    no ILD answers for them.
    """

    name = models.CharField(max_length=120, unique=True)
    supervised = models.BooleanField(default=True)
    focus = models.CharField(max_length=200, blank=True)
    open_date = models.DateField(null=True, blank=True)
    close_date = models.DateField(null=True, blank=True)

    objects = DirectoryQuerySet["Network"].as_manager()

    def __str__(self) -> str:
        return self.name


class Membership(Dated):
    """A school's time in a network."""

    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="memberships"
    )
    network = models.ForeignKey(
        Network, on_delete=models.PROTECT, related_name="memberships"
    )

    objects = DatedQuerySet["Membership"].as_manager()

    class Meta:
        constraints = [
            ends_after_start("membership_ends_after_start"),
            models.UniqueConstraint(
                fields=["school", "start_date"], name="membership_starts_once"
            ),
            models.UniqueConstraint(
                fields=["school"],
                condition=Q(end_date__isnull=True),
                name="membership_open_is_single",
            ),
        ]
        indexes = [
            models.Index(fields=["network", "start_date"], name="membership_by_network")
        ]

    def __str__(self) -> str:
        return f"{self.school_id} in {self.network_id} from {self.start_date}"


class Unit(models.Model):
    """A unit of the central office, such as Facilities, perhaps under another."""

    name = models.CharField(max_length=160, unique=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    purpose = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    close_date = models.DateField(null=True, blank=True)

    objects = DirectoryQuerySet["Unit"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=models.F("pk")),
                name="unit_is_not_its_own_parent",
            )
        ]

    def __str__(self) -> str:
        return self.name


class PlaceName(Dated):
    """A name a network or a unit bore in a span of days."""

    network = models.ForeignKey(
        Network, on_delete=models.CASCADE, null=True, related_name="names"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.CASCADE, null=True, related_name="names"
    )
    name = models.CharField(max_length=160)

    objects = DatedQuerySet["PlaceName"].as_manager()

    class Meta:
        constraints = [
            ends_after_start("place_name_ends_after_start"),
            models.CheckConstraint(
                condition=Q(network__isnull=False, unit__isnull=True)
                | Q(network__isnull=True, unit__isnull=False),
                name="place_name_is_of_one_place",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    """Where facts come from, and who answers for them."""

    key = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True)
    steward = models.ForeignKey(
        "district.Person", on_delete=models.PROTECT, null=True, blank=True
    )
    note = models.CharField(max_length=300, blank=True)

    objects = DirectoryQuerySet["Source"].as_manager()

    def __str__(self) -> str:
        return self.name


class ExternalId(models.Model):
    """What another system calls a school, network, unit or person."""

    source = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    value = models.CharField(max_length=120)
    school = models.ForeignKey(
        School, on_delete=models.CASCADE, null=True, related_name="external_ids"
    )
    network = models.ForeignKey(
        Network, on_delete=models.CASCADE, null=True, related_name="external_ids"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.CASCADE, null=True, related_name="external_ids"
    )
    person = models.ForeignKey(
        "district.Person",
        on_delete=models.CASCADE,
        null=True,
        related_name="external_ids",
    )

    objects = DirectoryQuerySet["ExternalId"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind", "value"], name="external_id_is_single"
            ),
            models.CheckConstraint(
                condition=Q(school__isnull=False)
                | Q(network__isnull=False)
                | Q(unit__isnull=False)
                | Q(person__isnull=False),
                name="external_id_names_something",
            ),
        ]
        indexes = [models.Index(fields=["kind", "value"], name="external_id_by_value")]

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.value}"
