"""When an event repeats: RFC 5545 rules, reckoned in a bounded number of steps.

Reckoned in the wall time of the event's own zone, so that nine o'clock stays nine
o'clock when the clocks change. Written for bounds: a rule that never comes true costs
the days of the window, not of eight thousand years (docs/decisions).
"""

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import product

from schoolward.timeuse.domain.shapes import RefusedPartError


DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ONE_DAY = timedelta(days=1)
_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY")
_RANGES = {
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59),
    "BYSECOND": (0, 60),
    "BYSETPOS": (-366, 366),
}
_LONGEST_COUNT = 100_000


class Budget:
    """How many days the rules of one file may look at, together."""

    def __init__(self, days: int) -> None:
        """Begin with this many."""
        self.left = days

    def spend(self, days: int) -> None:
        """Take some away.

        Raises:
            RefusedPartError: None are left.
        """
        self.left -= days
        if self.left < 0:
            raise RefusedPartError(
                "The rules by which this file's events repeat would take too long to "
                "reckon.",
                "End series in your calendar that began long ago, then export again.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How an event repeats; the parts of RRULE, numbers as sets."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: str = ""
    week_start: int = 0
    days: tuple[tuple[int, int], ...] = ()
    by: dict[str, frozenset[int]]

    def has(self, name: str) -> bool:
        """Return whether a part such as BYMONTH is given."""
        return bool(self.by.get(name))


def rule_of(text: str) -> Rule:
    """Read an RRULE.

    Raises:
        RefusedPartError: It cannot be read, or repeats more often than hourly.
    """
    given = {}
    for piece in text.strip().strip(";").split(";"):
        name, _, value = piece.partition("=")
        given[name.strip().upper()] = value.strip().upper()
    frequency = given.get("FREQ", "")
    if frequency in {"SECONDLY", "MINUTELY"}:
        raise RefusedPartError(
            "It repeats every minute or every second, which no meeting does."
        )
    if frequency not in _FREQUENCIES:
        msg = f"How often it repeats cannot be read: “{text[:80]}”."
        raise RefusedPartError(msg)
    if given.get("RSCALE", "GREGORIAN") != "GREGORIAN":
        raise RefusedPartError("It repeats by another calendar than the Gregorian.")
    return Rule(
        frequency=frequency,
        interval=_number(given, "INTERVAL", text) or 1,
        count=_number(given, "COUNT", text),
        until=given.get("UNTIL", ""),
        week_start=_week_start(given.get("WKST", "MO"), text),
        days=_days(given.get("BYDAY", ""), text),
        by={name: _numbers(given, name, text) for name in _RANGES if given.get(name)},
    )


def _unreadable(text: str) -> RefusedPartError:
    return RefusedPartError(f"Its rule of repeating cannot be read: “{text[:80]}”.")


def _number(given: dict[str, str], name: str, text: str) -> int | None:
    if not given.get(name):
        return None
    if not given[name].isdecimal() or not 1 <= int(given[name][:9]) <= _LONGEST_COUNT:
        raise _unreadable(text)
    return int(given[name][:9])


def _week_start(word: str, text: str) -> int:
    if word not in DAYS:
        raise _unreadable(text)
    return DAYS.index(word)


def _days(words: str, text: str) -> tuple[tuple[int, int], ...]:
    found = []
    for word in words.split(",") if words else ():
        match = _DAY.fullmatch(word.strip())
        if match is None:
            raise _unreadable(text)
        found.append((int(match[1] or 0), DAYS.index(match[2])))
    return tuple(found)


def _numbers(given: dict[str, str], name: str, text: str) -> frozenset[int]:
    low, high = _RANGES[name]
    try:
        found = frozenset(int(word) for word in given[name][:2000].split(","))
    except ValueError:
        raise _unreadable(text) from None
    if any(not low <= one <= high for one in found):
        raise _unreadable(text)
    return found


def moments(
    rule: Rule,
    start: datetime,
    *,
    first: datetime,
    last: datetime,
    budget: Budget,
) -> Iterator[datetime]:
    """Yield when a series takes place, in wall time without a zone.

    Args:
        rule: How it repeats.
        start: When it begins.
        first: Where to begin looking; earlier moments may still be yielded.
        last: The last moment wanted, itself included.
        budget: What the file may still cost.
    """
    left = rule.count
    for batch in _batches(rule, start, first=first, last=last, budget=budget):
        for moment in batch:
            if moment < start:
                continue
            if moment > last or left == 0:
                return
            left = None if left is None else left - 1
            yield moment


def _batches(
    rule: Rule, start: datetime, *, first: datetime, last: datetime, budget: Budget
) -> Iterator[list[datetime]]:
    """Yield the moments of each year, month, week, day or hour that has its turn."""
    step = 0 if rule.count else max(0, _steps_before(rule, start, first))
    times = _times(rule, start)
    while (begun := _period(rule, start, step)) is not None and begun <= last:
        days = _days_of(rule, begun)
        budget.spend(len(days) + 1)
        kept = [day for day in days if _fits(rule, day, start)]
        budget.spend(len(kept) * len(times))
        batch = _timed(rule, kept, begun=begun, times=times)
        if rule.has("BYSETPOS"):
            batch = _picked(batch, rule.by["BYSETPOS"])
        yield batch
        step += 1


def _steps_before(rule: Rule, start: datetime, first: datetime) -> int:
    """Return how many turns may be passed over before `first`, one kept for safety."""
    days = (first.date() - start.date()).days
    apart = {
        "YEARLY": first.year - start.year,
        "MONTHLY": (first.year - start.year) * 12 + first.month - start.month,
        "WEEKLY": days // 7,
        "DAILY": days,
        "HOURLY": days * 24 - 24,
    }[rule.frequency]
    return apart // rule.interval - 1


def _period(rule: Rule, start: datetime, step: int) -> datetime | None:
    """Return where a turn begins; None beyond the end of the calendar."""
    turned = step * rule.interval
    try:
        return _BEGUN[rule.frequency](rule, start, turned)
    except (ValueError, OverflowError):
        return None


def _year_begun(_rule: Rule, start: datetime, turned: int) -> datetime:
    return _midnight(date(start.year + turned, 1, 1))


def _month_begun(_rule: Rule, start: datetime, turned: int) -> datetime:
    months = start.year * 12 + start.month - 1 + turned
    return _midnight(date(months // 12, months % 12 + 1, 1))


def _week_begun(rule: Rule, start: datetime, turned: int) -> datetime:
    back = (start.weekday() - rule.week_start) % 7
    return _midnight(start.date()) - timedelta(days=back) + timedelta(weeks=turned)


def _day_begun(_rule: Rule, start: datetime, turned: int) -> datetime:
    return _midnight(start.date()) + timedelta(days=turned)


def _hour_begun(_rule: Rule, start: datetime, turned: int) -> datetime:
    return start.replace(minute=0, second=0) + timedelta(hours=turned)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)


_BEGUN: dict[str, Callable[[Rule, datetime, int], datetime]] = {
    "YEARLY": _year_begun,
    "MONTHLY": _month_begun,
    "WEEKLY": _week_begun,
    "DAILY": _day_begun,
    "HOURLY": _hour_begun,
}


def _days_of(rule: Rule, begun: datetime) -> list[date]:
    day = begun.date()
    if rule.frequency == "YEARLY":
        months = sorted(rule.by.get("BYMONTH") or range(1, 13))
        return [one for month in months for one in _month(day.year, month)]
    if rule.frequency == "MONTHLY":
        return _month(day.year, day.month)
    if rule.frequency == "WEEKLY":
        return [day + timedelta(days=n) for n in range(7)]
    return [day]


def _month(year: int, month: int) -> list[date]:
    length = calendar.monthrange(year, month)[1]
    return [date(year, month, n) for n in range(1, length + 1)]


def _fits(rule: Rule, day: date, start: datetime) -> bool:
    """Return whether a day meets every part of the rule."""
    if rule.has("BYMONTH") and day.month not in rule.by["BYMONTH"]:
        return False
    return (
        _fits_number(rule, "BYMONTHDAY", day.day, _length_of_month(day))
        and _fits_number(
            rule, "BYYEARDAY", day.timetuple().tm_yday, _length_of_year(day)
        )
        and _fits_week(rule, day)
        and _fits_weekday(rule, day)
        and _fits_start(rule, day, start)
    )


def _fits_number(rule: Rule, name: str, number: int, length: int) -> bool:
    wanted = rule.by.get(name)
    return not wanted or number in wanted or number - length - 1 in wanted


def _length_of_month(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _length_of_year(day: date) -> int:
    return 366 if calendar.isleap(day.year) else 365


def _fits_week(rule: Rule, day: date) -> bool:
    """Return whether a day lies in one of the weeks of its year."""
    wanted = rule.by.get("BYWEEKNO")
    if not wanted:
        return True
    openings = (_first_week(day.year + n, rule.week_start) for n in (1, 0, -1))
    opening = next(one for one in openings if one <= day)
    following = _first_week((opening + timedelta(days=4)).year + 1, rule.week_start)
    number, weeks = (day - opening).days // 7 + 1, (following - opening).days // 7
    return number in wanted or number - weeks - 1 in wanted


def _first_week(year: int, week_start: int) -> date:
    """Return where the first week with four days of a year begins."""
    fourth = date(year, 1, 4)
    return fourth - timedelta(days=(fourth.weekday() - week_start) % 7)


def _fits_weekday(rule: Rule, day: date) -> bool:
    if not rule.days:
        return True
    return any(
        day.weekday() == weekday and (not nth or _is_nth(rule, day, nth))
        for nth, weekday in rule.days
    )


def _is_nth(rule: Rule, day: date, nth: int) -> bool:
    """Return whether a day is, say, the second Tuesday of its month or year."""
    in_year = rule.frequency == "YEARLY" and not rule.has("BYMONTH")
    if rule.frequency not in {"YEARLY", "MONTHLY"}:
        return True
    number = day.timetuple().tm_yday if in_year else day.day
    length = _length_of_year(day) if in_year else _length_of_month(day)
    place = (number - 1) // 7 + 1 if nth > 0 else -((length - number) // 7 + 1)
    return place == nth


def _fits_start(rule: Rule, day: date, start: datetime) -> bool:
    """Return whether what the rule leaves open is as at the start."""
    says_day = rule.days or any(
        rule.has(name) for name in ("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO")
    )
    if says_day:
        by_week_only = rule.has("BYWEEKNO") and not rule.days
        return not by_week_only or day.weekday() == start.weekday()
    if rule.frequency == "WEEKLY":
        return day.weekday() == start.weekday()
    if rule.frequency == "MONTHLY":
        return day.day == start.day
    if rule.frequency == "YEARLY":
        in_month = rule.has("BYMONTH") or day.month == start.month
        return in_month and day.day == start.day
    return True


def _times(rule: Rule, start: datetime) -> list[time]:
    """Return the times of day."""
    hours = sorted(rule.by.get("BYHOUR") or {start.hour})
    minutes = sorted(rule.by.get("BYMINUTE") or {start.minute})
    seconds = sorted(rule.by.get("BYSECOND") or {start.second})
    found = [time(h, m, min(s, 59)) for h, m, s in product(hours, minutes, seconds)]
    if len(found) > 96:
        raise RefusedPartError("It repeats more than 96 times a day.")
    return found


def _timed(
    rule: Rule, days: list[date], *, begun: datetime, times: list[time]
) -> list[datetime]:
    if rule.frequency != "HOURLY":
        return [datetime.combine(day, one) for day in days for one in times]
    if rule.has("BYHOUR") and begun.hour not in rule.by["BYHOUR"]:
        return []
    return [
        datetime.combine(day, one.replace(hour=begun.hour))
        for day in days
        for one in {t.replace(hour=0): t for t in times}.values()
    ]


def _picked(batch: list[datetime], wanted: frozenset[int]) -> list[datetime]:
    places = {n - 1 if n > 0 else len(batch) + n for n in wanted if n}
    return [batch[n] for n in sorted(places) if 0 <= n < len(batch)]
