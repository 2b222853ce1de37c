"""Laying a map over the headings of one file: what it finds, lacks and ignores."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import process

from schoolward.exchange.delivery import Indicator
from schoolward.exchange.domain import MapError, Target
from schoolward.exchange.fields import FIELDS
from schoolward.exchange.maps import IndicatorRule, Map, Use


_UNSPELLED = re.compile(r"[^0-9a-z#%+]+")


def plain(heading: str) -> str:
    """Return a heading as it is compared: "School_ID" and "school id" are one.

    >>> plain("School_ID") == plain("School ID ")
    True
    """
    return _UNSPELLED.sub("", heading.lower())


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueColumn:
    """One column of values, and what the map says of it."""

    heading: str
    indicator: Indicator
    group: str
    years: int
    rule: IndicatorRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A map laid over one file.

    Attributes:
        map: The map.
        uses: For each field, the columns that may fill it and how.
        values: The columns that hold values of indicators.
        places: Headings as the map writes them, and as the file does.
        ignored: Headings that nothing is made of.
        notes: What the map expected and did not find, as sentences.
    """

    map: Map
    uses: Mapping[str, tuple[tuple[str, Use], ...]]
    values: tuple[ValueColumn, ...]
    places: Mapping[str, str]
    ignored: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def year_heading(self) -> str:
        """Return the column that holds the school year; empty when there is none."""
        columns = self.uses.get("school_year")
        return self.place(self.map.year.column) or (columns[0][0] if columns else "")

    def place(self, heading: str) -> str:
        """Return a heading of the map as the file writes it; empty when it has none."""
        return self.places.get(plain(heading), "") if heading else ""


def fit(map_: Map, headings: Sequence[str], *, name: str) -> Fit:
    """Lay a map over a file's headings.

    Args:
        map_: The map.
        headings: The file's columns.
        name: The file as the person knows it.

    Raises:
        MapError: A column that the map cannot do without is missing; the sentence
            names it and the likest column there is.
    """
    places: dict[str, str] = {}
    for heading in headings:
        places.setdefault(plain(heading), heading)
    uses = _uses(map_, places)
    _insist(map_, uses, headings, name=name)
    values = tuple(_value_columns(map_.indicators, places))
    if map_.target is Target.INDICATORS and not values and "value" not in uses:
        msg = (
            f"{name} has none of the columns of values that the map {map_.name} reads. "
            "Choose another map, or add its columns to this one."
        )
        raise MapError(msg)
    used = _used(map_, uses, values, places)
    return Fit(
        map=map_,
        uses=uses,
        values=values,
        places=places,
        ignored=tuple(one for one in headings if one not in used),
        notes=tuple(_missing(map_, places)),
    )


def _uses(
    map_: Map, places: Mapping[str, str]
) -> dict[str, tuple[tuple[str, Use], ...]]:
    found: dict[str, tuple[tuple[str, Use], ...]] = {}
    for heading, uses in map_.columns.items():
        if place := places.get(plain(heading)):
            for use in uses:
                found[use.field] = (*found.get(use.field, ()), (place, use))
    return found


def _insist(
    map_: Map,
    uses: Mapping[str, tuple[tuple[str, Use], ...]],
    headings: Sequence[str],
    *,
    name: str,
) -> None:
    required = [field.name for field in FIELDS[map_.target] if field.required]
    for field in required:
        if field not in uses and field not in map_.constants:
            wanted = [
                heading
                for heading, told in map_.columns.items()
                if any(use.field == field for use in told)
            ]
            raise MapError(_lacking(map_, field, wanted, headings, name=name))


def _lacking(
    map_: Map, field: str, wanted: Sequence[str], headings: Sequence[str], *, name: str
) -> str:
    if not wanted:
        return (
            f"The map {map_.name} names no column for {field}. Add one under [columns]."
        )
    near = process.extractOne(wanted[0], headings)
    hint = f" The likest is “{near[0]}”." if near else ""
    return (
        f"{name} has no column “{wanted[0]}”, which the map {map_.name} reads as "
        f"{field}.{hint} Choose another map, or name the column in it."
    )


def _value_columns(
    rules: Iterable[IndicatorRule], places: Mapping[str, str]
) -> Iterable[ValueColumn]:
    for rule in rules:
        yield from _named(rule, places)
        yield from _patterned(rule, places.values())


def _named(rule: IndicatorRule, places: Mapping[str, str]) -> Iterable[ValueColumn]:
    for heading, years in rule.columns.items():
        if place := places.get(plain(heading)):
            yield ValueColumn(
                heading=place,
                indicator=rule.indicator,
                group=rule.group,
                years=years,
                rule=rule,
            )


def _patterned(rule: IndicatorRule, headings: Iterable[str]) -> Iterable[ValueColumn]:
    if rule.pattern is None:
        return
    for heading in headings:
        if found := rule.pattern.search(heading):
            told = found.groupdict("")
            words = {name: plain_word(word) for name, word in told.items()}
            yield ValueColumn(
                heading=heading,
                indicator=replace(
                    rule.indicator,
                    key=rule.indicator.key.format_map(words),
                    name=rule.indicator.name.format_map(told),
                    question=rule.indicator.question.format_map(told),
                ),
                group=rule.group.format_map(words),
                years=0,
                rule=rule,
            )


def plain_word(word: str) -> str:
    """Return a word as it stands in a key.

    >>> plain_word("All Grades")
    'all-grades'
    """
    return re.sub(r"[^0-9a-z]+", "-", word.lower()).strip("-")


def _mentioned(map_: Map) -> list[str]:
    """Return the headings a map names outside its columns."""
    named = [map_.year.column, map_.day_column, map_.group.column]
    named += [one.column for one in map_.filters]
    for rule in map_.indicators:
        named += [rule.n, rule.numerator, rule.denominator]
    return [heading for heading in named if heading]


def _used(
    map_: Map,
    uses: Mapping[str, tuple[tuple[str, Use], ...]],
    values: Sequence[ValueColumn],
    places: Mapping[str, str],
) -> set[str]:
    used = {place for told in uses.values() for place, _ in told}
    used |= {column.heading for column in values}
    return used | {places.get(plain(one), "") for one in _mentioned(map_)}


def _missing(map_: Map, places: Mapping[str, str]) -> Iterable[str]:
    """Say which of the map's columns the file lacks, in one sentence."""
    expected = [*map_.columns, *_mentioned(map_)]
    expected += [heading for rule in map_.indicators for heading in rule.columns]
    lacking = list(dict.fromkeys(one for one in expected if plain(one) not in places))
    if lacking:
        shown = ", ".join(lacking[:8]) + (" …" if len(lacking) > 8 else "")
        yield (
            f"The map reads {len(lacking)} columns that this file does not have: {shown}."
        )
