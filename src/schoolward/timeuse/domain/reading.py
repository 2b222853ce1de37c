"""A whole calendar file, read: series expanded within a window, exceptions applied.

Bounded in memory and time whatever the file says: bytes, events, instances and the days
that rules look at have limits, and each limit refuses with a sentence.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from schoolward.timeuse.domain.events import Event, event_of
from schoolward.timeuse.domain.lines import Parts, parts_of
from schoolward.timeuse.domain.repeating import Budget, Rule, moments
from schoolward.timeuse.domain.shapes import (
    NO_WORDS,
    Occurrence,
    Reading,
    RefusedPartError,
    Status,
    UnreadableCalendarError,
    Window,
)
from schoolward.timeuse.domain.values import Stamp, key_of, text_of
from schoolward.timeuse.domain.zones import Zones, wall_of


LAST = datetime.max  # noqa: DTZ901 - on a clock without a zone
MOST_OCCURRENCES = 100_000
MOST_OF_ONE = 5_000
MOST_DAYS = 1_000_000
"""Days that all rules of one file may look at."""


@dataclass(slots=True)
class _Family:
    """The event of one id, and what replaces single instances of it."""

    series: Event | None = None
    exceptions: dict[str, Event] = field(default_factory=dict)

    def take(self, one: Event) -> None:
        """Take an event in; of two for the same instance, the later revision stays."""
        if one.replaces is None:
            if self.series is None or one.sequence >= self.series.sequence:
                self.series = one
            return
        earlier = self.exceptions.get(one.replaces.key)
        if earlier is None or one.sequence >= earlier.sequence:
            self.exceptions[one.replaces.key] = one


def read_calendar(
    content: bytes, *, home: ZoneInfo, window: Window, owner: str = ""
) -> Reading:
    """Read an .ics file of any maker.

    Args:
        content: The file.
        home: The district's zone, for times that name none and for whole days.
        window: Of which moments instances are wanted.
        owner: The e-mail address of the calendar's owner.

    Raises:
        UnreadableCalendarError: It is no calendar, or too much of one.
    """
    parts = parts_of(content)
    zones = Zones(parts.zones, home=home, until=window.end)
    families = _families(parts, zones, owner=owner)
    found: list[Occurrence] = []
    budget = Budget(MOST_DAYS)
    for uid, family in families.items():
        found += _expanded(uid, family, window=window, budget=budget, parts=parts)
        _refuse_too_many(len(found))
    return Reading(
        name=text_of(parts.name, most=120),
        events=sum(bool(one.series or one.exceptions) for one in families.values()),
        occurrences=tuple(sorted(found, key=lambda one: (one.starts_at, one.uid))),
        refused=tuple(parts.refused),
    )


def _refuse_too_many(count: int) -> None:
    if count > MOST_OCCURRENCES:
        msg = (
            f"The file holds more than {MOST_OCCURRENCES:,} meetings in this time. "
            "Choose a shorter time, such as one school year."
        )
        raise UnreadableCalendarError(msg)


def _families(parts: Parts, zones: Zones, *, owner: str) -> dict[str, _Family]:
    families: dict[str, _Family] = defaultdict(_Family)
    for component in parts.events:
        try:
            one = event_of(component, zones, owner=owner)
        except RefusedPartError as refusal:
            parts.refuse(component.label, refusal.reason, refusal.remedy)
        else:
            families[one.uid].take(one)
    return families


def _expanded(
    uid: str, family: _Family, *, window: Window, budget: Budget, parts: Parts
) -> list[Occurrence]:
    """Return a family's instances in the window; a refused series keeps its exceptions."""
    found: dict[str, Occurrence] = {}
    series = family.series
    if series is not None:
        try:
            for one in _instances(series, window=window, budget=budget):
                found[one.key] = one
                _refuse_too_many_of_one(len(found))
        except RefusedPartError as refusal:
            found.clear()
            family.series = None
            parts.refuse(series.label, refusal.reason, refusal.remedy)
    for exception in family.exceptions.values():
        _take_place_of(found, exception, series=series, window=window)
    return [replace(one, uid=uid) for one in found.values()]


