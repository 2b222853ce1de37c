"""Tables of schools: one's own, the directory's, a network's."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from schoolward.district.queries import SchoolLine
from schoolward.home.tables import marks
from schoolward.home.words import count_of, sentence
from schoolward.scorecards.queries import Moved
from schoolward.ui.tables import Cell, Column, Content, Row, Table
from schoolward.ui.tags.words import Tone, pill


def my_schools(
    lines: Sequence[SchoolLine],
    *,
    moved: Sequence[Moved],
    changed: Mapping[int, date],
    today: date,
) -> Table:
    """Show the schools a person supervises or serves, those with worse signals first."""
    signals = _by_school(moved)
    worse = {
        pk for pk, found in signals.items() if any(_is_worse(one) for one in found)
    }
    ordered = sorted(lines, key=lambda line: (line.pk not in worse, line.name))
    return Table(
        label="My schools",
        columns=[
            Column("School"),
            Column("Principal", phone="bare"),
            Column("Tenure"),
            Column("Network"),
            Column("Signals"),
            Column("Profile changed"),
        ],
        rows=[
            Row(
                [
                    school(line),
                    principal(line, with_news=False),
                    sentence(line.tenure) or None,
                    marks.network(line.network),
                    signal_pills(signals.get(line.pk, [])),
                    _changed(changed.get(line.pk), today=today),
                ],
                mark="bad" if line.pk in worse else "",
            )
            for line in ordered
        ],
    )


def directory(lines: Sequence[SchoolLine], *, open_to: frozenset[int]) -> Table:
    """Show schools of the whole district; those not open to the reader lead to a card."""
    return Table(
        label="Schools",
        columns=[
            Column("School"),
            Column("Grades", phone="bare"),
            Column("Principal", phone="bare"),
            Column("Network"),
            Column("ILD"),
        ],
        rows=[_directory_row(line, is_open=line.pk in open_to) for line in lines],
    )


def _directory_row(line: SchoolLine, *, is_open: bool) -> Row:
    return Row(
        [
            named(line, is_open=is_open),
            line.grades_shown,
            principal(line),
            marks.network(line.network),
            marks.person(line.ild) if line.ild else None,
        ]
    )


def named(line: SchoolLine, *, is_open: bool) -> Cell:
    """Name a school; one that is not open to the reader leads to its card."""
    page = "home:school" if is_open else "home:who"
    url = reverse(page, args=[line.pk])
    return Cell(line.name, url=url, aside="yours" if line.tie else "")


def of_network(lines: Sequence[SchoolLine], *, open_to: frozenset[int]) -> Table:
    """Show a network's schools with their principals' tenure."""
    return Table(
        label="Schools of the network",
        columns=[
            Column("School"),
            Column("Grades", phone="bare"),
            Column("Principal", phone="bare"),
            Column("Tenure"),
            Column("ILD"),
        ],
        rows=[
            Row(
                [
                    named(line, is_open=line.pk in open_to),
                    line.grades_shown,
                    principal(line, with_news=False),
                    sentence(line.tenure) or None,
                    marks.person(line.ild) if line.ild else None,
                ]
            )
            for line in lines
        ],
    )


def school(line: SchoolLine) -> Cell:
    """Name a school, with its grades under it."""
    url = reverse("home:school", args=[line.pk])
    return Cell(line.name, url=url, note=line.grades_shown)


def principal(line: SchoolLine, *, with_news: bool = True) -> Content:
    """Name who leads a school, and whether they are new."""
    if not line.principals:
        return pill("Vacant", tone="watch") if line.is_vacant else None
    is_news = with_news and line.principal_is_new
    return Cell(marks.people(line.principals), aside=line.tenure if is_news else "")


def signal_pills(found: Sequence[Moved]) -> SafeString | None:
    """Show how many signals are worse and better; a dash where there are none."""
    worse = sum(_is_worse(one) for one in found)
    better = sum(one.signal.is_better is True for one in found)
    other = len(found) - worse - better
    counts: list[tuple[int, str, Tone]] = [
        (worse, "worse", "bad"),
        (better, "better", "good"),
        (other, "unlike before", "accent"),
    ]
    pills = [(pill(f"{n} {word}", tone=tone),) for n, word, tone in counts if n]
    return format_html_join(" ", "{}", pills) if pills else None


def _is_worse(one: Moved) -> bool:
    return one.signal.is_better is False


def _by_school(moved: Sequence[Moved]) -> dict[int, list[Moved]]:
    found: dict[int, list[Moved]] = defaultdict(list)
    for one in moved:
        found[one.school_id].append(one)
    return found


def _changed(day: date | None, *, today: date) -> Content:
    return marks.short_day(day, today=today) if day else None


def found_words(number: int, *, more: bool) -> str:
    """Say how many schools a list shows."""
    return (
        f"{count_of(number, 'school')} on this page"
        if more
        else count_of(number, "school")
    )
