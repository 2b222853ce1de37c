"""The only place that reads the clock.

A demo district's clock stands on one day of its school year, so that what it shows
is the same whatever the day: the time of day runs, the date does not.
"""

from datetime import date, datetime
from functools import cache

from django.db import DatabaseError
from django.utils import timezone

from schoolward.base.models import DemoMark


def now() -> datetime:
    """Return the present moment, aware, in the district's time zone."""
    moment = timezone.localtime(timezone.now())
    standing = standing_day()
    if standing is None:
        return moment
    return moment.replace(year=standing.year, month=standing.month, day=standing.day)


def today() -> date:
    """Return the present day in the district's time zone."""
    return now().date()


def real_now() -> datetime:
    """Return the true moment, demo or not: for sessions and lockouts."""
    return timezone.now()


@cache
def standing_day() -> date | None:
    """Return the day a demo district stands on, or None in a real one."""
    try:
        mark = DemoMark.objects.order_by("pk").first()
    except DatabaseError:
        return None
    return mark.today if mark else None


def forget_standing_day() -> None:
    """Read the demo mark anew: after `demo`, `restore` and in tests."""
    standing_day.cache_clear()
