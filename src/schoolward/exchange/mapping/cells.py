"""Reading the cells of one row by the kind of field they fill."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from schoolward.exchange.domain import (
    Kind,
    Refusal,
    Row,
    UnclearValueError,
    refusal_of,
)
from schoolward.exchange.fields import field_of
from schoolward.exchange.mapping.fit import Fit
from schoolward.exchange.maps import Use
from schoolward.exchange.values import (
    day_of,
    email_of,
    figure_of,
    key_of,
    school_year_of,
    yes_or_no,
)


@dataclass(slots=True)
class Reader:
    """Reads the cells of rows by a fit; problems are kept beside the values."""

    fit: Fit
    _kinds: dict[str, Callable[[str], Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Choose how each field is read."""
        for name in (*self.fit.uses, *self.fit.map.constants):
            known = field_of(self.fit.map.target, name)
            kind = Kind.KEY if known is None else known.kind
            self._kinds[name] = self._reading_of(kind)

    def _reading_of(self, kind: Kind) -> Callable[[str], Any]:
        map_ = self.fit.map
        readings: dict[Kind, Callable[[str], Any]] = {
            Kind.KEY: key_of,
            Kind.TEXT: _tidy,
            Kind.NUMBER: lambda text: figure_of(text, marks=map_.marks).value,
            Kind.DAY: lambda text: day_of(text, day_first=map_.day_first),
            Kind.YES_NO: yes_or_no,
            Kind.YEAR: lambda text: school_year_of(text, spelling=map_.year.spelling),
            Kind.EMAIL: email_of,
        }
        return readings[kind]

    def read(self, row: Row) -> tuple[dict[str, Any], list[Refusal]]:
        """Return the fields a row fills, and a refusal for each cell that is unclear."""
        fields: dict[str, Any] = {}
        problems: list[Refusal] = []
        for name, text in self.fit.map.constants.items():
            fields[name] = self._kinds[name](text)
        for name, columns in self.fit.uses.items():
            for heading, use in columns:
                text = told_by(use, row.values[heading])
                if text == "" and use.blank_means_none:
                    fields[name] = None
                if text == "" or fields.get(name):
                    continue
                try:
                    fields[name] = self._kinds[name](text)
                except UnclearValueError as problem:
                    problems.append(
                        refusal_of(
                            problem,
                            row=row.number,
                            column=heading,
                            value=row.values[heading],
                        )
                    )
        return fields, problems

    def text(self, row: Row, name: str) -> str:
        """Return the first filled cell of a field as text."""
        columns = self.fit.uses.get(name, ())
        told = (told_by(use, row.values[heading]) for heading, use in columns)
        return next(
            (text for text in told if text), self.fit.map.constants.get(name, "")
        )

    def heading(self, name: str) -> str:
        """Return the heading of the first column that fills a field."""
        columns = self.fit.uses.get(name)
        return columns[0][0] if columns else ""


def told_by(use: Use, cell: str) -> str:
    """Return what a cell says by the map's options; empty when it says nothing."""
    if use.drop and use.drop.search(cell):
        return ""
    if use.extract:
        found = use.extract.search(cell)
        cell = (found.group(found.lastindex or 0) or "") if found else ""
    return use.values.get(cell.lower(), cell) if use.values else cell


def _tidy(text: str) -> str:
    return " ".join(text.split())


def too_many_cells(row: Row) -> Refusal:
    """Refuse a row with more cells than headings."""
    return Refusal(
        row=row.number,
        column="",
        value=", ".join(row.excess)[:200],
        reason=f"The row has {len(row.excess)} more cells than there are headings.",
        remedy="Put quotation marks around a cell that holds the separator.",
    )


def missing(row: Row, *, heading: str, label: str) -> Refusal:
    """Refuse a row that lacks what it needs."""
    return Refusal(
        row=row.number,
        column=heading,
        value="",
        reason=f"{label} is missing.",
        remedy=f"Fill in {label.lower()}, or delete the row.",
    )


def clipped(fields: Mapping[str, Any], lengths: Mapping[str, int]) -> dict[str, Any]:
    """Return fields with texts no longer than their columns in the database."""
    return {
        name: value[: lengths[name]]
        if isinstance(value, str) and name in lengths
        else value
        for name, value in fields.items()
    }
