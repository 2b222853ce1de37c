"""What those who keep the district's records look after: counts, gaps, whole histories."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from schoolward.district.models import (
    Assignment,
    Delegation,
    Membership,
    Merge,
    MergeState,
    Network,
    Person,
    Post,
    School,
    SchoolName,
    Source,
    Supervision,
    Unit,
)
from schoolward.district.queries.calendar import school_years
from schoolward.district.queries.directory import PostLine, post_line, with_places
from schoolward.district.queries.lines import SchoolLine, lines_of, open_schools
from schoolward.district.queries.links import PersonLink, PlaceLink, link_of
from schoolward.district.queries.paging import Page, paged, past
from schoolward.district.queries.wrong import wrong_facts_for
from schoolward.kernel.actor import Actor
from schoolward.kernel.seats import Seat


REASON = "whole records, for those who keep or reassign them"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How much there is of everything, and what waits for somebody."""

    school_count: int
    network_count: int
    unit_count: int
    person_count: int
    source_count: int
    year_count: int
    without_principal: int
    without_ild: int
    merges_open: int
    wrong_open: int
    sources_without_owner: int
    has_this_year: bool
    has_next_year: bool

    @property
    def is_quiet(self) -> bool:
        """Return whether nothing waits for anybody."""
        waiting = (
            self.without_principal,
            self.without_ild,
            self.merges_open,
            self.wrong_open,
            self.sources_without_owner,
            not self.has_next_year,
        )
        return not any(waiting)


def keeping(actor: Actor, *, day: date) -> Keeping:
    """Return what there is to keep on a day, in a constant number of queries."""
    schools = open_schools(School.objects.visible_to(actor), day=day)
    led = (
        Post.objects.unscoped(reason=REASON)
        .on(day)
        .filter(seat=Seat.PRINCIPAL, person__isnull=False)
    )
    supervised = Supervision.objects.unscoped(reason=REASON).on(day)
    grouped = Membership.objects.unscoped(reason=REASON).on(day)
    grouped = grouped.filter(network__supervised=False)
    sources = Source.objects.visible_to(actor)
    merges = Merge.objects.visible_to(actor).filter(state=MergeState.PROPOSED)
    years = {year.start for year in school_years()}
    this = day.year if day.month >= 7 else day.year - 1
    return Keeping(
        school_count=schools.count(),
        network_count=Network.objects.visible_to(actor).filter(close_date=None).count(),
        unit_count=Unit.objects.visible_to(actor).filter(close_date=None).count(),
        person_count=Person.objects.visible_to(actor).filter(merged_into=None).count(),
        source_count=sources.count(),
        year_count=len(years),
        without_principal=schools.exclude(pk__in=led.values("school")).count(),
        without_ild=schools.exclude(pk__in=supervised.values("school"))
        .exclude(pk__in=grouped.values("school"))
        .count(),
        merges_open=merges.count(),
        wrong_open=len(wrong_facts_for(actor)),
        sources_without_owner=sources.filter(unit=None, steward=None).count(),
        has_this_year=this in years,
        has_next_year=this + 1 in years,
    )


