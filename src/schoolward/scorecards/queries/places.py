"""All indicators of a school, a network or the district, with what stands beside them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from schoolward.scorecards.measures import reading
from schoolward.scorecards.measures.reading import Place, Shown
from schoolward.scorecards.measures.rollups import Level
from schoolward.scorecards.queries.catalogue import Open, open_catalogue
from schoolward.scorecards.readings import (
    IndicatorLine,
    Reading,
    SchoolIndicator,
    by_indicator,
    limits_of,
    reading_of,
    signal_of,
    trend_of,
)


NetworkAs = Literal["then", "today"]


def school_indicators(
    school_id: int,
    *,
    network_id: int | None,
    network_as: NetworkAs = "today",
    group: str = "",
    most: int | None = None,
) -> tuple[SchoolIndicator, ...]:
    """Return a school's indicators, each with its trend, its network and the district.

    Args:
        school_id: The school.
        network_id: The network shown beside it; None for none.
        network_as: Whether that network is taken with its schools of then or of today.
        group: "" for all, else one group.
        most: How many; of more than that those beyond their usual range come first.

    Returns:
        Indicators of which the school has a value, in order of name. Takes a few questions
        to the database and two to the warehouse, however many there are.
    """
    opened = open_catalogue()
    rows = reading.of_school(opened.shelves, school_id, group=group)
    beside = [Place(level=Level.DISTRICT)]
    if network_id is not None:
        beside.append(Place(level=network_level(network_as), id=network_id))
    latest = {row.period for row in rows if row.is_latest}
    wider = reading.of_areas(opened.shelves, beside, group=group, periods=latest)
    return _lines(opened, rows, wider, most=most) if rows else ()


def place_indicators(  # noqa: PLR0913 - one question, said in full
    kind: Literal["network", "district"],
    place_id: int,
    *,
    network_as: NetworkAs = "today",
    group: str = "",
    key: str = "",
    most: int | None = None,
    wanted: Collection[str] = (),
) -> tuple[SchoolIndicator, ...]:
    """Return the indicators of a network, beside the district, or of the district.

    Args:
        kind: Which kind of place.
        place_id: Which network; 0 for the district.
        network_as: Whether a network is taken with its schools of then or of today.
        group: "" for all, else one group.
        key: One indicator, in use or retired; "" for all in use.
        most: How many; of more than that those wanted, then those beyond their usual
            range come first.
        wanted: Keys that are there however many there are.
    """
    opened = open_catalogue(active_only=not key, key=key)
    level = Level.DISTRICT if kind == "district" else network_level(network_as)
    places = [Place(level=Level.DISTRICT)]
    if kind == "network":
        places.append(Place(level=level, id=place_id))
    found = reading.of_areas(opened.shelves, places, group=group, key=key)
    own = [row for row in found if row.level == level]
    wider = [row for row in found if row.level != level]
    return _lines(opened, own, wider, most=most, wanted=wanted)


def network_level(network_as: NetworkAs) -> Level:
    """Return the level of networks with their schools of then or of today."""
    return Level.NETWORK_THEN if network_as == "then" else Level.NETWORK_TODAY


def _lines(
    opened: Open,
    rows: Sequence[Shown],
    wider: Sequence[Shown],
    *,
    most: int | None,
    wanted: Collection[str] = (),
) -> tuple[SchoolIndicator, ...]:
    own = by_indicator(rows)
    keys = [key for key in opened.lines if key in own]
    if most is not None and len(keys) > most:
        # Sorting is stable, so that each kind stays in order of name.
        keys.sort(key=lambda key: (key not in wanted, not own[key][-1].signal))
        del keys[most:]
    beside = {(row.indicator, row.level, row.period): row for row in wider}
    return tuple(_line(opened.lines[key], own[key], beside) for key in keys)


def _line(
    line: IndicatorLine,
    rows: Sequence[Shown],
    beside: Mapping[tuple[str, str, str], Shown],
) -> SchoolIndicator:
    trend, last = trend_of(rows, line), rows[-1]

    def at(*levels: Level) -> Reading | None:
        for level in levels:
            if row := beside.get((line.key, level, last.period)):
                return reading_of(row, line)
        return None

    return SchoolIndicator(
        indicator=line,
        now=trend[-1].reading,
        trend=trend,
        network=at(Level.NETWORK_TODAY, Level.NETWORK_THEN),
        district=at(Level.DISTRICT),
        limits=limits_of(trend, line),
        signal=signal_of(last, line),
    )
