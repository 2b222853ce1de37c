"""Lists over many schools: an indicator's values, what moved, what is stale, what is missing."""

import base64
import binascii
import json
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Literal

from schoolward.kernel.schoolyear import SchoolYear
from schoolward.scorecards.domain import CursorError, PlaceKind
from schoolward.scorecards.measures import reading
from schoolward.scorecards.measures.reading import Asked, Shown
from schoolward.scorecards.measures.rollups import Level
from schoolward.scorecards.models import FactFile, FactFileState
from schoolward.scorecards.queries.catalogue import Open, open_catalogue
from schoolward.scorecards.queries.places import NetworkAs, network_level
from schoolward.scorecards.readings import (
    DASH,
    DataGap,
    IndicatorLine,
    Moved,
    PlaceValue,
    Reading,
    Restatement,
    StaleValue,
    ValuePage,
    reading_of,
    signal_of,
)


def indicator_values(  # noqa: PLR0913
    key: str,
    *,
    place: Literal["school", "network", "district"],
    place_id: int | None = None,
    period: str = "",
    group: str | None = "",
    network_as: NetworkAs = "today",
    school_ids: frozenset[int] | None = None,
    after: str = "",
    limit: int | None = 100,
) -> ValuePage:
    """Return one page of an indicator's values, by period, place and group.

    Args:
        key: The indicator.
        place: Of schools, networks or the district.
        place_id: One place; None for all.
        period: One school year; "" for all.
        group: One group; None for all.
        network_as: Networks with their schools of then or of today.
        school_ids: Only these schools: those the reader may see; None for all.
        after: The cursor of the page before.
        limit: How many; None for all.

    Raises:
        CursorError: `after` is no cursor of such a list.
    """
    opened = open_catalogue(active_only=False, key=key)
    line = opened.lines.get(key)
    if line is None:
        return ValuePage(items=(), next_cursor=None)
    asked = Asked(
        key=key,
        level=_level(place, network_as),
        place_id=place_id,
        period=period,
        group=group,
        schools=school_ids if place == "school" else None,
        after=_read_cursor(after),
    )
    rows = reading.page(
        opened.shelves, asked, limit=None if limit is None else limit + 1
    )
    shown = rows if limit is None else rows[:limit]
    items = tuple(_place_value(row, line, place) for row in shown)
    more = len(rows) > len(shown)
    return ValuePage(items=items, next_cursor=_cursor(shown[-1]) if more else None)


def places_with_values(
    key: str,
    *,
    place: Literal["school", "network"],
    period: str,
    group: str = "",
    network_as: NetworkAs = "today",
) -> frozenset[int]:
    """Return the places of which an indicator says anything in a period and group."""
    opened = open_catalogue(active_only=False, key=key)
    asked = Asked(key=key, level=_level(place, network_as), period=period, group=group)
    return frozenset(reading.places_of(opened.shelves, asked))


def _level(place: str, network_as: NetworkAs) -> Level:
    if place == PlaceKind.NETWORK:
        return network_level(network_as)
    return Level.SCHOOL if place == PlaceKind.SCHOOL else Level.DISTRICT


def _place_value(row: Shown, line: IndicatorLine, place: str) -> PlaceValue:
    return PlaceValue(
        place_kind=place,
        place_id=row.place_id,
        group=row.group,
        reading=reading_of(row, line),
    )


def _cursor(row: Shown) -> str:
    text = json.dumps([row.period, row.place_id, row.group])
    return base64.urlsafe_b64encode(text.encode()).decode()


def _read_cursor(cursor: str) -> tuple[str, int, str] | None:
    if not cursor:
        return None
    try:
        period, place, group = json.loads(base64.urlsafe_b64decode(cursor))
        return str(period), int(str(place)[:18]), str(group)
    except (ValueError, TypeError, binascii.Error) as error:
        msg = "This is no cursor of this list. Take the one that the last page gave."
        raise CursorError(msg) from error


def latest_readings(
    school_ids: Collection[int], *, keys: Collection[str]
) -> Mapping[tuple[int, str], Reading]:
    """Return the latest reading of each of these indicators for each of these schools."""
    opened = open_catalogue()
    rows = reading.latest(opened.shelves, schools=school_ids, keys=keys)
    return {
        (row.place_id, row.indicator): reading_of(row, opened.lines[row.indicator])
        for row in rows
    }


