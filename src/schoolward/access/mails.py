"""The mails of sign-in, and the links in them; links begin with the set address only."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from schoolward.access.actions.traces import CHANGES
from schoolward.access.models import Invitation, User
from schoolward.base import mail


def invitation_link(secret: str) -> str:
    """Return the full link of an invitation."""
    return full(reverse("access:accept_with", args=[secret]))


def send_invitation(invitation: Invitation, *, link: str) -> bool:
    """Send an invitation and return whether a mail server took it."""
    page = {"invitation": invitation, "link": link, "address": settings.SCHOOLWARD_URL}
    body = render_to_string("access/mails/invitation.txt", page)
    return mail.send(
        invitation.email, subject="Your invitation to Schoolward", body=body
    )


def send_reset(user: User) -> bool:
    """Send the link that sets a new password, once and for four hours."""
    body = render_to_string("access/mails/reset.txt", {"link": reset_link(user)})
    return mail.send(user.email, subject="Set a new password", body=body)


def reset_link(user: User) -> str:
    """Return the full link that sets a new password."""
    named = {
        "uidb36": user_pk_to_url_str(user),
        "key": default_token_generator.make_token(user),
    }
    return full(reverse("account_reset_password_from_key", kwargs=named))


def send_change(user: User, *, notice: str) -> bool:
    """Tell a person that what opens their account was changed."""
    page = {"what": CHANGES[notice], "address": settings.SCHOOLWARD_URL}
    body = render_to_string("access/mails/change.txt", page)
    return mail.send(user.email, subject="Your Schoolward account changed", body=body)


def full(path: str) -> str:
    """Return the address people type, followed by a path."""
    return settings.SCHOOLWARD_URL.rstrip("/") + path
