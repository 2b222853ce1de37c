"""Tables of people and the posts they hold."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from schoolward.district.models import Capacity
from schoolward.district.queries import PersonLine, PersonPage, PostLine
from schoolward.ui.tables import Cell, Column, Content, Row, Table


def directory(lines: Sequence[PersonLine]) -> Table:
    """Show people, what they do and where, and how to reach them."""
    return Table(
        label="People",
        columns=[
            Column("Person"),
            Column("What they do", phone="full"),
            Column("Where"),
            Column("How to reach them", phone="full"),
        ],
        rows=[_row(line) for line in lines],
    )


def _row(line: PersonLine) -> Row:
    first = line.posts[0] if line.posts else None
    others = f"and {len(line.posts) - 1} more" if len(line.posts) > 1 else ""
    return Row(
        [
            Cell(line.name, url=reverse("home:person", args=[line.pk])),
            Cell(post_words(first), aside=others) if first else None,
            first.place or None if first else None,
            reach(line.email, line.phone),
        ]
    )


def posts(lines: Sequence[PostLine], *, label: str) -> Table | None:
    """Show posts with their dates."""
    if not lines:
        return None
    return Table(
        label=label,
        columns=[
            Column("Post", width="30"),
            Column("Where", phone="bare"),
            Column("From"),
            Column("Until"),
        ],
        rows=[
            Row(
                [
                    Cell(post_words(line), note=_seat(line)),
                    _place(line),
                    _since(line),
                    _day(line.until) if line.until else "No end date",
                ]
            )
            for line in lines
        ],
    )


def _seat(line: PostLine) -> str:
    return line.seat_label if line.title and line.title != line.seat_label else ""


def _since(line: PostLine) -> str:
    return f"{'by ' if line.held_before else ''}{_day(line.since)}"


def _day(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"


def _place(line: PostLine) -> Content:
    pages = (
        (line.school_id, "home:who"),
        (line.unit_id, "home:unit"),
        (line.network_id, "home:network"),
    )
    url = next((reverse(page, args=[pk]) for pk, page in pages if pk), "")
    return Cell(line.place, url=url) if line.place else None


def services(shown: PersonPage) -> Table | None:
    """Show the schools a person supervises or serves for a unit."""
    supervised = [(place, "ILD", "") for place in shown.supervises]
    served = [(one.school, one.unit.name, _day(one.since)) for one in shown.serves]
    rows = [
        Row([Cell(place.name, url=reverse("home:who", args=[place.pk])), role, since])
        for place, role, since in (*supervised, *served)
    ]
    if not rows:
        return None
    return Table(
        label=f"Schools of {shown.person.name}",
        columns=[Column("School"), Column("As"), Column("Since")],
        rows=rows,
    )


def post_words(post: PostLine) -> str:
    """Say what a post is: its title, else its seat; how it is held when not as usual."""
    words = post.title or post.seat_label
    is_usual = post.capacity == Capacity.REGULAR
    if is_usual or post.capacity_label.lower() in words.lower():
        return words
    return f"{words} ({post.capacity_label.lower()})"


def breakable(address: str) -> SafeString:
    """Let an address break before its "@", and nowhere else if that is enough."""
    name, at, host = address.partition("@")
    return format_html("{}<wbr>{}{}", name, at, host)


def reach(email: str, phone: str) -> SafeString | None:
    """Show how to reach somebody, each way pressable."""
    mail = '<a class="sw-break" href="mailto:{}">{}</a>'
    call = '<a class="sw-nowrap" href="tel:{}">{}</a>'
    ways = [(call, phone), (mail, email)]
    shown = [(format_html(html, way, breakable(way)),) for html, way in ways if way]
    if not shown:
        return None
    html = '<span class="sw-inline">{}</span>'
    return format_html(html, format_html_join("", "{}", shown))
