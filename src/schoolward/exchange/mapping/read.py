"""From an open sheet and a map to a delivery."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from schoolward.exchange.delivery import Delivery, FileFacts, Indicator
from schoolward.exchange.domain import Aside, Item, Row, Target
from schoolward.exchange.mapping.calendar import calendar_items
from schoolward.exchange.mapping.dating import Dating, date_file
from schoolward.exchange.mapping.fit import Fit, fit
from schoolward.exchange.mapping.indicators import indicator_items
from schoolward.exchange.mapping.people import people_items
from schoolward.exchange.mapping.schools import school_items
from schoolward.exchange.maps import Map
from schoolward.exchange.sheets.read import Sheet


def deliver(
    sheet: Sheet,
    map_: Map,
    *,
    file: FileFacts,
    as_of: date | None,
    today: date,
    crosswalk: Mapping[str, str],
) -> Delivery:
    """Read a sheet by a map.

    Args:
        sheet: The open table.
        map_: The map.
        file: The file it is from.
        as_of: The day a person gave; it wins over what the file says.
        today: The present day.
        crosswalk: From ids in the file to ids of schools; empty when there is none.

    Raises:
        MapError: The map does not fit the file.
        QuestionError: Nothing says when the file speaks of.
    """
    laid = fit(map_, sheet.headings, name=sheet.name)
    dating, rows = date_file(
        laid, sheet.rows, name=sheet.name, as_of=as_of, today=today
    )
    kept = _filtered(laid, rows)
    return Delivery(
        target=map_.target.value,
        format=sheet.description,
        file=file,
        source=map_.source,
        ids=map_.ids,
        as_of=dating.as_of,
        school_year=str(dating.year) if dating.year else "",
        items=_items(laid, kept, dating, as_of=as_of, crosswalk=crosswalk),
        complete=frozenset({map_.target}) if map_.complete else frozenset(),
        emails_are_verified=map_.emails_are_verified,
        map_name=map_.name,
        indicators=tuple(_catalogue(laid).values()),
        notes=(*sheet.notes, *laid.notes, *dating.notes),
        ignored_columns=laid.ignored,
    )


def _items(
    laid: Fit,
    kept: Iterable[Row | Aside],
    dating: Dating,
    *,
    as_of: date | None,
    crosswalk: Mapping[str, str],
) -> Iterator[Item]:
    makers: dict[Target, Callable[[Iterable[Row]], Iterator[Item]]] = {
        Target.SCHOOLS: lambda rows: school_items(laid, rows, day=None),
        Target.PEOPLE: lambda rows: people_items(
            laid, rows, day=as_of, crosswalk=crosswalk
        ),
        Target.INDICATORS: lambda rows: indicator_items(laid, rows, year=dating.year),
        Target.CALENDAR: lambda rows: calendar_items(laid, rows),
    }
    aside: Counter[str] = Counter()
    yield from makers[laid.map.target](_only_rows(kept, aside))
    for reason, count in aside.items():
        yield Aside(row=0, reason=reason, count=count)


def _only_rows(kept: Iterable[Row | Aside], aside: Counter[str]) -> Iterator[Row]:
    for one in kept:
        if isinstance(one, Row):
            yield one
        else:
            aside[one.reason] += 1


def _filtered(laid: Fit, rows: Iterable[Row]) -> Iterator[Row | Aside]:
    filters = [
        (place, one) for one in laid.map.filters if (place := laid.place(one.column))
    ]
    for row in rows:
        told = next(
            (one for place, one in filters if one.sets_aside(row.values[place])), None
        )
        yield row if told is None else Aside(row=row.number, reason=told.reason)


def _catalogue(laid: Fit) -> dict[str, Indicator]:
    """Return what the catalogue is to say of each indicator that the file holds."""
    return {column.indicator.key: column.indicator for column in reversed(laid.values)}
