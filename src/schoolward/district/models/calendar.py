"""The school calendar: years, terms, and the days that differ from the rule."""

from django.db import models
from django.db.models import F, Q

from schoolward.district.models.dated import DirectoryQuerySet
from schoolward.district.models.places import School
from schoolward.kernel import schoolyear


class SchoolYear(models.Model):
    """A school year of the district: its first and last instructional day."""

    start_year = models.PositiveIntegerField(unique=True)
    first_date = models.DateField()
    last_date = models.DateField()

    objects = DirectoryQuerySet["SchoolYear"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_date__gt=F("first_date")),
                name="school_year_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def year(self) -> schoolyear.SchoolYear:
        """Return the year in the kernel's terms."""
        return schoolyear.SchoolYear(self.start_year)


class Term(models.Model):
    """A term of a school year; both days are instructional."""

    school_year = models.ForeignKey(
        SchoolYear, on_delete=models.CASCADE, related_name="terms"
    )
    name = models.CharField(max_length=80)
    first_date = models.DateField()
    last_date = models.DateField()

    objects = DirectoryQuerySet["Term"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_date__gte=F("first_date")),
                name="term_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["school_year", "name"], name="term_name_is_single"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DayKind(models.TextChoices):
    """What a day is when it is not what the rule says."""

    INSTRUCTIONAL = "instructional", "Instructional day"
    HOLIDAY = "holiday", "Holiday"
    BREAK = "break", "Break"
    PD = "pd", "PD day"
    CLOSED = "closed", "Closed"


class DayException(models.Model):
    """A day that differs from the rule, for the district or for one school.

    The rule: Monday to Friday within a school year are instructional. A school's own
    exception outweighs the district's.
    """

    day = models.DateField()
    kind = models.CharField(max_length=13, choices=DayKind.choices)
    name = models.CharField(max_length=120, blank=True)
    office_is_open = models.BooleanField(default=False)
    school = models.ForeignKey(
        School, on_delete=models.CASCADE, null=True, blank=True, related_name="days"
    )

    objects = DirectoryQuerySet["DayException"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DayKind.values), name="day_kind_is_known"
            ),
            models.UniqueConstraint(
                fields=["day"],
                condition=Q(school__isnull=True),
                name="day_of_district_is_single",
            ),
            models.UniqueConstraint(
                fields=["day", "school"],
                condition=Q(school__isnull=False),
                name="day_of_school_is_single",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"
