"""How a week and what was refused stand on a page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString

from schoolward.timeuse.domain.categories import Category, Principals, Rule
from schoolward.timeuse.domain.minutes import spoken
from schoolward.timeuse.domain.shapes import Reading, Status
from schoolward.timeuse.domain.shares import Shares
from schoolward.timeuse.models import SortingRule
from schoolward.timeuse.queries import CalendarLine, DayOfWeek, Meeting, Week
from schoolward.timeuse.queries.sorting import CORRECTED
from schoolward.ui.tables import Cell, Column, Row, Table
from schoolward.ui.tags.words import Tone, pill


MARKS: Mapping[Status, tuple[str, Tone]] = {
    Status.CANCELLED: ("Cancelled", "line"),
    Status.DECLINED: ("Declined", "line"),
    Status.TENTATIVE: ("Tentative", "watch"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingLine:
    """A meeting as a line of its day."""

    pk: int
    title: str
    note: str
    end: str | SafeString
    category: str
    why: str
    choices: tuple[tuple[str, str], ...]
    may_rule: bool
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySection:
    """A day as a part of the page."""

    key: str
    title: str
    meta: str
    lines: tuple[MeetingLine, ...]


def days(week: Week) -> list[DaySection]:
    """Return the week by day; a weekend without anything is left out."""
    return [_section(day) for day in week.days if day.meetings or day.day.weekday() < 5]


def _section(day: DayOfWeek) -> DaySection:
    return DaySection(
        key=f"day-{day.day:%Y-%m-%d}",
        title=f"{day.day:%A, %B %-d}",
        meta=spoken(day.minutes),
        lines=tuple(_line(one, day.day) for one in day.meetings),
    )


def _line(one: Meeting, day: date) -> MeetingLine:
    verdict = one.verdict
    return MeetingLine(
        pk=one.pk,
        category=verdict.category.label,
        key=verdict.category.value,
        why=verdict.why,
        choices=tuple(
            (c.value, c.label)
            for c in Category
            if c not in {verdict.category, Category.UNSORTED}
        ),
        may_rule=bool(one.title) and verdict.rule == CORRECTED,
        title="Private" if one.is_private else one.title or "Without a title",
        note=", ".join(part for part in (_when(one, day), one.place) if part),
        end=_end(one),
    )


def _when(one: Meeting, day: date) -> str:
    """Return from when to when, on this day."""
    if one.all_day:
        return "All day"
    start = f"{one.starts_at:%-I:%M %p}"
    end = f"{one.ends_at:%-I:%M %p}"
    if one.starts_at.date() != day:
        start = f"{one.starts_at:%b %-d}, {start}"
    if one.ends_at.date() != day:
        end = f"{one.ends_at:%b %-d}, {end}"
    return f"{start} to {end}"


def _end(one: Meeting) -> str | SafeString:
    """Return what stands at the end: its length, or why it does not count."""
    if one.status in MARKS and not one.status.takes_place:
        words, tone = MARKS[one.status]
        return pill(words, tone=tone)
    if one.all_day:
        return pill("No minutes", tone="line")
    if not one.is_busy:
        return pill("Free", tone="line")
    return spoken(one.minutes)


def calendars(lines: Iterable[CalendarLine]) -> Table:
    """List a person's calendars."""
    return Table(
        label="Your calendars",
        columns=[
            Column("Calendar", phone="bare"),
            Column("Brought in"),
            Column("Days"),
            Column("Meetings", number=True),
            Column("Refused", number=True),
        ],
        rows=[
            Row(
                [
                    Cell(one.name, url=reverse("timeuse:calendar", args=[one.pk])),
                    f"{one.loaded_at:%b %-d, %Y}",
                    f"{one.first:%b %-d, %Y} to {one.last:%b %-d, %Y}",
                    one.instance_count,
                    one.refused_count,
                ]
            )
            for one in lines
        ],
    )


def refused(parts: Iterable[Mapping[str, str]]) -> Table:
    """List what was left out of a file, and why."""
    return Table(
        label="Refused parts",
        columns=[
            Column("Part", phone="bare"),
            Column("Why", phone="full"),
            Column("What you can do", phone="full"),
        ],
        rows=[Row([one["component"], one["reason"], one["remedy"]]) for one in parts],
    )


def refused_of(reading: Reading, *, most: int = 20) -> Table:
    """List the first parts that a look refused."""
    return refused(
        {"component": one.component, "reason": one.reason, "remedy": one.remedy}
        for one in reading.refused[:most]
    )


def percent(share: float | None) -> str | None:
    """Return a share for people; None when there is none."""
    return None if share is None else f"{share:.0%}"


def categories(found: Shares) -> Table:
    """List where the minutes went; shares are of the minutes at work."""
    return Table(
        label="Minutes by what they were for",
        columns=[
            Column("What for", phone="bare"),
            Column("Minutes", number=True),
            Column("Share of work", number=True),
        ],
        rows=[
            Row(
                [
                    category.label,
                    minutes,
                    "–"
                    if category is Category.PERSONAL
                    else percent(found.share(minutes)),
                ]
            )
            for category, minutes in found.by_category
        ],
        stacks=False,
    )


PRINCIPALS = {
    Principals.ANY: "",
    Principals.NONE: "no principal of theirs is invited",
    Principals.SOME: "a principal of theirs is invited",
    Principals.ONE: "one principal of theirs is invited",
    Principals.SEVERAL: "three or more of their principals are invited",
}


def _told(rule: Rule) -> str:
    """Return what a rule asks for, as a sentence."""
    parts = [
        f"the title holds {', '.join(rule.words)}" if rule.words else "",
        PRINCIPALS[rule.principals],
        "it names a school of theirs" if rule.at_school else "",
        "a central unit called it" if rule.from_unit else "",
    ]
    return f"If {'; and '.join(part for part in parts if part)}."


def shared_rules(rules: Iterable[Rule], rows: Mapping[str, SortingRule]) -> Table:
    """List the shared rules in order; those with a row lead to where they are changed."""
    return Table(
        label="Shared rules",
        columns=[
            Column("Rule", phone="bare", width="22"),
            Column("Puts it under", width="22"),
            Column("When", phone="full"),
        ],
        rows=[
            Row(
                [
                    Cell(rule.name, url=_address(rows.get(rule.name))),
                    rule.category.label,
                    _told(rule),
                ]
            )
            for rule in rules
        ],
    )


def _address(row: SortingRule | None) -> str:
    return reverse("timeuse:rule", args=[row.pk]) if row else ""
