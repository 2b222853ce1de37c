"""Days, moments and lengths as calendars write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from schoolward.timeuse.domain.lines import Property
from schoolward.timeuse.domain.shapes import RefusedPartError
from schoolward.timeuse.domain.zones import UTC_ZONE, Zone, Zones, wall_of


_LENGTH = re.compile(
    r"([+-])?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?"
    r"(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,7})S)?)?"
)
EARLIEST, LATEST = 1900, 2200
MOST_LISTED = 2_000
"""Moments that one event may list as extra or left out."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A day, or a time on the clocks of a zone.

    Attributes:
        wall: What the clock shows; midnight for a day.
        zone: Whose clock.
        is_day: Whether it names a day and no hour.
    """

    wall: datetime
    zone: Zone
    is_day: bool

    @property
    def utc(self) -> datetime:
        """Return the moment."""
        return self.zone.to_utc(self.wall)

    @property
    def key(self) -> str:
        """Return how an instance planned for this moment is known."""
        return key_of(self.wall, zone=self.zone, is_day=self.is_day)


def key_of(wall: datetime, *, zone: Zone, is_day: bool) -> str:
    """Return the spelling of an instance's first plan: a day, or a moment in UTC."""
    if is_day:
        return f"{wall:%Y%m%d}"
    return f"{zone.to_utc(wall).astimezone(UTC):%Y%m%dT%H%M%SZ}"


def stamp_of(found: Property, zones: Zones, *, what: str) -> Stamp:
    """Read a day or moment; a time without a zone is the district's.

    Raises:
        RefusedPartError: It cannot be read, or lies centuries away.
    """
    return _stamp(found.value, found.params.get("TZID", ""), zones, what=what)


def _stamp(text: str, zone_name: str, zones: Zones, *, what: str) -> Stamp:
    text = text.strip()
    is_day = len(text.removesuffix("Z")) == 8
    wall = _day(text) if is_day else wall_of(text)
    if wall is None:
        msg = f"{what} cannot be read: “{text[:40]}”."
        raise RefusedPartError(msg)
    if not EARLIEST <= wall.year <= LATEST:
        msg = f"{what} lies in the year {wall.year}."
        raise RefusedPartError(msg)
    if is_day:
        return Stamp(wall, zones.home, is_day=True)
    if text.endswith("Z"):
        return Stamp(wall, UTC_ZONE, is_day=False)
    zone = zones.named(zone_name) if zone_name else zones.home
    return Stamp(wall, zone, is_day=False)


def _day(text: str) -> datetime | None:
    try:
        day = date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None
    return datetime.combine(day, time.min)


def listed(rows: list[Property], zones: Zones, *, what: str) -> Iterator[Stamp]:
    """Yield the moments of lines that hold several; of a period, its start.

    Raises:
        RefusedPartError: One cannot be read, or they are too many.
    """
    texts = [
        (piece.partition("/")[0], row.params.get("TZID", ""))
        for row in rows
        for piece in row.value.split(",", MOST_LISTED)
        if piece.strip()
    ]
    if len(texts) > MOST_LISTED:
        msg = f"It lists more than {MOST_LISTED:,} days."
        raise RefusedPartError(msg)
    zones.left_to_list -= len(texts)
    if zones.left_to_list < 0:
        raise RefusedPartError(
            "The events of this file list more extra and left-out days than can be read.",
            "Export a shorter time, such as one school year.",
        )
    for text, zone_name in texts:
        yield _stamp(text, zone_name, zones, what=what)


def length_of(text: str) -> timedelta:
    """Read a length such as PT45M.

    Raises:
        RefusedPartError: It is none, or negative.
    """
    match = _LENGTH.fullmatch(text.strip().upper())
    if match is None or not any(match.groups()[1:]):
        msg = f"Its length cannot be read: “{text[:40]}”."
        raise RefusedPartError(msg)
    if match[1] == "-":
        raise RefusedPartError("Its length is negative.")
    weeks, days, hours, minutes, seconds = (int(n or 0) for n in match.groups()[1:])
    return timedelta(
        weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds
    )


def text_of(value: str, *, most: int = 300) -> str:
    """Return written text as people read it, on one line, cut at a length."""
    plain = value[: most * 4].replace("\\n", " ").replace("\\N", " ")
    plain = re.sub(r"\\([\\;,])", r"\1", plain).replace("\x00", "")
    return " ".join(plain.split())[:most]


def address_of(value: str) -> str:
    """Return the e-mail address of a person's line, in small letters; or nothing."""
    text = value.strip().strip('"')
    if text.lower().startswith("mailto:"):
        text = text[7:]
    text = text.strip().lower().replace("\x00", "")
    return text if "@" in text and " " not in text and len(text) <= 254 else ""
