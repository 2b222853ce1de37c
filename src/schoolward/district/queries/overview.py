"""The district at a glance: ILDs' spans and distance, vacancies, what is about to change."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schoolward.district import domain
from schoolward.district.models import (
    District,
    Membership,
    Post,
    School,
    Supervision,
)
from schoolward.district.models.dated import DatedQuerySet
from schoolward.district.queries.lines import SchoolLine, open_schools, school_lines
from schoolward.district.queries.links import (
    PersonLink,
    PlaceLink,
    link_of,
    person_links,
)
from schoolward.district.queries.network_lists import NetworkLine, networks
from schoolward.kernel.schoolyear import SchoolYear
from schoolward.kernel.seats import Seat


REASON = "the district's overview, which the entrance opened"
LINE_SEATS = (
    Seat.ILD,
    Seat.DEPUTY,
    Seat.UNIT_LEAD,
    Seat.CHIEF,
    Seat.SUPERINTENDENT,
    Seat.ADMINISTRATOR,
)
"""Seats through which a line of reporting may lead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IldSpan:
    """An ILD's span and place in the district (M1).

    Attributes:
        distance: Levels up to the superintendent: 0 is the superintendent, 1 reports
            directly; None when the line of reporting breaks off.
        chain: The people on the line, the ILD first.
        other_duties: Seats held beside that of ILD; the role is meant to be sole.
    """

    person: PersonLink
    school_count: int
    networks: tuple[str, ...]
    distance: int | None
    chain: tuple[PersonLink, ...]
    other_duties: tuple[str, ...]

    @property
    def is_near(self) -> bool:
        """Return whether the distance is one that the texts want: 0 to 2."""
        return domain.is_near(self.distance)


@dataclass(frozen=True, slots=True)
class NewPrincipal:
    """A principal in their first year at a school."""

    school: PlaceLink
    person: PersonLink


