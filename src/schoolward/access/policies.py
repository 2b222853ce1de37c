"""Who may let people in, view as another, and see who can see what."""

from schoolward.kernel.actor import Actor
from schoolward.kernel.decision import Decision, no, yes
from schoolward.kernel.faces import every_face, writing
from schoolward.kernel.seats import Seat


SECOND_FACTOR_SEATS = frozenset(
    {Seat.ADMINISTRATOR, Seat.ANALYST, Seat.RECORDS_OFFICER, Seat.SUPERINTENDENT}
)
"""Seats that reach so much that a password alone never opens them."""

ASK = "Ask an administrator; the people page shows who they are."


@writing
def can_keep_accounts(actor: Actor) -> Decision:
    """Return whether an actor may invite people and mend their accounts."""
    if actor.holds(Seat.ADMINISTRATOR):
        return yes("You may do this because you are an administrator.")
    return no("Accounts are kept by administrators.", ASK)


@every_face
def can_see_accounts(actor: Actor) -> Decision:
    """Return whether an actor may see who has an account and how it is protected."""
    if actor.holds(Seat.ADMINISTRATOR):
        return yes("You see this because you are an administrator.")
    return no("Accounts are kept by administrators.", ASK)


@every_face
def can_see_who(actor: Actor) -> Decision:
    """Return whether an actor may ask who can see what, and why."""
    if actor.holds(Seat.ADMINISTRATOR):
        return yes("You see this because you are an administrator.")
    return no(
        "Who can see what is shown to administrators.",
        "Your own page shows what you may do yourself, and why.",
    )


@writing
def can_view_as(actor: Actor, other: Actor) -> Decision:
    """Return whether an actor may see the pages as another person sees them."""
    if not actor.holds(Seat.ADMINISTRATOR):
        return no("Only administrators view as another person.", ASK)
    if actor.person_id == other.person_id:
        return no("This is you.", "Choose someone else.")
    if other.holds(Seat.ADMINISTRATOR):
        return no(
            "Nobody views as an administrator.",
            "Ask them what they see, or choose someone else.",
        )
    if not other.is_member:
        return no(
            f"{other.name} holds no post today, so they see nothing.",
            "Choose someone who holds a post.",
        )
    return yes("You may view this because you are an administrator; it is recorded.")


@writing
def can_make_token(actor: Actor, owner_id: int) -> Decision:
    """Return whether an actor may make a token that carries a person's rights."""
    if actor.scopes:
        return no("A token makes no tokens.", "Sign in to make one.")
    if actor.person_id != owner_id:
        return no("A token carries the rights of who makes it.", "Ask them to make it.")
    if actor.is_member:
        return yes("You may make a token because you hold a post.")
    return no("You hold no post today.", ASK)


@writing
def can_end_token(actor: Actor, owner_id: int) -> Decision:
    """Return whether an actor may end a token: their own, or as an administrator."""
    if actor.person_id == owner_id or actor.holds(Seat.ADMINISTRATOR):
        return yes("You may end this token.")
    return no("A token is ended by its owner or an administrator.", ASK)


def needs_second_factor(actor: Actor, *, everyone: bool) -> bool:
    """Return whether a seat, or the district's choice, asks for a second factor."""
    return everyone or actor.holds(*SECOND_FACTOR_SEATS)
