"""Reading a map from TOML, and saying which line of it cannot be followed."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from schoolward.exchange.delivery import Indicator, SourceRef
from schoolward.exchange.domain import MapError, Target
from schoolward.exchange.fields import FIELDS, field_of
from schoolward.exchange.map_entries import (
    Table,
    delimiter_of,
    encoding_of,
    flag_of,
    insist_filled_in,
    list_of,
    meanings_of,
    needed,
    number_of,
    one_of,
    pattern_of,
    refuse_unknown,
    table_of,
    tables_of,
    text_of,
    words_of,
    years_of,
)
from schoolward.exchange.maps import (
    Crosswalk,
    Filter,
    GroupRule,
    IndicatorRule,
    Map,
    Scale,
    TitleRule,
    Use,
    YearRule,
)
from schoolward.exchange.sheets.read import Reading
from schoolward.exchange.values import USUAL_MARKS, YearSpelling
from schoolward.kernel.seats import Seat
from schoolward.scorecards.domain import LEAST_CELL


CAPACITIES = ("regular", "interim", "acting", "resident")
UNITS = ("share", "count", "mean", "ordinal", "days", "per_100")
DIRECTIONS = ("higher", "lower", "none")
SUBJECTS = ("students", "adults", "things")
MOST_DECIMALS = 6
_KNOWN = {
    "name",
    "title",
    "target",
    "about",
    "source",
    "ids",
    "id_kind",
    "complete",
    "verified_emails",
    "day_first",
    "file",
    "year",
    "day_column",
    "columns",
    "constants",
    "skip",
    "keep",
    "crosswalk",
    "networks",
    "marks",
    "titles",
    "scales",
    "indicators",
    "group",
}


def read_map(text: str, *, name: str) -> Map:
    """Read a map.

    Args:
        text: The TOML.
        name: How the map is called where it does not say so itself.

    Raises:
        MapError: The text is no TOML, or says something that cannot be followed; the
            sentence names the map and the entry.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        msg = f"The map {name} is not TOML: {error}."
        raise MapError(msg) from error
    try:
        return _map(table, name=name)
    except MapError as error:
        msg = f"The map {name}: {error} See docs/how-to/maps.md for every entry."
        raise MapError(msg) from error


def _map(table: Table, *, name: str) -> Map:
    refuse_unknown(table, _KNOWN, where="")
    target = one_of(table, "target", {one.value: one for one in FIELDS})
    scales = {
        key: _scale(one, where=f"scales.{key}")
        for key, one in _tables_by_name(table, "scales").items()
    }
    name = text_of(table, "name", name, most=80)
    title = text_of(table, "title", name, most=200)
    marks, networks = table_of(table, "marks"), table_of(table, "networks")
    refuse_unknown(marks, {"suppressed", "missing"}, where="marks")
    refuse_unknown(networks, {"unsupervised"}, where="networks")
    return Map(
        name=name,
        title=title,
        target=target,
        source=_source(table_of(table, "source"), key=name, name=title),
        ids=text_of(table, "ids", "district", most=80),
        about=text_of(table, "about"),
        id_kind=text_of(table, "id_kind", "school", most=40),
        complete=flag_of(table, "complete"),
        emails_are_verified=flag_of(table, "verified_emails"),
        day_first=flag_of(table, "day_first"),
        reading=_reading(table_of(table, "file")),
        year=_year(table_of(table, "year")),
        day_column=text_of(table, "day_column"),
        columns=_columns(table_of(table, "columns"), target),
        constants=_constants(table, target),
        filters=tuple(_filters(table)),
        crosswalk=_crosswalk(table_of(table, "crosswalk")),
        unsupervised=words_of(networks, "unsupervised", where="networks"),
        marks=USUAL_MARKS.with_words(
            suppressed=words_of(marks, "suppressed", where="marks"),
            missing=words_of(marks, "missing", where="marks"),
        ),
        titles=tuple(_title(one) for one in tables_of(table, "titles")),
        indicators=tuple(
            _indicator(one, scales) for one in tables_of(table, "indicators")
        ),
        group=_group(table_of(table, "group")),
    )


def _tables_by_name(table: Table, key: str) -> dict[str, Table]:
    named = table_of(table, key)
    return {name: table_of(named, name, where=key) for name in named}


def _source(table: Table, *, key: str, name: str) -> SourceRef:
    refuse_unknown(table, {"key", "name"}, where="source")
    return SourceRef(
        key=text_of(table, "key", key, where="source", most=80),
        name=text_of(table, "name", name, where="source", most=200),
    )


