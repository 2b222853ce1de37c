"""What sign-in itself leaves in the record: comings, goings, failures, changed keys."""

from datetime import datetime

from django.db import transaction

from schoolward.access.models import User
from schoolward.access.people import person_behind
from schoolward.audit.models import EventKind
from schoolward.audit.record import record
from schoolward.kernel.actor import SYSTEM, Actor


CHANGES = {
    "account/email/password_changed": "the password was changed",
    "account/email/password_set": "a password was set",
    "account/email/password_reset": "the password was reset by mail",
    "mfa/email/totp_activated": "an authenticator app was set up",
    "mfa/email/totp_deactivated": "the authenticator app was removed",
    "mfa/email/webauthn_added": "a passkey was added",
    "mfa/email/webauthn_removed": "a passkey was removed",
    "mfa/email/recovery_codes_generated": "new recovery codes were made",
    "access/invited": "a link was made that sets a new password",
    "socialaccount/email/account_connected": "an identity provider was linked",
    "socialaccount/email/account_disconnected": "an identity provider was unlinked",
}
"""What each notice means, for the record and for the mail to its owner."""


def of_user(user: User) -> Actor:
    """Return a signed-in person as the record names them."""
    person = person_behind(user.person)
    return Actor(person_id=person.pk, name=person.display_name)


def signed_in(user: User, *, how: str, at: datetime) -> None:
    """Record that a person came in, and how."""
    record("access.session.started", by=of_user(user), at=at, target=user, how=how)


def signed_out(user: User, *, at: datetime) -> None:
    """Record that a person left."""
    record("access.session.left", by=of_user(user), at=at, target=user)


def failed(email: str, *, step: str, at: datetime) -> None:
    """Record that somebody did not get in; what they typed is kept for no one unknown.

    Args:
        email: The address that was typed.
        step: "password" or "second factor".
        at: When.
    """
    user = User.objects.select_related("person").filter(email__iexact=email).first()
    record(
        "access.session.failed",
        by=SYSTEM,
        at=at,
        kind=EventKind.REFUSAL,
        target=user,
        step=step,
        account=str(user) if user else "no account",
    )


def key_changed(user: User, *, notice: str, at: datetime) -> None:
    """Record a change to what opens an account."""
    if what := CHANGES.get(notice):
        record("access.key.changed", by=of_user(user), at=at, target=user, what=what)


@transaction.atomic
def refused(by: Actor, *, path: str, reason: str, at: datetime) -> None:
    """Record that an entrance refused somebody; call it after any rollback.

    Args:
        by: Who was refused.
        path: What they asked for; its first 200 letters are kept.
        reason: The sentence they were given.
        at: When.
    """
    record(
        "access.page.refused",
        by=by,
        at=at,
        kind=EventKind.REFUSAL,
        path=path[:200],
        reason=reason,
    )
