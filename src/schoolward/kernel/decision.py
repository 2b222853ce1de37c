"""A yes or a no that always gives its reason, and a no its next step."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to "may this person do this?".

    Attributes:
        allowed: Yes or no. The decision itself is truthy when allowed.
        reason: One sentence for the person: "You see this because …".
        next_step: After a no, what the person can do instead.
    """

    allowed: bool
    reason: str
    next_step: str = ""

    def __bool__(self) -> bool:
        """Return whether it is a yes."""
        return self.allowed


def yes(reason: str) -> Decision:
    """Grant, with the reason."""
    return Decision(True, reason)  # noqa: FBT003


def no(reason: str, next_step: str) -> Decision:
    """Refuse, with the reason and what to do instead."""
    return Decision(False, reason, next_step)  # noqa: FBT003


def first_yes(decisions: Iterable[Decision], *, otherwise: Decision) -> Decision:
    """Return the first grant, else the given refusal."""
    return next((answer for answer in decisions if answer), otherwise)


def all_agree(decisions: Iterable[Decision]) -> Decision:
    """Return the first refusal, else the last grant.

    Raises:
        ValueError: There is nothing to agree on.
    """
    answers = list(decisions)
    if not answers:
        msg = "A decision needs at least one answer."
        raise ValueError(msg)
    return next((answer for answer in answers if not answer), answers[-1])
