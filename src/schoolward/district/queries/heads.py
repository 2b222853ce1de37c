"""The head of a school's page: its names, who leads it, its network and its ILD."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from schoolward.district import domain
from schoolward.district.domain.grades import span
from schoolward.district.models import (
    Capacity,
    ExternalId,
    Membership,
    Post,
    School,
    SchoolName,
    Supervision,
)
from schoolward.district.queries.links import (
    PersonLink,
    PlaceLink,
    link_of,
    place_link,
)
from schoolward.kernel.schoolyear import SchoolYear
from schoolward.kernel.seats import SCHOOL_SEATS, Seat


REASON = "the head of a page that the entrance opened"


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name the school bore up to a day."""

    name: str
    until: date


@dataclass(frozen=True, slots=True)
class ExternalIdRow:
    """What another system calls the school."""

    source: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leader:
    """Who holds a leading post of the school.

    Attributes:
        tenure: Such as "third year"; "first year on record" when nobody knows the start.
        is_new: Whether this is their first school year in the post.
    """

    post_id: int
    person: PersonLink
    seat: str
    seat_label: str
    title: str
    capacity: str
    capacity_label: str
    since: date
    tenure: str
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolHead:
    """What stands at the top of a school's page on one day."""

    pk: int
    name: str
    short_name: str
    level: str
    level_label: str
    grades: str
    category: str
    address: str
    phone: str
    website: str
    former_names: tuple[FormerName, ...]
    principals: tuple[Leader, ...]
    assistant_principals: tuple[Leader, ...]
    vacant_since: date | None
    network: PlaceLink | None
    network_is_supervised: bool
    ilds: tuple[PersonLink, ...]
    open_date: date | None
    close_date: date | None
    is_open: bool
    merged_into: PlaceLink | None
    external_ids: tuple[ExternalIdRow, ...]
    checked_date: date | None

    @property
    def grades_shown(self) -> str:
        """Return its grades as pages write them."""
        return span(self.grades)

    @property
    def is_shared(self) -> bool:
        """Return whether two or more hold the principalship as equals."""
        beside = {Capacity.RESIDENT, Capacity.ACTING}
        return sum(one.capacity not in beside for one in self.principals) > 1

    @property
    def is_vacant(self) -> bool:
        """Return whether nobody is principal, though the school is open."""
        return self.is_open and not self.principals


def school_head(school_id: int, *, day: date) -> SchoolHead | None:
    """Return the head of a school's page as it stands on a day, in six queries."""
    rows = School.objects.unscoped(reason=REASON).select_related("merged_into")
    school = rows.filter(pk=school_id).first()
    if school is None:
        return None
    posts = _leading_posts(school_id)
    member = _membership(school_id, day=day)
    return SchoolHead(
        pk=school.pk,
        name=school.name,
        short_name=school.short_name,
        level=school.level,
        level_label=school.get_level_display(),
        grades=school.grades,
        category=school.category,
        address=address_of(school),
        phone=school.phone,
        website=school.website,
        former_names=_former_names(school_id, now=school.name),
        principals=leaders(posts, seat=Seat.PRINCIPAL, day=day),
        assistant_principals=leaders(posts, seat=Seat.ASSISTANT_PRINCIPAL, day=day),
        vacant_since=vacant_since(posts, day=day),
        network=place_link(member.network) if member else None,
        network_is_supervised=bool(member and member.network.supervised),
        ilds=_ilds(school_id, day=day),
        open_date=school.open_date,
        close_date=school.close_date,
        is_open=is_open(school, day=day),
        merged_into=place_link(school.merged_into),
        external_ids=_external_ids(school_id),
        checked_date=school.checked_date,
    )


def is_open(school: School, *, day: date) -> bool:
    """Return whether a school is open on a day; without dates it is."""
    opened = school.open_date is None or school.open_date <= day
    return opened and (school.close_date is None or day < school.close_date)


def address_of(school: School) -> str:
    """Return a school's address on one line."""
    state = f"{school.state} {school.postal_code}".strip()
    return ", ".join(part for part in (school.address, school.city, state) if part)


def _leading_posts(school_id: int) -> list[Post]:
    rows = Post.objects.unscoped(reason=REASON).select_related("person")
    mine = rows.filter(school=school_id, seat__in=SCHOOL_SEATS)
    return list(mine.order_by("start_date", "pk"))


def leaders(posts: Sequence[Post], *, seat: Seat, day: date) -> tuple[Leader, ...]:
    """Return who holds a seat of one school on a day, from all its leading posts."""
    of_seat = [post for post in posts if post.seat == seat]
    held = [post for post in of_seat if post.is_true_on(day) and post.person_id]
    held.sort(key=lambda post: (post.capacity == Capacity.RESIDENT, post.start_date))
    return tuple(_leader(post, of_seat, day=day) for post in held)


def _leader(post: Post, posts: Iterable[Post], *, day: date) -> Leader:
    mine = [one for one in posts if one.person_id == post.person_id]
    since = domain.first_day_of((one.span for one in mine), day=day) or post.start_date
    held_before = any(one.held_before for one in mine if one.start_date == since)
    return Leader(
        post_id=post.pk,
        person=link_of(post.person),  # type: ignore[arg-type]
        seat=post.seat,
        seat_label=Seat(post.seat).label,
        title=post.title,
        capacity=post.capacity,
        capacity_label=post.get_capacity_display(),
        since=since,
        tenure=domain.tenure(since, day=day, held_before=held_before),
        is_new=not held_before and SchoolYear.of(since) == SchoolYear.of(day),
    )


def vacant_since(posts: Sequence[Post], *, day: date) -> date | None:
    """Return since when a school has had no principal; None when it has or nobody knows."""
    of_seat = [post for post in posts if post.seat == Seat.PRINCIPAL]
    held = [post for post in of_seat if post.person_id]
    if any(post.is_true_on(day) for post in held):
        return None
    ended = [post.end_date for post in held if post.end_date and post.end_date <= day]
    empty = [
        post.start_date
        for post in of_seat
        if not post.person_id and post.is_true_on(day)
    ]
    return max(ended, default=None) or min(empty, default=None)


def _membership(school_id: int, *, day: date) -> Membership | None:
    rows = Membership.objects.unscoped(reason=REASON).on(day)
    return rows.filter(school=school_id).select_related("network").first()


def _ilds(school_id: int, *, day: date) -> tuple[PersonLink, ...]:
    rows = Supervision.objects.unscoped(reason=REASON).on(day)
    mine = rows.filter(school=school_id).select_related("person").order_by("start_date")
    return tuple(link_of(row.person) for row in mine)


def _former_names(school_id: int, *, now: str) -> tuple[FormerName, ...]:
    rows = SchoolName.objects.unscoped(reason=REASON).filter(school=school_id)
    return tuple(
        FormerName(row.name, row.end_date)
        for row in rows.order_by("-end_date")
        if row.end_date and row.name != now
    )


def _external_ids(school_id: int) -> tuple[ExternalIdRow, ...]:
    rows = ExternalId.objects.unscoped(reason=REASON).filter(school=school_id)
    ordered = rows.order_by("source", "kind", "value")
    return tuple(ExternalIdRow(row.source, row.kind, row.value) for row in ordered)
