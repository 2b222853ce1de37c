"""Mails that sign-in sends, written by the worker so that nobody waits for a mail server."""

from schoolward.access import mails
from schoolward.access.models import User
from schoolward.base import jobs


@jobs.register("access.reset_password")
def reset_password(run: jobs.Run, *, user_id: int) -> None:
    """Send the link that sets a new password; an unknown address gets nothing."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user and mails.send_reset(user):
        run.say("Sent.")


@jobs.register("access.tell_of_change")
def tell_of_change(run: jobs.Run, *, user_id: int, notice: str) -> None:
    """Tell a person that what opens their account was changed."""
    user = User.objects.filter(pk=user_id).first()
    if user and mails.send_change(user, notice=notice):
        run.say("Sent.")
