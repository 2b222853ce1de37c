"""Reading a map from TOML, and saying which line of it cannot be followed."""

import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from schoolward.exchange.delivery import Indicator, SourceRef
from schoolward.exchange.domain import MapError, Target
from schoolward.exchange.fields import FIELDS, field_of
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


T = TypeVar("T")
Table = Mapping[str, Any]
CAPACITIES = ("regular", "interim", "acting", "resident")
UNITS = ("share", "count", "mean", "ordinal", "days", "per_100")
DIRECTIONS = ("higher", "lower", "none")
SUBJECTS = ("students", "adults", "things")
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
    except (KeyError, TypeError, AttributeError, ValueError, re.error) as error:
        if isinstance(error, MapError):
            msg = f"The map {name}: {error}"
        else:
            msg = (
                f"The map {name} cannot be followed ({error}). "
                "See docs/how-to/maps.md for its entries."
            )
        raise MapError(msg) from error


def _map(table: Table, *, name: str) -> Map:
    _check_known(table, _KNOWN, where="the map")
    target = _one_of(table, "target", {one.value: one for one in FIELDS})
    scales = {key: _scale(one) for key, one in table.get("scales", {}).items()}
    source = table.get("source", {})
    return Map(
        name=table.get("name", name),
        title=table.get("title", table.get("name", name)),
        target=target,
        source=SourceRef(
            key=source.get("key", table.get("name", name)),
            name=source.get("name", table.get("title", name)),
        ),
        ids=table.get("ids", "district"),
        about=table.get("about", ""),
        id_kind=table.get("id_kind", "school"),
        complete=_flag(table, "complete"),
        emails_are_verified=_flag(table, "verified_emails"),
        day_first=_flag(table, "day_first"),
        reading=_reading(table.get("file", {})),
        year=_year(table.get("year", {})),
        day_column=table.get("day_column", ""),
        columns=_columns(table.get("columns", {}), target),
        constants=_constants(table.get("constants", {}), target),
        filters=tuple(_filters(table)),
        crosswalk=_crosswalk(table.get("crosswalk")),
        unsupervised=_words(table.get("networks", {}), "unsupervised"),
        marks=USUAL_MARKS.with_words(
            suppressed=_words(table.get("marks", {}), "suppressed"),
            missing=_words(table.get("marks", {}), "missing"),
        ),
        titles=tuple(_title(one) for one in table.get("titles", [])),
        indicators=tuple(
            _indicator(one, scales) for one in table.get("indicators", [])
        ),
        group=_group(table.get("group", {})),
    )


def _check_known(table: Table, known: set[str], *, where: str) -> None:
    if unknown := sorted(set(table) - known):
        msg = f"“{unknown[0]}” in {where} means nothing. Known are {_listed(known)}."
        raise MapError(msg)


def _listed(words: set[str] | Mapping[str, Any]) -> str:
    return ", ".join(sorted(words))


def _one_of(table: Table, key: str, known: Mapping[str, T], default: str = "") -> T:
    word = table.get(key, default)
    if word not in known:
        msg = f"{key} = “{word}” is not one of {', '.join(known)}."
        raise MapError(msg)
    return known[word]


def _flag(table: Table, key: str) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        msg = f"{key} is true or false."
        raise MapError(msg)
    return value


def _words(table: Table, key: str) -> frozenset[str]:
    return frozenset(" ".join(str(word).lower().split()) for word in table.get(key, []))


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text) if text else None


def _reading(table: Table) -> Reading:
    _check_known(table, {"sheet", "header_row", "encoding", "delimiter"}, where="file")
    return Reading(
        sheet=table.get("sheet", ""),
        header_row=int(table.get("header_row", 0)),
        encoding=table.get("encoding", ""),
        delimiter=table.get("delimiter", ""),
    )


def _year(table: Table) -> YearRule:
    known = {"from", "file_name", "column", "spelling", "each_row"}
    _check_known(table, known, where="year")
    spellings = {one.value: one for one in YearSpelling}
    usual = ["file-name", "column"] if "column" in table else ["file-name"]
    places = tuple(table.get("from", usual))
    if strange := set(places) - {"file-name", "column"}:
        msg = f"year.from = “{strange.pop()}” is not one of file-name, column."
        raise MapError(msg)
    rule = YearRule(
        places=places,
        column=table.get("column", ""),
        spelling=_one_of(table, "spelling", spellings, "school-year"),
        each_row=_flag(table, "each_row"),
    )
    if "file_name" not in table:
        return rule
    return YearRule(
        places=rule.places,
        file_name=re.compile(table["file_name"]),
        column=rule.column,
        spelling=rule.spelling,
        each_row=rule.each_row,
    )


