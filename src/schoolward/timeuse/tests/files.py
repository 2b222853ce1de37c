"""Calendar files, written as makers write them, for the tests of this room."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from schoolward.timeuse.domain.reading import read_calendar
from schoolward.timeuse.domain.shapes import Window


HOME = ZoneInfo("America/Chicago")
OWNER = "ild@district.example"
AUTUMN = Window(datetime(2026, 8, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))


def event(start="20260901T090000", *, uid="one", minutes=60, **lines):
    """Return an event's lines; names with underscores are written with hyphens."""
    given = {"UID": uid, "DTSTART": start} | (
        {} if "DTEND" in lines or len(start) == 8 else {"DURATION": f"PT{minutes}M"}
    )
    given |= {name.replace("_", "-"): text for name, text in lines.items()}
    written = [
        f"{name}{text if text[:1] in ':;' else f':{text}'}"
        for name, text in given.items()
    ]
    return "\r\n".join(["BEGIN:VEVENT", *written, "END:VEVENT"])


def calendar(*parts, head=""):
    """Return a file of these parts."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *([head] if head else []), *parts]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def read(*parts, window=AUTUMN, home=HOME, head=""):
    """Read a file of these parts."""
    return read_calendar(
        calendar(*parts, head=head), home=home, window=window, owner=OWNER
    )


def starts(reading, zone=HOME):
    """Return when instances begin, on the district's clocks."""
    return [
        f"{one.starts_at.astimezone(zone):%m-%d %H:%M}" for one in reading.occurrences
    ]


def days(first, last):
    """Return the window from one day to another."""
    return Window(_midnight(first), _midnight(last))


def _midnight(day: date):
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
