"""Writing a school's living profile and its goals."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from schoolward.audit.record import record
from schoolward.base.http import insist
from schoolward.district import policies
from schoolward.district.actions.rows import Detail, changed, locked
from schoolward.district.domain import RuleError
from schoolward.district.models import (
    Goal,
    ProfileEntry,
    ProfileField,
    School,
)
from schoolward.kernel.actor import Actor


REASON = "the school's own rows, which the actor may change"


@transaction.atomic
def write_profile(
    school: School, *, field: ProfileField, text: str, by: Actor, at: datetime
) -> ProfileEntry:
    """Write a part of a school's profile; what stood there before stays in its history.

    Raises:
        RuleError: It says the same as before.
        RefusedError: The school's profile is not the actor's to write.
    """
    insist(policies.can_edit_profile(by, school.pk))
    school = locked(school)
    entries = ProfileEntry.objects.unscoped(reason=REASON)
    mine = entries.filter(school=school, field=field)
    before = mine.order_by("-written_at", "-pk").first()
    if text == (before.text if before else ""):
        msg = f"{ProfileField(field).label} says this already. Change it or leave it."
        raise RuleError(msg)
    behalf = by.behalf_at(school.pk)
    entry = ProfileEntry.objects.create(
        school=school,
        field=field,
        text=text,
        written_by_id=by.person_id or None,
        behalf_of_id=behalf[0] if behalf else None,
        written_at=at,
    )
    record(
        "district.profile.written",
        by=by,
        at=at,
        target=school,
        behalf=behalf,
        part=ProfileField(field).label,
    )
    return entry


@transaction.atomic
def add_goal(
    school: School, *, start_year: int, by: Actor, at: datetime, **details: Detail
) -> Goal:
    """Add a goal to a school's year.

    Args:
        school: The school.
        start_year: The calendar year the school year starts in.
        by: Who acts.
        at: When.
        details: Fields of `Goal`; `title` is required.

    Raises:
        RefusedError: The school's goals are not the actor's to write.
    """
    insist(policies.can_edit_goals(by, school.pk))
    school = locked(school)
    goals = Goal.objects.unscoped(reason=REASON).filter(school=school)
    goal = Goal.objects.create(
        school=school,
        start_year=start_year,
        position=goals.filter(start_year=start_year).count(),
        written_by_id=by.person_id or None,
        written_at=at,
        **details,
    )
    _told("district.goal.added", goal, by=by, at=at)
    return goal


@transaction.atomic
def change_goal(goal: Goal, *, by: Actor, at: datetime, **details: Detail) -> Goal:
    """Change what a goal says or where it stands.

    Raises:
        RuleError: The goal has ended.
        RefusedError: The school's goals are not the actor's to write.
    """
    insist(policies.can_edit_goals(by, goal.school_id))
    goal = locked(goal)
    _refuse_ended(goal)
    if told := changed(goal, details):
        _told("district.goal.changed", goal, by=by, at=at, changes="; ".join(told))
    return goal


@transaction.atomic
def end_goal(goal: Goal, *, by: Actor, at: datetime) -> Goal:
    """End a goal; it stays readable in its year.

    Raises:
        RuleError: The goal has ended already.
        RefusedError: The school's goals are not the actor's to write.
    """
    insist(policies.can_edit_goals(by, goal.school_id))
    goal = locked(goal)
    _refuse_ended(goal)
    goal.ended_at = at
    goal.save(update_fields=["ended_at"])
    _told("district.goal.ended", goal, by=by, at=at)
    return goal


@transaction.atomic
def carry_goals(
    goals: Sequence[Goal], *, start_year: int, by: Actor, at: datetime
) -> list[Goal]:
    """Take goals of an earlier year over into a year, as they were worded."""
    return [
        add_goal(
            goal.school,
            start_year=start_year,
            by=by,
            at=at,
            title=goal.title,
            who_for=goal.who_for,
            how_known=goal.how_known,
            led_by=goal.led_by,
        )
        for goal in goals
    ]


def _refuse_ended(goal: Goal) -> None:
    if goal.ended_at is not None:
        msg = "This goal has ended. Add a new one."
        raise RuleError(msg)


def _told(
    verb: str,
    goal: Goal,
    *,
    by: Actor,
    at: datetime,
    changes: str = "",
) -> None:
    record(
        verb,
        by=by,
        at=at,
        target=goal,
        behalf=by.behalf_at(goal.school_id),
        school=goal.school.name,
        changes=changes,
    )
