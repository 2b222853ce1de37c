"""Tables of the district: ILDs' spans, networks, units, moves."""

from collections.abc import Sequence

from django.urls import reverse

from schoolward.district.queries import IldSpan, NetworkLine, UnitLine
from schoolward.home import benchmarks
from schoolward.home.tables import marks
from schoolward.home.words import count_of
from schoolward.ui.tables import Cell, Column, Content, Group, Row, Table
from schoolward.ui.tags.figures import bar
from schoolward.ui.tags.words import pill


def spans(found: Sequence[IldSpan]) -> Table:
    """Show each ILD's schools and steps to the superintendent, the largest span first."""
    ordered = sorted(found, key=lambda one: (-one.school_count, one.person.name))
    widest = max((one.school_count for one in found), default=1)
    return Table(
        label="ILDs, their schools and their distance from the superintendent",
        columns=[
            Column("ILD"),
            Column("Networks", phone="full"),
            Column("Schools"),
            Column("Steps to the superintendent"),
            Column("Other duties", phone="full"),
        ],
        rows=[_span(one, widest=widest) for one in ordered],
    )


def _span(one: IldSpan, *, widest: int) -> Row:
    over = one.school_count > benchmarks.SPAN.most
    length = bar(
        one.school_count / max(widest, 1),
        str(one.school_count),
        ink="watch" if over else "accent",
    )
    duties = ", ".join(one.other_duties) or "None held"
    return Row(
        [
            marks.person(one.person),
            ", ".join(one.networks) or None,
            length,
            _distance(one),
            duties,
        ],
        mark="watch" if over else "",
    )


def _distance(one: IldSpan) -> Content:
    if one.distance is None:
        return pill("Not known", tone="line")
    chain = " → ".join(link.name for link in one.chain[1:])
    if one.is_near:
        return Cell(str(one.distance), note=chain)
    return Cell(pill(str(one.distance), tone="watch"), note=chain)


def networks(rows: Sequence[NetworkLine]) -> Table:
    """Show networks with their ILDs; mere groups stand under a heading of their own."""
    supervised = [_network(line) for line in rows if line.supervised]
    groups = [_network(line) for line in rows if not line.supervised]
    heading = [Group("Groups without a supervisor of their own")] if groups else []
    return Table(
        label="Networks",
        columns=[
            Column("Network"),
            Column("ILD", phone="bare"),
            Column("Schools", number=True),
            Column("Focus", phone="full"),
        ],
        rows=[*supervised, *heading, *groups],
    )


def _network(line: NetworkLine) -> Row:
    return Row(
        [
            Cell(line.name, url=reverse("home:network", args=[line.pk])),
            _ilds(line),
            line.school_count,
            line.focus or None,
        ]
    )


def _ilds(line: NetworkLine) -> Content:
    if line.ilds:
        return marks.people(line.ilds)
    return pill("No ILD", tone="watch") if line.supervised else None


def units(rows: Sequence[UnitLine]) -> Table:
    """Show the units of the central office, each under the one it belongs to."""
    return Table(
        label="Units of the central office",
        columns=[
            Column("Unit", width="30"),
            Column("Lead", phone="bare"),
            Column("People", number=True),
            Column("Schools served by name", number=True),
        ],
        rows=[
            Row(
                [
                    Cell(
                        f"{'– ' * line.depth}{line.name}",
                        url=reverse("home:unit", args=[line.pk]),
                        note=line.purpose,
                    ),
                    marks.people(line.leads)
                    if line.leads
                    else pill("No lead", tone="line"),
                    line.staff_count,
                    line.school_count,
                ]
            )
            for line in rows
        ],
    )


def span_words(found: Sequence[IldSpan]) -> str:
    """Say the spans in one sentence, for the top of the district's page."""
    if not found:
        return ""
    counts = sorted(one.school_count for one in found)
    middle = counts[len(counts) // 2]
    return f"{count_of(len(found), 'ILD')}; {counts[0]} to {counts[-1]} schools each, {middle} in the middle"
