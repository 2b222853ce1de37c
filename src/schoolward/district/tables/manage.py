"""Lists of what is kept: schools, networks, units, people, sources, merges."""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from schoolward.district.queries import (
    NetworkLine,
    PersonLine,
    PersonLink,
    SchoolLine,
    SourceLine,
    UnitLine,
)
from schoolward.ui.tables import Cell, Column, Row, Table
from schoolward.ui.tags.controls import link_button
from schoolward.ui.tags.words import pill


def names(people: Iterable[PersonLink]) -> str:
    """Return people in a row of names."""
    return ", ".join(person.name for person in people)


def schools(lines: Sequence[SchoolLine]) -> Table:
    """List schools with who leads and supervises them."""
    return Table(
        label="Schools",
        columns=[
            Column("School", width="30"),
            Column("Principal"),
            Column("Network"),
            Column("ILD"),
        ],
        rows=[_school(line) for line in lines],
    )


def _school(line: SchoolLine) -> Row:
    name = Cell(
        line.name,
        url=reverse("district:school_kept", args=[line.pk]),
        note=line.level_label,
    )
    closed = pill("Closed", tone="quiet") if not line.is_open else None
    vacant = pill("Vacant", tone="watch") if line.is_vacant else None
    return Row(
        [
            name,
            closed or vacant or names(line.principals),
            line.network.name if line.network else None,
            line.ild.name if line.ild else None,
        ],
        mark="watch" if line.is_vacant else "",
    )


def networks(lines: Sequence[NetworkLine]) -> Table:
    """List networks with their schools and ILDs."""
    return Table(
        label="Networks",
        columns=[
            Column("Network"),
            Column("Schools", number=True),
            Column("ILDs"),
            Column("Kind"),
        ],
        rows=[
            Row(
                [
                    Cell(
                        line.name,
                        url=reverse("district:network_change", args=[line.pk]),
                        note=line.focus,
                    ),
                    line.school_count,
                    names(line.ilds) or None,
                    "Supervised" if line.supervised else "Grouping",
                ]
            )
            for line in lines
        ],
    )


def units(lines: Sequence[UnitLine]) -> Table:
    """List units as a tree, with their leads."""
    return Table(
        label="Units",
        columns=[
            Column("Unit"),
            Column("Lead"),
            Column("People", number=True),
            Column("Schools served by name", number=True),
        ],
        rows=[
            Row(
                [
                    Cell(
                        f"{'– ' * line.depth}{line.name}",
                        url=reverse("district:unit_kept", args=[line.pk]),
                        note=line.purpose,
                    ),
                    names(line.leads) or None,
                    line.staff_count,
                    line.school_count,
                ]
            )
            for line in lines
        ],
    )


def people(lines: Sequence[PersonLine]) -> Table:
    """List people with their posts."""
    return Table(
        label="People",
        columns=[Column("Name"), Column("Posts", width="30"), Column("E-mail")],
        rows=[
            Row(
                [
                    Cell(
                        line.name, url=reverse("district:person_kept", args=[line.pk])
                    ),
                    posts_in_words(line) or None,
                    line.email or None,
                ]
            )
            for line in lines
        ],
    )


def posts_in_words(line: PersonLine) -> str:
    """Return a person's posts in one line."""
    return "; ".join(
        placed(post.title or post.seat_label, post.place) for post in line.posts
    )


def placed(what: str, where: str) -> str:
    """Join a post and its place; a title that names the place says it once."""
    return what if not where or where in what else f"{what}, {where}"


def sources(lines: Sequence[SourceLine]) -> Table:
    """List sources with who answers for them."""
    return Table(
        label="Sources",
        columns=[Column("Source"), Column("Unit"), Column("Steward"), Column("Note")],
        rows=[
            Row(
                [
                    Cell(
                        line.name,
                        url=reverse("district:source_change", args=[line.pk]),
                        note=line.key,
                    ),
                    line.unit.name if line.unit else _nobody(line),
                    line.steward.name if line.steward else None,
                    line.note or None,
                ],
                mark="" if line.unit or line.steward else "watch",
            )
            for line in lines
        ],
    )


def _nobody(line: SourceLine) -> str | None:
    return None if line.steward else pill("Nobody answers for it", tone="watch")


def change_link(text: str, name: str, *, pk: int) -> str:
    """Return a small button that leads to a page about one row."""
    return link_button(text, reverse(f"district:{name}", args=[pk]), small=True)
