"""What programs may ask of the district: schools, networks, units, people, posts, days."""

from typing import Any

from ninja import Query, Router

from schoolward.base.http import insist
from schoolward.base.rest import (
    BY_KEY,
    BY_NAME,
    PROBLEMS,
    ApiRequest,
    NotThereError,
    OnDay,
    after,
    day_of,
    key_of,
    opaque,
)
from schoolward.district import models, policies, queries, search, shapes, shaping
from schoolward.district.queries import listing
from schoolward.kernel.schoolyear import SchoolYear, SchoolYearError


router = Router(tags=["District"])
Answers = dict[int, Any]


def _with_problems(answer: type) -> Answers:
    return {200: answer, **PROBLEMS}


@router.get(
    "/schools",
    response=_with_problems(shapes.Schools),
    operation_id="list_schools",
    url_name="schools",
    summary="List schools",
)
def schools(request: ApiRequest, asked: Query[shapes.SchoolsAsked]) -> shapes.Schools:
    """Schools by name, as they stand on a day. Open to everyone with a post."""
    insist(policies.can_see_directory(request.actor))
    rows = models.School.objects.visible_to(request.actor)
    if asked.level:
        rows = rows.filter(level=asked.level)
    found = listing.school_rows(
        rows,
        day=day_of(asked.as_of),
        after=after(asked.cursor, BY_NAME),
        limit=asked.limit,
        network_id=_filter(asked.network_id),
        with_closed=asked.include_closed,
    )
    ids = listing.external_ids("school", [one.school.pk for one in found.items])
    items = [shaping.school(one, ids) for one in found.items]
    return shapes.Schools(items=items, next_cursor=opaque(found.next_cursor))


@router.get(
    "/schools/{id}",
    response=_with_problems(shapes.SchoolPage),
    operation_id="read_school",
    url_name="school",
    summary="Read one school",
)
def school(
    request: ApiRequest,
    id: str,  # noqa: A002
    asked: Query[OnDay],
) -> shapes.SchoolPage:
    """What the school's page shows: leaders, who serves it, profile, goals.

    Open to those who may open the page; others are told whom to ask.
    """
    rows = models.School.objects.visible_to(request.actor)
    key, day = key_of(id), day_of(asked.as_of)
    found = rows.filter(pk=key).first() if key is not None else None
    head = queries.school_head(found.pk, day=day) if found else None
    if found is None or head is None:
        raise NotThereError(
            "There is no school of this id.", next_step="GET /api/v1/schools lists ids."
        )
    insist(policies.can_open_page(request.actor, found.pk))
    return shaping.school_page(found, head, day=day)


@router.get(
    "/networks",
    response=_with_problems(shapes.Networks),
    operation_id="list_networks",
    url_name="networks",
    summary="List networks",
)
def networks(request: ApiRequest, asked: Query[OnDay]) -> shapes.Networks:
    """Networks that are open on a day, with who supervises their schools."""
    insist(policies.can_see_directory(request.actor))
    found = queries.networks(day=day_of(asked.as_of))
    ids = listing.external_ids("network", [one.pk for one in found])
    items = [
        shapes.Network(
            id=str(one.pk),
            external_ids=shaping.ids(ids.get(one.pk, ())),
            name=one.name,
            supervised=one.supervised,
            focus=one.focus,
            school_count=one.school_count,
            ilds=shaping.refs(one.ilds),
        )
        for one in found
    ]
    return shapes.Networks(items=items, next_cursor=None)


@router.get(
    "/units",
    response=_with_problems(shapes.Units),
    operation_id="list_units",
    url_name="units",
    summary="List units",
)
def units(request: ApiRequest, asked: Query[OnDay]) -> shapes.Units:
    """Units of the central office that are open on a day, each before its parts."""
    insist(policies.can_see_directory(request.actor))
    found = queries.units(day=day_of(asked.as_of))
    ids = listing.external_ids("unit", [one.pk for one in found])
    items = [
        shapes.Unit(
            id=str(one.pk),
            external_ids=shaping.ids(ids.get(one.pk, ())),
            name=one.name,
            parent_id=shaping.key(one.parent_id),
            purpose=one.purpose,
            leads=shaping.refs(one.leads),
            staff_count=one.staff_count,
            school_count=one.school_count,
        )
        for one in found
    ]
    return shapes.Units(items=items, next_cursor=None)


