"""Whose calendar it is: its owner's, and nobody else's.

No seat opens another person's calendar: not the deputy's, not an administrator's. What
others are shown of somebody's time will be minutes, never words.
"""

from django.db.models import Q

from schoolward.base.faces import NOTHING
from schoolward.base.faces import every_face as every_filter
from schoolward.district.policies import NO_POST
from schoolward.kernel.actor import Actor
from schoolward.kernel.decision import Decision, no, yes
from schoolward.kernel.faces import every_face, writing
from schoolward.kernel.seats import Seat


OFFERED = (Seat.ILD, Seat.DEPUTY)
"""Seats whose rail shows the way to their time."""
KEEPERS = (Seat.ANALYST, Seat.ADMINISTRATOR)
NOT_YOURS = no(
    "A calendar belongs to its owner; nobody else can open it.",
    "Ask the person what you need to know.",
)


@every_filter
def calendars_visible(actor: Actor) -> Q:
    """Return the filter for calendars: one's own."""
    return Q(person_id=actor.person_id) if actor.person_id else NOTHING


@every_filter
def events_visible(actor: Actor) -> Q:
    """Return the filter for what calendars hold: one's own."""
    return Q(calendar__person_id=actor.person_id) if actor.person_id else NOTHING


@every_filter
def corrections_visible(actor: Actor) -> Q:
    """Return the filter for corrections: those of one's own events."""
    own = Q(event__calendar__person_id=actor.person_id)
    return own if actor.person_id else NOTHING


@every_face
def can_see_calendar(actor: Actor, owner_id: int) -> Decision:
    """Return whether an actor may see what a person's calendar says."""
    if actor.person_id and actor.person_id == owner_id:
        return yes("You see this because it is your own calendar.")
    return NOT_YOURS


@every_face
def can_see_own_time(actor: Actor) -> Decision:
    """Return whether an actor has a page of their own time."""
    if actor.is_member:
        return yes(
            "You see this because everyone with a post can look at their own time."
        )
    return NO_POST


@every_face
def is_offered_time(actor: Actor) -> Decision:
    """Return whether the rail leads an actor to their time."""
    if actor.holds(*OFFERED):
        return yes("You see this because your time is meant for principals.")
    return no("Time is looked at for ILDs and deputies.", "Open /time/ for your own.")


@writing
def can_bring_calendar(actor: Actor, owner_id: int) -> Decision:
    """Return whether an actor may bring in, or take out, a person's calendar.

    The system may: the command line acts for the person it is given.
    """
    if actor.person_id == 0:
        return yes("The installation acts for the person it was given.")
    if actor.person_id != owner_id:
        return NOT_YOURS
    return can_see_own_time(actor)


@writing
def can_keep_rules(actor: Actor) -> Decision:
    """Return whether an actor may change the rules by which the district sorts events."""
    if actor.holds(*KEEPERS):
        return yes("You may change this because you keep the district's records.")
    return no(
        "The shared rules are kept by analysts and administrators.",
        "Make a rule of your own from an event, or ask an analyst.",
    )
