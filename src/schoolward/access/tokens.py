"""Tokens: keys with which a program acts with one person's rights."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from schoolward.access import policies
from schoolward.access.actors import actor_for
from schoolward.access.models import Token, User
from schoolward.access.people import person_behind
from schoolward.access.secrets import PREFIX, hashed, new_token_secret
from schoolward.audit.record import record
from schoolward.base.http import insist
from schoolward.kernel.actor import SYSTEM, Actor


LIFE_DAYS = 180
LONGEST_DAYS = 366


class TokenLifeError(ValueError):
    """A token was to live longer than tokens may, or not at all."""

    def __init__(self) -> None:
        """Say what to enter."""
        super().__init__(f"Enter a number of days from 1 to {LONGEST_DAYS}.")


@transaction.atomic
def make_token(
    user: User,
    *,
    label: str,
    at: datetime,
    by: Actor,
    may_write: bool = False,
    days: int = LIFE_DAYS,
) -> tuple[Token, str]:
    """Make a token and return it with its secret, which is never shown again.

    Args:
        user: Whose rights it carries.
        label: What its owner calls it.
        at: When, from `clock.now()`.
        by: Who makes it: the owner, or the system at the command line.
        may_write: Whether it may change things.
        days: How long it lives.

    Raises:
        RefusedError: The actor is not the owner, or holds no post.
        TokenLifeError: The days are not from 1 to 366.
    """
    if by != SYSTEM:
        insist(policies.can_make_token(by, person_behind(user.person).pk))
    if not 1 <= days <= LONGEST_DAYS:
        raise TokenLifeError
    secret = new_token_secret()
    token = Token.objects.create(
        user=user,
        label=label,
        secret_hash=hashed(secret),
        hint=secret[: len(PREFIX) + 5],
        may_write=may_write,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    record(
        "access.token.made",
        by=by,
        at=at,
        target=token,
        about=user.email,
        days=days,
        may_write=may_write,
    )
    return token, secret


def actor_of_token(secret: str, *, at: datetime, today: date) -> Actor | None:
    """Return who a token acts as, or None when it opens nothing.

    It opens nothing when it is unknown, over, ended, or when its owner's account is
    closed or the owner holds no post on `today` and acts for nobody who does.

    Args:
        secret: What the program sent after "Bearer ".
        at: When, from `clock.now()`.
        today: The district's day, from `clock.today()`.
    """
    token = _known(secret)
    if token is None or not token.is_open(at=at) or not token.user.is_active:
        return None
    actor = _owner(token, today=today)
    if not actor.is_member:
        return None
    _note_use(token, by=actor, at=at)
    return actor


@transaction.atomic
def end_token(token: Token, *, by: Actor, at: datetime) -> Token:
    """End a token at once; ending it twice is ending it once.

    Raises:
        RefusedError: The actor is neither its owner nor an administrator.
    """
    token = Token.objects.select_for_update().select_related("user").get(pk=token.pk)
    insist(policies.can_end_token(by, person_behind(token.user.person).pk))
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        record("access.token.ended", by=by, at=at, target=token, about=token.user.email)
    return token


def _known(secret: str) -> Token | None:
    if not secret.startswith(PREFIX):
        return None
    tokens = Token.objects.select_related("user__person")
    return tokens.filter(secret_hash=hashed(secret)).first()


def _owner(token: Token, *, today: date) -> Actor:
    scopes = frozenset({"read", "write"} if token.may_write else {"read"})
    person = person_behind(token.user.person)
    return actor_for(person.pk, name=person.display_name, today=today, scopes=scopes)


def _note_use(token: Token, *, by: Actor, at: datetime) -> None:
    """Keep and record the first use of each day; later ones write nothing."""
    if token.used_at and token.used_at.date() == at.date():
        return
    with transaction.atomic():
        first = Token.objects.filter(pk=token.pk).filter(
            Q(used_at__isnull=True) | Q(used_at__lt=_midnight(at))
        )
        if first.update(used_at=at):
            record("access.token.used", by=by, at=at, target=token)


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)
