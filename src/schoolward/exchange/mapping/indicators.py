"""Rows of a table of values, wide or long."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from schoolward.exchange.domain import (
    Item,
    Record,
    Row,
    Target,
    UnclearValueError,
    refusal_of,
)
from schoolward.exchange.mapping.cells import missing, told_by, too_many_cells
from schoolward.exchange.mapping.fit import Fit, ValueColumn, plain_word
from schoolward.exchange.maps import IndicatorRule, Scale
from schoolward.exchange.values import (
    Figure,
    Lack,
    Marks,
    figure_of,
    key_of,
    school_year_of,
)
from schoolward.kernel.schoolyear import SchoolYear


ALL = ""
PARTS = ("numerator", "denominator", "n")
_OVER = 1e-9
_DIGITS = 10


def indicator_items(
    fit: Fit, rows: Iterable[Row], *, year: SchoolYear | None
) -> Iterator[Item]:
    """Return a record for each value, and a refusal for each cell that is unclear.

    Args:
        fit: The map laid over the file.
        rows: Its rows.
        year: The file's school year; None when each row has its own.
    """
    columns = [_Column.of(fit, one) for one in fit.values]
    about = _About(fit, year)
    for row in rows:
        if row.excess:
            yield too_many_cells(row)
        else:
            yield from _items(about, columns, row)


def _items(about: "_About", columns: list["_Column"], row: Row) -> Iterator[Item]:
    school = about.cell(row, "school_id")
    if not school:
        yield missing(row, heading=about.school_heading, label="The school's id")
        return
    try:
        year, group = about.year_of(row), about.group_of(row)
    except UnclearValueError as problem:
        heading, cell = about.year_heading, row.values.get(about.year_heading, "")
        yield refusal_of(problem, row=row.number, column=heading, value=cell)
        return
    refs = ((about.fit.map.id_kind, key_of(school)),)
    shared = {
        "school_refs": refs,
        "group": group,
        "school_heading": about.school_heading,
    }
    for column in columns:
        yield from column.items(row, year, shared)
    if "value" in about.fit.uses:
        yield from _long(about, row, shared | {"period": str(year)})


class _About:
    """What a row says of all its values: school, year and group."""

    def __init__(self, fit: Fit, year: SchoolYear | None) -> None:
        self.fit = fit
        self.year = year
        self.year_heading = fit.place(fit.map.year.column)
        self.school_heading = next(
            (one for one, _ in fit.uses.get("school_id", ())), ""
        )
        self.group_heading = fit.place(fit.map.group.column)
        self._years: dict[str, SchoolYear] = {}
        self._groups: dict[str, str] = {"": ALL}

    def cell(self, row: Row, name: str) -> str:
        """Return the first filled cell of a field, or its constant."""
        columns = self.fit.uses.get(name, ())
        told = (told_by(use, row.values[heading]) for heading, use in columns)
        return next(filter(None, told), self.fit.map.constants.get(name, ""))

    def _text(self, row: Row, heading: str, name: str) -> str:
        return row.values[heading] if heading else self.cell(row, name)

    def year_of(self, row: Row) -> SchoolYear:
        if self.year:
            return self.year
        text = self._text(row, self.year_heading, "school_year")
        if text not in self._years:
            spelling = self.fit.map.year.spelling
            self._years[text] = school_year_of(text, spelling=spelling)
        return self._years[text]

    def group_of(self, row: Row) -> str:
        text = self._text(row, self.group_heading, "group")
        if text not in self._groups:
            rule = self.fit.map.group
            usual = rule.template.replace("{}", plain_word(text))
            self._groups[text] = rule.values.get(text.lower(), usual)
        return self._groups[text]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    """One column of values, its headings found once."""

    column: ValueColumn
    rule: IndicatorRule
    marks: Marks
    parts: Mapping[str, str]
    about: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, fit: Fit, column: ValueColumn) -> "_Column":
        parts = {name: fit.place(getattr(column.rule, name)) for name in PARTS}
        about = {"indicator": column.indicator.key, "column": column.heading}
        return cls(
            column=column,
            rule=column.rule,
            marks=fit.map.marks,
            parts={name: heading for name, heading in parts.items() if heading},
            about=about | ({"group": column.group} if column.group else {}),
        )

    def items(
        self, row: Row, year: SchoolYear, shared: Mapping[str, Any]
    ) -> Iterator[Item]:
        cell = row.values[self.column.heading]
        if not cell:
            return
        try:
            figure = self._figure(cell)
            told = _told(figure, _value(cell, self.rule, figure)) | self._parts(row)
        except UnclearValueError as problem:
            heading = self.column.heading
            yield refusal_of(problem, row=row.number, column=heading, value=cell)
            return
        if figure.lack is not Lack.BLANK:
            period = {"period": str(SchoolYear(year.start + self.column.years))}
            fields = {**shared, **period, **self.about, **told}
            yield Record(row=row.number, target=Target.INDICATORS, fields=fields)

    def _figure(self, cell: str) -> Figure:
        if self.rule.scale is None:
            return figure_of(cell, marks=self.marks)
        return _rating(self.rule.scale, cell, self.marks.lack_of(cell))

    def _parts(self, row: Row) -> dict[str, float]:
        """Return numerator, denominator and n where the file gives them."""
        parts: dict[str, float] = {}
        for name, heading in self.parts.items():
            value = figure_of(row.values[heading], marks=self.marks).value
            if value is not None:
                parts[name] = value
        return parts


def _rating(scale: Scale, cell: str, lack: Lack | None) -> Figure:
    word = " ".join(cell.lower().split())
    if word in scale.passes_over:
        return Figure(lack=Lack.BLANK)
    if word in scale.missing:
        return Figure(lack=Lack.MISSING, mark=cell)
    place = scale.place_of(cell)
    if place is not None:
        return Figure(value=float(place), mark=scale.words[place - 1])
    if lack is not None:
        return Figure(lack=lack, mark=cell)
    msg = f"“{cell[:40]}” is not a word of the scale."
    words = ", ".join(scale.words)
    raise UnclearValueError(msg, f"Write one of {words}, or add the word to the map.")


def _value(cell: str, rule: IndicatorRule, figure: Figure) -> float | None:
    value = figure.value
    if value is None or rule.indicator.unit != "share":
        return value
    share = round(value / 100, _DIGITS) if rule.percent or figure.is_percent else value
    if not -_OVER <= share <= 1 + _OVER:
        msg = f"“{cell[:40]}” is not a share from 0 to 100 %."
        remedy = "Correct the cell, or say in the map how it is written."
        raise UnclearValueError(msg, remedy)
    return min(max(share, 0.0), 1.0)


def _told(figure: Figure, value: float | None) -> dict[str, Any]:
    told: dict[str, Any] = {"value": value, "mark": figure.mark[:40]}
    return told if figure.lack is None else told | {"lack": figure.lack.value}


def _long(about: _About, row: Row, shared: Mapping[str, Any]) -> Iterator[Item]:
    """Return the one value of a row that names its indicator."""
    key, cell = about.cell(row, "indicator"), about.cell(row, "value")
    if not key:
        heading = next((one for one, _ in about.fit.uses.get("indicator", ())), "")
        yield missing(row, heading=heading, label="The indicator")
        return
    marks = about.fit.map.marks
    try:
        figure = figure_of(cell, marks=marks)
        texts = {name: about.cell(row, name) for name in PARTS}
        parts = {
            name: figure_of(text, marks=marks).value for name, text in texts.items()
        }
    except UnclearValueError as problem:
        heading = about.fit.uses["value"][0][0]
        yield refusal_of(problem, row=row.number, column=heading, value=cell)
        return
    if figure.lack is not Lack.BLANK:
        named = {"indicator": plain_word(key), "indicator_name": key}
        given = {name: value for name, value in parts.items() if value is not None}
        fields = {**shared, **named, **_told(figure, figure.value), **given}
        yield Record(row=row.number, target=Target.INDICATORS, fields=fields)
