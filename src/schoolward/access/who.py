"""Who can see what, and why: the same policies that guard the pages, asked for others."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from schoolward.access.actors import actors_for
from schoolward.access.verbs import About, verbs
from schoolward.district.models import (
    Assignment,
    Delegation,
    Person,
    Post,
    Supervision,
)
from schoolward.district.policies import can_open_page
from schoolward.kernel.actor import Actor
from schoolward.kernel.decision import Decision
from schoolward.kernel.seats import SCHOOL_SEATS, WHOLE_DISTRICT_SEATS, Seat


REASON = "an administrator asks who can see what"
FAR_SEATS = WHOLE_DISTRICT_SEATS | {Seat.UNIT_LEAD}
"""Seats that open a school's page without a tie to that school."""


@dataclass(frozen=True, slots=True)
class Right:
    """One verb and whether somebody may, with the reason."""

    key: str
    says: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who can open a school's page, and why."""

    person_id: int
    name: str
    seats: str
    reason: str


def rights(actor: Actor, *, school_id: int | None = None) -> tuple[Right, ...]:
    """Return what an actor may do in the district, or at one school, each with its reason."""
    about = About.DISTRICT if school_id is None else About.SCHOOL
    return tuple(
        Right(verb.key, verb.says, verb.answer(actor, school_id=school_id))
        for verb in verbs().values()
        if verb.about is about
    )


def readers(school_id: int, *, today: date) -> tuple[Reader, ...]:
    """Return everyone who can open a school's page: those tied to it first, then by name.

    Every candidate is asked by the policy itself. Candidates are the people with a row
    at the school, those whose seat reaches every school, and delegates of either.
    """
    people = Person.objects.unscoped(reason=REASON).filter(
        pk__in=_candidates(school_id, today=today)
    )
    asked = (
        (one, can_open_page(one, school_id)) for one in actors_for(people, today=today)
    )
    found = [(actor, decision.reason) for actor, decision in asked if decision]
    found.sort(key=lambda pair: (_is_far(pair[0], school_id), pair[0].name))
    return tuple(_reader(actor, reason) for actor, reason in found)


def _reader(actor: Actor, reason: str) -> Reader:
    seats = ", ".join(seat.label for seat in Seat if seat in actor.seats)
    return Reader(actor.person_id, actor.name, seats or "Delegate", reason)


def _is_far(actor: Actor, school_id: int) -> bool:
    near = actor.led_school_ids | actor.acted_school_ids
    return school_id not in near | actor.supervised_school_ids | actor.served_school_ids


def _candidates(school_id: int, *, today: date) -> set[int]:
    near = _near(school_id, today=today)
    far = Post.objects.unscoped(reason=REASON).on(today)
    far_ids = set(_ids(far.filter(seat__in=FAR_SEATS)))
    delegations = Delegation.objects.unscoped(reason=REASON).on(today)
    acting = delegations.filter(person_id__in=near)
    return near | far_ids | set(acting.values_list("delegate_id", flat=True))


def _near(school_id: int, *, today: date) -> set[int]:
    """Return the people with a row of their own at the school."""
    here = Q(school_id=school_id)
    posts = Post.objects.unscoped(reason=REASON).on(today)
    supervisions = Supervision.objects.unscoped(reason=REASON).on(today)
    assignments = Assignment.objects.unscoped(reason=REASON).on(today)
    return {
        *_ids(posts.filter(here, seat__in=SCHOOL_SEATS)),
        *_ids(supervisions.filter(here)),
        *_ids(assignments.filter(here)),
    }


def _ids(rows: QuerySet[Any]) -> set[int]:
    found = rows.values_list("person_id", flat=True)
    return {one for one in found if one is not None}
