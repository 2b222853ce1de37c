"""Writing the record of what was done, seen and refused."""

from datetime import datetime

import structlog
from django.db import models

from schoolward.audit.models import Event, EventKind
from schoolward.kernel.actor import Actor


Fact = str | int | float | bool | list[str] | list[int] | None


def record(
    verb: str,
    *,
    by: Actor,
    at: datetime,
    target: models.Model | None = None,
    kind: EventKind = EventKind.ACT,
    behalf: tuple[int, str] | None = None,
    **facts: Fact,
) -> Event:
    """Write one event inside the caller's transaction.

    Args:
        verb: `room.noun.verb`, with a presenter registered for it.
        by: Who acted.
        at: When.
        target: The row it was done to; its label and id are kept, not the row.
        kind: Done, seen or refused.
        behalf: Id and name of the person on whose behalf a delegate acted.
        facts: What a reader needs to understand it: plain values, never free text
            about a person unless the verb says how to forget it.
    """
    return Event.objects.create(
        verb=verb,
        kind=kind,
        actor_id=by.person_id or None,
        actor_name=by.name,
        behalf_id=behalf[0] if behalf else None,
        behalf_name=behalf[1] if behalf else "",
        target_type=target._meta.label if target else "",
        target_id=str(target.pk) if target else "",
        target_name=str(target)[:255] if target else "",
        school_id=_belonging(target, "school"),
        person_id=_belonging(target, "person"),
        facts=facts,
        request_id=structlog.contextvars.get_contextvars().get("request_id", ""),
        happened_at=at,
    )


def _belonging(target: models.Model | None, noun: str) -> int | None:
    """Return the school or person a row is or belongs to, without reading it."""
    if target is None:
        return None
    if target._meta.model_name == noun:
        return int(target.pk)
    return getattr(target, f"{noun}_id", None)
