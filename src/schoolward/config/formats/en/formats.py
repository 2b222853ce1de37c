"""Dates as every page writes them: "Nov 19, 2026", "Nov 19, 2026, 4:55 PM"."""

DATE_FORMAT = "M j, Y"
TIME_FORMAT = "g:i A"
DATETIME_FORMAT = "M j, Y, g:i A"
