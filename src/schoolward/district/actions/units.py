"""Opening, changing and closing units, and naming who in them serves which school."""

from datetime import date, datetime

from django.db import transaction

from schoolward.audit.record import record
from schoolward.base.http import insist
from schoolward.district import policies, search
from schoolward.district.actions.names import keep_name, refuse_taken
from schoolward.district.actions.rows import Detail, change, day_of, locked
from schoolward.district.domain import RuleError, in_words
from schoolward.district.models import (
    Assignment,
    EntryKind,
    Person,
    Post,
    School,
    Unit,
)
from schoolward.kernel.actor import Actor


@transaction.atomic
def open_unit(name: str, *, by: Actor, at: datetime, **details: Detail) -> Unit:
    """Open a unit, perhaps under another.

    Raises:
        RuleError: Another unit bears this name.
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    refuse_taken(Unit, name)
    unit = Unit.objects.create(name=name, **details)
    record("district.unit.opened", by=by, at=at, target=unit)
    search.refresh(EntryKind.UNIT, [unit.pk], day=day_of(at))
    return unit


@transaction.atomic
def change_unit(unit: Unit, *, by: Actor, at: datetime, **details: Detail) -> Unit:
    """Rename a unit, put it under another, or correct its facts.

    Raises:
        RuleError: Another unit bears the new name, or it would stand under itself.
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    unit = locked(unit)
    refuse_taken(Unit, str(details.get("name", unit.name)), but=unit.pk)
    parent = details.get("parent")
    if isinstance(parent, Unit) and unit.pk in _line_up(parent):
        msg = f"{parent} stands under {unit}. Choose a unit that does not."
        raise RuleError(msg)
    keep_name(unit, details, on=day_of(at))
    if change(unit, details, verb="district.unit.changed", by=by, at=at):
        search.refresh(EntryKind.UNIT, [unit.pk], day=day_of(at))
    return unit


def _line_up(unit: Unit) -> set[int]:
    """Return a unit and every unit above it."""
    above = Unit.objects.unscoped(reason="the line of units above one")
    parents = dict(above.values_list("pk", "parent_id"))
    line: set[int] = set()
    step: int | None = unit.pk
    while step is not None and step not in line:
        line.add(step)
        step = parents.get(step)
    return line


@transaction.atomic
def close_unit(unit: Unit, *, on: date, by: Actor, at: datetime) -> Unit:
    """Close a unit in which nobody works from that day on.

    Raises:
        RuleError: Posts, assignments or parts of it go on.
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    unit = locked(unit)
    if left := _left_in(unit, on=on):
        msg = f"{unit} still has {left} on that day. End or move them first."
        raise RuleError(msg)
    unit.close_date = on
    unit.save(update_fields=["close_date"])
    record("district.unit.closed", by=by, at=at, target=unit, on=str(on))
    search.refresh(EntryKind.UNIT, [unit.pk], day=day_of(at))
    return unit


def _left_in(unit: Unit, *, on: date) -> str:
    """Say what goes on in a unit after a day; empty when nothing does."""
    reason = "whether the unit is empty"
    posts = Post.objects.unscoped(reason=reason).filter(unit=unit)
    served = Assignment.objects.unscoped(reason=reason).filter(unit=unit)
    parts = Unit.objects.unscoped(reason=reason).filter(parent=unit)
    counts = {
        "posts": posts.exclude(end_date__lte=on).count(),
        "assigned schools": served.exclude(end_date__lte=on).count(),
        "units under it": parts.exclude(close_date__lte=on).count(),
    }
    return ", ".join(f"{count} {noun}" for noun, count in counts.items() if count)


@transaction.atomic
def assign(
    person: Person, *, unit: Unit, school: School, start: date, by: Actor, at: datetime
) -> Assignment:
    """Name the person of a unit who serves a school from a day on.

    Raises:
        RuleError: The person serves the school for this unit already, or works in
            another unit only.
        RefusedError: The actor neither leads the unit nor keeps its records.
    """
    insist(policies.can_assign(by, unit.pk))
    school = locked(school)
    rows = Assignment.objects.unscoped(reason="whether the person serves there already")
    mine = rows.filter(person=person, unit=unit, school=school)
    if mine.exclude(end_date__lte=start).exists():
        msg = f"{person} serves {school} on or after that day already."
        raise RuleError(msg)
    _refuse_stranger(person, unit, day=start)
    made = Assignment.objects.create(
        person=person, unit=unit, school=school, start_date=start
    )
    record(
        "district.assignment.begun",
        by=by,
        at=at,
        target=made,
        person=person.display_name,
        unit=unit.name,
        school=school.name,
        start=str(start),
    )
    return made


def _refuse_stranger(person: Person, unit: Unit, *, day: date) -> None:
    posts = Post.objects.unscoped(reason="whether the person works in the unit")
    if not posts.on(day).filter(person=person, unit=unit).exists():
        msg = f"{person} holds no post in {unit} on {in_words(day)}. Appoint them there first."
        raise RuleError(msg)


@transaction.atomic
def end_assignment(
    assignment: Assignment, *, on: date, by: Actor, at: datetime
) -> Assignment:
    """End a person's service for a school; the day is the first without it.

    Raises:
        RuleError: It does not run on the day before.
        RefusedError: The actor neither leads the unit nor keeps its records.
    """
    insist(policies.can_assign(by, assignment.unit_id))
    assignment = locked(assignment)
    if on <= assignment.start_date or (assignment.end_date or on) < on:
        msg = "Enter a day after it began and not after it ended."
        raise RuleError(msg)
    assignment.end_date = on
    assignment.save(update_fields=["end_date"])
    record(
        "district.assignment.ended",
        by=by,
        at=at,
        target=assignment,
        person=assignment.person.display_name,
        unit=assignment.unit.name,
        school=assignment.school.name,
        on=str(on),
    )
    return assignment
