"""Who may see and handle long work: those who asked for it, and administrators."""

from django.db.models import Q

from schoolward.base.faces import EVERYTHING
from schoolward.base.faces import every_face as every_filter
from schoolward.base.models import Job
from schoolward.kernel.actor import Actor
from schoolward.kernel.decision import Decision, no, yes
from schoolward.kernel.faces import every_face, writing
from schoolward.kernel.seats import Seat


@every_filter
def jobs_visible(actor: Actor) -> Q:
    """Return the filter for jobs an actor may see: their own; all for administrators."""
    if actor.holds(Seat.ADMINISTRATOR):
        return EVERYTHING
    return Q(asked_by=actor.person_id)


@every_face
def can_see_job(actor: Actor, job: Job) -> Decision:
    """Return whether an actor may see a job."""
    if job.asked_by is not None and job.asked_by == actor.person_id:
        return yes("You see this because you asked for it.")
    if actor.holds(Seat.ADMINISTRATOR):
        return yes("You see this because you are an administrator.")
    return no(
        "A job is seen by who asked for it and by administrators.",
        "Ask your administrator how far it is.",
    )


@writing
def can_handle_job(actor: Actor, job: Job) -> Decision:
    """Return whether an actor may stop a job or start it again."""
    return can_see_job(actor, job)