@router.get(
    "/people",
    response=_with_problems(shapes.People),
    operation_id="list_people",
    url_name="people",
    summary="List people",
)
def people(request: ApiRequest, asked: Query[shapes.PeopleAsked]) -> shapes.People:
    """People who hold a post on a day, by name, with their posts of that day."""
    insist(policies.can_see_directory(request.actor))
    posts = models.Post.objects.visible_to(request.actor).on(day_of(asked.as_of))
    wanted = posts.filter(**_wanted(asked))
    found = listing.people_rows(
        models.Person.objects.visible_to(request.actor),
        wanted,
        after=after(asked.cursor, BY_NAME),
        limit=asked.limit,
    )
    keys = [one.pk for one in found.items]
    ids = listing.external_ids("person", keys)
    held = listing.posts_by_person(posts, keys)
    items = [
        shapes.Person(
            id=str(one.pk),
            external_ids=shaping.ids(ids.get(one.pk, ())),
            name=one.display_name,
            email=one.email,
            phone=one.phone,
            posts=[shaping.post(post) for post in held.get(one.pk, ())],
        )
        for one in found.items
    ]
    return shapes.People(items=items, next_cursor=opaque(found.next_cursor))


@router.get(
    "/posts",
    response=_with_problems(shapes.Posts),
    operation_id="list_posts",
    url_name="posts",
    summary="List posts",
)
def posts(request: ApiRequest, asked: Query[shapes.PostsAsked]) -> shapes.Posts:
    """Posts that run on a day, held or vacant, by id."""
    insist(policies.can_see_directory(request.actor))
    rows = models.Post.objects.visible_to(request.actor).on(day_of(asked.as_of))
    rows = rows.filter(**_wanted(asked))
    if asked.vacant is not None:
        rows = rows.filter(person__isnull=asked.vacant)
    found = listing.post_rows(
        rows, after=after(asked.cursor, BY_KEY), limit=asked.limit
    )
    items = [shaping.post(one) for one in found.items]
    return shapes.Posts(items=items, next_cursor=opaque(found.next_cursor))


@router.get(
    "/calendar",
    response=_with_problems(shapes.Calendar),
    operation_id="read_calendar",
    url_name="calendar",
    summary="Read the school calendar",
)
def calendar(
    request: ApiRequest, asked: Query[shapes.CalendarAsked]
) -> shapes.Calendar:
    """School years with terms and the days that differ from the rule."""
    insist(policies.can_see_directory(request.actor))
    actor = request.actor
    found = listing.year_rows(
        models.SchoolYear.objects.visible_to(actor),
        models.Term.objects.visible_to(actor),
        models.DayException.objects.visible_to(actor),
        school_id=_filter(asked.school_id),
        start_year=_start_year(asked.school_year),
    )
    return shapes.Calendar(items=[shaping.year(one) for one in found], next_cursor=None)


@router.get(
    "/search",
    response=_with_problems(shapes.Hits),
    operation_id="search",
    url_name="search",
    summary="Search the directory",
)
def find(request: ApiRequest, asked: Query[shapes.SearchAsked]) -> shapes.Hits:
    """Schools, people, units and networks by name, forgiving typing errors."""
    insist(policies.can_see_directory(request.actor))
    kinds = [models.EntryKind(asked.kind)] if asked.kind else ()
    text = asked.q.replace("\x00", " ")
    found = search.search(request.actor, text, kinds=kinds, limit=asked.limit)
    items = [
        shapes.Hit(
            id=str(one.pk),
            kind=one.kind,
            name=one.name,
            note=one.note,
            is_former=one.is_former,
            score=one.score,
        )
        for one in found
    ]
    return shapes.Hits(items=items, next_cursor=None)


def _filter(text: str) -> int | None:
    """Return the key to filter by; None when no filter is asked for."""
    return key_of(text) if text else None


def _wanted(asked: shapes.PeopleAsked | shapes.PostsAsked) -> dict[str, object]:
    """Return the filter of posts that a question asks for."""
    said = {
        "seat": asked.seat,
        "school": _filter(asked.school_id),
        "unit": _filter(asked.unit_id),
    }
    return {field: value for field, value in said.items() if value not in {"", None}}


def _start_year(text: str) -> int | None:
    try:
        return SchoolYear.parse(text).start if text else None
    except SchoolYearError:
        return 0
