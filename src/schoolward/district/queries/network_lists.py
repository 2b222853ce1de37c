"""Networks: which there are, who is in them, and which schools came and went."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from schoolward.district.models import Membership, Network, School, Supervision
from schoolward.district.queries.lines import SchoolLine, lines_of
from schoolward.district.queries.links import PersonLink, PlaceLink, person_links
from schoolward.kernel.schoolyear import SchoolYear


REASON = "networks are part of the directory, which the entrance opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkLine:
    """One network in a list, as it stands on a day."""

    pk: int
    name: str
    supervised: bool
    focus: str
    school_count: int
    ilds: tuple[PersonLink, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """A school that came or went: with which network it exchanged places, and when."""

    school: PlaceLink
    other: PlaceLink | None
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkPage:
    """What a network's page shows: its ILDs, schools, and moves of the school year."""

    pk: int
    name: str
    supervised: bool
    focus: str
    close_date: date | None
    ilds: tuple[PersonLink, ...]
    schools: tuple[SchoolLine, ...]
    joined: tuple[Move, ...]
    left: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """A school's time in a network, half-open."""

    school_id: int
    network_id: int
    start_date: date
    end_date: date | None


def networks(*, day: date) -> tuple[NetworkLine, ...]:
    """Return the networks that are open on a day, by name, in three queries."""
    rows = Network.objects.unscoped(reason=REASON).exclude(close_date__lte=day)
    members = Membership.objects.unscoped(reason=REASON).on(day)
    counts = dict(
        members.values("network").annotate(n=Count("pk")).values_list("network", "n")
    )
    ilds = ilds_by_network(day=day)
    return tuple(
        NetworkLine(
            pk=row.pk,
            name=row.name,
            supervised=row.supervised,
            focus=row.focus,
            school_count=counts.get(row.pk, 0),
            ilds=tuple(ilds.get(row.pk, ())),
        )
        for row in rows.order_by("name")
    )


def ilds_by_network(*, day: date) -> Mapping[int, list[PersonLink]]:
    """Return, by network, who supervises its schools on a day, the widest span first."""
    where = memberships_on(day)
    rows = Supervision.objects.unscoped(reason=REASON).on(day)
    spans: dict[int, Counter[int]] = defaultdict(Counter)
    for school, person in rows.values_list("school_id", "person_id"):
        if school in where:
            spans[where[school]][person] += 1
    people = person_links({person for span in spans.values() for person in span})
    return {
        network: [
            people[pk]
            for pk in sorted(span, key=lambda pk: (-span[pk], people[pk].name))
        ]
        for network, span in spans.items()
    }


def network_page(network_id: int, *, day: date) -> NetworkPage | None:
    """Return what a network's page shows on a day, in seven queries."""
    rows = Network.objects.unscoped(reason=REASON).filter(pk=network_id)
    network = rows.first()
    if network is None:
        return None
    members = Membership.objects.unscoped(reason=REASON).on(day)
    inside = members.filter(network=network_id).values("school")
    schools = School.objects.unscoped(reason=REASON).filter(pk__in=inside)
    lines = lines_of(list(schools.order_by("name", "pk")), day=day)
    joined, left = _moves(network_id, day=day)
    return NetworkPage(
        pk=network.pk,
        name=network.name,
        supervised=network.supervised,
        focus=network.focus,
        close_date=network.close_date,
        ilds=_ilds_of(lines),
        schools=lines,
        joined=joined,
        left=left,
    )


def _ilds_of(lines: Sequence[SchoolLine]) -> tuple[PersonLink, ...]:
    return tuple(dict.fromkeys(line.ild for line in lines if line.ild))


def _moves(network_id: int, *, day: date) -> tuple[tuple[Move, ...], tuple[Move, ...]]:
    """Return the schools that joined and left since the school year began, or will."""
    since = SchoolYear.of(day).first_day
    rows = Membership.objects.unscoped(reason=REASON)
    touched = rows.filter(network=network_id).values("school")
    spans: dict[int, list[Membership]] = defaultdict(list)
    for row in rows.filter(school__in=touched).select_related("school", "network"):
        spans[row.school_id].append(row)
    joined: list[Move] = []
    left: list[Move] = []
    for rows_of_school in spans.values():
        for one in rows_of_school:
            if one.network_id == network_id:
                joined.extend(_joined(one, rows_of_school, since))
                left.extend(_left(one, rows_of_school, since))
    return tuple(sorted(joined, key=_order)), tuple(sorted(left, key=_order))


def _order(move: Move) -> tuple[date, str]:
    return move.on, move.school.name


def _joined(one: Membership, rows: Sequence[Membership], since: date) -> list[Move]:
    """Return the move by which a school came from another network; none at its opening."""
    if one.start_date < since:
        return []
    before = next((row for row in rows if row.end_date == one.start_date), None)
    return [Move(_school(one), _network(before), one.start_date)] if before else []


def _left(one: Membership, rows: Sequence[Membership], since: date) -> list[Move]:
    if one.end_date is None or one.end_date < since:
        return []
    after = next((row for row in rows if row.start_date == one.end_date), None)
    return [Move(_school(one), _network(after), one.end_date)]


def _school(row: Membership) -> PlaceLink:
    return PlaceLink(row.school_id, row.school.name)


def _network(row: Membership | None) -> PlaceLink | None:
    return PlaceLink(row.network_id, row.network.name) if row else None


def memberships_on(day: date) -> dict[int, int]:
    """Return each school's network on a day, by the ids of both."""
    rows = Membership.objects.unscoped(reason=REASON).on(day)
    return dict(rows.values_list("school_id", "network_id"))


def membership_table() -> list[MembershipRow]:
    """Return every school's time in every network, by school and day."""
    rows = Membership.objects.unscoped(reason=REASON)
    values = rows.values_list("school_id", "network_id", "start_date", "end_date")
    return [MembershipRow(*row) for row in values.order_by("school_id", "start_date")]


def supervisors_on(day: date) -> dict[int, int]:
    """Return each school's ILD on a day, by the ids of both."""
    rows = Supervision.objects.unscoped(reason=REASON).on(day)
    return dict(rows.values_list("school_id", "person_id"))
