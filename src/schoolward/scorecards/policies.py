"""Who may see and change the catalogue of indicators, and whose values.

Definitions, and what networks and the district reach, are open to everyone with a post.
A school's own values follow its page: `district.policies.can_open_page`.
"""

from django.db.models import Q

from schoolward.base.faces import EVERYTHING, NOTHING
from schoolward.base.faces import every_face as every_filter
from schoolward.district.policies import NO_POST
from schoolward.kernel.actor import Actor
from schoolward.kernel.decision import Decision, no, yes
from schoolward.kernel.faces import every_face, writing
from schoolward.kernel.seats import Seat


KEEPERS = (Seat.ANALYST, Seat.ADMINISTRATOR)


@every_filter
def catalogue_visible(actor: Actor) -> Q:
    """Return the filter for definitions: all for members, none for others."""
    return EVERYTHING if actor.is_member else NOTHING


@every_face
def can_see_catalogue(actor: Actor) -> Decision:
    """Return whether an actor may read definitions and roll-ups."""
    if actor.is_member:
        return yes("You see this because everyone with a post sees the indicators.")
    return NO_POST


@writing
def can_define(actor: Actor) -> Decision:
    """Return whether an actor may change the catalogue."""
    if actor.holds(*KEEPERS):
        return yes("You may change this because you keep the district's indicators.")
    return no(
        "The catalogue is kept by analysts and administrators.",
        "Tell the owner of the source what is unclear; the indicator's page names it.",
    )
