"""Minutes: the union of stretches of time, never counted twice, by local day."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


Stretch = tuple[datetime, datetime]
"""From one moment up to, not including, another; both aware."""

ONE_DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def union(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Return stretches joined where they overlap or touch, by time.

    >>> nine, ten, noon = (datetime(2026, 9, 1, h, tzinfo=UTC) for h in (9, 10, 12))
    >>> union([(nine, noon), (ten, noon)]) == [(nine, noon)]
    True
    """
    joined: list[Stretch] = []
    for start, end in sorted(one for one in stretches if one[0] < one[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment a local day begins, in UTC."""
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def minutes_by_day(
    stretches: Iterable[Stretch], *, first: date, last: date, zone: ZoneInfo
) -> dict[date, int]:
    """Count the minutes that any of the stretches takes, for each local day.

    A day on which the clocks change has 23 or 25 hours; a stretch over midnight counts
    on both days; seconds are added up before they are cut to whole minutes.

    Args:
        stretches: Aware moments, in any order, overlapping as they like.
        first: The first day counted.
        last: The last day counted.
        zone: Where the days are days.

    Returns:
        Every day from first to last, 0 where nothing was.
    """
    joined = union((a.astimezone(UTC), b.astimezone(UTC)) for a, b in stretches)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return {
        day: _within(joined, midnight(day, zone), midnight(day + ONE_DAY, zone))
        for day in days
    }


def _within(joined: Iterable[Stretch], start: datetime, end: datetime) -> int:
    taken = (min(b, end) - max(a, start) for a, b in joined if a < end and b > start)
    return sum(taken, timedelta()) // MINUTE


def spoken(minutes: int) -> str:
    """Return minutes as people say them.

    >>> [spoken(n) for n in (0, 45, 60, 150)]
    ['0 min', '45 min', '1 h', '2 h 30 min']
    """
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] if hours else []
    if rest or not hours:
        parts.append(f"{rest} min")
    return " ".join(parts)