def _refuse_too_many_of_one(count: int) -> None:
    if count > MOST_OF_ONE:
        msg = f"It takes place more than {MOST_OF_ONE:,} times in this time."
        raise RefusedPartError(
            msg,
            "Choose a shorter time, or repeat it less often.",
        )


def _take_place_of(
    found: dict[str, Occurrence],
    one: Event,
    *,
    series: Event | None,
    window: Window,
) -> None:
    """Put an exception where its instance stood; moved out of the window, it is gone."""
    planned = one.replaces or one.start
    key = _instance_key(planned, series)
    found.pop(key, None)
    begins, ends = one.stretch(one.start.wall)
    if not window.touches(begins, ends):
        return
    hides = one.is_private or (series is not None and series.is_private)
    occurrence = _occurrence(one, key, begins, ends)
    if hides:
        occurrence = replace(occurrence, is_private=True, words=NO_WORDS)
    if series is not None and series.status is Status.CANCELLED:
        occurrence = replace(occurrence, status=Status.CANCELLED)
    found[key] = replace(occurrence, repeats=True)


def _instance_key(planned: Stamp, series: Event | None) -> str:
    """Return the key of the instance meant; some makers name only its day."""
    if series is None or not planned.is_day or series.start.is_day:
        return planned.key
    wall = datetime.combine(planned.wall.date(), series.start.wall.time())
    return key_of(wall, zone=series.start.zone, is_day=False)


def _instances(one: Event, *, window: Window, budget: Budget) -> Iterator[Occurrence]:
    if not one.repeats:
        begins, ends = one.stretch(one.start.wall)
        if window.touches(begins, ends):
            yield _occurrence(one, one.start.key, begins, ends)
        return
    gone_keys = {_instance_key(stamp, one) for stamp in one.left_out}
    for wall in _walls(one, window=window, budget=budget):
        key = key_of(wall, zone=one.start.zone, is_day=one.start.is_day)
        begins, ends = one.stretch(wall)
        if key not in gone_keys and window.touches(begins, ends):
            yield _occurrence(one, key, begins, ends)


def _walls(one: Event, *, window: Window, budget: Budget) -> Iterable[datetime]:
    """Return when a series takes place, in its own wall time, each moment once.

    The first moment always counts, also where the rule does not produce it, as makers
    show it.
    """
    zone = one.start.zone
    first = zone.to_wall(window.start) - one.length - timedelta(days=1)
    last = zone.to_wall(window.end)
    found = {one.start.wall} | {_as_wall(stamp, one) for stamp in one.extra}
    for rule in one.rules:
        end = min(last, _until(rule, one))
        for wall in moments(rule, one.start.wall, first=first, last=end, budget=budget):
            if wall >= first:
                found.add(wall)
                _refuse_too_many_of_one(len(found))
    return sorted(found)


def _as_wall(stamp: Stamp, one: Event) -> datetime:
    """Return a listed moment on the series' own clock; a mere day at its usual hour."""
    if one.start.is_day:
        return datetime.combine(stamp.wall.date(), time.min)
    if stamp.is_day:
        return datetime.combine(stamp.wall.date(), one.start.wall.time())
    return one.start.zone.to_wall(stamp.utc)


def _until(rule: Rule, one: Event) -> datetime:
    """Return the last moment a rule allows, on the series' own clock."""
    text = rule.until
    if not text:
        return LAST
    if len(text) == 8 and text.isdecimal():
        text += "T235959"
    wall = wall_of(text)
    if wall is None:
        msg = f"The end of its series cannot be read: “{text[:40]}”."
        raise RefusedPartError(msg)
    if not text.endswith("Z") or one.start.is_day:
        return wall
    return one.start.zone.to_wall(wall.replace(tzinfo=UTC))


def _occurrence(one: Event, key: str, begins: datetime, ends: datetime) -> Occurrence:
    return Occurrence(
        uid=one.uid,
        key=key,
        starts_at=begins,
        ends_at=max(begins, ends),
        all_day=one.start.is_day,
        status=one.status,
        is_busy=one.is_busy,
        is_private=one.is_private,
        repeats=one.repeats,
        words=one.words,
    )