def kept_schools(
    actor: Actor,
    *,
    day: date,
    after: str = "",
    level: str = "",
    with_closed: bool = False,
    limit: int = 60,
) -> Page[SchoolLine]:
    """Return a part of the list of schools to keep, by name, closed ones when asked."""
    rows: QuerySet[School] = School.objects.visible_to(actor)
    if not with_closed:
        rows = open_schools(rows, day=day)
    if level:
        rows = rows.filter(level=level)
    found = paged(past(rows, after, field="name"), limit=limit, field="name")
    return Page(lines_of(found.items, day=day), found.next_cursor)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanLine:
    """A dated row of a place or person: with whom or where, from when until when."""

    pk: int
    what: str
    person_id: int | None = None
    place_id: int | None = None
    since: date
    until: date | None

    def runs_on(self, day: date) -> bool:
        """Return whether it runs on a day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPost:
    """A post with who holds it."""

    post: PostLine
    person: PersonLink | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRecord:
    """Everything dated about a school, the latest first."""

    names: tuple[SpanLine, ...]
    memberships: tuple[SpanLine, ...]
    supervisions: tuple[SpanLine, ...]
    posts: tuple[HeldPost, ...]
    assignments: tuple[SpanLine, ...]


def school_record(school_id: int) -> SchoolRecord:
    """Return everything dated about a school."""
    names = SchoolName.objects.unscoped(reason=REASON).filter(school=school_id)
    members = Membership.objects.unscoped(reason=REASON).filter(school=school_id)
    ilds = Supervision.objects.unscoped(reason=REASON).filter(school=school_id)
    posts = Post.objects.unscoped(reason=REASON).filter(school=school_id)
    return SchoolRecord(
        names=tuple(
            SpanLine(pk=row.pk, what=row.name, since=row.start_date, until=row.end_date)
            for row in names.order_by("-start_date")
        ),
        memberships=tuple(
            SpanLine(
                pk=row.pk,
                what=row.network.name,
                place_id=row.network_id,
                since=row.start_date,
                until=row.end_date,
            )
            for row in members.select_related("network").order_by("-start_date")
        ),
        supervisions=tuple(
            SpanLine(
                pk=row.pk,
                what=row.person.display_name,
                person_id=row.person_id,
                since=row.start_date,
                until=row.end_date,
            )
            for row in ilds.select_related("person").order_by("-start_date")
        ),
        posts=held_posts(posts),
        assignments=services(
            Assignment.objects.unscoped(reason=REASON).filter(school=school_id),
            of="unit",
        ),
    )


def held_posts(posts: QuerySet[Post]) -> tuple[HeldPost, ...]:
    """Return posts with their holders, running ones first, then the latest."""
    found = [
        HeldPost(
            post=post_line(post), person=link_of(post.person) if post.person else None
        )
        for post in with_places(posts)
    ]
    found.sort(key=lambda one: one.post.since, reverse=True)
    return tuple(sorted(found, key=lambda one: one.post.until is not None))


def services(rows: QuerySet[Assignment], *, of: str) -> tuple[SpanLine, ...]:
    """Return who serves a school for which unit, or for a unit which school.

    Args:
        rows: The assignments.
        of: "unit" to name the unit of each, "school" to name the school.
    """
    joined = rows.select_related("person", "unit", "school")
    return tuple(
        SpanLine(
            pk=row.pk,
            what=f"{row.person} · {getattr(row, of)}",
            person_id=row.person_id,
            place_id=row.school_id,
            since=row.start_date,
            until=row.end_date,
        )
        for row in joined.order_by("-start_date", "school__name")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A source and who answers for it."""

    pk: int
    key: str
    name: str
    unit: PlaceLink | None
    steward: PersonLink | None
    note: str


def sources() -> tuple[SourceLine, ...]:
    """Return every source, those nobody answers for first."""
    rows = Source.objects.unscoped(reason=REASON).select_related("unit", "steward")
    found = [
        SourceLine(
            pk=row.pk,
            key=row.key,
            name=row.name,
            unit=PlaceLink(row.unit.pk, row.unit.name) if row.unit else None,
            steward=link_of(row.steward) if row.steward else None,
            note=row.note,
        )
        for row in rows.order_by("name")
    ]
    return tuple(sorted(found, key=lambda one: bool(one.unit or one.steward)))


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeLine:
    """Two rows that may be one person, with what is known of each."""

    pk: int
    kept: PersonLink
    other: PersonLink
    kept_posts: tuple[str, ...]
    other_posts: tuple[str, ...]
    reason: str
    state: str
    state_label: str

    @property
    def title(self) -> str:
        """Return the two names."""
        return f"{self.other.name} #{self.other.pk} → {self.kept.name} #{self.kept.pk}"

    @property
    def words(self) -> str:
        """Return why, and which posts each row has."""
        kept = "; ".join(self.kept_posts) or "no post"
        other = "; ".join(self.other_posts) or "no post"
        return f"{self.reason}. First row: {kept}. Second row: {other}."

    @property
    def is_open(self) -> bool:
        """Return whether nobody has decided yet."""
        return self.state == MergeState.PROPOSED

    @property
    def is_merged(self) -> bool:
        """Return whether the two are one now, which can be undone."""
        return self.state == MergeState.MERGED


