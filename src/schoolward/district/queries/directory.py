"""The directory: people with their posts, units with theirs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from schoolward.district.models import (
    Assignment,
    Delegation,
    Person,
    Post,
    Supervision,
)
from schoolward.district.queries.links import PersonLink, PlaceLink, link_of
from schoolward.district.queries.paging import Page, paged, past
from schoolward.kernel.actor import Actor
from schoolward.kernel.seats import Seat


REASON = "the directory is open to everyone who holds a post"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLine:
    """A post as it reads in a list."""

    post_id: int
    seat: str
    seat_label: str
    title: str
    capacity: str
    capacity_label: str
    place: str
    school_id: int | None
    unit_id: int | None
    network_id: int | None
    since: date
    until: date | None
    held_before: bool
    fte: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A person with the posts they hold on a day."""

    pk: int
    name: str
    email: str
    phone: str
    posts: tuple[PostLine, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """A school that a person serves for a unit."""

    school: PlaceLink
    unit: PlaceLink
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """What a person's page shows.

    Attributes:
        earlier: Posts that have ended or not begun, the latest first.
        acts_for: Whom they act for on that day.
        delegates: Who acts for them on that day.
    """

    person: PersonLine
    earlier: tuple[PostLine, ...]
    supervises: tuple[PlaceLink, ...]
    serves: tuple[Service, ...]
    acts_for: tuple[PersonLink, ...]
    delegates: tuple[PersonLink, ...]
    merged_into: PersonLink | None


def people(
    actor: Actor,
    *,
    day: date,
    after: str = "",
    limit: int = 50,
    seat: str = "",
    unit_id: int | None = None,
) -> Page[PersonLine]:
    """Return a part of the directory of people who hold a post on a day, by name.

    Args:
        actor: Who asks.
        day: As of when.
        after: The cursor of the part before.
        limit: How many people.
        seat: Only people in this seat.
        unit_id: Only people of this unit.
    """
    posts = Post.objects.unscoped(reason=REASON).on(day).filter(person=OuterRef("pk"))
    if seat:
        posts = posts.filter(seat=seat)
    if unit_id is not None:
        posts = posts.filter(unit=unit_id)
    rows = Person.objects.visible_to(actor).filter(Exists(posts))
    found = paged(
        past(rows, after, field="display_name"), limit=limit, field="display_name"
    )
    return Page(person_lines(found.items, day=day), found.next_cursor)


def person_lines(rows: Sequence[Person], *, day: date) -> tuple[PersonLine, ...]:
    """Return people with their posts of a day, in the order given."""
    posts = Post.objects.unscoped(reason=REASON).on(day)
    held = _by_person(posts.filter(person__in=[row.pk for row in rows]))
    return tuple(_person_line(row, held.get(row.pk, ())) for row in rows)


def _person_line(row: Person, posts: Iterable[Post]) -> PersonLine:
    return PersonLine(
        pk=row.pk,
        name=row.display_name,
        email=row.email,
        phone=row.phone,
        posts=tuple(post_line(post) for post in posts),
    )


def _by_person(posts: QuerySet[Post]) -> Mapping[int, list[Post]]:
    found: dict[int, list[Post]] = defaultdict(list)
    for post in with_places(posts):
        found[post.person_id or 0].append(post)
    return found


def with_places(posts: QuerySet[Post]) -> QuerySet[Post]:
    """Have posts read with the places they belong to, in one query."""
    rows = posts.select_related("school", "unit", "network", "person")
    return rows.order_by("start_date", "pk")


def post_line(post: Post) -> PostLine:
    """Return a post as it reads in a list."""
    place = post.school or post.unit or post.network
    return PostLine(
        post_id=post.pk,
        seat=post.seat,
        seat_label=Seat(post.seat).label,
        title=post.title,
        capacity=post.capacity,
        capacity_label=post.get_capacity_display(),
        place=place.name if place else "",
        school_id=post.school_id,
        unit_id=post.unit_id,
        network_id=post.network_id,
        since=post.start_date,
        until=post.end_date,
        held_before=post.held_before,
        fte=post.fte,
    )


def person_page(person_id: int, *, day: date) -> PersonPage | None:
    """Return what a person's page shows on a day, in six queries."""
    rows = Person.objects.unscoped(reason=REASON).select_related("merged_into")
    person = rows.filter(pk=person_id).first()
    if person is None:
        return None
    posts = list(
        with_places(Post.objects.unscoped(reason=REASON).filter(person=person))
    )
    now = [post for post in posts if post.is_true_on(day)]
    other = sorted(
        set(posts) - set(now), key=lambda post: post.start_date, reverse=True
    )
    acts_for, delegates = _delegations(person_id, day=day)
    return PersonPage(
        person=_person_line(person, now),
        earlier=tuple(post_line(post) for post in other),
        supervises=_supervises(person_id, day=day),
        serves=_serves(person_id, day=day),
        acts_for=acts_for,
        delegates=delegates,
        merged_into=link_of(person.merged_into) if person.merged_into else None,
    )


def _supervises(person_id: int, *, day: date) -> tuple[PlaceLink, ...]:
    rows = Supervision.objects.unscoped(reason=REASON).on(day).filter(person=person_id)
    ordered = rows.select_related("school").order_by("school__name")
    return tuple(PlaceLink(row.school_id, row.school.name) for row in ordered)


def _serves(person_id: int, *, day: date) -> tuple[Service, ...]:
    rows = Assignment.objects.unscoped(reason=REASON).on(day).filter(person=person_id)
    ordered = rows.select_related("school", "unit").order_by("school__name")
    return tuple(
        Service(
            PlaceLink(row.school_id, row.school.name),
            PlaceLink(row.unit_id, row.unit.name),
            row.start_date,
        )
        for row in ordered
    )


def _delegations(
    person_id: int, *, day: date
) -> tuple[tuple[PersonLink, ...], tuple[PersonLink, ...]]:
    """Return whom a person acts for, and who acts for the person."""
    rows = Delegation.objects.unscoped(reason=REASON).on(day)
    both = rows.filter(person=person_id) | rows.filter(delegate=person_id)
    found = list(both.select_related("person", "delegate").order_by("start_date"))
    acts_for = [link_of(row.person) for row in found if row.delegate_id == person_id]
    delegates = [link_of(row.delegate) for row in found if row.person_id == person_id]
    return tuple(acts_for), tuple(delegates)
