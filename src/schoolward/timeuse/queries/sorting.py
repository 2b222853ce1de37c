"""What events of one's own calendar were for: what is known of each, and the rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from schoolward.district.models import Post, School, Supervision
from schoolward.kernel.actor import Actor
from schoolward.kernel.seats import Seat
from schoolward.timeuse.domain.categories import (
    Category,
    Facts,
    Rule,
    Verdict,
    plain,
    sort_event,
)
from schoolward.timeuse.domain.shipped import SHIPPED
from schoolward.timeuse.models import CalendarEvent, Correction, OwnRule, SortingRule


REASON = "whom the owner of a calendar supervises, and who called a meeting of theirs"
GENERIC = frozenset(
    [
        "elementary",
        "middle",
        "high",
        "school",
        "schools",
        "academy",
        "center",
        "charter",
        "k",
        "8",
        "the",
        "of",
        "and",
    ]
)
CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known around a person's events in a week.

    Attributes:
        principals: Addresses of the principals of the schools they supervise.
        schools: These schools: the words that name each, and its name.
        units: By the address of who called a meeting, their unit.
    """

    principals: frozenset[str]
    schools: tuple[tuple[str, str], ...]
    units: dict[str, str]


def shared_rules() -> tuple[Rule, ...]:
    """Return the district's rules in order; while it has none, those that ship."""
    rows = SortingRule.objects.order_by("position", "pk")
    return tuple(row.rule for row in rows) or SHIPPED


def own_rules(actor: Actor) -> tuple[OwnRule, ...]:
    """Return an actor's own rules by title."""
    return tuple(OwnRule.objects.visible_to(actor).order_by("title"))


def verdicts(
    actor: Actor, rows: Sequence[CalendarEvent], *, day: date
) -> dict[int, tuple[Verdict, bool]]:
    """Say what each of an actor's own events was for, and whether a principal was asked.

    Args:
        actor: The owner.
        rows: Their events.
        day: On which day posts and supervision are looked at.
    """
    around = _surroundings(actor, rows, day=day)
    own = [(one.title, Category(one.category)) for one in own_rules(actor)]
    rules = shared_rules()
    found = {}
    for row in rows:
        facts = _facts(row, around)
        verdict = sort_event(facts, rules, own=own)
        found[row.pk] = (verdict, facts.principal_count > 0)
    for fixed in Correction.objects.visible_to(actor).filter(event__in=rows):
        verdict = Verdict(Category(fixed.category), CORRECTED, "You put it here.")
        found[fixed.event_id] = (verdict, found[fixed.event_id][1])
    return found


def _facts(row: CalendarEvent, around: Surroundings) -> Facts:
    asked = {row.organizer, *row.attendees}
    return Facts(
        title=row.title,
        school=_school_in(f"{row.title} {row.place}", around.schools),
        principal_count=len(asked & around.principals),
        unit=around.units.get(row.organizer, ""),
        is_private=row.is_private,
    )


def _school_in(text: str, schools: Iterable[tuple[str, str]]) -> str:
    held = f" {plain(text)} "
    return next((name for words, name in schools if f" {words} " in held), "")


def _surroundings(
    actor: Actor, rows: Iterable[CalendarEvent], *, day: date
) -> Surroundings:
    supervised = Supervision.objects.unscoped(reason=REASON).on(day)
    ids = list(
        supervised.filter(person_id=actor.person_id).values_list("school_id", flat=True)
    )
    posts = Post.objects.unscoped(reason=REASON).on(day).exclude(person=None)
    leading = posts.filter(seat=Seat.PRINCIPAL, school_id__in=ids)
    names = School.objects.unscoped(reason=REASON).filter(pk__in=ids)
    return Surroundings(
        principals=frozenset(
            email.lower() for email in leading.values_list("person__email", flat=True)
        )
        - {""},
        schools=tuple(
            (words, name)
            for name in names.values_list("name", flat=True)
            if (words := _telling(name))
        ),
        units=_units(actor, {row.organizer for row in rows} - {""}, day=day),
    )


def _telling(name: str) -> str:
    """Return the words of a school's name that tell it from others; few are too short."""
    words = " ".join(word for word in plain(name).split() if word not in GENERIC)
    return words if len(words) > 3 else plain(name)


def _units(actor: Actor, callers: set[str], *, day: date) -> dict[str, str]:
    """Return the central unit, or seat, of whoever called a meeting; not of oneself."""
    posts = Post.objects.unscoped(reason=REASON).on(day)
    found = posts.filter(
        person__email__in=callers, school=None, seat__in=_CENTRAL
    ).exclude(person_id=actor.person_id)
    told = {}
    for email, unit, seat in found.values_list("person__email", "unit__name", "seat"):
        told[email.lower()] = unit or f"the {Seat(seat).label.lower()}"
    return told


_CENTRAL = (
    Seat.UNIT_LEAD,
    Seat.UNIT_STAFF,
    Seat.CHIEF,
    Seat.DEPUTY,
    Seat.SUPERINTENDENT,
    Seat.ANALYST,
    Seat.ADMINISTRATOR,
)
"""Seats of the central office; those at schools and ILDs are none of them."""