def moved_beyond_limits(
    school_ids: Collection[int], *, limit: int = 50
) -> tuple[Moved, ...]:
    """Return the latest values of these schools that lie beyond what is usual.

    Those that moved the worse way come first, then the better, then the others.
    """
    opened = open_catalogue()
    rows = reading.latest(opened.shelves, schools=school_ids, only_signals=True)
    found = [moved for row in rows if (moved := _moved(row, opened))]
    found.sort(key=_by_weight)
    return tuple(found[:limit])


def _moved(row: Shown, opened: Open) -> Moved | None:
    line = opened.lines[row.indicator]
    signal = signal_of(row, line)
    if signal is None:
        return None
    return Moved(
        school_id=row.place_id,
        indicator=line,
        reading=reading_of(row, line),
        signal=signal,
    )


def _by_weight(moved: Moved) -> tuple[int, str, str, int]:
    order = {False: 0, True: 1, None: 2}[moved.signal.is_better]
    newest = "".join(chr(0x10FFFF - ord(one)) for one in moved.reading.period)
    return order, newest, moved.indicator.name, moved.school_id


def stale_or_missing(
    school_ids: Collection[int], *, today: date
) -> tuple[StaleValue, ...]:
    """Return indicators whose last value of a school is older than that of others.

    Args:
        school_ids: The schools.
        today: A value of the present or the last school year is never stale.
    """
    opened = open_catalogue()
    fresh = str(SchoolYear.of(today).previous)
    newest = {
        key: max(contents["periods"])
        for key, contents in opened.contents.items()
        if contents.get("periods")
    }
    rows = reading.latest(opened.shelves, schools=school_ids)
    old = [row for row in rows if row.period < min(newest[row.indicator], fresh)]
    old.sort(key=lambda row: (row.period, row.indicator, row.place_id))
    return tuple(_stale(row, opened, newest[row.indicator]) for row in old)


def _stale(row: Shown, opened: Open, newest: str) -> StaleValue:
    return StaleValue(
        school_id=row.place_id,
        indicator=opened.lines[row.indicator],
        last_period=row.period,
        sentence=f"The last value is for {_year(row.period)}; other schools have {_year(newest)}.",
    )


def _year(period: str) -> str:
    return SchoolYear.parse(period).label


def restatements(*, since: datetime, limit: int = 50) -> tuple[Restatement, ...]:
    """Return values of schools that files loaded since a moment restated, newest first."""
    files = FactFile.objects.filter(state=FactFileState.NAMED, named_at__gte=since)
    loads = list(files.values_list("load_id", flat=True))
    if not loads:
        return ()
    opened = open_catalogue()
    rows = reading.restated(opened.shelves, loads=loads, limit=limit)
    return tuple(_restatement(row, opened) for row in rows)


def _restatement(row: Shown, opened: Open) -> Restatement:
    line = opened.lines[row.indicator]
    now = reading_of(row, line)
    return Restatement(
        indicator=line,
        school_id=row.place_id,
        period=row.period,
        group=row.group,
        old=now.restated_from.shown if now.restated_from else DASH,
        new=now.shown,
        load_id=row.load_id or 0,
        old_load_id=row.old_load_id or 0,
    )


NOTICEABLE = 0.1
"""A year with a tenth fewer schools than the fullest year has a gap."""


def data_gaps() -> tuple[DataGap, ...]:
    """Return, per indicator, missing years and a latest year with fewer schools."""
    opened = open_catalogue()
    found = [
        gap
        for key, line in opened.lines.items()
        for gap in _gaps(line, opened.contents.get(key, {}).get("periods", {}))
    ]
    return tuple(sorted(found, key=lambda gap: (gap.indicator.name, gap.period)))


def _gaps(line: IndicatorLine, periods: Mapping[str, int]) -> list[DataGap]:
    if not periods:
        return []
    most, last = max(periods.values()), max(periods)
    years = range(SchoolYear.parse(min(periods)).start, SchoolYear.parse(last).start)
    missing = [str(SchoolYear(y)) for y in years if str(SchoolYear(y)) not in periods]
    gaps = [
        _gap(
            line,
            period,
            0,
            most,
            f"No value for {_year(period)}; the line breaks there.",
        )
        for period in missing
    ]
    if periods[last] < most * (1 - NOTICEABLE):
        words = (
            f"{periods[last]} schools have a value for {_year(last)}; "
            f"{most} had one before."
        )
        gaps.append(_gap(line, last, periods[last], most, words))
    return gaps


def _gap(
    line: IndicatorLine, period: str, count: int, expected: int, sentence: str
) -> DataGap:
    return DataGap(
        indicator=line,
        period=period,
        school_count=count,
        expected_count=expected,
        sentence=sentence,
    )
