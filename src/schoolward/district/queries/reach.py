"""How far the central office reaches: whom units serve by name, how many of what."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from schoolward.district.models import Assignment, Post, School
from schoolward.district.queries.lines import open_schools
from schoolward.district.queries.links import PersonLink, link_of


REASON = "who serves whom is part of the directory, which the entrance opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """One person of a unit and how many schools they serve by name.

    Attributes:
        unit: The unit's name.
        title: The title of their post in it.
    """

    person: PersonLink
    unit: str
    title: str
    school_count: int


def served_school_ids(unit_ids: Iterable[int], *, day: date) -> frozenset[int]:
    """Return the schools that people of these units serve by name on a day."""
    rows = Assignment.objects.unscoped(reason=REASON).on(day)
    found = rows.filter(unit__in=list(unit_ids))
    return frozenset(found.values_list("school_id", flat=True))


def reach_of(unit_ids: Iterable[int], *, day: date) -> tuple[Reach, ...]:
    """Return the people of these units with how many schools each serves, by name."""
    ids = list(unit_ids)
    rows = Assignment.objects.unscoped(reason=REASON).on(day).filter(unit__in=ids)
    counts = Counter(rows.values_list("person_id", "unit_id"))
    posts = Post.objects.unscoped(reason=REASON).on(day)
    held = posts.filter(unit__in=ids, person__isnull=False)
    named = held.select_related("person", "unit").order_by("person__display_name", "pk")
    return tuple(
        Reach(
            person=link_of(post.person),
            unit=post.unit.name,
            title=post.title,
            school_count=counts[post.person.pk, post.unit.pk],
        )
        for post in named
        if post.person and post.unit
    )


def open_school_count(*, day: date) -> int:
    """Return how many schools are open on a day."""
    return open_schools(School.objects.unscoped(reason=REASON), day=day).count()


def posted_person_count(*, day: date) -> int:
    """Return how many people hold a post on a day."""
    posts = Post.objects.unscoped(reason=REASON).on(day).filter(person__isnull=False)
    return posts.values("person").distinct().count()


def school_names(school_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of schools, open or closed, by id."""
    rows = School.objects.unscoped(reason=REASON).filter(pk__in=list(school_ids))
    return dict(rows.values_list("pk", "name"))
