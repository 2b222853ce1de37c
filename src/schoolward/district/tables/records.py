"""Dated rows of one school, unit or person, each with what can be done to it."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.html import format_html

from schoolward.district.domain import in_words
from schoolward.district.queries import HeldPost, SpanLine
from schoolward.district.tables.manage import change_link
from schoolward.ui.tables import Cell, Column, Content, Row, Table
from schoolward.ui.tags.controls import actions
from schoolward.ui.tags.words import pill


def day_in_words(day: date | None) -> str:
    """Return a day as tables write it."""
    return in_words(day) if day else ""


def spans(
    lines: Sequence[SpanLine], *, label: str, heading: str, to: str = ""
) -> Table:
    """List spans of days.

    Args:
        lines: The spans.
        label: What the table holds, for screen readers.
        heading: What the first column holds.
        to: The address's name under which the person of a span is kept.
    """
    return Table(
        label=label,
        columns=[Column(heading), Column("From"), Column("Until")],
        rows=[
            Row([_named(line, to), *_days(line.since, line.until)]) for line in lines
        ],
        stacks=False,
    )


def _named(line: SpanLine, to: str) -> Content:
    if to and line.person_id:
        return Cell(line.what, url=reverse(to, args=[line.person_id]))
    return line.what


def _days(since: date, until: date | None) -> tuple[str, str]:
    return day_in_words(since), day_in_words(until) or "No end date"


def services(lines: Sequence[SpanLine], *, may_end: bool, today: date) -> Table:
    """List who serves which school for which unit."""
    return Table(
        label="Who serves by name",
        columns=[
            Column("Who", width="30"),
            Column("From"),
            Column("Until"),
            Column("Actions", silent=True, phone="full"),
        ],
        rows=[
            Row(
                [
                    line.what,
                    *_days(line.since, line.until),
                    change_link("End", "assignment_end", pk=line.pk)
                    if may_end and line.runs_on(today)
                    else "",
                ]
            )
            for line in lines
        ],
    )


def posts(lines: Sequence[HeldPost], *, may_manage: bool, about: str) -> Table:
    """List posts.

    Args:
        lines: The posts.
        may_manage: Whether they can be changed here.
        about: "place" when each is about a person, "person" when about a place.
    """
    return Table(
        label="Posts",
        columns=[
            Column("Who" if about == "place" else "Where", width="25"),
            Column("Post"),
            Column("From"),
            Column("Until"),
            Column("Actions", silent=True, phone="full"),
        ],
        rows=[_post(line, may_manage=may_manage, about=about) for line in lines],
    )


def _post(line: HeldPost, *, may_manage: bool, about: str) -> Row:
    post = line.post
    words = (post.seat_label, post.title)
    seat = ", ".join(dict.fromkeys(part for part in words if part))
    unusual = post.capacity_label if post.capacity != "regular" else ""
    since, until = _days(post.since, post.until)
    return Row(
        [
            _holder(line) if about == "place" else post.place or "The district",
            Cell(seat, aside=unusual),
            Cell(since, aside="or before" if post.held_before else ""),
            until,
            _post_links(line) if may_manage else "",
        ],
        mark="watch" if line.person is None and post.until is None else "",
    )


def _holder(line: HeldPost) -> Content:
    if line.person is None:
        return pill("Vacant", tone="watch")
    return Cell(
        line.person.name, url=reverse("district:person_kept", args=[line.person.pk])
    )


def _post_links(line: HeldPost) -> str:
    change = change_link("Correct", "post_change", pk=line.post.post_id)
    if line.post.until is not None:
        return change
    end = change_link("End", "post_end", pk=line.post.post_id)
    return actions(format_html("{}{}", change, end))