def _reading(table: Table) -> Reading:
    known = {"sheet", "header_row", "encoding", "delimiter"}
    refuse_unknown(table, known, where="file")
    return Reading(
        sheet=text_of(table, "sheet", where="file"),
        header_row=number_of(table, "header_row", where="file"),
        encoding=encoding_of(table, where="file"),
        delimiter=delimiter_of(table, where="file"),
    )


def _year(table: Table) -> YearRule:
    known = {"from", "file_name", "column", "spelling", "each_row"}
    refuse_unknown(table, known, where="year")
    spellings = {one.value: one for one in YearSpelling}
    usual = ["file-name", "column"] if "column" in table else ["file-name"]
    places = list_of(table, "from", where="year") if "from" in table else usual
    if strange := set(places) - {"file-name", "column"}:
        msg = f"year.from = “{strange.pop()}” is not one of file-name, column."
        raise MapError(msg)
    pattern = pattern_of(table, "file_name", where="year")
    rule = YearRule(
        places=tuple(places),
        column=text_of(table, "column", where="year"),
        spelling=one_of(table, "spelling", spellings, "school-year", where="year"),
        each_row=flag_of(table, "each_row", where="year"),
    )
    return replace(rule, file_name=pattern) if pattern else rule


def _columns(table: Table, target: Target) -> dict[str, tuple[Use, ...]]:
    return {
        heading: tuple(
            _use(one, target, where=f"columns.{heading}") for one in _several(says)
        )
        for heading, says in table.items()
    }


def _several(says: Any) -> list[Any]:
    return says if isinstance(says, list) else [says]


def _use(says: Any, target: Target, *, where: str) -> Use:
    if not isinstance(says, str | dict):
        msg = f'{where} must be a field such as "name", or a table with a field in it.'
        raise MapError(msg)
    table: Table = {"field": says} if isinstance(says, str) else says
    known = {"field", "values", "blank", "drop", "extract", "crosswalk", "kind"}
    refuse_unknown(table, known, where=where)
    blank = {"none": True, "nothing": False}
    return Use(
        field=_field_name(needed(table, "field", where=where), target),
        values=meanings_of(table, "values", where=where),
        blank_means_none=one_of(table, "blank", blank, "nothing", where=where),
        drop=pattern_of(table, "drop", where=where),
        extract=pattern_of(table, "extract", where=where),
        through_crosswalk=flag_of(table, "crosswalk", where=where),
        kind=text_of(table, "kind", where=where, most=40),
    )


def _field_name(name: str, target: Target) -> str:
    if name.startswith("id:") and len(name) > 3 and target is Target.SCHOOLS:
        return name
    if field_of(target, name) is None:
        fields = ", ".join(one.name for one in FIELDS[target])
        msg = f"{target} have no field “{name}”. They have {fields}."
        raise MapError(msg)
    return name


def _constants(table: Table, target: Target) -> dict[str, str]:
    given = meanings_of(table, "constants", where="")
    return {_field_name(name, target): value for name, value in given.items()}


def _filters(table: Table) -> list[Filter]:
    return [
        _filter(one, where=word)
        for word in ("skip", "keep")
        for one in tables_of(table, word)
    ]


def _filter(table: Table, *, where: str) -> Filter:
    refuse_unknown(table, {"column", "is", "matches", "reason"}, where=where)
    column = needed(table, "column", where=where)
    return Filter(
        column=column,
        words=frozenset(word.lower() for word in list_of(table, "is", where=where)),
        matches=pattern_of(table, "matches", where=where),
        keeps=where == "keep",
        reason=text_of(
            table, "reason", f"Set aside by the map: {column}.", where=where
        ),
    )


def _crosswalk(table: Table) -> Crosswalk | None:
    if not table:
        return None
    refuse_unknown(table, {"from", "to"}, where="crosswalk")
    return Crosswalk(
        from_column=needed(table, "from", where="crosswalk"),
        to_column=needed(table, "to", where="crosswalk"),
    )


def _title(table: Table) -> TitleRule:
    where = "titles"
    refuse_unknown(table, {"is", "matches", "seat", "capacity"}, where=where)
    seats = {seat.value: seat.value for seat in Seat}
    capacities = {one: one for one in CAPACITIES}
    return TitleRule(
        words=frozenset(word.lower() for word in list_of(table, "is", where=where)),
        matches=pattern_of(table, "matches", where=where),
        seat=one_of(table, "seat", seats, where=where),
        capacity=one_of(table, "capacity", capacities, "regular", where=where),
    )


