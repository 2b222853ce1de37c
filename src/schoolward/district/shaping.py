"""Rows of the district put into the shapes that programs receive."""

from collections.abc import Iterable
from datetime import date

from schoolward.district import models, queries, shapes
from schoolward.district.queries import listing
from schoolward.kernel.schoolyear import SchoolYear


Link = queries.PersonLink | queries.PlaceLink


def key(number: int | None) -> str | None:
    """Return a key as an id."""
    return None if number is None else str(number)


def ids(rows: Iterable[queries.ExternalIdRow]) -> list[shapes.ExternalId]:
    """Return what other systems call a row."""
    return [
        shapes.ExternalId(source=row.source, kind=row.kind, value=row.value)
        for row in rows
    ]


def ref(link: queries.PersonLink | queries.PlaceLink | None) -> shapes.Ref | None:
    """Return a person or place by id and name; None for nobody."""
    return shapes.Ref(id=str(link.pk), name=link.name) if link else None


def refs(
    links: Iterable[queries.PersonLink | queries.PlaceLink],
) -> list[shapes.Ref]:
    """Return people or places by id and name."""
    return [shapes.Ref(id=str(link.pk), name=link.name) for link in links]


def school(row: listing.SchoolRow, known: listing.Ids) -> shapes.School:
    """Return a school as lists give it."""
    one, line = row.school, row.line
    network = line.network
    return shapes.School(
        id=str(one.pk),
        external_ids=ids(known.get(one.pk, ())),
        name=one.name,
        short_name=one.short_name,
        level=one.level,
        grades=one.grades,
        category=one.category,
        network=shapes.NetworkRef(id=str(network.pk), name=network.name)
        if network
        else None,
        principals=refs(line.principals),
        principal_is_vacant=line.is_vacant,
        ild=ref(line.ild),
        open_date=one.open_date,
        close_date=one.close_date,
        is_open=line.is_open,
    )


def post(one: models.Post) -> shapes.Post:
    """Return a post."""
    person = one.person
    return shapes.Post(
        id=str(one.pk),
        seat=one.seat,
        title=one.title,
        capacity=one.capacity,
        person=shapes.Ref(id=str(person.pk), name=person.display_name)
        if person
        else None,
        is_vacant=person is None,
        school_id=key(one.school_id),
        unit_id=key(one.unit_id),
        network_id=key(one.network_id),
        start_date=one.start_date,
        end_date=one.end_date,
        held_before=one.held_before,
        position_number=one.position_number,
        fte=one.fte,
    )


def year(row: listing.YearRow) -> shapes.SchoolYear:
    """Return a school year with its terms and days."""
    return shapes.SchoolYear(
        id=str(row.year),
        first_date=row.first,
        last_date=row.last,
        instructional_days=row.instructional_count,
        terms=[
            shapes.Term(
                name=one.name, first_date=one.first_date, last_date=one.last_date
            )
            for one in row.terms
        ],
        exceptions=[
            shapes.DayException(
                day=one.day,
                kind=one.kind,
                name=one.name,
                office_is_open=one.office_is_open,
                school_id=key(one.school_id),
            )
            for one in row.exceptions
        ],
    )


def school_page(
    found: models.School, head: queries.SchoolHead, *, day: date
) -> shapes.SchoolPage:
    """Return what a school's page shows on a day, in a constant number of queries."""
    (line,) = queries.lines_of([found], day=day)
    known = listing.external_ids("school", [found.pk])
    brief = school(listing.SchoolRow(school=found, line=line), known)
    goals = queries.goals(found.pk, start_year=SchoolYear.of(day).start)
    return shapes.SchoolPage(
        **brief.dict(),
        as_of=day,
        address=head.address,
        phone=head.phone,
        website=head.website,
        former_names=[
            shapes.FormerName(name=one.name, until=one.until)
            for one in head.former_names
        ],
        network_is_supervised=head.network_is_supervised,
        leaders=[
            _leader(one) for one in (*head.principals, *head.assistant_principals)
        ],
        served_by=[_server(one) for one in queries.who_serves(found.pk, day=day)],
        profile=[_part(one) for one in queries.profile(found.pk)],
        goals=[_goal(one) for one in goals],
        merged_into=ref(head.merged_into),
    )


def _leader(one: queries.Leader) -> shapes.Leader:
    return shapes.Leader(
        person=shapes.Ref(id=str(one.person.pk), name=one.person.name),
        seat=one.seat,
        title=one.title,
        capacity=one.capacity,
        since=one.since,
        is_new=one.is_new,
    )


def _server(one: queries.Server) -> shapes.Server:
    return shapes.Server(
        role=one.role,
        unit_id=key(one.unit_id),
        person=ref(one.person),
        since=one.since,
        is_vacant=one.is_vacant,
        ask=ref(one.ask),
    )


def _part(one: queries.ProfilePart) -> shapes.ProfilePart:
    return shapes.ProfilePart(
        field=one.field,
        label=one.label,
        text=one.text,
        written_by=ref(one.written_by),
        written_at=one.written_at,
    )


def _goal(one: queries.GoalRow) -> shapes.Goal:
    return shapes.Goal(
        id=str(one.pk),
        title=one.title,
        who_for=one.who_for,
        how_known=one.how_known,
        led_by=one.led_by,
        standing=one.standing,
        agreed_date=one.agreed_date,
    )
