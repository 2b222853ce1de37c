"""Inviting people: a single-use way to make an account, or to set a new password."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from schoolward.access import policies
from schoolward.access.models import Invitation, User
from schoolward.access.secrets import hashed, new_secret
from schoolward.audit.record import record
from schoolward.base import jobs
from schoolward.base.http import insist
from schoolward.district.models import Person
from schoolward.kernel.actor import SYSTEM, Actor


LIFE = timedelta(days=14)


class InvitationError(ValueError):
    """An invitation cannot be made or used; the text says what to do."""


@transaction.atomic
def invite(
    person: Person, *, email: str, by: Actor, at: datetime
) -> tuple[Invitation, str]:
    """Make a person's way in and return it with its secret, which is never kept.

    A person who has an account is invited to set a new password; their second factor
    stays. An earlier invitation that is still open is withdrawn.

    Raises:
        RefusedError: The actor is no administrator.
        InvitationError: The address belongs to another account, or the person's
            account is closed.
    """
    person = (
        Person.objects.unscoped(reason="locked").select_for_update().get(pk=person.pk)
    )
    if by != SYSTEM:
        insist(policies.can_keep_accounts(by))
    email = email.strip().lower()
    _check_free(person, email)
    withdraw_open(person.pk, at=at)
    secret = new_secret()
    invitation = Invitation.objects.create(
        person=person,
        email=email,
        secret_hash=hashed(secret),
        made_by_id=by.person_id or None,
        made_at=at,
        expires_at=at + LIFE,
    )
    record("access.invitation.made", by=by, at=at, target=invitation, about=email)
    _tell_owner(person)
    return invitation, secret


def _tell_owner(person: Person) -> None:
    """Write to who has an account already: whoever holds the link can take it over.

    The mail goes to the address that the account had before.
    """
    user = User.objects.filter(person=person).first()
    if user and settings.SCHOOLWARD_HAS_MAIL:
        jobs.later("access.tell_of_change", user_id=user.pk, notice="access/invited")


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Actor, at: datetime) -> Invitation:
    """Take an open invitation back.

    Raises:
        RefusedError: The actor is no administrator.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    insist(policies.can_keep_accounts(by))
    if invitation.used_at is None and invitation.withdrawn_at is None:
        invitation.withdrawn_at = at
        invitation.save(update_fields=["withdrawn_at"])
        record("access.invitation.withdrawn", by=by, at=at, target=invitation)
    return invitation


def withdraw_open(person_id: int, *, at: datetime) -> None:
    """Take back whatever invitation of a person could still be used."""
    Invitation.objects.filter(
        person=person_id, used_at__isnull=True, withdrawn_at__isnull=True
    ).update(withdrawn_at=at)


def open_invitation(secret: str, *, at: datetime) -> Invitation | None:
    """Return the invitation that a secret opens today, or None."""
    found = Invitation.objects.select_related("person__user")
    invitation = found.filter(secret_hash=hashed(secret)).first()
    return invitation if invitation and invitation.is_open(at=at) else None


@transaction.atomic
def accept(secret: str, *, password: str, at: datetime) -> User:
    """Use an invitation: make the account, or give it a new password.

    Raises:
        InvitationError: It was used, withdrawn or is over; the address now belongs to
            another account; or the person's account was closed.
    """
    found = Invitation.objects.select_for_update().select_related("person")
    invitation = found.filter(secret_hash=hashed(secret)).first()
    if invitation is None or not invitation.is_open(at=at):
        msg = "This invitation was used, withdrawn or is over. Ask for a new one."
        raise InvitationError(msg)
    _check_free(invitation.person, invitation.email)
    invitation.used_at = at
    invitation.save(update_fields=["used_at"])
    user = _account(invitation, password, at=at)
    person = invitation.person
    record(
        "access.invitation.accepted",
        by=Actor(person_id=person.pk, name=person.display_name),
        at=at,
        target=invitation,
    )
    return user


def _account(invitation: Invitation, password: str, *, at: datetime) -> User:
    user = User.objects.filter(person=invitation.person).first()
    if user is None:
        return User.objects.create_user(
            invitation.email, password, person=invitation.person, joined_at=at
        )
    user.email = invitation.email
    user.joined_at = user.joined_at or at
    user.set_password(password)
    user.save(update_fields=["email", "joined_at", "password"])
    return user


def _check_free(person: Person, email: str) -> None:
    others = User.objects.filter(email__iexact=email).exclude(person=person)
    if others.exists():
        msg = f"{email} belongs to another account. Enter this person's own address."
        raise InvitationError(msg)
    if User.objects.filter(person=person, is_active=False).exists():
        msg = f"The account of {person.display_name} is closed. Open it again first."
        raise InvitationError(msg)
