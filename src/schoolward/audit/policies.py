"""Who may read the record of what happened, and who keeps it."""

from schoolward.kernel.actor import Actor
from schoolward.kernel.decision import Decision, no, yes
from schoolward.kernel.faces import every_face, writing
from schoolward.kernel.seats import Seat


ASK = "Ask your records officer; the district page shows who it is."


@every_face
def can_see_events(actor: Actor) -> Decision:
    """Return whether an actor may search the record of what happened."""
    if actor.holds(Seat.RECORDS_OFFICER, Seat.ADMINISTRATOR):
        return yes("You see this because you keep the district's records.")
    return no("The record is read by records officers and administrators.", ASK)


@writing
def can_keep_records(actor: Actor) -> Decision:
    """Return whether an actor may set periods, place holds and dispose of records."""
    if actor.holds(Seat.RECORDS_OFFICER):
        return yes("You may do this because you are the records officer.")
    return no("Periods, holds and disposals are the records officer's.", ASK)


@every_face
def can_export_person(actor: Actor, person_id: int) -> Decision:
    """Return whether an actor may export what is held about a person."""
    if actor.holds(Seat.RECORDS_OFFICER):
        return yes("You may do this because you answer public-records requests.")
    if actor.person_id == person_id:
        return yes("You may see everything that is held about you.")
    return no("What is held about a person goes to them or the records officer.", ASK)
