"""How accounts stand: how many there are, which lack a second factor, who is invited."""

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from schoolward.access.models import Invitation, User
from schoolward.access.policies import SECOND_FACTOR_SEATS
from schoolward.district.models import Post
from schoolward.district.models.dated import holds_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Bare:
    """An account that a password alone opens."""

    person_id: int
    name: str
    email: str
    must: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BareAccounts:
    """Accounts without a second factor: some of them, how many, of how many."""

    rows: tuple[Bare, ...]
    count: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """Somebody who was invited and has not come in yet."""

    person_id: int
    name: str
    email: str
    expires_at: datetime


def account_count() -> int:
    """Return how many accounts are open."""
    return User.objects.filter(is_active=True).count()


def accounts_without_second_factor(*, at: datetime, limit: int) -> BareAccounts:
    """Return open accounts without a second factor, those whose seat needs one first."""
    bare = _bare(at=at)
    rows = bare.select_related("person").order_by("-must", "person__display_name")
    everyone = settings.SCHOOLWARD_SECOND_FACTOR == "everyone"
    return BareAccounts(
        rows=tuple(
            Bare(
                person_id=user.person_id,
                name=user.person.display_name,
                email=user.email,
                must=everyone or user.must,  # type: ignore[attr-defined]
            )
            for user in rows[:limit]
        ),
        count=bare.count(),
        of=account_count(),
    )


def _bare(*, at: datetime) -> QuerySet[User]:
    factors = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    needy = Post.objects.unscoped(reason="which accounts need a second factor").filter(
        holds_on(at.date()), seat__in=[seat.value for seat in SECOND_FACTOR_SEATS]
    )
    return User.objects.filter(
        ~Exists(factors.filter(user=OuterRef("pk"))), is_active=True
    ).annotate(must=Exists(needy.filter(person=OuterRef("person"))))


def open_invitations(*, at: datetime) -> tuple[Invited, ...]:
    """Return the invitations that can still be used, the first to expire first."""
    is_open = Q(used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at)
    rows = Invitation.objects.filter(is_open).select_related("person")
    return tuple(
        Invited(
            person_id=row.person_id,
            name=row.person.display_name,
            email=row.email,
            expires_at=row.expires_at,
        )
        for row in rows.order_by("expires_at")
    )
