"""Time zones by any name a maker gives them, and those a file describes itself."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from schoolward.timeuse.domain.lines import Component
from schoolward.timeuse.domain.repeating import Budget, moments, rule_of
from schoolward.timeuse.domain.shapes import RefusedPartError
from schoolward.timeuse.domain.windows import WINDOWS


_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2}):?(\d{2})?")
_GMT = re.compile(r"\(?(?:UTC|GMT)([+-]\d{1,2}):?(\d{2})?\)?(.*)")
_WALL = re.compile(r"(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})?")
MOST_LISTED = 200_000
"""Extra and left-out days that all events of one file may list together."""
SHOWN = {
    "Eastern Time": "America/New_York",
    "Central Time": "America/Chicago",
    "Mountain Time": "America/Denver",
    "Arizona": "America/Phoenix",
    "Pacific Time": "America/Los_Angeles",
    "Alaska": "America/Anchorage",
    "Hawaii": "Pacific/Honolulu",
    "Atlantic Time": "America/Halifax",
}
"""What Outlook shows for zones of the United States, after the offset."""
MOST_CHANGES = 1_000
"""Changes of clocks that one described zone may have."""


class Zone(Protocol):
    """A place's clocks."""

    def to_utc(self, wall: datetime) -> datetime:
        """Return the moment at which the clock shows a time."""
        ...

    def to_wall(self, moment: datetime) -> datetime:
        """Return what the clock shows at a moment, without a zone."""
        ...


@dataclass(frozen=True, slots=True)
class NamedZone:
    """A zone of the world's list."""

    zone: ZoneInfo

    def to_utc(self, wall: datetime) -> datetime:
        """Return the moment; an hour that the clocks leave out is read as before it.

        >>> chicago = NamedZone(ZoneInfo("America/Chicago"))
        >>> chicago.to_utc(datetime(2026, 3, 8, 2, 30)).isoformat()
        '2026-03-08T08:30:00+00:00'
        """
        return wall.replace(tzinfo=self.zone).astimezone(UTC)

    def to_wall(self, moment: datetime) -> datetime:
        """Return what the clock shows."""
        return moment.astimezone(self.zone).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class DescribedZone:
    """A zone that a file describes: from which moments which offset holds.

    Attributes:
        walls: When each change comes, on the clock as it stood before; rising.
        changes: The offsets before and after each.
    """

    walls: tuple[datetime, ...]
    changes: tuple[tuple[timedelta, timedelta], ...]

    def to_utc(self, wall: datetime) -> datetime:
        """Return the moment; an hour that the clocks leave out is read as before it."""
        at = bisect_right(self.walls, wall) - 1
        before, after = self.changes[max(at, 0)]
        is_left_out = at >= 0 and wall < self.walls[at] + (after - before)
        offset = before if at < 0 or is_left_out else after
        return (wall - offset).replace(tzinfo=UTC)

    def to_wall(self, moment: datetime) -> datetime:
        """Return what the clock shows."""
        bare = moment.astimezone(UTC).replace(tzinfo=None)
        passed = [
            after
            for wall, (before, after) in zip(self.walls, self.changes, strict=True)
            if wall - before <= bare
        ]
        return bare + (passed[-1] if passed else self.changes[0][0])


UTC_ZONE = NamedZone(ZoneInfo("UTC"))


class Zones:
    """Finds zones for one file, each once."""

    def __init__(
        self, described: Iterable[Component], *, home: ZoneInfo, until: datetime
    ) -> None:
        """Know what the file describes; `home` is the district's own zone."""
        self.home: Zone = NamedZone(home)
        self._described = {one.text("TZID").strip('"'): one for one in described}
        self._until = until.replace(tzinfo=None)
        self._budget = Budget(500_000)
        self.left_to_list = MOST_LISTED
        self._found: dict[str, Zone] = {}

    def named(self, name: str) -> Zone:
        """Return the zone of a TZID.

        Raises:
            RefusedPartError: Nobody knows it.
        """
        name = name.strip().strip('"')
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def _find(self, name: str) -> Zone:
        tries: tuple[Callable[[str], Zone | None], ...] = (
            _of_the_list,
            _of_windows,
            self._of_the_file,
            _of_an_offset,
        )
        for find in tries:
            zone = find(name)
            if zone is not None:
                return zone
        msg = (
            f"It is in the time zone “{name[:60]}”, which neither the file nor the "
            "world's list of zones describes."
        )
        raise RefusedPartError(
            msg,
            "Choose a zone such as America/Chicago for it in your calendar.",
        )

    def _of_the_file(self, name: str) -> Zone | None:
        one = self._described.get(name)
        if one is None:
            return None
        return _of_the_list(one.text("X-LIC-LOCATION")) or _described(
            one, until=self._until, budget=self._budget
        )


