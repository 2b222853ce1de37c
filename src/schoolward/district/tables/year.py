"""The school calendar as tables and months."""

from calendar import Calendar, month_name
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.dateformat import format as formatted

from schoolward.district.domain import Day, DayRule, day_rule
from schoolward.district.queries import DayLine, TermLine, YearPage
from schoolward.ui.tables import Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day in a month's sheet.

    Attributes:
        number: Its number; 0 outside the month.
        kind: What it is, as a class name.
        words: What it is, for who does not see the color.
    """

    number: int
    kind: str = ""
    words: str = ""

    @property
    def is_marked(self) -> bool:
        """Return whether the day differs from the rule, which words must say too."""
        return self.kind in (Day.HOLIDAY, Day.BREAK, Day.PD, Day.CLOSED)


@dataclass(frozen=True, slots=True)
class Month:
    """A month's sheet: its name and its weeks from Monday to Sunday."""

    name: str
    weeks: tuple[tuple[MonthDay, ...], ...]


WORDS = {
    Day.HOLIDAY: "holiday",
    Day.BREAK: "break",
    Day.PD: "PD day",
    Day.CLOSED: "closed",
    Day.WEEKEND: "weekend",
    Day.OUTSIDE: "outside the year",
    Day.INSTRUCTIONAL: "instructional",
}


def days(lines: Sequence[DayLine]) -> Table:
    """List the days that differ from the rule."""
    return Table(
        label="Days that differ from the rule",
        columns=[
            Column("Day"),
            Column("What it is"),
            Column("For"),
            Column("Central office"),
        ],
        rows=[
            Row(
                [
                    _when(run),
                    _what(run[0]),
                    run[0].school_name or "Every school",
                    _office(run[0]),
                ]
            )
            for run in runs(lines)
        ],
    )


WEEKEND = 2


def runs(lines: Sequence[DayLine]) -> list[list[DayLine]]:
    """Return days in runs: the same thing, day after day, weekends aside."""
    found: list[list[DayLine]] = []
    for line in sorted(lines, key=lambda one: (one.school_name, one.day)):
        if found and _follows(line, found[-1][-1]):
            found[-1].append(line)
        else:
            found.append([line])
    return sorted(found, key=lambda run: (run[0].day, run[0].school_name))


def _follows(line: DayLine, last: DayLine) -> bool:
    is_same = (line.kind, line.name, line.school_id, line.office_is_open) == (
        last.kind,
        last.name,
        last.school_id,
        last.office_is_open,
    )
    return is_same and bool(line.name) and (line.day - last.day).days <= WEEKEND + 1


def _when(run: Sequence[DayLine]) -> Cell:
    first, last = run[0].day, run[-1].day
    if first == last:
        return Cell(formatted(first, "D, M j, Y"))
    words = f"{formatted(first, 'M j')} – {formatted(last, 'M j, Y')}"
    return Cell(words, aside=f"{len(run)} days")


def _what(line: DayLine) -> Cell:
    is_named = line.name and line.name != line.kind_label
    return Cell(line.name, aside=line.kind_label) if is_named else Cell(line.kind_label)


def _office(line: DayLine) -> str:
    closes = line.kind in (Day.HOLIDAY, Day.BREAK, Day.CLOSED)
    return "Closed" if closes and not line.office_is_open else "Open"


def terms(lines: Sequence[TermLine]) -> Table:
    """List the terms of a year."""
    return Table(
        label="Terms",
        columns=[Column("Term"), Column("First day"), Column("Last day")],
        rows=[
            Row(
                [
                    line.name,
                    formatted(line.first, "M j, Y"),
                    formatted(line.last, "M j, Y"),
                ]
            )
            for line in lines
        ],
        stacks=False,
    )


def months(page: YearPage) -> tuple[Month, ...]:
    """Return the sheets of a school year's months, from the first day to the last."""
    district = {line.day: line.kind for line in page.days if line.school_id is None}
    rule = DayRule(page.first, page.last, district, {})
    names = {line.day: line.name for line in page.days if line.school_id is None}
    count = (page.last.year - page.first.year) * 12 + page.last.month - page.first.month
    starts = [_month_after(page.first, n) for n in range(count + 1)]
    return tuple(_month(start, rule, names) for start in starts)


def _month_after(day: date, count: int) -> date:
    month = day.month - 1 + count
    return date(day.year + month // 12, month % 12 + 1, 1)


def _month(start: date, rule: DayRule, names: dict[date, str]) -> Month:
    weeks = Calendar().monthdatescalendar(start.year, start.month)
    sheet = tuple(
        tuple(_day(day, start.month, rule, names) for day in week) for week in weeks
    )
    return Month(f"{month_name[start.month]} {start.year}", sheet)


def _day(day: date, month: int, rule: DayRule, names: dict[date, str]) -> MonthDay:
    if day.month != month:
        return MonthDay(0)
    kind = day_rule(day, rule)
    return MonthDay(day.day, kind.value, names.get(day) or WORDS[kind])
