"""Which classes of records have rows whose period has run out."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.apps import apps

from schoolward.audit.actions import years_before
from schoolward.audit.models import Event
from schoolward.audit.presenters import verbs
from schoolward.audit.queries import periods
from schoolward.audit.retention import Holding, RecordClass, disposable


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A class of records with rows to dispose of, unless a hold keeps them."""

    record_class: RecordClass
    before: date
    count: int
    is_held: bool


def due_classes(*, today: date) -> tuple[Due, ...]:
    """Return the classes with rows whose period has run out, with how many."""
    found = []
    for period in periods():
        key = period.record_class.key
        before = years_before(period.years, today=today)
        count = _count(key, before) if before else 0
        if before and count:
            found.append(
                Due(
                    record_class=period.record_class,
                    before=before,
                    count=count,
                    is_held=period.is_held,
                )
            )
    return tuple(found)


def _count(record_class: str, before: date) -> int:
    return sum(_count_in(one, before=before) for one in disposable(record_class))


def _count_in(one: Holding, *, before: date) -> int:
    model = apps.get_model(one.model)
    midnight = datetime.combine(before, time.min, tzinfo=UTC)
    rows = model._base_manager.filter(**{f"{one.dated_by}__lt": midnight})
    if issubclass(model, Event):
        rows = rows.filter(verb__in=_verbs_of(one.record_class))
    return int(rows.count())


def _verbs_of(record_class: str) -> list[str]:
    return [verb for verb, told in verbs().items() if told.record_class == record_class]
