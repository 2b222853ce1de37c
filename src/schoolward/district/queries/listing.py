"""The directory as programs list it: rows with the ids that other systems know them by."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from schoolward.district.models import (
    DayException,
    ExternalId,
    Membership,
    Person,
    Post,
    School,
    SchoolYear,
    Term,
)
from schoolward.district.queries.calendar import Calendar
from schoolward.district.queries.heads import ExternalIdRow
from schoolward.district.queries.lines import SchoolLine, lines_of, open_schools
from schoolward.district.queries.paging import Page, paged, past
from schoolward.kernel import schoolyear


REASON = "ids of rows that the entrance has listed"
Ids = dict[int, tuple[ExternalIdRow, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolRow:
    """A school with its line in lists."""

    school: School
    line: SchoolLine


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRow:
    """A school year with everything that decides its days.

    Attributes:
        exceptions: The district's days that differ, and those of the school asked for.
        instructional_count: Days on which school is held.
    """

    year: schoolyear.SchoolYear
    first: date
    last: date
    terms: tuple[Term, ...]
    exceptions: tuple[DayException, ...]
    instructional_count: int


def external_ids(owner: str, keys: Collection[int]) -> Ids:
    """Return what other systems call rows, by key, in one query.

    Args:
        owner: "school", "network", "unit" or "person".
        keys: The rows.
    """
    found: dict[int, list[ExternalIdRow]] = defaultdict(list)
    rows = ExternalId.objects.unscoped(reason=REASON)
    mine = rows.filter(**{f"{owner}__in": list(keys)})
    for row in mine.order_by("source", "kind", "value"):
        key = getattr(row, f"{owner}_id")
        found[key].append(ExternalIdRow(row.source, row.kind, row.value))
    return {key: tuple(ids) for key, ids in found.items()}


def school_rows(
    rows: QuerySet[School],
    *,
    day: date,
    after: str = "",
    limit: int = 100,
    network_id: int | None = None,
    with_closed: bool = False,
) -> Page[SchoolRow]:
    """Return a part of a list of schools, by name.

    Args:
        rows: Schools that the actor may see.
        day: As of when.
        after: The cursor of the part before.
        limit: How many schools.
        network_id: Only schools that are in this network on the day.
        with_closed: Whether schools that are closed on the day come too.
    """
    if not with_closed:
        rows = open_schools(rows, day=day)
    if network_id is not None:
        members = Membership.objects.unscoped(reason=REASON).on(day)
        rows = rows.filter(pk__in=members.filter(network=network_id).values("school"))
    found = paged(past(rows, after, field="name"), limit=limit, field="name")
    lines = lines_of(found.items, day=day)
    pairs = zip(found.items, lines, strict=True)
    return Page(
        [SchoolRow(school=school, line=line) for school, line in pairs],
        found.next_cursor,
    )


def people_rows(
    rows: QuerySet[Person],
    posts: QuerySet[Post],
    *,
    after: str = "",
    limit: int = 100,
) -> Page[Person]:
    """Return a part of a list of people who hold one of some posts, by name.

    The posts are gathered once: asking each of 140,000 people in turn whether they
    hold a rare one takes minutes.
    """
    held = rows.filter(pk__in=posts.filter(person__isnull=False).values("person"))
    return paged(
        past(held, after, field="display_name"), limit=limit, field="display_name"
    )


def posts_by_person(
    posts: QuerySet[Post], keys: Collection[int]
) -> dict[int, list[Post]]:
    """Return the posts that people hold, among some posts, in one query."""
    found: dict[int, list[Post]] = defaultdict(list)
    rows = posts.filter(person__in=list(keys)).select_related("person")
    for post in rows.order_by("start_date", "pk"):
        found[post.person_id or 0].append(post)
    return found


def post_rows(rows: QuerySet[Post], *, after: str = "", limit: int = 100) -> Page[Post]:
    """Return a part of a list of posts, by id, with those who hold them."""
    if after.isdecimal():
        rows = rows.filter(pk__gt=int(after))
    found = list(rows.select_related("person").order_by("pk")[: limit + 1])
    more = len(found) > limit
    return Page(found[:limit], str(found[limit - 1].pk) if more else None)


def year_rows(
    years: QuerySet[SchoolYear],
    terms: QuerySet[Term],
    days: QuerySet[DayException],
    *,
    school_id: int | None = None,
    start_year: int | None = None,
) -> Sequence[YearRow]:
    """Return school years, the latest first, in three queries.

    Args:
        years: School years that the actor may see.
        terms: Terms that the actor may see.
        days: Exceptions that the actor may see.
        school_id: Whose own days count too; None for the district's alone.
        start_year: Only the school year that starts in this year.
    """
    if start_year is not None:
        years = years.filter(start_year=start_year)
    listed = list(years.order_by("-start_year"))
    whose = Q(school=None) | Q(school=school_id) if school_id else Q(school=None)
    exceptions = list(days.filter(whose).order_by("day", "school"))
    of_year: dict[int, list[Term]] = defaultdict(list)
    for term in terms.filter(school_year__in=listed).order_by("first_date", "pk"):
        of_year[term.school_year_id].append(term)
    return [_year_row(year, of_year[year.pk], exceptions) for year in listed]


def _year_row(
    row: SchoolYear, terms: Sequence[Term], exceptions: Sequence[DayException]
) -> YearRow:
    inside = [
        one for one in exceptions if row.year.first_day <= one.day <= row.year.last_day
    ]
    return YearRow(
        year=row.year,
        first=row.first_date,
        last=row.last_date,
        terms=tuple(terms),
        exceptions=tuple(inside),
        instructional_count=_instructional(row, inside),
    )


def _instructional(row: SchoolYear, exceptions: Sequence[DayException]) -> int:
    known = Calendar(
        ((row.first_date, row.last_date),),
        {one.day: one.kind for one in exceptions if one.school_id is None},
        {one.day: one.kind for one in exceptions if one.school_id is not None},
    )
    span = (row.last_date - row.first_date).days + 1
    days = (row.first_date + timedelta(days=n) for n in range(span))
    return sum(known.kind(day) == "instructional" for day in days)
