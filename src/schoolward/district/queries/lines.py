"""Schools as lines of a list: network, principal, ILD and what ties a person to each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q, QuerySet

from schoolward.district.domain.grades import span
from schoolward.district.models import Membership, Post, School, Supervision
from schoolward.district.policies import tie
from schoolward.district.queries.heads import is_open, leaders
from schoolward.district.queries.links import PersonLink, PlaceLink, link_of
from schoolward.district.queries.paging import Page, paged, past
from schoolward.kernel.actor import Actor
from schoolward.kernel.seats import Seat


REASON = "lines about schools that the entrance may list"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolLine:
    """One school in a list.

    Attributes:
        tenure: Of the principal named first, such as "third year".
        tie: What ties the person who asks to it, such as "you lead this school".
    """

    pk: int
    name: str
    level_label: str
    grades: str
    network: PlaceLink | None
    principals: tuple[PersonLink, ...]
    new_principals: tuple[PersonLink, ...]
    ild: PersonLink | None
    is_open: bool
    tenure: str = ""
    tie: str = ""

    @property
    def grades_shown(self) -> str:
        """Return its grades as pages write them, else its level."""
        return span(self.grades) or self.level_label

    @property
    def principal_is_new(self) -> bool:
        """Return whether a principal is in their first year here."""
        return bool(self.new_principals)

    @property
    def is_vacant(self) -> bool:
        """Return whether nobody is principal, though the school is open."""
        return self.is_open and not self.principals


def school_lines(school_ids: Iterable[int], *, day: date) -> tuple[SchoolLine, ...]:
    """Return schools as they stand on a day, by name, in four queries."""
    rows = School.objects.unscoped(reason=REASON).filter(pk__in=list(school_ids))
    return lines_of(list(rows.order_by("name", "pk")), day=day)


def lines_of(schools: Sequence[School], *, day: date) -> tuple[SchoolLine, ...]:
    """Return the lines of schools in the order given."""
    ids = [school.pk for school in schools]
    networks = _networks(ids, day=day)
    posts = principal_posts(ids)
    ilds = _ilds(ids, day=day)
    return tuple(
        _line(school, networks, posts.get(school.pk, []), ilds, day=day)
        for school in schools
    )


def _line(
    school: School,
    networks: Mapping[int, PlaceLink],
    posts: Sequence[Post],
    ilds: Mapping[int, PersonLink],
    *,
    day: date,
) -> SchoolLine:
    leading = leaders(posts, seat=Seat.PRINCIPAL, day=day)
    return SchoolLine(
        pk=school.pk,
        name=school.name,
        level_label=school.get_level_display(),
        grades=school.grades,
        network=networks.get(school.pk),
        principals=tuple(one.person for one in leading),
        new_principals=tuple(one.person for one in leading if one.is_new),
        ild=ilds.get(school.pk),
        is_open=is_open(school, day=day),
        tenure=leading[0].tenure if leading else "",
    )


def _networks(ids: Sequence[int], *, day: date) -> dict[int, PlaceLink]:
    rows = Membership.objects.unscoped(reason=REASON).on(day).filter(school__in=ids)
    return {
        row.school_id: PlaceLink(row.network_id, row.network.name)
        for row in rows.select_related("network")
    }


def principal_posts(ids: Sequence[int]) -> dict[int, list[Post]]:
    """Return every principal post, past and present, of each school."""
    rows = Post.objects.unscoped(reason=REASON).select_related("person")
    mine = rows.filter(school__in=ids, seat=Seat.PRINCIPAL).order_by("start_date", "pk")
    found: dict[int, list[Post]] = defaultdict(list)
    for post in mine:
        found[post.school_id or 0].append(post)
    return found


def _ilds(ids: Sequence[int], *, day: date) -> dict[int, PersonLink]:
    rows = Supervision.objects.unscoped(reason=REASON).on(day).filter(school__in=ids)
    return {row.school_id: link_of(row.person) for row in rows.select_related("person")}


def schools_of(actor: Actor, *, day: date) -> tuple[SchoolLine, ...]:
    """Return the schools an actor leads, acts for, supervises or serves, with the tie."""
    ids = (
        actor.led_school_ids
        | actor.acted_school_ids
        | actor.supervised_school_ids
        | actor.served_school_ids
    )
    lines = school_lines(ids, day=day)
    return tuple(replace(line, tie=tie(actor, line.pk)) for line in lines)


def school_page_of(
    actor: Actor,
    *,
    day: date,
    after: str = "",
    limit: int = 100,
    network_id: int | None = None,
    level: str = "",
) -> Page[SchoolLine]:
    """Return a part of the list of open schools, by name.

    Args:
        actor: Who asks.
        day: As of when.
        after: The cursor of the part before.
        limit: How many schools.
        network_id: Only schools of this network.
        level: Only schools of this level.
    """
    rows = open_schools(School.objects.visible_to(actor), day=day)
    if level:
        rows = rows.filter(level=level)
    if network_id is not None:
        members = Membership.objects.unscoped(reason=REASON).on(day)
        rows = rows.filter(pk__in=members.filter(network=network_id).values("school"))
    found = paged(past(rows, after, field="name"), limit=limit, field="name")
    return Page(lines_of(found.items, day=day), found.next_cursor)


def open_schools(rows: QuerySet[School], *, day: date) -> QuerySet[School]:
    """Keep schools that are open on a day."""
    opened = Q(open_date__isnull=True) | Q(open_date__lte=day)
    running = Q(close_date__isnull=True) | Q(close_date__gt=day)
    return rows.filter(opened & running)
