"""Keeping accounts: closing and opening them, lost second factors, sessions."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from schoolward.access import policies
from schoolward.access.actions.invitations import withdraw_open
from schoolward.access.models import Token, User
from schoolward.audit.record import record
from schoolward.base.http import insist
from schoolward.kernel.actor import SYSTEM, Actor
from schoolward.kernel.decision import Decision, no, yes


@transaction.atomic
def close(user: User, *, by: Actor, at: datetime) -> User:
    """Close an account: its sessions, tokens and open invitation end at once.

    Raises:
        RefusedError: The actor is no administrator, or it is their own account.
    """
    user = _locked(user)
    insist(policies.can_keep_accounts(by))
    insist(_not_own(by, user))
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_all_sessions(user)
    Token.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=at)
    withdraw_open(user.person_id, at=at)
    record("access.account.closed", by=by, at=at, target=user)
    return user


@transaction.atomic
def reopen(user: User, *, by: Actor, at: datetime) -> User:
    """Open a closed account again; its tokens stay ended.

    Raises:
        RefusedError: The actor is no administrator.
    """
    user = _locked(user)
    insist(policies.can_keep_accounts(by))
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("access.account.opened", by=by, at=at, target=user)
    return user


@transaction.atomic
def forget_second_factor(user: User, *, by: Actor, at: datetime) -> User:
    """Remove a lost second factor, sign the person out, and let them set up a new one.

    Raises:
        RefusedError: The actor is no administrator, or it is their own account.
    """
    user = _locked(user)
    if by != SYSTEM:
        insist(policies.can_keep_accounts(by))
        insist(_not_own(by, user))
    Authenticator.objects.filter(user=user).delete()
    end_all_sessions(user)
    record("access.second_factor.reset", by=by, at=at, target=user)
    return user


@transaction.atomic
def end_sessions(
    user: User, *, by: Actor, at: datetime, keep: str = "", only: int | None = None
) -> int:
    """End a person's sessions elsewhere and return how many ended.

    Args:
        user: Whose sessions: the actor's own.
        by: Who asks.
        at: When.
        keep: The key of the session that goes on.
        only: The one session to end; all others when not given.
    """
    rows = UserSession.objects.filter(user=user).exclude(session_key=keep)
    chosen = list(rows if only is None else rows.filter(pk=only))
    for session in chosen:
        session.end()
    if chosen:
        record("access.session.ended", by=by, at=at, target=user, count=len(chosen))
    return len(chosen)


def end_all_sessions(user: User) -> None:
    """End every session of an account."""
    for session in UserSession.objects.filter(user=user):
        session.end()


def _locked(user: User) -> User:
    return User.objects.select_for_update().select_related("person").get(pk=user.pk)


def _not_own(by: Actor, user: User) -> Decision:
    if user.person_id == by.person_id:
        return no(
            "This is your own account.", "Another administrator can do this for you."
        )
    return yes("It is another person's account.")
