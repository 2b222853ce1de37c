"""Appointing people to posts, ending posts, and leaving them vacant."""

from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from schoolward.audit.record import record
from schoolward.base.http import insist
from schoolward.district import policies, search
from schoolward.district.actions import leaving
from schoolward.district.actions.rows import Detail, change, day_of, locked
from schoolward.district.domain import RuleError, in_words
from schoolward.district.models import (
    Capacity,
    EntryKind,
    Network,
    Person,
    Post,
    School,
    Unit,
)
from schoolward.district.models.dated import DatedQuerySet
from schoolward.kernel.actor import Actor
from schoolward.kernel.seats import SCHOOL_SEATS, UNIT_SEATS, Seat


REASON = "the other posts of the place or person an appointment is about"
BESIDE_OTHERS = (Capacity.RESIDENT, Capacity.ACTING)
"""Capacities in which somebody leads a school beside its principal."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """Who is to hold which seat where.

    Attributes:
        person: The holder; None records a vacant post.
        seat: The seat.
        place: The school, unit or network; None for the district itself.
        start: The first day.
        until: The first day after it; None while it runs.
        capacity: Regular, interim, acting or resident.
        is_shared: Whether two share the principalship.
        reports_to: The superior post.
    """

    person: Person | None
    seat: Seat
    place: School | Unit | Network | None
    start: date
    _: KW_ONLY
    until: date | None = None
    title: str = ""
    capacity: Capacity = Capacity.REGULAR
    is_shared: bool = False
    reports_to: Post | None = None
    position_number: str = ""
    fte: Decimal | None = None

    @property
    def place_fields(self) -> dict[str, School | Unit | Network | None]:
        """Return the place under the name of its kind."""
        return {
            "school": self.place if isinstance(self.place, School) else None,
            "unit": self.place if isinstance(self.place, Unit) else None,
            "network": self.place if isinstance(self.place, Network) else None,
        }


@transaction.atomic
def appoint(wanted: Appointment, *, by: Actor, at: datetime) -> Post:
    """Begin a post; a vacancy of the same seat and place ends with it.

    Raises:
        RuleError: The seat needs another kind of place, the person holds it already,
            or somebody else leads the school and it is not to be shared.
        RefusedError: The actor may not fill this seat.
    """
    insist(policies.can_fill(by, wanted.seat))
    _refuse_wrong_place(wanted)
    _refuse_merged(wanted.person)
    others = _others(wanted)
    if wanted.person is not None:
        _refuse_same(wanted, others)
        _refuse_second_principal(wanted, others)
        _end_vacancy(others, on=wanted.start)
    post = _made(wanted)
    record(
        "district.post.begun",
        by=by,
        at=at,
        target=post,
        holder=wanted.person.display_name if wanted.person else "nobody",
        seat=wanted.seat.label,
        place=str(wanted.place or "the district"),
        capacity=Capacity(wanted.capacity).label,
        start=str(wanted.start),
    )
    reindex(post, at=at)
    return post


def _made(wanted: Appointment) -> Post:
    return Post.objects.create(
        person=wanted.person,
        seat=wanted.seat,
        start_date=wanted.start,
        end_date=wanted.until,
        title=wanted.title,
        capacity=wanted.capacity,
        reports_to=wanted.reports_to,
        position_number=wanted.position_number,
        fte=wanted.fte,
        **wanted.place_fields,
    )


def reindex(post: Post, *, at: datetime) -> None:
    """Have search know a post's holder, and the school they lead."""
    if post.person_id:
        search.refresh(EntryKind.PERSON, [post.person_id], day=day_of(at))
    if post.school_id and post.seat == Seat.PRINCIPAL:
        search.refresh(EntryKind.SCHOOL, [post.school_id], day=day_of(at))


def _refuse_wrong_place(wanted: Appointment) -> None:
    if wanted.until is not None and wanted.until <= wanted.start:
        msg = "Enter a last day after the first."
        raise RuleError(msg)
    if wanted.seat in SCHOOL_SEATS and not isinstance(wanted.place, School):
        msg = f"Choose the school of the {wanted.seat.label.lower()}."
        raise RuleError(msg)
    if wanted.seat in UNIT_SEATS and not isinstance(wanted.place, Unit):
        msg = f"Choose the unit of the {wanted.seat.label.lower()}."
        raise RuleError(msg)
    closes = getattr(wanted.place, "close_date", None)
    if closes and closes <= wanted.start:
        msg = f"{wanted.place} closes on {in_words(closes)}. Choose an earlier day."
        raise RuleError(msg)


