"""How each verb is told to people, and how it forgets a person.

Rooms register their verbs in a `presenters.py` of their own; a verb nobody registered is
still shown, by its name, and a test says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from schoolward.audit.models import Event


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
    """

    verb: str
    says: str
    forgets: Forgets
    personal: tuple[str, ...]
    record_class: str


_PRESENTERS: dict[str, Presenter] = {}


class _Told(dict[str, Any]):
    """The words of an event; a fact that is not there reads as a dash."""

    def __missing__(self, key: str) -> str:
        return "–"


def present(
    verb: str,
    *,
    says: str,
    forgets: Forgets = Forgets.NAMES,
    personal: tuple[str, ...] = (),
    record_class: str = "administration",
) -> None:
    """Register how a verb is told, and how it forgets."""
    _PRESENTERS[verb] = Presenter(
        verb=verb,
        says=says,
        forgets=forgets,
        personal=personal,
        record_class=record_class,
    )


def verbs() -> Mapping[str, Presenter]:
    """Return every registered verb with its presenter."""
    return dict(sorted(_PRESENTERS.items()))


def sentence(event: Event) -> str:
    """Return an event as a sentence for people."""
    known = _PRESENTERS.get(event.verb)
    if known is None:
        return f"{event.verb}: {event.actor_name or 'Schoolward'}, {event.target_name}"
    told = _Told(event.facts)
    told["actor"] = _who(event)
    told["target"] = event.target_name or "–"
    return known.says.format_map(told)


def _who(event: Event) -> str:
    name = event.actor_name or "Schoolward"
    return f"{name}, on behalf of {event.behalf_name}," if event.behalf_name else name


present(
    "audit.hold.placed",
    says="{actor} placed a legal hold: {reason}",
    record_class="audit",
)
present("audit.hold.lifted", says="{actor} lifted {target}", record_class="audit")
present(
    "audit.retention.changed",
    says="{actor} set the period of {record_class} to {years} years ({authority})",
    record_class="audit",
)
present(
    "audit.records.disposed",
    says="{actor} disposed of {count} rows of {record_class} from before {before}",
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
