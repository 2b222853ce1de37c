"""Counting working days."""

from collections.abc import Container
from datetime import date, timedelta


SATURDAY = 5


def workdays_between(start: date, end: date, *, closed: Container[date]) -> int:
    """Count the days the central office is open after `start`, up to `end`.

    Args:
        start: The day the clock starts; not counted.
        end: The last day counted.
        closed: Days the office is closed.

    Returns:
        Whole days; 0 when `end` is on or before `start`.

    >>> workdays_between(date(2026, 9, 4), date(2026, 9, 8), closed={date(2026, 9, 7)})
    1
    """
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(day.weekday() < SATURDAY and day not in closed for day in days)


def add_workdays(start: date, days: int, *, closed: Container[date]) -> date:
    """Return the day that lies a number of open days after `start`.

    Args:
        start: The day the clock starts; not counted.
        days: Working days to add; at least 0.
        closed: Days the office is closed.

    Raises:
        ValueError: `days` is negative.

    >>> add_workdays(date(2026, 9, 4), 1, closed={date(2026, 9, 7)})
    datetime.date(2026, 9, 8)
    """
    if days < 0:
        msg = "Working days are counted forward: days must be 0 or more."
        raise ValueError(msg)
    day, left = start, days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY and day not in closed
    return day
