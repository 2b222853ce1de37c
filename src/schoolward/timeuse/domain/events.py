"""One event as a calendar writes it, read into what counting needs."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from schoolward.timeuse.domain.lines import Component, Property
from schoolward.timeuse.domain.repeating import Rule, rule_of
from schoolward.timeuse.domain.shapes import (
    NO_WORDS,
    RefusedPartError,
    Status,
    Words,
)
from schoolward.timeuse.domain.values import (
    Stamp,
    address_of,
    length_of,
    listed,
    stamp_of,
    text_of,
)
from schoolward.timeuse.domain.zones import Zones


MOST_ATTENDEES = 300
ONE_DAY = timedelta(days=1)
LONGEST = timedelta(days=1_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event, a series, or the exception of a series.

    Attributes:
        uid: Its id.
        label: How a refusal names it.
        start: When it first begins.
        length: How long it takes; days by the clock for days, else real time.
        rules: How it repeats.
        extra: Moments added to the series.
        left_out: Moments taken out of it.
        replaces: For an exception, the moment it was first planned for.
        sequence: How often it was revised.
    """

    uid: str
    label: str
    start: Stamp
    length: timedelta
    status: Status
    is_busy: bool
    is_private: bool
    words: Words
    sequence: int
    rules: tuple[Rule, ...] = ()
    extra: tuple[Stamp, ...] = ()
    left_out: tuple[Stamp, ...] = ()
    replaces: Stamp | None = None

    @property
    def repeats(self) -> bool:
        """Return whether it is a series."""
        return bool(self.rules or self.extra)

    def stretch(self, wall: datetime) -> tuple[datetime, datetime]:
        """Return from when to when an instance lasts that begins at a time; UTC."""
        zone = self.start.zone
        begins = zone.to_utc(wall)
        if self.start.is_day:
            return begins, zone.to_utc(wall + self.length)
        return begins, begins + self.length


def event_of(one: Component, zones: Zones, *, owner: str) -> Event:
    """Read an event.

    Args:
        one: The component.
        zones: The file's zones.
        owner: The e-mail address of the calendar's owner, to know what they declined.

    Raises:
        RefusedPartError: Its time cannot be read.
    """
    start = _start(one, zones)
    is_private = one.text("CLASS").upper() not in {"", "PUBLIC"}
    repeated = one.first("RECURRENCE-ID")
    return Event(
        uid=_uid(one),
        label=one.label,
        start=start,
        length=_length(one, start, zones),
        status=_status(one, owner),
        is_busy=_is_busy(one),
        is_private=is_private,
        words=NO_WORDS if is_private else _words(one),
        sequence=_sequence(one),
        rules=() if repeated else _rules(one),
        extra=() if repeated else tuple(_stamps(one, "RDATE", zones)),
        left_out=() if repeated else tuple(_stamps(one, "EXDATE", zones)),
        replaces=_replaced(repeated, zones) if repeated else None,
    )


def _start(one: Component, zones: Zones) -> Stamp:
    found = one.first("DTSTART")
    if found is None:
        raise RefusedPartError("It does not say when it starts.")
    return stamp_of(found, zones, what="Its start")


def _uid(one: Component) -> str:
    """Return its id; one without is known by its time, one too long by its hash."""
    given = one.text("UID").replace("\x00", "")
    if given and len(given) <= 200:
        return given
    parts = [one.text(name) for name in ("DTSTART", "DTEND", "DURATION", "RRULE")]
    text = given or "|".join(parts)
    return f"schoolward-{hashlib.sha256(text.encode()).hexdigest()[:32]}"


def _length(one: Component, start: Stamp, zones: Zones) -> timedelta:
    end = one.first("DTEND")
    if end is not None:
        length = _up_to(start, stamp_of(end, zones, what="Its end"))
    elif one.text("DURATION"):
        length = length_of(one.text("DURATION"))
    else:
        length = ONE_DAY if start.is_day else timedelta()
    if length > LONGEST:
        raise RefusedPartError("It lasts longer than a thousand days.")
    return max(length, ONE_DAY) if start.is_day else length


def _up_to(start: Stamp, end: Stamp) -> timedelta:
    if start.is_day != end.is_day:
        raise RefusedPartError(
            "Of its start and its end, one names an hour and the other only a day."
        )
    length = end.wall - start.wall if start.is_day else end.utc - start.utc
    if length < timedelta():
        raise RefusedPartError("It ends before it starts.")
    return length


def _status(one: Component, owner: str) -> Status:
    if one.text("STATUS").upper() == "CANCELLED":
        return Status.CANCELLED
    for row in one.properties.get("ATTENDEE", ()):
        is_owner = bool(owner) and address_of(row.value) == owner.lower()
        if is_owner and row.params.get("PARTSTAT", "").upper() == "DECLINED":
            return Status.DECLINED
    is_open = one.text("STATUS").upper() == "TENTATIVE"
    return Status.TENTATIVE if is_open else Status.CONFIRMED


def _is_busy(one: Component) -> bool:
    """Return whether its time is taken, in the standard's words or Outlook's."""
    is_free = one.text("X-MICROSOFT-CDO-BUSYSTATUS").upper() == "FREE"
    return one.text("TRANSP").upper() != "TRANSPARENT" and not is_free


def _words(one: Component) -> Words:
    people = one.properties.get("ATTENDEE", [])[:MOST_ATTENDEES]
    known = {address_of(row.value) for row in people} - {""}
    return Words(
        title=text_of(one.text("SUMMARY")),
        place=text_of(one.text("LOCATION")),
        organizer=address_of(one.text("ORGANIZER")),
        attendees=tuple(sorted(known)),
    )


def _sequence(one: Component) -> int:
    text = one.text("SEQUENCE")[:9]
    return int(text) if text.isdecimal() else 0


def _rules(one: Component) -> tuple[Rule, ...]:
    if one.first("EXRULE"):
        raise RefusedPartError(
            "It leaves out days by a rule (EXRULE), which the standard withdrew."
        )
    return tuple(rule_of(row.value) for row in one.properties.get("RRULE", [])[:10])


def _stamps(one: Component, name: str, zones: Zones) -> list[Stamp]:
    rows = one.properties.get(name, [])
    return list(listed(rows, zones, what=f"A day in {name}"))


def _replaced(found: Property, zones: Zones) -> Stamp:
    if found.params.get("RANGE", "").upper() == "THISANDFUTURE":
        raise RefusedPartError(
            "It changes an instance and all that follow in one stroke, which few "
            "programs agree on.",
            "End the series on that day and begin a new one.",
        )
    return stamp_of(found, zones, what="The instance it stands for")
