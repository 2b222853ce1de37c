"""Who may load files: those who keep the district's records."""

from django.db.models import Q

from schoolward.base.faces import EVERYTHING, NOTHING
from schoolward.base.faces import every_face as every_filter
from schoolward.kernel.actor import Actor
from schoolward.kernel.decision import Decision, no, yes
from schoolward.kernel.faces import every_face, writing
from schoolward.kernel.seats import Seat


KEEPERS = (Seat.ANALYST, Seat.ADMINISTRATOR)
NOT_A_KEEPER = no(
    "Loads belong to analysts and administrators.",
    "Give the file to an analyst; the people page shows who they are.",
)


@every_filter
def dock_visible(actor: Actor) -> Q:
    """Return the filter for loads, maps and refusals: all for keepers, none for others."""
    return EVERYTHING if actor.holds(*KEEPERS) else NOTHING


@every_face
def can_see_loads(actor: Actor) -> Decision:
    """Return whether an actor may look at loads."""
    if actor.holds(*KEEPERS):
        return yes("You see this because you keep the district's records.")
    return NOT_A_KEEPER


@writing
def can_load(actor: Actor) -> Decision:
    """Return whether an actor may load files, undo a load and save maps.

    The system itself may: schedules and commands of the installation act as it.
    """
    if actor.person_id == 0 or actor.holds(*KEEPERS):
        return yes("You may load because you keep the district's records.")
    return NOT_A_KEEPER