@dataclass(frozen=True, slots=True)
class Reassignment:
    """A change that begins after today: a school's ILD or its network.

    Attributes:
        what: "ILD" or "network".
    """

    school: PlaceLink
    what: str
    old: str
    new: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The district as it stands on a day."""

    name: str
    is_small: bool
    school_count: int
    person_count: int
    vacant_post_count: int
    networks: tuple[NetworkLine, ...]
    spans: tuple[IldSpan, ...]
    vacancies: tuple[SchoolLine, ...]
    without_ild: tuple[SchoolLine, ...]
    new_principals: tuple[NewPrincipal, ...]
    reassignments: tuple[Reassignment, ...]


def district_overview(*, day: date) -> Overview:
    """Return the district as it stands on a day, in a constant number of queries."""
    district = District.objects.first()
    schools = open_schools(School.objects.unscoped(reason=REASON), day=day)
    open_ids = frozenset(schools.values_list("pk", flat=True))
    lines = school_lines(_of_note(open_ids, day=day), day=day)
    posts = Post.objects.unscoped(reason=REASON).on(day)
    holders = posts.filter(person__isnull=False).values("person").distinct()
    listed = networks(day=day)
    return Overview(
        name=district.name if district else "",
        is_small=bool(district and district.is_small),
        school_count=len(open_ids),
        person_count=holders.count(),
        vacant_post_count=posts.filter(person__isnull=True).count(),
        networks=listed,
        spans=ild_spans(day=day),
        vacancies=tuple(line for line in lines if line.is_vacant),
        without_ild=_without_ild(lines, listed),
        new_principals=_new(lines),
        reassignments=reassignments(day=day),
    )


def _of_note(open_ids: frozenset[int], *, day: date) -> frozenset[int]:
    """Return the schools without a principal or an ILD, and those with a new principal.

    Who is new this year took office this year, so the others need not be read.
    """
    posts = Post.objects.unscoped(reason=REASON).on(day)
    held = posts.filter(seat=Seat.PRINCIPAL, person__isnull=False)
    led = dict(held.order_by("start_date").values_list("school_id", "start_date"))
    supervisions = Supervision.objects.unscoped(reason=REASON).on(day)
    supervised = frozenset(supervisions.values_list("school_id", flat=True))
    since = SchoolYear.of(day).first_day
    new = {pk for pk, start in led.items() if pk is not None and start >= since}
    return (open_ids - led.keys()) | (open_ids - supervised) | (open_ids & new)


def _without_ild(
    lines: Iterable[SchoolLine], listed: Iterable[NetworkLine]
) -> tuple[SchoolLine, ...]:
    """Return schools without an ILD, but for those in mere groupings."""
    groupings = {one.pk for one in listed if not one.supervised}
    return tuple(
        line
        for line in lines
        if line.ild is None and not (line.network and line.network.pk in groupings)
    )


def _new(lines: Iterable[SchoolLine]) -> tuple[NewPrincipal, ...]:
    return tuple(
        NewPrincipal(PlaceLink(line.pk, line.name), person)
        for line in lines
        if line.principal_is_new
        for person in line.new_principals
    )


def ild_spans(*, day: date) -> tuple[IldSpan, ...]:
    """Return every ILD with span, distance and other duties, the widest span first.

    An ILD is whoever supervises a school that day, and whoever holds a post as ILD.
    """
    schools = _supervised(day=day)
    posts = _posts(day=day)
    ilds = {post.person_id for post in posts.values() if post.seat == Seat.ILD}
    people = {*schools, *(pk for pk in ilds if pk is not None)}
    names = _names(posts.values(), schools)
    spans = [
        _span(names[pk], schools.get(pk, []), posts, people=names) for pk in people
    ]
    return tuple(sorted(spans, key=lambda one: (-one.school_count, one.person.name)))


@dataclass(frozen=True, slots=True)
class _Supervised:
    """A school under an ILD and the name of its network."""

    person: PersonLink
    network: str


def _supervised(*, day: date) -> dict[int, list[_Supervised]]:
    members = Membership.objects.unscoped(reason=REASON).on(day)
    where = dict(members.values_list("school_id", "network__name"))
    rows = Supervision.objects.unscoped(reason=REASON).on(day)
    pairs = list(rows.values_list("school_id", "person_id"))
    people = person_links({person for _school, person in pairs})
    found: dict[int, list[_Supervised]] = defaultdict(list)
    for school, person in pairs:
        found[person].append(_Supervised(people[person], where.get(school, "")))
    return found


def _posts(*, day: date) -> dict[int, Post]:
    """Return the running posts through which a line of reporting may lead."""
    rows = Post.objects.unscoped(reason=REASON).on(day).filter(seat__in=LINE_SEATS)
    return {post.pk: post for post in rows.select_related("person", "reports_to")}


def _names(
    posts: Iterable[Post], schools: Mapping[int, Sequence[_Supervised]]
) -> dict[int, PersonLink]:
    held = {post.person.pk: link_of(post.person) for post in posts if post.person}
    return held | {pk: found[0].person for pk, found in schools.items()}


def _span(
    person: PersonLink,
    schools: Sequence[_Supervised],
    posts: Mapping[int, Post],
    *,
    people: Mapping[int, PersonLink],
) -> IldSpan:
    chain = _shortest_chain(person.pk, posts)
    holders = [posts[pk].person_id for pk in chain.posts] if chain else []
    own = [Seat(post.seat) for post in posts.values() if post.person_id == person.pk]
    return IldSpan(
        person=person,
        school_count=len(schools),
        networks=tuple(sorted({one.network for one in schools if one.network})),
        distance=chain.distance if chain else None,
        chain=tuple(people[pk] for pk in holders if pk is not None),
        other_duties=tuple(sorted({s.label for s in own if s is not Seat.ILD})),
    )


def _shortest_chain(person_id: int, posts: Mapping[int, Post]) -> domain.Chain | None:
    """Return the shortest line up from any post of a person."""
    tops = {pk for pk, post in posts.items() if post.seat == Seat.SUPERINTENDENT}
    chairs = {_chair(post): pk for pk, post in posts.items()}
    lines = {pk: _superior(post, posts, chairs) for pk, post in posts.items()}
    chains = [
        domain.chain_to(pk, reports_to=lines, tops=tops)
        for pk, post in posts.items()
        if post.person_id == person_id
    ]
    arriving = [one for one in chains if one.arrives]
    return min(arriving or chains, key=lambda one: len(one.posts), default=None)


Chair = tuple[str, int | None, int | None, str]


def _chair(post: Post) -> Chair:
    """Return what stays when the holder of a post changes: seat, place and title."""
    return post.seat, post.unit_id, post.network_id, post.title


def _superior(
    post: Post, posts: Mapping[int, Post], chairs: Mapping[Chair, int]
) -> int | None:
    """Return the running superior post: the recorded one, or who sits in its chair now."""
    above = post.reports_to
    if above is None or above.pk in posts:
        return above.pk if above else None
    return chairs.get(_chair(above))


def reassignments(*, day: date) -> tuple[Reassignment, ...]:
    """Return the changes of ILD and network that begin after a day, the next first."""
    return tuple(sorted([*_ilds_to_come(day), *_moves_to_come(day)], key=_order))


def _order(one: Reassignment) -> tuple[date, str, str]:
    return one.on, one.school.name, one.what


def _ilds_to_come(day: date) -> list[Reassignment]:
    rows = Supervision.objects.unscoped(reason=REASON)
    return _to_come(rows, what="ILD", whose="person__display_name", day=day)


def _moves_to_come(day: date) -> list[Reassignment]:
    rows = Membership.objects.unscoped(reason=REASON)
    return _to_come(rows, what="network", whose="network__name", day=day)


def _to_come(
    rows: DatedQuerySet[Supervision] | DatedQuerySet[Membership],
    *,
    what: str,
    whose: str,
    day: date,
) -> list[Reassignment]:
    """Return the rows that begin after a day, each with what ends as it begins.

    Args:
        rows: Dated rows of schools.
        what: What changes, in a word.
        whose: The field that names what a school is given to.
        day: The day.
    """
    columns = ("school_id", "school__name", whose, "start_date")
    coming = list(rows.filter(start_date__gt=day).values_list(*columns))
    ended = rows.filter(school__in=[school for school, *_ in coming])
    before = {
        (school, end): name
        for school, end, name in ended.values_list("school_id", "end_date", whose)
    }
    return [
        Reassignment(
            PlaceLink(school, name), what, before.get((school, start), ""), to, start
        )
        for school, name, to, start in coming
    ]
