"""Locking a row, changing some of its fields, and recording what changed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar

from django.db import models
from django.utils.timezone import localdate

from schoolward.audit.record import record
from schoolward.kernel.actor import Actor


M = TypeVar("M", bound=models.Model)
Detail = str | int | float | bool | date | models.Model | None


def locked(row: M) -> M:
    """Read a row anew and hold it until the transaction ends."""
    return type(row)._base_manager.select_for_update().get(pk=row.pk)


def changed(row: models.Model, details: Mapping[str, Detail]) -> list[str]:
    """Set fields on a row, save those that differ, and tell them as "field: old → new"."""
    told = []
    for name, value in details.items():
        before = getattr(row, name)
        if before != value:
            setattr(row, name, value)
            told.append(f"{name}: {_told(before)} → {_told(value)}")
    if told:
        row.save(update_fields=[line.partition(":")[0] for line in told])
    return told


def change(
    row: models.Model,
    details: Mapping[str, Detail],
    *,
    verb: str,
    by: Actor,
    at: datetime,
) -> bool:
    """Change fields of a row, record which, and return whether any was another."""
    told = changed(row, details)
    if told:
        record(verb, by=by, at=at, target=row, changes="; ".join(told))
    return bool(told)


def _told(value: object) -> str:
    return str(value) if value not in (None, "") else "–"


def day_of(at: datetime) -> date:
    """Return the district's day of a moment."""
    return localdate(at)
