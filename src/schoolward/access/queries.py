"""What the pages of access ask: accounts, invitations, sessions, tokens, delegates."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from schoolward.access.domain import browser_in_words
from schoolward.access.models import Invitation, Token, User
from schoolward.district.models import Delegation, Person, Post, School
from schoolward.district.models.dated import DirectoryQuerySet
from schoolward.kernel.actor import Actor
from schoolward.kernel.seats import Seat


PAGE = 50
REASON = "the page of accounts, behind can_see_accounts"
OWN = "a person's own page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person and their way in."""

    person_id: int
    name: str
    seats: str
    user_id: int | None
    email: str
    is_open: bool
    has_second_factor: bool
    last_sign_in: datetime | None
    invitation_id: int | None
    invited_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One browser in which a person is signed in."""

    pk: int
    is_this: bool
    browser: str
    ip: str
    began_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptToken:
    """A token as its owner sees it; the secret is nowhere."""

    pk: int
    label: str
    hint: str
    may_write: bool
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPost:
    """A post of today, in words."""

    seat: str
    title: str
    place: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """Somebody who acts for another, and when."""

    pk: int
    person_id: int
    name: str
    since: date
    until: date | None


def accounts(
    *, name: str = "", today: date, at: datetime, only: int | None = None
) -> list[Account]:
    """Return people with their accounts, by name, the first 50 that match.

    Args:
        name: Part of a name or an address; empty for everyone who has a way in.
        today: Whose posts are told.
        at: When invitations are looked at.
        only: One person's id.
    """
    people = Person.objects.unscoped(reason=REASON).filter(merged_into__isnull=True)
    if only is not None:
        people = people.filter(pk=only)
    elif name:
        people = people.filter(
            Q(display_name__icontains=name) | Q(email__icontains=name)
        )
    else:
        invited = Invitation.objects.filter(_open(at), person=OuterRef("pk"))
        people = people.filter(Q(user__isnull=False) | Exists(invited))
    return [_account(person, at=at) for person in _told(people, today=today)[:PAGE]]


def _told(people: QuerySet[Person], *, today: date) -> QuerySet[Any]:
    posts = Post.objects.unscoped(reason=REASON).on(today)
    factors = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    return (
        people.select_related("user")
        .annotate(protected=Exists(factors.filter(user__person=OuterRef("pk"))))
        .prefetch_related(Prefetch("posts", posts), "invitations")
        .order_by("display_name", "pk")
    )


def _open(at: datetime) -> Q:
    return Q(used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=at)


def _account(person: Any, *, at: datetime) -> Account:
    user: User | None = getattr(person, "user", None)
    invitation = next(
        (one for one in person.invitations.all() if one.is_open(at=at)), None
    )
    held = {Seat(post.seat) for post in person.posts.all()}
    return Account(
        person_id=person.pk,
        name=person.display_name,
        seats=", ".join(seat.label for seat in Seat if seat in held),
        user_id=user.pk if user else None,
        email=user.email if user else person.email,
        is_open=bool(user and user.is_active),
        has_second_factor=person.protected,
        last_sign_in=user.last_login if user else None,
        invitation_id=invitation.pk if invitation else None,
        invited_until=invitation.expires_at if invitation else None,
    )


def sessions(user: User, *, this: str) -> list[Session]:
    """Return where a person is signed in, this browser first, then the latest used."""
    rows = UserSession.objects.purge_and_list(user)
    found = [
        Session(
            pk=row.pk,
            is_this=row.session_key == this,
            browser=browser_in_words(row.user_agent),
            ip=row.ip,
            began_at=row.created_at,
            seen_at=row.last_seen_at,
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (not one.is_this, -one.seen_at.timestamp()))


def tokens(user: User, *, at: datetime) -> list[KeptToken]:
    """Return a person's tokens that still open something, newest first."""
    rows = Token.objects.filter(user=user, revoked_at__isnull=True, expires_at__gt=at)
    return [
        KeptToken(
            pk=row.pk,
            label=row.label,
            hint=row.hint,
            may_write=row.may_write,
            made_at=row.made_at,
            expires_at=row.expires_at,
            used_at=row.used_at,
        )
        for row in rows.order_by("-made_at")
    ]


def posts(person_id: int, *, today: date) -> list[HeldPost]:
    """Return the posts a person holds today."""
    rows = Post.objects.unscoped(reason=OWN).on(today).filter(person_id=person_id)
    return [
        HeldPost(
            seat=Seat(row.seat).label,
            title=row.title,
            place=str(row.school or row.unit or row.network or ""),
            since=row.start_date,
            until=row.end_date,
        )
        for row in rows.select_related("school", "unit", "network").order_by("pk")
    ]


def delegates(person_id: int, *, today: date) -> list[Acting]:
    """Return who acts for a person, now or later."""
    rows = _delegations(today).filter(person_id=person_id).select_related("delegate")
    return [_acting(row, row.delegate) for row in rows]


def acts_for(person_id: int, *, today: date) -> list[Acting]:
    """Return for whom a person acts, now or later."""
    rows = _delegations(today).filter(delegate_id=person_id).select_related("person")
    return [_acting(row, row.person) for row in rows]


def _delegations(today: date) -> QuerySet[Delegation]:
    rows = Delegation.objects.unscoped(reason=OWN)
    running = Q(end_date__isnull=True) | Q(end_date__gt=today)
    return rows.filter(running).order_by("start_date", "pk")


def _acting(row: Delegation, other: Person) -> Acting:
    return Acting(
        pk=row.pk,
        person_id=other.pk,
        name=other.display_name,
        since=row.start_date,
        until=row.end_date,
    )


def tied_schools(actor: Actor) -> list[School]:
    """Return the schools that an actor leads, acts for, supervises or serves, by name."""
    tied = actor.led_school_ids | actor.acted_school_ids
    tied |= actor.supervised_school_ids | actor.served_school_ids
    return list(
        School.objects.with_page_for(actor).filter(pk__in=tied).order_by("name")
    )


def named_like(
    people: DirectoryQuerySet[Person], name: str, *, but: int = 0
) -> list[Person]:
    """Return the first people, of those visible, whose name holds some words."""
    if not name:
        return []
    living = people.filter(merged_into__isnull=True).exclude(pk=but)
    return list(
        living.filter(display_name__icontains=name).order_by("display_name")[:20]
    )


def schools_like(schools: DirectoryQuerySet[School], name: str) -> list[School]:
    """Return the first schools, of those visible, whose name holds some words."""
    if not name:
        return []
    return list(schools.filter(name__icontains=name).order_by("name")[:20])


def account_of(person: Person) -> User | None:
    """Return a person's account, if they have one."""
    return User.objects.select_related("person").filter(person=person).first()


def address_of(person: Person) -> str:
    """Return where to invite a person: the address of their account, else their own."""
    user = account_of(person)
    return user.email if user else person.email
