"""What seat a job title is, where a map does not say."""

import re
from collections.abc import Sequence

from schoolward.exchange.maps import TitleRule
from schoolward.kernel.seats import Seat


def _rule(pattern: str, seat: Seat, capacity: str = "regular") -> TitleRule:
    return TitleRule(
        words=frozenset(),
        matches=re.compile(pattern, re.IGNORECASE),
        seat=seat.value,
        capacity=capacity,
    )


_ASSISTANT = (
    r"\b(?:assistant|asst\.?|vice|associate|deputy)\s+(?:school\s+)?principal\b|^AP$"
)
_OFFICE = r"\b(?:secretary|clerk|assistant to|asst to|office of|to the)\b"
_SUPERVISOR = (
    r"\bprincipal supervisor\b|\binstructional (?:leadership )?(?:director|superintendent)\b"
    r"|\b(?:area|network|regional|community|zone) superintendent\b"
    r"|\bsupervisor of principals\b|^ILD$|\bnetwork chief\b|^chief of schools$"
)
USUAL_TITLES: tuple[TitleRule, ...] = (
    _rule(
        rf"\b(?:interim|acting)\b.*(?:{_ASSISTANT})",
        Seat.ASSISTANT_PRINCIPAL,
        "interim",
    ),
    _rule(_ASSISTANT, Seat.ASSISTANT_PRINCIPAL),
    _rule(_SUPERVISOR, Seat.ILD),
    _rule(
        r"\bresident principal\b|\bprincipal resident\b",
        Seat.ASSISTANT_PRINCIPAL,
        "resident",
    ),
    _rule(r"\b(?:interim|i\.?a\.?)\s+principal\b", Seat.PRINCIPAL, "interim"),
    _rule(r"\bacting principal\b", Seat.PRINCIPAL, "acting"),
    _rule(
        r"^(?:the\s+)?(?:school\s+|co-?|contract\s+|new\s+)?principal(?:$|[\s,/-]+(?:of|at|-|elementary|middle|high|school|k-8|i+|\d).*)",
        Seat.PRINCIPAL,
    ),
    _rule(r"^head of school$", Seat.PRINCIPAL),
    _rule(
        r"^(?:interim\s+|acting\s+)?superintendent(?: of schools)?$",
        Seat.SUPERINTENDENT,
    ),
    _rule(r"\bdeputy superintendent\b|\bdeputy chief of schools\b", Seat.DEPUTY),
    _rule(r"\bassistant superintendent\b|\bchief\b.*\bofficer\b|^chief\b", Seat.CHIEF),
    _rule(
        r"^(?:board|school board) (?:member|president|trustee)\b|^trustee$",
        Seat.BOARD_MEMBER,
    ),
)
"""From the narrow to the wide; the first that speaks decides."""

_OFFICE_RULE = re.compile(_OFFICE, re.IGNORECASE)


def seat_of(title: str, rules: Sequence[TitleRule]) -> tuple[str, str]:
    """Return the seat and capacity of a title; empty words when it is no seat.

    Args:
        title: As the file writes it.
        rules: The map's own, asked first.

    >>> seat_of("Interim Principal", ()), seat_of("Asst. Principal", ())
    (('principal', 'interim'), ('assistant_principal', 'regular'))
    >>> seat_of("Secretary to the Principal", ()), seat_of("Teacher", ())
    (('', ''), ('', ''))
    """
    title = " ".join(title.split())
    own = next((rule for rule in rules if rule.says(title)), None)
    if own is None and not _OFFICE_RULE.search(title):
        own = next((rule for rule in USUAL_TITLES if rule.says(title)), None)
    return (own.seat, own.capacity) if own else ("", "")
