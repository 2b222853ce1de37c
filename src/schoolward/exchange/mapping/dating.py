"""Which school year a file is about, and from which day what it says holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice

from schoolward.exchange.domain import QuestionError, Row, UnclearValueError
from schoolward.exchange.mapping.fit import Fit
from schoolward.exchange.maps import YearRule
from schoolward.exchange.values import school_year_of
from schoolward.kernel.schoolyear import SchoolYear


@dataclass(frozen=True, slots=True, kw_only=True)
class Dating:
    """When a file speaks of.

    Attributes:
        as_of: The day from which it holds.
        year: The school year; None when each row has its own.
        notes: Where the file disagrees with itself, as sentences.
    """

    as_of: date
    year: SchoolYear | None
    notes: tuple[str, ...] = ()


def date_file(
    fit: Fit, rows: Iterable[Row], *, name: str, as_of: date | None, today: date
) -> tuple[Dating, Iterator[Row]]:
    """Find when a file speaks of; `--as-of` wins, then what the map trusts first.

    Args:
        fit: The map laid over the file.
        rows: Its rows; one is looked at and given back.
        name: The file's name, which may hold the year.
        as_of: What a person said.
        today: The present day, for files whose rows have a day or a year of their own.

    Returns:
        When the file speaks of, and all its rows.

    Raises:
        QuestionError: Nothing says when, and no one said.
    """
    rows = iter(rows)
    first = list(islice(rows, 1))
    whole = chain(first, rows)
    rule = fit.map.year
    if rule.each_row or fit.map.day_column:
        return Dating(as_of=as_of or today, year=None), whole
    told = _told(fit, first, rule, name=name)
    if as_of is not None:
        year = SchoolYear.of(as_of)
    elif told:
        year = next(iter(told.values()))
    else:
        msg = (
            f"{name} does not say which school year it is about. Say from which day it "
            "holds with --as-of, such as --as-of 2018-07-01."
        )
        raise QuestionError(
            msg,
            answer="as_of",
            options={"2018-07-01": "the school year 2018-19"},
        )
    notes = tuple(_disagreements(told, year, name=name))
    return Dating(as_of=as_of or year.first_day, year=year, notes=notes), whole


def _told(
    fit: Fit, first: list[Row], rule: YearRule, *, name: str
) -> dict[str, SchoolYear]:
    told: dict[str, SchoolYear] = {}
    for place in rule.places:
        text = _year_text(fit, first, rule, place=place, name=name)
        try:
            told[place] = school_year_of(text, spelling=rule.spelling)
        except UnclearValueError:
            continue
    return told


def _year_text(
    fit: Fit, first: list[Row], rule: YearRule, *, place: str, name: str
) -> str:
    if place == "file-name":
        found = rule.file_name.search(name)
        return (
            (found.group(found.lastindex or 0) or "").replace("_", "-") if found else ""
        )
    heading = fit.place(rule.column)
    return first[0].values.get(heading, "") if first and heading else ""


_PLACES = {"file-name": "its name", "column": "its column of the school year"}


def _disagreements(
    told: dict[str, SchoolYear], year: SchoolYear, *, name: str
) -> Iterator[str]:
    for place, said in told.items():
        if said != year:
            yield (
                f"{name} is loaded as {year}, but {_PLACES[place]} says {said}. If that "
                f"is right, undo and load it with --as-of {said.first_day}."
            )
