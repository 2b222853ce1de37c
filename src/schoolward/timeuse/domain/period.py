"""Which days a calendar file is read for."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from schoolward.kernel.schoolyear import SchoolYear
from schoolward.timeuse.domain.minutes import midnight
from schoolward.timeuse.domain.shapes import Window


LONGEST_YEARS = 5
EARLIEST = date(1990, 1, 1)
LATEST = date(2100, 1, 1)


class PeriodError(ValueError):
    """The days asked for make no period; the text says what to do."""


def window_of(
    first: date | None, last: date | None, *, today: date, zone: ZoneInfo
) -> Window:
    """Return the moments from a first day up to and with a last.

    Without them: the last school year and this one, from July 1 to June 30.

    Raises:
        PeriodError: They are the wrong way round, too far apart, or centuries away.
    """
    year = SchoolYear.of(today)
    first = first or year.previous.first_day
    last = last or year.last_day
    if last < first:
        raise PeriodError("The last day lies before the first. Swap the two.")
    if not EARLIEST <= first <= last <= LATEST:
        raise PeriodError("Choose days between 1990 and 2100.")
    if (last - first).days > LONGEST_YEARS * 366:
        msg = f"Choose at most {LONGEST_YEARS} years at a time."
        raise PeriodError(msg)
    return Window(midnight(first, zone), midnight(last + timedelta(days=1), zone))