def _of_the_list(name: str) -> Zone | None:
    """Find a name of the world's list, also after a maker's prefix.

    >>> _of_the_list("/mozilla.org/20050126_1/Europe/Berlin").zone.key
    'Europe/Berlin'
    """
    pieces = [piece for piece in name.split("/") if piece]
    for count in range(min(3, len(pieces)), 0, -1):
        zone = _zone("/".join(pieces[-count:]))
        if zone is not None:
            return zone
        if count == len(pieces) == 1:
            break
    return None


def _zone(key: str) -> Zone | None:
    try:
        return NamedZone(ZoneInfo(key))
    except (LookupError, ValueError, OSError):
        return None


def _of_windows(name: str) -> Zone | None:
    key = WINDOWS.get(name)
    return _zone(key) if key else None


def _of_an_offset(name: str) -> Zone | None:
    """Read a bare offset, "GMT-0600", and Outlook's "(UTC-06:00) Central Time (US …)".

    A name with words is only trusted where the words are known: an offset alone would
    be an hour wrong for half the year.
    """
    match = _GMT.fullmatch(name)
    if match is None:
        return None
    words = match[3].strip()
    if words:
        known = (key for start, key in SHOWN.items() if words.startswith(start))
        return _zone(next(known, ""))
    hours = int(match[1])
    minutes = int(match[2] or 0) * (-1 if hours < 0 else 1)
    offset = timedelta(hours=hours, minutes=minutes)
    return DescribedZone((datetime(1, 1, 2),), ((offset, offset),))  # noqa: DTZ001


def offset_of(text: str) -> timedelta | None:
    """Read an offset from UTC; None for what is none.

    >>> offset_of("-0600")
    datetime.timedelta(days=-1, seconds=64800)
    """
    match = _OFFSET.fullmatch(text.strip())
    if match is None or int(match[2]) > 23:
        return None
    size = timedelta(
        hours=int(match[2]), minutes=int(match[3]), seconds=int(match[4] or 0)
    )
    return -size if match[1] == "-" else size


def wall_of(text: str) -> datetime | None:
    """Read a time on a clock, such as 20260901T090000; None for what is none."""
    match = _WALL.fullmatch(text.strip().removesuffix("Z"))
    if match is None:
        return None
    try:
        return datetime(*(int(piece or 0) for piece in match.groups()))  # type: ignore[arg-type] # noqa: DTZ001
    except ValueError:
        return None


def _described(one: Component, *, until: datetime, budget: Budget) -> Zone | None:
    """Return the zone a VTIMEZONE describes; None when it cannot be read."""
    found: dict[datetime, tuple[timedelta, timedelta]] = {}
    for part in one.parts:
        before = offset_of(part.text("TZOFFSETFROM"))
        after = offset_of(part.text("TZOFFSETTO"))
        if before is None or after is None:
            return None
        for wall in _onsets(part, until=until, budget=budget):
            found[wall] = (before, after)
    walls = tuple(sorted(found))[-MOST_CHANGES:]
    return DescribedZone(walls, tuple(found[w] for w in walls)) if walls else None


def _onsets(part: Component, *, until: datetime, budget: Budget) -> list[datetime]:
    start = wall_of(part.text("DTSTART"))
    if start is None:
        return []
    rows = part.properties.get("RDATE", [])
    given = [wall_of(text) for row in rows for text in row.value.split(",")]
    known = [start, *(wall for wall in given if wall is not None)][:MOST_CHANGES]
    text = part.text("RRULE")
    if text:
        begin = max(start, until - timedelta(days=36_525))
        rule = rule_of(text)
        last = min(until, wall_of(rule.until) or until) + timedelta(days=1)
        known += moments(rule, start, first=begin, last=last, budget=budget)
    return known
