"""The two shares of time, never merged (M2), and each minute given to one category."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from schoolward.timeuse.domain.categories import (
    FOR_LEADERSHIP,
    WITH_PRINCIPALS,
    Category,
)
from schoolward.timeuse.domain.minutes import minutes_by_day


@dataclass(frozen=True, slots=True)
class Spent:
    """A stretch of time and what it was for.

    Attributes:
        has_principal: Whether one of one's own principals was asked.
    """

    start: datetime
    end: datetime
    category: Category
    has_principal: bool = False

    @property
    def is_with_principals(self) -> bool:
        """Return whether it counts in the first share."""
        is_own = self.category is Category.PERSONAL
        return not is_own and (self.has_principal or self.category in WITH_PRINCIPALS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Where the minutes of contact days went.

    Attributes:
        contact_days: Days of school among those looked at.
        minutes: Minutes at work in the calendar on these days; personal time left out.
        with_principals: Of them, with principals, whatever for.
        for_leadership: Of them, for principals' instructional leadership.
        by_category: Minutes of each category that has any; together they are `minutes`
            and personal time.
    """

    contact_days: int
    minutes: int
    with_principals: int
    for_leadership: int
    by_category: tuple[tuple[Category, int], ...]

    def share(self, part: int) -> float | None:
        """Return a part of the minutes, 0 to 1; None when there are none."""
        return part / self.minutes if self.minutes else None


def shares(
    spent: Iterable[Spent], *, contact_days: Collection[date], zone: ZoneInfo
) -> Shares:
    """Count the minutes of contact days, each once.

    Where events of different categories overlap, a minute is given to the one that comes
    first in the order of `Category`: leadership before the rest, personal time last.
    """
    known = list(spent)

    def counted(kept: Iterable[Spent]) -> int:
        return _on_days(kept, contact_days, zone)

    given: list[tuple[Category, int]] = []
    so_far: list[Spent] = []
    reached = 0
    for category in Category:
        so_far += [one for one in known if one.category is category]
        before, reached = reached, counted(so_far)
        if reached > before:
            given.append((category, reached - before))
    return Shares(
        contact_days=len(contact_days),
        minutes=counted(one for one in known if one.category is not Category.PERSONAL),
        with_principals=counted(one for one in known if one.is_with_principals),
        for_leadership=counted(one for one in known if one.category in FOR_LEADERSHIP),
        by_category=tuple(given),
    )


def _on_days(
    kept: Iterable[Spent], contact_days: Collection[date], zone: ZoneInfo
) -> int:
    """Return the minutes of the union on these days."""
    if not contact_days:
        return 0
    stretches = [(one.start, one.end) for one in kept]
    by_day = minutes_by_day(
        stretches, first=min(contact_days), last=max(contact_days), zone=zone
    )
    return sum(by_day[day] for day in contact_days)
