"""What every dated row shares: half-open spans of days and how to ask for a day."""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

from schoolward.base.guarded import GuardedQuerySet
from schoolward.district import policies
from schoolward.kernel.actor import Actor
from schoolward.kernel.spans import Span


M = TypeVar("M", bound=models.Model)


def holds_on(day: date, *, prefix: str = "") -> Q:
    """Return the filter for rows whose span holds a day."""
    running = Q(**{f"{prefix}end_date__isnull": True})
    later = Q(**{f"{prefix}end_date__gt": day})
    return Q(**{f"{prefix}start_date__lte": day}) & (running | later)


def ends_after_start(name: str) -> models.CheckConstraint:
    """Return the constraint that a span ends after it starts."""
    return models.CheckConstraint(
        condition=Q(end_date__isnull=True) | Q(end_date__gt=F("start_date")), name=name
    )


class DirectoryQuerySet(GuardedQuerySet[M]):
    """Rows of the directory: who is who and what is where, for everyone with a post."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the rows an actor may see."""
        return self.filter(policies.directory_visible(actor)).scoped_as("directory")


class DatedQuerySet(DirectoryQuerySet[M]):
    """Rows with a span of days."""

    def on(self, day: date) -> Self:
        """Keep the rows whose span holds a day."""
        return self.filter(holds_on(day))


class Dated(models.Model):
    """A row that is true from its start date up to, not including, its end date."""

    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def span(self) -> Span:
        """Return the days in which the row is true."""
        return Span(self.start_date, self.end_date)

    def is_true_on(self, day: date) -> bool:
        """Return whether the span holds a day."""
        return day in self.span
