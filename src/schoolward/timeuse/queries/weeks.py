"""What a person's own calendars hold: a week by day, and each calendar's state."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from schoolward.district.queries import school_days
from schoolward.kernel.actor import Actor
from schoolward.timeuse.domain.categories import Verdict
from schoolward.timeuse.domain.minutes import (
    ONE_DAY,
    Stretch,
    midnight,
    minutes_by_day,
)
from schoolward.timeuse.domain.shapes import Status
from schoolward.timeuse.domain.shares import Shares, Spent, shares
from schoolward.timeuse.models import Calendar, CalendarEvent
from schoolward.timeuse.queries.sorting import verdicts


A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One instance as its owner sees it.

    Attributes:
        title: What it is called; empty when private or unnamed.
        starts_at: On the district's clocks.
        ends_at: On the district's clocks.
        verdict: What it was for, and why.
        has_principal: Whether one of one's own principals was asked.
    """

    pk: int
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool
    status: Status
    is_busy: bool
    is_private: bool
    repeats: bool
    verdict: Verdict
    has_principal: bool

    @property
    def counts(self) -> bool:
        """Return whether its minutes are counted."""
        return self.is_busy and not self.all_day and self.status.takes_place

    @property
    def minutes(self) -> int:
        """Return how long it takes by itself."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


@dataclass(frozen=True, slots=True)
class DayOfWeek:
    """A day, its minutes taken, and what it holds."""

    day: date
    minutes: int
    meetings: tuple[Meeting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A person's week.

    Attributes:
        monday: Its first day.
        days: All seven, Monday first.
        private_minutes: Of the minutes, those that only private events take, or take too.
        shares: Where the minutes of its contact days went.
        nearest: The Monday of the nearest week that holds anything, when this one does
            not.
    """

    monday: date
    days: tuple[DayOfWeek, ...]
    private_minutes: int
    shares: Shares
    nearest: date | None

    @property
    def minutes(self) -> int:
        """Return the minutes taken in the whole week."""
        return sum(one.minutes for one in self.days)

    @property
    def meeting_count(self) -> int:
        """Return how many meetings begin in this week and count."""
        return sum(
            one.counts and one.starts_at.date() == day.day
            for day in self.days
            for one in day.meetings
        )

    @property
    def is_bare(self) -> bool:
        """Return whether nothing at all is in it."""
        return not any(day.meetings for day in self.days)


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarLine:
    """A calendar's state."""

    pk: int
    name: str
    file_name: str
    loaded_at: datetime
    first: date
    last: date
    instance_count: int
    refused_count: int
    refused: tuple[dict[str, str], ...]


def calendars(actor: Actor, *, zone: ZoneInfo) -> tuple[CalendarLine, ...]:
    """Return an actor's own calendars by name."""
    rows = Calendar.objects.visible_to(actor).order_by("name")
    return tuple(_line(row, zone) for row in rows)


def calendar_of(actor: Actor, pk: int, *, zone: ZoneInfo) -> CalendarLine | None:
    """Return one of an actor's own calendars; None for anybody else's."""
    row = Calendar.objects.visible_to(actor).filter(pk=pk).first()
    return _line(row, zone) if row else None


def _line(row: Calendar, zone: ZoneInfo) -> CalendarLine:
    return CalendarLine(
        pk=row.pk,
        name=row.name,
        file_name=row.file_name,
        loaded_at=row.loaded_at.astimezone(zone),
        first=row.window_start.astimezone(zone).date(),
        last=row.window_end.astimezone(zone).date() - ONE_DAY,
        instance_count=row.instance_count,
        refused_count=row.refused_count,
        refused=tuple(row.refused),
    )


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week(actor: Actor, monday: date, *, today: date, zone: ZoneInfo) -> Week:
    """Return what an actor's own calendars hold in a week.

    A meeting that stands in two of the calendars is told once; minutes are a union. The
    shares look at contact days up to today: what is to come is a plan.
    """
    start, end = midnight(monday, zone), midnight(monday + A_WEEK, zone)
    rows = CalendarEvent.objects.visible_to(actor).filter(
        starts_at__lt=end, ends_at__gte=start
    )
    once = _each_once(rows.order_by("starts_at", "ends_at", "pk"))
    told = verdicts(actor, once, day=monday)
    found = [_meeting(row, told[row.pk], zone=zone) for row in once]
    taken = _minutes(found, monday, zone)
    private = _minutes([one for one in found if one.is_private], monday, zone)
    return Week(
        monday=monday,
        days=tuple(
            DayOfWeek(day, minutes, _on(found, day, zone))
            for day, minutes in taken.items()
        ),
        private_minutes=sum(private.values()),
        shares=_shares(found, monday, today=today, zone=zone),
        nearest=None if found else _nearest(actor, start, zone=zone),
    )


def _each_once(rows: Iterable[CalendarEvent]) -> list[CalendarEvent]:
    seen: dict[tuple[str, str], CalendarEvent] = {}
    for row in rows:
        seen.setdefault((row.uid, row.instance_key), row)
    return list(seen.values())


def _meeting(
    row: CalendarEvent, told: tuple[Verdict, bool], *, zone: ZoneInfo
) -> Meeting:
    return Meeting(
        pk=row.pk,
        title=row.title,
        place=row.place,
        starts_at=row.starts_at.astimezone(zone),
        ends_at=row.ends_at.astimezone(zone),
        all_day=row.all_day,
        status=Status(row.status),
        is_busy=row.is_busy,
        is_private=row.is_private,
        repeats=bool(row.series_key),
        verdict=told[0],
        has_principal=told[1],
    )


def _shares(
    found: Iterable[Meeting], monday: date, *, today: date, zone: ZoneInfo
) -> Shares:
    """Return where the minutes of the week's contact days went, by the school calendar."""
    spent = [
        Spent(one.starts_at, one.ends_at, one.verdict.category, one.has_principal)
        for one in found
        if one.counts
    ]
    days = school_days(start=monday, end=monday + A_WEEK - ONE_DAY)
    passed = [day for day in days if day <= today]
    return shares(spent, contact_days=passed, zone=zone)


def _minutes(found: Iterable[Meeting], monday: date, zone: ZoneInfo) -> dict[date, int]:
    stretches: list[Stretch] = [
        (one.starts_at, one.ends_at) for one in found if one.counts
    ]
    last = monday + A_WEEK - ONE_DAY
    return minutes_by_day(stretches, first=monday, last=last, zone=zone)


def _on(found: Iterable[Meeting], day: date, zone: ZoneInfo) -> tuple[Meeting, ...]:
    """Return what touches a day: whole days first, then by time."""
    start, end = midnight(day, zone), midnight(day + ONE_DAY, zone)
    kept = [
        one
        for one in found
        if one.starts_at < end
        and (one.ends_at > start or one.starts_at == one.ends_at >= start)
    ]
    return tuple(sorted(kept, key=lambda one: (not one.all_day, one.starts_at)))


def _nearest(actor: Actor, start: datetime, *, zone: ZoneInfo) -> date | None:
    """Return the Monday of the last week before with anything in it, else the next."""
    rows = CalendarEvent.objects.visible_to(actor)
    before = rows.filter(starts_at__lt=start).order_by("-starts_at").first()
    found = before or rows.filter(starts_at__gte=start).order_by("starts_at").first()
    return monday_of(found.starts_at.astimezone(zone).date()) if found else None
