"""Reading the record: search over events, what is due, and what is held about a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from schoolward.audit.models import (
    Disposal,
    Event,
    EventKind,
    LegalHold,
    RetentionPeriod,
)
from schoolward.audit.presenters import sentence, verbs
from schoolward.audit.retention import CLASSES, Holding, RecordClass, holdings


PAGE = 50
MOST_ROWS = 5000
"""Rows of one table that an export about a person gives; more are counted and named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a reader of the record is looking for."""

    words: str = ""
    verb: str = ""
    kind: str = ""
    person_id: int | None = None
    school_id: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One event as a page shows it."""

    pk: int
    happened_at: datetime
    says: str
    verb: str
    kind: str
    actor_name: str
    target_name: str
    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPage:
    """A page of events, newest first, and where the next begins."""

    events: Sequence[Told]
    next_before: int | None


def events(sought: Sought, *, before: int | None = None) -> EventPage:
    """Return the newest events that match, 50 a page, in one query."""
    found = Event.objects.filter(_matches(sought)).order_by("-pk")
    if before:
        found = found.filter(pk__lt=before)
    rows = list(found[: PAGE + 1])
    more = rows[PAGE - 1].pk if len(rows) > PAGE else None
    return EventPage(events=[_told(row) for row in rows[:PAGE]], next_before=more)


def _matches(sought: Sought) -> Q:
    rule = Q()
    for word in sought.words.split():
        rule &= Q(actor_name__icontains=word) | Q(target_name__icontains=word)
    exact = {"verb": sought.verb, "kind": sought.kind, "school_id": sought.school_id}
    rule &= Q(**{name: value for name, value in exact.items() if value})
    if sought.person_id:
        rule &= _about(("actor_id", "behalf_id", "person_id"), sought.person_id)
    if sought.since:
        rule &= Q(happened_at__date__gte=sought.since)
    if sought.until:
        rule &= Q(happened_at__date__lte=sought.until)
    return rule


def _about(columns: Iterable[str], person_id: int) -> Q:
    rule = Q(pk__in=[])
    for column in columns:
        rule |= Q(**{column: person_id})
    return rule


def _told(event: Event) -> Told:
    return Told(
        pk=event.pk,
        happened_at=event.happened_at,
        says=sentence(event),
        verb=event.verb,
        kind=EventKind(event.kind).label,
        actor_name=event.actor_name,
        target_name=event.target_name,
        request_id=event.request_id,
    )


def known_verbs() -> list[str]:
    """Return every verb a reader can filter by."""
    return list(verbs())


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """How long a class is kept here."""

    record_class: RecordClass
    years: int
    authority: str
    is_default: bool
    models: tuple[str, ...]
    is_held: bool


def period_of(record_class: str) -> Period:
    """Return how long the district keeps a class.

    Raises:
        LookupError: The class does not exist.
    """
    return next(
        one for one in periods() if one.record_class.key == CLASSES[record_class].key
    )


def periods() -> list[Period]:
    """Return every class with the district's period, or the default, in two queries."""
    own = {row.record_class: row for row in RetentionPeriod.objects.all()}
    held = set(
        LegalHold.objects.filter(lifted_at__isnull=True)
        .exclude(record_class="")
        .values_list("record_class", flat=True)
    )
    return [
        _period(one, own.get(one.key), is_held=one.key in held)
        for one in CLASSES.values()
    ]


def _period(one: RecordClass, own: RetentionPeriod | None, *, is_held: bool) -> Period:
    labels = [held.model for held in holdings() if held.record_class == one.key]
    return Period(
        record_class=one,
        years=own.years if own else one.years,
        authority=own.authority if own else one.why,
        is_default=own is None,
        models=tuple(labels),
        is_held=is_held,
    )


def standing_holds() -> list[LegalHold]:
    """Return the legal holds that stand, newest first."""
    return list(LegalHold.objects.filter(lifted_at__isnull=True).order_by("-placed_at"))


def disposals() -> list[Disposal]:
    """Return the last twenty disposals, newest first."""
    return list(Disposal.objects.order_by("-done_at")[:20])


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRows:
    """The rows of one record type that concern a person."""

    model: str
    title: str
    record_class: str
    count: int
    rows: Sequence[dict[str, Any]]
    withheld: Sequence[str]


def held_about(person_id: int) -> list[HeldRows]:
    """Return everything held about a person, table by table.

    Fields that must be withheld carry a mark with the reason in place of the value.
    Tables with no row about the person are left out.
    """
    found = [_held_in(one, person_id) for one in holdings() if one.about]
    return [one for one in found if one.count]


def _held_in(one: Holding, person_id: int) -> HeldRows:
    model = apps.get_model(one.model)
    rows = model._base_manager.filter(_about(one.about, person_id)).order_by("pk")
    return HeldRows(
        model=one.model,
        title=_plural(str(model._meta.verbose_name)),
        record_class=CLASSES[one.record_class].name,
        count=rows.count(),
        rows=[_given_out(one, row) for row in rows[:MOST_ROWS]],
        withheld=sorted(one.withhold),
    )


def _plural(name: str) -> str:
    """Return the name of a record type over its rows, such as "Profile entries"."""
    words = f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"
    return words[:1].upper() + words[1:]


def _given_out(one: Holding, row: models.Model) -> dict[str, Any]:
    """Return a row's fields, with a mark in place of what is withheld."""
    given = {}
    withhold = {**one.withhold, **_withheld_of(row)}
    for column in row._meta.concrete_fields:
        if column.attname in one.leave_out:
            continue
        reason = withhold.get(column.attname)
        value = getattr(row, column.attname)
        given[column.attname] = f"[withheld: {reason}]" if reason else value
    return given


def _withheld_of(row: models.Model) -> dict[str, str]:
    """Return the fields of an event that its verb withholds, each with the reason.

    An event repeats what is withheld in the row that it tells of.
    """
    told = verbs().get(row.verb) if isinstance(row, Event) else None
    if told is None or not told.withheld:
        return {}
    return dict.fromkeys(("target_name", "facts"), told.withheld)
