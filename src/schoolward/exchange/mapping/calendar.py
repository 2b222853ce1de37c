"""Rows of a school calendar."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from schoolward.exchange.domain import Item, Record, Refusal, Row, Target
from schoolward.exchange.mapping.cells import Reader, missing, too_many_cells
from schoolward.exchange.mapping.fit import Fit
from schoolward.exchange.values import key_of


KINDS = {
    "first day": "first",
    "first day of school": "first",
    "last day": "last",
    "last day of school": "last",
    "term": "term",
    "semester": "term",
    "quarter": "term",
    "trimester": "term",
    "instructional": "instructional",
    "instructional day": "instructional",
    "school day": "instructional",
    "holiday": "holiday",
    "break": "break",
    "recess": "break",
    "vacation": "break",
    "pd": "pd",
    "pd day": "pd",
    "professional development": "pd",
    "professional development day": "pd",
    "teacher institute day": "pd",
    "closed": "closed",
    "no school": "closed",
    "weather day": "closed",
}
"""What calendars call a day, and what it is."""

_LONGEST = timedelta(days=120)
_SATURDAY = 5


def calendar_items(fit: Fit, rows: Iterable[Row]) -> Iterator[Item]:
    """Return records for each row of a calendar; a span gives one for each weekday."""
    reader = Reader(fit)
    for row in rows:
        if row.excess:
            yield too_many_cells(row)
            continue
        fields, problems = reader.read(row)
        yield from problems
        if not problems:
            yield from _items(fit, reader, row, fields)


def _items(
    fit: Fit, reader: Reader, row: Row, fields: dict[str, Any]
) -> Iterator[Item]:
    if not fields.get("day"):
        yield missing(row, heading=reader.heading("day"), label="The day")
        return
    word = str(fields.get("day_kind") or "").lower()
    kind = KINDS.get(word)
    first, last = fields["day"], fields.get("last_day") or fields["day"]
    if kind is None:
        yield _unknown_kind(reader, row)
    elif last < first or last - first > _LONGEST * (3 if kind == "term" else 1):
        yield _odd_span(reader, row)
    else:
        for about in _told(kind, first, last, str(fields.get("name") or "")[:120]):
            if school := fields.get("school_id"):
                about["school_refs"] = ((fit.map.id_kind, key_of(school)),)
            yield Record(row=row.number, target=Target.CALENDAR, fields=about)


def _told(kind: str, first: date, last: date, name: str) -> Iterator[dict[str, Any]]:
    if kind in {"first", "last"}:
        yield {"kind": kind, "day": first}
    elif kind == "term":
        yield {"kind": "term", "name": name, "first_date": first, "last_date": last}
    else:
        for day in _weekdays(first, last):
            yield {"kind": "day", "day": day, "day_kind": kind, "name": name}


def _weekdays(first: date, last: date) -> Iterator[date]:
    for count in range((last - first).days + 1):
        day = first + timedelta(days=count)
        if day.weekday() < _SATURDAY or first == last:
            yield day


def _unknown_kind(reader: Reader, row: Row) -> Refusal:
    heading = reader.heading("day_kind")
    return Refusal(
        row=row.number,
        column=heading,
        value=row.values.get(heading, "")[:200],
        reason="This is no kind of day that is known.",
        remedy="Write first day, last day, term, holiday, break, PD day, closed or instructional.",
    )


def _odd_span(reader: Reader, row: Row) -> Refusal:
    heading = reader.heading("last_day")
    return Refusal(
        row=row.number,
        column=heading,
        value=row.values.get(heading, "")[:200],
        reason="The last day lies before the first, or very long after it.",
        remedy="Correct the days; they are read with the month first.",
    )
