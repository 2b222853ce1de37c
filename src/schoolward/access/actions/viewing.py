"""Viewing as another person: an administrator sees what both may see, for an hour."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from schoolward.access import policies
from schoolward.access.actors import actor_of
from schoolward.audit.record import record
from schoolward.base.http import insist
from schoolward.district.models import Person
from schoolward.kernel.actor import Actor
from schoolward.kernel.seats import Seat


VIEW_AS = "schoolward_view_as"
LONGEST = timedelta(hours=1)


@transaction.atomic
def start(session: SessionBase, other: Person, *, by: Actor, at: datetime) -> None:
    """Begin to view as another person.

    Raises:
        RefusedError: The actor is no administrator, or the other is one, or is
            themselves, or holds no post.
    """
    insist(policies.can_view_as(by, actor_of(other, today=at.date())))
    session[VIEW_AS] = {"person": other.pk, "since": at.isoformat()}
    record("access.viewing.started", by=by, at=at, target=other)


@transaction.atomic
def stop(session: SessionBase, *, by: Actor, at: datetime, why: str = "") -> None:
    """End viewing, whoever was viewed; nothing happens when nobody was.

    Args:
        session: The administrator's session.
        by: The administrator.
        at: When.
        why: Said in the record when it did not end by the administrator's wish.
    """
    kept = session.pop(VIEW_AS, None)
    if kept is None:
        return
    other = _person(kept["person"])
    record(
        "access.viewing.ended", by=_alone(by), at=at, target=other, why=why or "asked"
    )


def viewed(session: SessionBase, *, by: Actor, at: datetime) -> Person | None:
    """Return who is being viewed, ending it when the hour is over or the right is gone."""
    kept = session.get(VIEW_AS)
    if kept is None:
        return None
    other = _person(kept["person"])
    if not by.holds(Seat.ADMINISTRATOR) or other is None:
        stop(session, by=by, at=at, why="the right to view ended")
        return None
    if at - datetime.fromisoformat(kept["since"]) > LONGEST:
        stop(session, by=by, at=at, why="an hour is over")
        return None
    return other


def through(actor: Actor, other: Actor) -> Actor:
    """Return the actor whose rights are narrowed to what the other also has."""
    return replace(actor, as_seen_by=other)


def _alone(actor: Actor) -> Actor:
    return replace(actor, as_seen_by=None)


def _person(person_id: int) -> Person | None:
    people = Person.objects.unscoped(reason="the person an administrator views as")
    return people.filter(pk=person_id).first()
