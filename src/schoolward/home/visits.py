"""What a page of this room is built from: who asks, about what, on which day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Literal

from django.urls import reverse

from schoolward.district import policies, queries
from schoolward.district.queries import (
    Overview,
    ProfileChange,
    Reassignment,
    SchoolHead,
    SchoolLine,
    WrongFactRow,
)
from schoolward.district.queries.reach import served_school_ids
from schoolward.kernel.actor import Actor
from schoolward.kernel.seats import Seat
from schoolward.scorecards import queries as scorecards
from schoolward.scorecards.queries import Moved


NetworkAs = Literal["then", "today"]
LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One person's look at one school's page.

    Attributes:
        actor: Who looks.
        head: The school's own facts.
        day: The day on which everything is read.
        network_as: Whether networks are read as of then or as of today.
        every: Whether every indicator is asked for, however many there are.
    """

    actor: Actor
    head: SchoolHead
    day: date
    network_as: NetworkAs = "today"
    every: bool = False

    @property
    def school_id(self) -> int:
        """Return the school that is looked at."""
        return self.head.pk

    @property
    def may_edit_profile(self) -> bool:
        """Return whether the visitor may write in the profile."""
        return bool(policies.can_edit_profile(self.actor, self.school_id))

    @property
    def may_edit_goals(self) -> bool:
        """Return whether the visitor may write the goals."""
        return bool(policies.can_edit_goals(self.actor, self.school_id))


@dataclass(frozen=True, kw_only=True)
class Morning:
    """One person's day: what several sections need is read once.

    Under "view as" the day is that of the person viewed, kept to what both may see.
    """

    actor: Actor
    day: date
    at: datetime

    @property
    def subject(self) -> Actor:
        """Return whose day it is."""
        return self.actor.as_seen_by or self.actor

    @property
    def seats(self) -> frozenset[Seat]:
        """Return the seats of the person whose day it is."""
        return self.subject.seats

    def address(self, school_id: int) -> str:
        """Return where a school's name leads: its page, or its card in the directory."""
        page = "home:school" if self.may_open(school_id) else "home:who"
        return reverse(page, args=[school_id])

    @cached_property
    def schools(self) -> tuple[SchoolLine, ...]:
        """Return the schools the person leads, acts for, supervises or serves."""
        lines = queries.schools_of(self.subject, day=self.day)
        return tuple(line for line in lines if self.may_open(line.pk))

    @cached_property
    def near_ids(self) -> frozenset[int]:
        """Return the schools the day is about: one's own, else those of one's units."""
        if self.schools or not self.subject.led_unit_ids:
            return self.school_ids
        served = served_school_ids(self.subject.led_unit_ids, day=self.day)
        return frozenset(pk for pk in served if self.may_open(pk))

    @cached_property
    def near_schools(self) -> tuple[SchoolLine, ...]:
        """Return the schools the day is about."""
        if self.schools or not self.near_ids:
            return self.schools
        return queries.school_lines(self.near_ids, day=self.day)

    @cached_property
    def school_ids(self) -> frozenset[int]:
        """Return the ids of these schools."""
        return frozenset(line.pk for line in self.schools)

    @cached_property
    def school_names(self) -> dict[int, str]:
        """Return the names of these schools by id."""
        return {line.pk: line.name for line in self.schools}

    @cached_property
    def led_schools(self) -> tuple[SchoolLine, ...]:
        """Return the schools the person leads, or acts for a principal of."""
        led = self.subject.led_school_ids | self.subject.acted_school_ids
        return tuple(line for line in self.schools if line.pk in led)

    @cached_property
    def overview(self) -> Overview:
        """Return the district as its leaders look at it."""
        return queries.district_overview(day=self.day)

    @cached_property
    def moves(self) -> tuple[Reassignment, ...]:
        """Return the changes of ILD and network that are decided for a later day."""
        return queries.reassignments(day=self.day)

    @cached_property
    def profile_changes(self) -> tuple[ProfileChange, ...]:
        """Return what was written lately in the profiles of the schools nearby."""
        return queries.profile_changes(self.near_ids, since=self.at - LATELY)

    @cached_property
    def moved(self) -> tuple[Moved, ...]:
        """Return what moved beyond its natural limits in these schools."""
        return scorecards.moved_beyond_limits(self.school_ids)

    @cached_property
    def waiting_reports(self) -> tuple[WrongFactRow, ...]:
        """Return the open reports of wrong facts that wait for this person's answer."""
        return self._kept(queries.wrong_facts_for(self.subject))

    @cached_property
    def own_reports(self) -> tuple[WrongFactRow, ...]:
        """Return the reports of wrong facts that this person made, newest first."""
        return self._kept(queries.wrong_facts_by(self.subject))

    def _kept(self, rows: tuple[WrongFactRow, ...]) -> tuple[WrongFactRow, ...]:
        if self.subject is self.actor:
            return rows
        return tuple(row for row in rows if self.may_open(row.school.pk))

    def may_open(self, school_id: int) -> bool:
        """Return whether the visitor may open a school's page."""
        return bool(policies.can_open_page(self.actor, school_id))
