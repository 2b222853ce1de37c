"""Keeping the record: holds, periods, disposal, forgetting, and exports about a person."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from django.apps import apps
from django.db import transaction
from django.db.models import Q

from schoolward.audit import policies
from schoolward.audit.models import (
    Disposal,
    Event,
    LegalHold,
    RetentionPeriod,
)
from schoolward.audit.presenters import Forgets, verbs
from schoolward.audit.queries import period_of
from schoolward.audit.record import record
from schoolward.audit.retention import CLASSES, Holding, disposable
from schoolward.base.http import insist
from schoolward.kernel.actor import Actor


FORGOTTEN = "a person no longer named"


class HeldError(ValueError):
    """Something cannot be disposed of or forgotten while a legal hold stands."""


@transaction.atomic
def place_hold(
    *,
    by: Actor,
    at: datetime,
    reason: str,
    person_id: int | None = None,
    school_id: int | None = None,
    record_class: str = "",
) -> LegalHold:
    """Order that everything about a person, a school or a class be kept.

    Raises:
        RefusedError: The actor does not keep the records.
    """
    insist(policies.can_keep_records(by))
    placed = LegalHold.objects.create(
        reason=reason,
        person_id=person_id,
        school_id=school_id,
        record_class=record_class,
        placed_by=by.person_id,
        placed_by_name=by.name,
        placed_at=at,
    )
    record("audit.hold.placed", by=by, at=at, target=placed, reason=reason)
    return placed


@transaction.atomic
def lift_hold(placed: LegalHold, *, by: Actor, at: datetime) -> LegalHold:
    """End a legal hold; lifting it twice changes nothing.

    Raises:
        RefusedError: The actor does not keep the records.
    """
    insist(policies.can_keep_records(by))
    placed = LegalHold.objects.select_for_update().get(pk=placed.pk)
    if placed.lifted_at is None:
        placed.lifted_at, placed.lifted_by_name = at, by.name
        placed.save(update_fields=["lifted_at", "lifted_by_name"])
        record("audit.hold.lifted", by=by, at=at, target=placed)
    return placed


@transaction.atomic
def set_period(
    record_class: str, *, by: Actor, at: datetime, years: int, authority: str
) -> RetentionPeriod:
    """Set how many years a class is kept, with the schedule it rests on; 0 is for good.

    Raises:
        RefusedError: The actor does not keep the records.
        LookupError: The class does not exist.
    """
    insist(policies.can_keep_records(by))
    name = CLASSES[record_class].name
    period, _ = RetentionPeriod.objects.update_or_create(
        record_class=record_class, defaults={"years": years, "authority": authority}
    )
    record(
        "audit.retention.changed",
        by=by,
        at=at,
        record_class=name,
        years=years,
        authority=authority,
    )
    return period


@transaction.atomic
def dispose(record_class: str, *, by: Actor, at: datetime) -> int:
    """Delete the rows of a class whose period has run out, and say so.

    Rows about a held person or school stay; so does a whole held class.

    Returns:
        The number of rows that went.

    Raises:
        RefusedError: The actor does not keep the records.
        HeldError: The class is held.
    """
    insist(policies.can_keep_records(by))
    before = due_before(record_class, today=at.date())
    if before is None:
        return 0
    holds = list(LegalHold.objects.filter(lifted_at__isnull=True))
    if any(one.record_class == record_class for one in holds):
        msg = "A legal hold keeps this class. Lift the hold first."
        raise HeldError(msg)
    gone = sum(
        _dispose_of(one, before=before, holds=holds) for one in disposable(record_class)
    )
    _log_disposal(record_class, count=gone, before=before, by=by, at=at)
    return gone


def due_before(record_class: str, *, today: date) -> date | None:
    """Return the day before which rows of a class are due, or None when kept for good."""
    return years_before(period_of(record_class).years, today=today)


def years_before(years: int, *, today: date) -> date | None:
    """Return the day that lies years before today; None for 0, which is for good."""
    if not years:
        return None
    return today.replace(year=today.year - years, day=min(today.day, 28))


def _dispose_of(one: Holding, *, before: date, holds: list[LegalHold]) -> int:
    model = apps.get_model(one.model)
    midnight = datetime.combine(before, time.min, tzinfo=UTC)
    due = model._base_manager.filter(**{f"{one.dated_by}__lt": midnight})
    if issubclass(model, Event):
        due = due.filter(verb__in=_verbs_of(one.record_class))
    for standing in holds:
        due = due.exclude(_held_by(one, standing))
    gone, _ = due.delete()
    return int(gone)


def _verbs_of(record_class: str) -> list[str]:
    return [verb for verb, told in verbs().items() if told.record_class == record_class]


def _held_by(one: Holding, standing: LegalHold) -> Q:
    """Return the filter for a table's rows that a hold keeps."""
    rule = Q(pk__in=[])
    if standing.person_id is not None:
        for column in one.about:
            rule |= Q(**{column: standing.person_id})
    if standing.school_id is not None and one.school:
        rule |= Q(**{one.school: standing.school_id})
    return rule


