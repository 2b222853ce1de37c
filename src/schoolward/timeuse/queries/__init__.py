"""Reads for the pages of one's own time."""

from schoolward.timeuse.queries.sorting import own_rules, shared_rules
from schoolward.timeuse.queries.weeks import (
    A_WEEK,
    CalendarLine,
    DayOfWeek,
    Meeting,
    Week,
    calendar_of,
    calendars,
    monday_of,
    week,
)


__all__ = [
    "A_WEEK",
    "CalendarLine",
    "DayOfWeek",
    "Meeting",
    "Week",
    "calendar_of",
    "calendars",
    "monday_of",
    "own_rules",
    "shared_rules",
    "week",
]