def _refuse_merged(person: Person | None) -> None:
    if person is not None and person.merged_into_id:
        msg = f"{person} is the same person as {person.merged_into}. Choose that one."
        raise RuleError(msg)


def _others(wanted: Appointment) -> DatedQuerySet[Post]:
    """Return the posts of the same seat and place that share a day with the wanted one."""
    rows = Post.objects.unscoped(reason=REASON).filter(
        seat=wanted.seat, **wanted.place_fields
    )
    rows = rows.filter(Q(end_date__isnull=True) | Q(end_date__gt=wanted.start))
    return rows.filter(start_date__lt=wanted.until) if wanted.until else rows


def _refuse_same(wanted: Appointment, others: DatedQuerySet[Post]) -> None:
    if others.filter(person=wanted.person).exists():
        msg = f"{wanted.person} holds this post on or after that day already."
        raise RuleError(msg)


def _refuse_second_principal(wanted: Appointment, others: DatedQuerySet[Post]) -> None:
    """Refuse a second principal who neither shares nor stands beside the first."""
    if wanted.seat is not Seat.PRINCIPAL or wanted.is_shared:
        return
    if wanted.capacity in BESIDE_OTHERS:
        return
    held = others.filter(person__isnull=False).exclude(capacity__in=BESIDE_OTHERS)
    if first := held.select_related("person").first():
        msg = (
            f"{first.person} is principal then. End that post first, or say that the "
            "two share the principalship."
        )
        raise RuleError(msg)


def _end_vacancy(others: DatedQuerySet[Post], *, on: date) -> None:
    """End one vacant post where the new one begins."""
    vacant = others.filter(person__isnull=True).order_by("start_date").first()
    if vacant is None:
        return
    if vacant.start_date >= on:
        vacant.delete()
    else:
        vacant.end_date = on
        vacant.save(update_fields=["end_date"])


@transaction.atomic
def change_post(post: Post, *, by: Actor, at: datetime, **details: Detail) -> Post:
    """Correct a post's title, capacity, superior post, position number or share of time.

    Raises:
        RuleError: The post would report to itself, directly or around.
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    post = locked(post)
    above = details.get("reports_to")
    if isinstance(above, Post) and post.pk in _line_up(above):
        msg = "The two would report to each other. Choose another superior post."
        raise RuleError(msg)
    if change(post, details, verb="district.post.changed", by=by, at=at):
        reindex(post, at=at)
    return post


def _line_up(post: Post) -> set[int]:
    rows = Post.objects.unscoped(reason="the line of posts above one")
    above = dict(rows.filter(reports_to__isnull=False).values_list("pk", "reports_to"))
    line: set[int] = set()
    step: int | None = post.pk
    while step is not None and step not in line:
        line.add(step)
        step = above.get(step)
    return line


@transaction.atomic
def end_post(
    post: Post, *, on: date, by: Actor, at: datetime, leaves_vacancy: bool
) -> Post:
    """End a post; the day is the first without its holder.

    What the holder did in it ends too: schools an ILD supervises, schools served for
    the unit, and after a last post every delegation.

    Args:
        post: The post.
        on: The first day without its holder.
        by: Who acts.
        at: When.
        leaves_vacancy: Whether the seat is then vacant, rather than gone.

    Raises:
        RuleError: The post does not run on the day before.
        RefusedError: The actor may not say who holds this seat.
    """
    post = locked(post)
    insist(policies.can_fill(by, Seat(post.seat)))
    if on <= post.start_date or (post.end_date or on) < on:
        msg = "Enter a day after the post began and not after it ended."
        raise RuleError(msg)
    post.end_date = on
    post.save(update_fields=["end_date"])
    if leaves_vacancy and post.person_id:
        _leave_vacant(post, on=on)
    leaving.end_with_post(post, on=on)
    record(
        "district.post.ended",
        by=by,
        at=at,
        target=post,
        holder=post.person.display_name if post.person else "nobody",
        seat=Seat(post.seat).label,
        place=str(post.school or post.unit or post.network or "the district"),
        on=str(on),
        vacant=leaves_vacancy,
    )
    reindex(post, at=at)
    return post


def _leave_vacant(post: Post, *, on: date) -> None:
    Post.objects.create(
        seat=post.seat,
        title=post.title,
        school_id=post.school_id,
        unit_id=post.unit_id,
        network_id=post.network_id,
        reports_to_id=post.reports_to_id,
        position_number=post.position_number,
        fte=post.fte,
        start_date=on,
    )
