"""Tables of a unit: who serves which schools, and how many each."""

from collections import defaultdict
from collections.abc import Sequence

from django.urls import reverse

from schoolward.district.queries import PersonLink, UnitPage
from schoolward.district.queries.reach import Reach
from schoolward.home.tables import marks
from schoolward.ui.tables import Cell, Column, Row, Table
from schoolward.ui.tags.figures import bar


def serves(unit: UnitPage) -> Table | None:
    """Show which of the unit's people serves which schools by name."""
    schools: dict[PersonLink, list[tuple[int, str]]] = defaultdict(list)
    for one in unit.serves:
        schools[one.person].append((one.school.pk, one.school.name))
    if not schools:
        return None
    return Table(
        label=f"Who in {unit.name} serves which schools",
        columns=[
            Column("Person", width="22"),
            Column("Schools", number=True),
            Column("Which", phone="full"),
        ],
        rows=[
            Row(
                [
                    Cell(person.name, url=reverse("home:person", args=[person.pk])),
                    len(found),
                    marks.places(found, page="home:who"),
                ]
            )
            for person, found in sorted(schools.items(), key=lambda one: one[0].name)
        ],
    )


def reach(people: Sequence[Reach]) -> Table:
    """Show people of units with how many schools each serves by name."""
    widest = max((one.school_count for one in people), default=0) or 1
    return Table(
        label="People of my unit and how many schools they serve",
        columns=[
            Column("Person"),
            Column("Post", phone="full"),
            Column("Unit"),
            Column("Schools served by name"),
        ],
        rows=[
            Row(
                [
                    marks.person(one.person),
                    one.title or None,
                    one.unit,
                    bar(one.school_count / widest, str(one.school_count))
                    if one.school_count
                    else None,
                ]
            )
            for one in people
        ],
    )
