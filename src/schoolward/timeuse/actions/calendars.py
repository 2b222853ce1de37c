"""Bringing a calendar in, refreshing it, and taking it out."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from schoolward.audit.record import record
from schoolward.base.http import insist
from schoolward.district.models import Person
from schoolward.kernel.actor import Actor
from schoolward.timeuse import policies
from schoolward.timeuse.domain.reading import read_calendar
from schoolward.timeuse.domain.shapes import Occurrence, Reading, Window
from schoolward.timeuse.models import Calendar, CalendarEvent, CalendarKind


REASON = "refreshing a person's own calendar"
BATCH = 500
MOST_TOLD = 200
"""Refused parts that are kept to be read; more are counted."""
COMPARED = (
    "series_key",
    "starts_at",
    "ends_at",
    "all_day",
    "status",
    "is_busy",
    "is_private",
    "title",
    "place",
    "organizer",
    "attendees",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A file on its way in.

    Attributes:
        content: The file.
        file_name: What it is called.
        name: Which calendar of the person it is.
        window: Of which moments meetings are wanted.
        is_whole: Whether the file holds all of the window. A window that the person
            chose is whole; without one, what lies before the file's first meeting or
            after its last is left as it was, since exports often hold less.
    """

    content: bytes
    file_name: str
    name: str
    window: Window
    is_whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a load did to a calendar's rows."""

    reading: Reading
    new: int
    changed: int
    removed: int
    unchanged: int


def look(arrival: Arrival, *, person: Person, zone: ZoneInfo, by: Actor) -> Reading:
    """Read a file and keep nothing.

    Raises:
        RefusedError: It is not the actor's own calendar.
        UnreadableCalendarError: It is no calendar, or too much of one.
    """
    insist(policies.can_bring_calendar(by, person.pk))
    return read_calendar(
        arrival.content, home=zone, window=arrival.window, owner=person.email
    )


def load_calendar(
    arrival: Arrival, *, person: Person, zone: ZoneInfo, by: Actor, at: datetime
) -> Loaded:
    """Bring a calendar in, or refresh it; the same file twice changes nothing.

    Raises:
        RefusedError: It is not the actor's own calendar.
        UnreadableCalendarError: It is no calendar, or too much of one.
    """
    reading = look(arrival, person=person, zone=zone, by=by)
    with transaction.atomic():
        Person.objects.unscoped(reason=REASON).select_for_update().get(pk=person.pk)
        calendar = _calendar(arrival, person=person, at=at)
        wanted = {(one.uid, one.key): one for one in reading.occurrences}
        loaded = _refresh(calendar, wanted, arrival=arrival, reading=reading)
        _keep_state(calendar, arrival, loaded, by=by, at=at)
    return loaded


def _calendar(arrival: Arrival, *, person: Person, at: datetime) -> Calendar:
    rows = Calendar.objects.unscoped(reason=REASON)
    known = rows.filter(person=person, name=arrival.name).first()
    return known or rows.create(
        person=person,
        kind=CalendarKind.FILE,
        name=arrival.name,
        sha256="",
        window_start=arrival.window.start,
        window_end=arrival.window.end,
        loaded_at=at,
    )


def _refresh(
    calendar: Calendar,
    wanted: Mapping[tuple[str, str], Occurrence],
    *,
    arrival: Arrival,
    reading: Reading,
) -> Loaded:
    """Make the rows within the window what the file says, touching only what differs."""
    window = _covered(arrival, wanted.values())
    rows = CalendarEvent.objects.unscoped(reason=REASON).filter(calendar=calendar)
    known = {(row.uid, row.instance_key): row for row in rows}
    gone = [
        row.pk
        for key, row in known.items()
        if key not in wanted and _is_covered(row, window, arrival=arrival)
    ]
    changed = [
        known[key]
        for key, one in wanted.items()
        if key in known and _take_over(known[key], one)
    ]
    new = [_row(calendar, one) for key, one in wanted.items() if key not in known]
    for start in range(0, len(gone), BATCH):
        rows.filter(pk__in=gone[start : start + BATCH]).delete()
    writing = CalendarEvent.objects.unscoped(reason=REASON)
    writing.bulk_update(changed, COMPARED, batch_size=BATCH)
    writing.bulk_create(new, batch_size=BATCH)
    return Loaded(
        reading=reading,
        new=len(new),
        changed=len(changed),
        removed=len(gone),
        unchanged=len(wanted) - len(new) - len(changed),
    )


