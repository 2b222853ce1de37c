"""`schoolward import calendar`: a person's own .ics file, for the command line."""

from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import CommandError
from django.utils import timezone

from schoolward.district.models import Person
from schoolward.kernel.actor import SYSTEM
from schoolward.timeuse import actions
from schoolward.timeuse.domain.lines import MOST_BYTES
from schoolward.timeuse.domain.period import PeriodError, window_of
from schoolward.timeuse.domain.shapes import Reading, UnreadableCalendarError, Window


def add_arguments(parser: ArgumentParser) -> None:
    """Add what only a person's own calendar needs."""
    parser.add_argument(
        "--person", default="", help="calendar: the owner's e-mail address."
    )
    parser.add_argument(
        "--name", default="My calendar", help="calendar: which of the owner's it is."
    )
    parser.add_argument("--from", dest="first", help="calendar: the first day wanted.")
    parser.add_argument("--to", dest="last", help="calendar: the last day wanted.")


def load(options: dict[str, Any], *, at: datetime) -> dict[str, Any]:
    """Bring the file in, or with --dry-run only look, and return what to tell.

    Raises:
        CommandError: There is no such person, file or day.
        UnreadableCalendarError: The file is no calendar.
    """
    zone = ZoneInfo(timezone.get_current_timezone_name())
    person = _person(options["person"])
    arrival = actions.Arrival(
        content=_content(Path(options["file"])),
        file_name=Path(options["file"]).name,
        name=options["name"],
        window=_window(options, today=at.date(), zone=zone),
        is_whole=bool(options["first"] and options["last"]),
    )
    if options["dry_run"]:
        reading = actions.look(arrival, person=person, zone=zone, by=SYSTEM)
        return _told(reading) | {"dry_run": True}
    loaded = actions.load_calendar(arrival, person=person, zone=zone, by=SYSTEM, at=at)
    return _told(loaded.reading) | {
        "new": loaded.new,
        "changed": loaded.changed,
        "ended": loaded.removed,
        "unchanged": loaded.unchanged,
    }


def _told(reading: Reading) -> dict[str, Any]:
    return {
        "events": reading.events,
        "instances": len(reading.occurrences),
        "refused": [asdict(one) for one in reading.refused],
    }


def _person(email: str) -> Person:
    if not email:
        raise CommandError("Say whose calendar it is: --person EMAIL.")
    rows = Person.objects.unscoped(reason="the command line names the owner")
    found = rows.filter(email__iexact=email, merged_into=None).first()
    if found is None:
        msg = f"Nobody has the address {email}. Look the person up on the people page."
        raise CommandError(msg)
    return found


def _content(path: Path) -> bytes:
    """Return a file's bytes, never more than a calendar may have."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}."
        raise UnreadableCalendarError(msg) from error


def _window(options: dict[str, Any], *, today: date, zone: ZoneInfo) -> Window:
    first, last = (_day(options[name]) for name in ("first", "last"))
    try:
        return window_of(first, last, today=today, zone=zone)
    except PeriodError as error:
        raise CommandError(str(error)) from error


def _day(text: str | None) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        msg = f"“{text}” is no day. Write it as 2026-07-01."
        raise CommandError(msg) from error


def words(told: dict[str, Any]) -> str:
    """Return what was loaded, for a person."""
    lines = [f"{told['instances']:,} meetings of {told['events']:,} events."]
    if "new" in told:
        lines.append(
            f"  {told['new']:,} new, {told['changed']:,} changed, "
            f"{told['ended']:,} gone, {told['unchanged']:,} unchanged."
        )
    else:
        lines.append("  Nothing was loaded: this was only a look.")
    lines += [
        f"  {one['component']}: {one['reason']} {one['remedy']}"
        for one in told["refused"][:20]
    ]
    if len(told["refused"]) > 20:
        lines.append(f"  … and {len(told['refused']) - 20} more; --json prints them.")
    return "\n".join(lines)