def _columns(table: Table, target: Target) -> dict[str, tuple[Use, ...]]:
    return {
        heading: tuple(_use(one, target) for one in _several(says))
        for heading, says in table.items()
    }


def _several(says: Any) -> list[Any]:
    return says if isinstance(says, list) else [says]


def _use(says: Any, target: Target) -> Use:
    table: Table = {"field": says} if isinstance(says, str) else says
    known = {"field", "values", "blank", "drop", "extract", "crosswalk", "kind"}
    _check_known(table, known, where=f"columns.{table.get('field', '?')}")
    blank = _one_of(table, "blank", {"none": True, "nothing": False}, "nothing")
    return Use(
        field=_field_name(table["field"], target),
        values={str(k).lower(): str(v) for k, v in table.get("values", {}).items()},
        blank_means_none=blank,
        drop=_pattern(table.get("drop")),
        extract=_pattern(table.get("extract")),
        through_crosswalk=_flag(table, "crosswalk"),
        kind=table.get("kind", ""),
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
    return {_field_name(name, target): str(value) for name, value in table.items()}


def _filters(table: Table) -> list[Filter]:
    return [
        _filter(one, keeps=word == "keep")
        for word in ("skip", "keep")
        for one in table.get(word, [])
    ]


def _filter(table: Table, *, keeps: bool) -> Filter:
    _check_known(table, {"column", "is", "matches", "reason"}, where="skip or keep")
    usual = f"Set aside by the map: {table['column']}."
    return Filter(
        column=table["column"],
        words=frozenset(str(word).lower() for word in table.get("is", [])),
        matches=_pattern(table.get("matches")),
        keeps=keeps,
        reason=table.get("reason", usual),
    )


def _crosswalk(table: Table | None) -> Crosswalk | None:
    if table is None:
        return None
    _check_known(table, {"from", "to"}, where="crosswalk")
    return Crosswalk(from_column=table["from"], to_column=table["to"])


def _title(table: Table) -> TitleRule:
    _check_known(table, {"is", "matches", "seat", "capacity"}, where="titles")
    return TitleRule(
        words=frozenset(str(word).lower() for word in table.get("is", [])),
        matches=_pattern(table.get("matches")),
        seat=_one_of(table, "seat", {seat.value: seat.value for seat in Seat}),
        capacity=_one_of(
            table, "capacity", {one: one for one in CAPACITIES}, "regular"
        ),
    )


def _scale(table: Table) -> Scale:
    _check_known(table, {"words", "missing", "passes_over"}, where="scales")
    return Scale(
        words=tuple(table["words"]),
        missing=_words(table, "missing"),
        passes_over=_words(table, "passes_over"),
    )


def _group(table: Table) -> GroupRule:
    _check_known(table, {"column", "values", "template"}, where="group")
    return GroupRule(
        column=table.get("column", ""),
        values={str(k).lower(): str(v) for k, v in table.get("values", {}).items()},
        template=table.get("template", "{}"),
    )


_CATALOGUE: dict[str, Callable[[Any], Any]] = {
    "key": str,
    "name": str,
    "question": str,
    "unit": str,
    "direction": str,
    "formula": str,
    "caveats": str,
    "subject": str,
    "minimum_cell": int,
    "ordinal_level": str,
    "decimals": int,
}


def _indicator(table: Table, scales: Mapping[str, Scale]) -> IndicatorRule:
    known = {*_CATALOGUE, "column", "columns", "pattern", "group", "written_as", "n"}
    known |= {"numerator", "denominator", "scale"}
    where = f"indicators.{table.get('key', '?')}"
    _check_known(table, known, where=where)
    for key, words in (
        ("unit", UNITS),
        ("direction", DIRECTIONS),
        ("subject", SUBJECTS),
    ):
        _one_of(table, key, {one: one for one in words}, words[0])
    scale = _one_of(table, "scale", scales) if "scale" in table else None
    told = {key: read(table[key]) for key, read in _CATALOGUE.items() if key in table}
    if scale:
        told |= {"unit": "ordinal", "scale": scale.words}
    columns = dict(table.get("columns", {}))
    if "column" in table:
        columns[table["column"]] = 0
    if not columns and "pattern" not in table:
        msg = f"{where} names no column. Give column, columns or pattern."
        raise MapError(msg)
    return IndicatorRule(
        indicator=Indicator(**told),
        columns={str(heading): int(years) for heading, years in columns.items()},
        pattern=_pattern(table.get("pattern")),
        group=table.get("group", ""),
        percent=_one_of(
            table, "written_as", {"percent": True, "number": False}, "number"
        ),
        n=table.get("n", ""),
        numerator=table.get("numerator", ""),
        denominator=table.get("denominator", ""),
        scale=scale,
    )