def _covered(arrival: Arrival, found: Iterable[Occurrence]) -> Window:
    """Return the moments for which the file is the whole truth."""
    if arrival.is_whole:
        return arrival.window
    known = list(found)
    if not known:
        return Window(arrival.window.start, arrival.window.start)
    return Window(
        max(arrival.window.start, min(one.starts_at for one in known)),
        min(arrival.window.end, max(one.ends_at for one in known)),
    )


def _is_covered(row: CalendarEvent, covered: Window, *, arrival: Arrival) -> bool:
    """Return whether a meeting would be in the file if it still took place."""
    if arrival.is_whole:
        return covered.touches(row.starts_at, row.ends_at)
    return covered.start <= row.starts_at < covered.end


def _row(calendar: Calendar, one: Occurrence) -> CalendarEvent:
    row = CalendarEvent(calendar=calendar, uid=one.uid, instance_key=one.key)
    _take_over(row, one)
    return row


def _take_over(row: CalendarEvent, one: Occurrence) -> bool:
    """Write an occurrence into a row; return whether that changes anything."""
    said = {
        "series_key": one.uid if one.repeats else "",
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "all_day": one.all_day,
        "status": one.status.value,
        "is_busy": one.is_busy,
        "is_private": one.is_private,
        "title": one.words.title,
        "place": one.words.place,
        "organizer": one.words.organizer,
        "attendees": list(one.words.attendees),
    }
    differs = any(getattr(row, name) != value for name, value in said.items())
    for name, value in said.items():
        setattr(row, name, value)
    return differs


def _keep_state(
    calendar: Calendar, arrival: Arrival, loaded: Loaded, *, by: Actor, at: datetime
) -> None:
    """Note the load, and tell of it; a load that changes nothing leaves no trace."""
    sha256 = hashlib.sha256(arrival.content).hexdigest()
    touched = loaded.new + loaded.changed + loaded.removed
    if calendar.sha256 == sha256 and not touched:
        return
    calendar.file_name = arrival.file_name[:255]
    calendar.sha256 = sha256
    calendar.window_start = arrival.window.start
    calendar.window_end = arrival.window.end
    calendar.loaded_at = at
    calendar.refused_count = len(loaded.reading.refused)
    calendar.refused = [asdict(one) for one in loaded.reading.refused[:MOST_TOLD]]
    calendar.instance_count = (
        CalendarEvent.objects.unscoped(reason=REASON).filter(calendar=calendar).count()
    )
    calendar.save()
    record(
        "timeuse.calendar.loaded",
        by=by,
        at=at,
        target=calendar,
        owner=str(calendar.person),
        new=loaded.new,
        changed=loaded.changed,
        removed=loaded.removed,
        refused=len(loaded.reading.refused),
    )


@transaction.atomic
def remove_calendar(calendar: Calendar, *, by: Actor, at: datetime) -> int:
    """Take a calendar out with everything in it.

    Returns:
        How many meetings went with it.

    Raises:
        RefusedError: It is not the actor's own.
    """
    insist(policies.can_bring_calendar(by, calendar.person_id))
    rows = CalendarEvent.objects.unscoped(reason=REASON).filter(calendar=calendar)
    count = rows.count()
    record("timeuse.calendar.removed", by=by, at=at, target=calendar, meetings=count)
    Calendar.objects.unscoped(reason=REASON).filter(pk=calendar.pk).delete()
    return count