def _log_disposal(
    record_class: str, *, count: int, before: date, by: Actor, at: datetime
) -> None:
    Disposal.objects.create(
        record_class=record_class,
        row_count=count,
        up_to_date=before,
        approved_by=by.person_id,
        approved_by_name=by.name,
        done_at=at,
    )
    record(
        "audit.records.disposed",
        by=by,
        at=at,
        count=count,
        record_class=CLASSES[record_class].name,
        before=before.isoformat(),
    )


@transaction.atomic
def forget_person(person_id: int, *, by: Actor, at: datetime) -> int:
    """Take a person's name and personal facts out of the record; the acts remain.

    Returns:
        The number of events that changed.

    Raises:
        RefusedError: The actor does not keep the records.
        HeldError: A legal hold keeps the person's records, or a school's or class's
            that name them.
    """
    insist(policies.can_keep_records(by))
    about = Q(actor_id=person_id) | Q(behalf_id=person_id) | Q(person_id=person_id)
    events = list(Event._base_manager.filter(about, forgotten_at__isnull=True))
    _refuse_held(person_id, events)
    for event in events:
        _forget(event, person_id, at=at)
    fields = ["actor_name", "behalf_name", "target_name", "facts", "forgotten_at"]
    Event._base_manager.bulk_update(events, fields, batch_size=500)
    record("audit.person.forgotten", by=by, at=at, count=len(events))
    return len(events)


def _refuse_held(person_id: int, events: Iterable[Event]) -> None:
    """Refuse to change what a hold on the person, a school or a class keeps."""
    standing = list(LegalHold.objects.filter(lifted_at__isnull=True))
    if any(one.person_id == person_id for one in standing):
        msg = "A legal hold keeps this person's records. Lift the hold first."
        raise HeldError(msg)
    schools = {one.school_id for one in standing} - {None}
    classes = {one.record_class for one in standing} - {""}
    told = verbs()
    for event in events:
        known = told.get(event.verb)
        if event.school_id in schools or (known and known.record_class in classes):
            msg = (
                "A legal hold on a school or a class of records keeps some of what "
                "names this person. Lift the hold first."
            )
            raise HeldError(msg)


def _forget(event: Event, person_id: int, *, at: datetime) -> None:
    """Drop what the event's verb says it drops."""
    told = verbs().get(event.verb)
    rule = told.forgets if told else Forgets.FACTS
    if rule is not Forgets.NOTHING:
        _drop_names(event, person_id)
    if rule is Forgets.FACTS:
        kept = (
            set(event.facts) - set(told.personal) if told and told.personal else set()
        )
        event.facts = {key: value for key, value in event.facts.items() if key in kept}
    event.forgotten_at = at


def _drop_names(event: Event, person_id: int) -> None:
    if event.actor_id == person_id:
        event.actor_name = FORGOTTEN
    if event.behalf_id == person_id:
        event.behalf_name = FORGOTTEN
    if event.person_id == person_id:
        event.target_name = FORGOTTEN


def record_export(person_id: int, *, by: Actor, at: datetime) -> None:
    """Record that everything held about a person was exported.

    Raises:
        RefusedError: The actor may not export it.
    """
    insist(policies.can_export_person(by, person_id))
    record("audit.person.exported", by=by, at=at, person=person_id)