def merges(*, limit: int = 100) -> tuple[MergeLine, ...]:
    """Return pairs that may be one person: undecided ones first, then the latest."""
    rows = Merge.objects.unscoped(reason=REASON).select_related("kept", "other")
    found = list(rows.order_by("-proposed_at")[:limit])
    found.sort(key=lambda row: row.state != MergeState.PROPOSED)
    ids = {pk for row in found for pk in (row.kept_id, row.other_id)}
    posts: dict[int, list[str]] = {}
    held = Post.objects.unscoped(reason=REASON).filter(person__in=ids)
    for post in with_places(held):
        line = post_line(post)
        words = f"{line.title or line.seat_label}, {line.place}, since {line.since}"
        posts.setdefault(post.person_id or 0, []).append(words)
    return tuple(
        MergeLine(
            pk=row.pk,
            kept=link_of(row.kept),
            other=link_of(row.other),
            kept_posts=tuple(posts.get(row.kept_id, ())),
            other_posts=tuple(posts.get(row.other_id, ())),
            reason=row.reason,
            state=row.state,
            state_label=row.get_state_display(),
        )
        for row in found
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DelegationLine:
    """Who may act for whom, from when until when."""

    pk: int
    person: PersonLink
    delegate: PersonLink
    purpose: str
    since: date
    until: date | None

    @property
    def words(self) -> str:
        """Return for what, and from when until when."""
        until = f"until {self.until:%b %-d, %Y}" if self.until else "with no end"
        span = f"from {self.since:%b %-d, %Y} {until}"
        return f"{self.purpose}, {span}" if self.purpose else span.capitalize()

    @property
    def is_open(self) -> bool:
        """Return whether it has no end yet."""
        return self.until is None


def delegations_of(person_id: int) -> tuple[DelegationLine, ...]:
    """Return who may act, acted or will act for a person, the latest first."""
    rows = Delegation.objects.unscoped(reason=REASON).filter(person=person_id)
    joined = rows.select_related("person", "delegate").order_by("-start_date")
    return tuple(
        DelegationLine(
            pk=row.pk,
            person=link_of(row.person),
            delegate=link_of(row.delegate),
            purpose=row.purpose,
            since=row.start_date,
            until=row.end_date,
        )
        for row in joined
    )


def posts_of(person_id: int) -> tuple[HeldPost, ...]:
    """Return every post of a person, running ones first."""
    return held_posts(Post.objects.unscoped(reason=REASON).filter(person=person_id))


def unit_posts(unit_id: int, *, day: date, limit: int = 200) -> tuple[HeldPost, ...]:
    """Return the running posts of a unit."""
    rows = Post.objects.unscoped(reason=REASON).on(day).filter(unit=unit_id)
    some = rows.filter(pk__in=list(rows.values_list("pk", flat=True)[:limit]))
    return held_posts(some)


def unit_services(unit_id: int, *, day: date) -> tuple[SpanLine, ...]:
    """Return who of a unit serves which school on a day."""
    rows = Assignment.objects.unscoped(reason=REASON).on(day).filter(unit=unit_id)
    return services(rows, of="school")


def superior_post(person_id: int, *, day: date) -> Post | None:
    """Return the post of a person that others report to: the highest on a day."""
    ranks = [Seat.SUPERINTENDENT, Seat.DEPUTY, Seat.CHIEF, Seat.ILD, Seat.UNIT_LEAD]
    rows = Post.objects.unscoped(reason=REASON).on(day).filter(person=person_id)
    order = {seat: rank for rank, seat in enumerate(ranks)}
    return min(rows, key=lambda post: order.get(Seat(post.seat), 9), default=None)
