"""How each verb is told to people, and how it forgets a person.

Rooms register their verbs in a `presenters.py` of their own; a verb nobody registered is
still shown, by its name, and a test says so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from schoolward.audit.models import Event
from schoolward.audit.retention import LEGAL_ADVICE


class Forgets(StrEnum):
    """What a verb drops when a person must be forgotten."""

    NAMES = "names"
    FACTS = "facts"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Presenter:
    """How one verb reads.

    Attributes:
        verb: `room.noun.verb`.
        says: A sentence with {actor}, {target} and the event's facts in braces.
        forgets: Names only; names and the personal facts; or nothing, because
            nothing personal is kept.
        personal: Facts that describe a person and go when the person is forgotten.
        record_class: The retention class its events belong to.
        withheld: Why what such an event names and says is not given out to those it is
            about; empty when it is.
    """

    verb: str
    says: str
    forgets: Forgets
    personal: tuple[str, ...]
    record_class: str
    withheld: str = ""


_PRESENTERS: dict[str, Presenter] = {}


class _Dash:
    """A fact that is not there, however it was to be written."""

    def __format__(self, _: str) -> str:
        return "–"


class _Told(dict[str, Any]):
    """The words of an event; a fact that is not there reads as a dash."""

    def __missing__(self, key: str) -> _Dash:
        return _Dash()


def present(
    verb: str,
    *,
    says: str,
    forgets: Forgets = Forgets.NAMES,
    personal: tuple[str, ...] = (),
    record_class: str = "administration",
    withheld: str = "",
) -> None:
    """Register how a verb is told, how it forgets, and whether it is given out."""
    _PRESENTERS[verb] = Presenter(
        verb=verb,
        says=says,
        forgets=forgets,
        personal=personal,
        record_class=record_class,
        withheld=withheld,
    )


def verbs() -> Mapping[str, Presenter]:
    """Return every registered verb with its presenter."""
    return dict(sorted(_PRESENTERS.items()))


def sentence(event: Event) -> str:
    """Return an event as a sentence for people."""
    known = _PRESENTERS.get(event.verb)
    if known is None:
        return f"{event.verb}: {event.actor_name or 'Schoolward'}, {event.target_name}"
    told = _Told({name: in_words(fact) for name, fact in event.facts.items()})
    told["actor"] = _who(event)
    told["target"] = event.target_name or "–"
    return known.says.format_map(told)


DAY = re.compile(r"\d{4}-\d\d-\d\d")
BLANK = re.compile(r"\{[^}]*\}")


def in_words(fact: object) -> object:
    """Return a fact as people read it: days as pages write them."""
    if not isinstance(fact, str) or not DAY.fullmatch(fact):
        return fact
    try:
        day = date.fromisoformat(fact)
    except ValueError:
        return fact
    return f"{day:%b} {day.day}, {day.year}"


def in_general(verb: str) -> str:
    """Return a verb as a sentence without names, to choose it by.

    >>> in_general("audit.hold.lifted")
    'Lifted …'
    """
    known = _PRESENTERS.get(verb)
    if known is None:
        return verb
    said = BLANK.sub("…", known.says.removeprefix("{actor}")).strip()
    return said[:1].upper() + said[1:]


def _who(event: Event) -> str:
    name = event.actor_name or "Schoolward"
    return f"{name}, on behalf of {event.behalf_name}," if event.behalf_name else name


present(
    "audit.hold.placed",
    says="{actor} placed a legal hold: {reason}",
    record_class="audit",
    withheld=LEGAL_ADVICE,
)
present(
    "audit.hold.lifted",
    says="{actor} lifted {target}",
    record_class="audit",
    withheld=LEGAL_ADVICE,
)
present(
    "audit.retention.changed",
    says="{actor} set the period of {record_class} to {years} years ({authority})",
    record_class="audit",
)
present(
    "audit.records.disposed",
    says="{actor} disposed of {count:,} records of {record_class} from before {before}",
    record_class="audit",
)
present(
    "audit.person.exported",
    says="{actor} exported everything held about person {person}",
    record_class="audit",
)
present(
    "audit.person.forgotten",
    says="{actor} removed a person's name from {count} recorded events",
    forgets=Forgets.NOTHING,
    record_class="audit",
)