def _scale(table: Table, *, where: str) -> Scale:
    refuse_unknown(table, {"words", "missing", "passes_over"}, where=where)
    words = tuple(list_of(table, "words", where=where))
    if not words:
        msg = f'{where} has no words. Write words = ["LOWEST", …, "HIGHEST"] there.'
        raise MapError(msg)
    return Scale(
        words=words,
        missing=words_of(table, "missing", where=where),
        passes_over=words_of(table, "passes_over", where=where),
    )


def _group(table: Table) -> GroupRule:
    refuse_unknown(table, {"column", "values", "template"}, where="group")
    return GroupRule(
        column=text_of(table, "column", where="group"),
        values=meanings_of(table, "values", where="group"),
        template=text_of(table, "template", "{}", where="group"),
    )


_TEXTS = {
    "name": 160,
    "question": 300,
    "formula": 500,
    "caveats": 2000,
    "ordinal_level": 80,
}
_KEY = re.compile(r"[-\w{}]+", re.ASCII)
_CHOSEN = {"unit": UNITS, "direction": DIRECTIONS, "subject": SUBJECTS}
_NUMBERS = ("minimum_cell", "decimals")
_IN_COLUMNS = ("n", "numerator", "denominator")
_RULE = {"key", "column", "columns", "pattern", "group", "written_as", "scale"}


def _indicator(table: Table, scales: Mapping[str, Scale]) -> IndicatorRule:
    key = needed(table, "key", where="indicators", most=80)
    where = f"indicators.{key}"
    if not _KEY.fullmatch(key):
        msg = f"{where} has a key with other signs than letters, digits, - and _."
        raise MapError(msg)
    refuse_unknown(
        table, {*_RULE, *_TEXTS, *_CHOSEN, *_NUMBERS, *_IN_COLUMNS}, where=where
    )
    needed(table, "name", where=where)
    scale = one_of(table, "scale", scales, where=where) if "scale" in table else None
    told = _catalogued(table, where=where) | {"key": key}
    if scale:
        told |= {"unit": "ordinal", "scale": scale.words}
    columns = years_of(table, "columns", where=where)
    if "column" in table:
        columns[needed(table, "column", where=where)] = 0
    pattern = pattern_of(table, "pattern", where=where)
    if not columns and pattern is None:
        msg = f"{where} names no column. Give column, columns or pattern."
        raise MapError(msg)
    ways = {"percent": True, "number": False}
    rule = IndicatorRule(
        indicator=Indicator(**told),
        columns=columns,
        pattern=pattern,
        group=text_of(table, "group", where=where, most=120),
        percent=one_of(table, "written_as", ways, "number", where=where),
        scale=scale,
        **{one: text_of(table, one, where=where) for one in _IN_COLUMNS},
    )
    _insist_filled_in(rule, where=where)
    _insist_sound(rule, where=where)
    return rule


def _insist_sound(rule: IndicatorRule, *, where: str) -> None:
    """Refuse what the catalogue would refuse, before a file is read for nothing."""
    one = rule.indicator
    if one.decimals > MOST_DECIMALS:
        msg = f"{where}.decimals is {MOST_DECIMALS} at most, not {one.decimals}."
        raise MapError(msg)
    if one.minimum_cell is not None and one.minimum_cell < LEAST_CELL:
        msg = f"{where}.minimum_cell is {LEAST_CELL} or more, not {one.minimum_cell}."
        raise MapError(msg)
    if one.unit == "ordinal" and len(one.scale) < 2:
        msg = f"{where} is ordinal: give it a scale of two words or more."
        raise MapError(msg)
    words = {word.casefold() for word in one.scale}
    if one.ordinal_level and one.ordinal_level.casefold() not in words:
        msg = f"{where}.ordinal_level = “{one.ordinal_level}” is no word of its scale."
        raise MapError(msg)


def _catalogued(table: Table, *, where: str) -> dict[str, Any]:
    """Return what the catalogue is told of an indicator, as far as the map says it."""
    told: dict[str, Any] = {
        one: text_of(table, one, where=where, most=most)
        for one, most in _TEXTS.items()
        if one in table
    }
    for one, words in _CHOSEN.items():
        if one in table:
            told[one] = one_of(table, one, {w: w for w in words}, where=where)
    for one in _NUMBERS:
        if one in table:
            told[one] = number_of(table, one, where=where)
    return told


def _insist_filled_in(rule: IndicatorRule, *, where: str) -> None:
    if rule.pattern is None:
        return
    texts = {
        "key": rule.indicator.key,
        "name": rule.indicator.name,
        "question": rule.indicator.question,
        "group": rule.group,
    }
    for name, text in texts.items():
        insist_filled_in(text, rule.pattern.groupindex, where=f"{where}.{name}")
