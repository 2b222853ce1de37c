"""Which column probably fills which field: by the heading's words and the cells' shape."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from schoolward.exchange.domain import Kind, Target, UnclearValueError
from schoolward.exchange.fields import FIELDS, Field
from schoolward.exchange.synonyms import WORDS
from schoolward.exchange.values import (
    day_of,
    email_of,
    figure_of,
    school_year_of,
    yes_or_no,
)


ENOUGH = 0.62
"""The least likeness that is proposed."""

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SPLIT = re.compile(r"[^0-9a-z#]+")
_SHORT = {
    "no": "number",
    "num": "number",
    "nbr": "number",
    "#": "number",
    "sch": "school",
    "dept": "department",
    "emp": "employee",
    "addr": "address",
    "tel": "phone",
    "telephone": "phone",
    "ph": "phone",
    "desc": "description",
    "cd": "code",
    "nm": "name",
    "pos": "position",
    "fname": "first name",
    "lname": "last name",
    "adm": "administrator",
    "lvl": "level",
    "yr": "year",
    "bldg": "building",
    "loc": "location",
    "org": "organization",
    "princ": "principal",
    "supt": "superintendent",
    "zipcode": "zip code",
    "lat": "latitude",
    "lon": "longitude",
    "lng": "longitude",
    "sy": "school year",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a column probably fills.

    Attributes:
        heading: The column.
        field: The field; empty when nothing is like enough.
        confidence: From 0 to 1.
    """

    heading: str
    field: str = ""
    confidence: float = 0.0


def propose(
    target: Target, headings: Sequence[str], sample: Mapping[str, Sequence[str]]
) -> list[Proposal]:
    """Propose a field for each column, each field once.

    Args:
        target: What the file is loaded into.
        headings: Its columns.
        sample: Some cells of each column.

    >>> found = propose(Target.SCHOOLS, ["SchoolNo", "School Name"], {})
    >>> [one.field for one in found]
    ['school_id', 'name']
    """
    scores = sorted(
        (
            (
                -likeness(target, field, heading, sample.get(heading, ())),
                place,
                field.name,
            )
            for place, heading in enumerate(headings)
            for field in FIELDS[target]
        ),
    )
    taken: dict[int, tuple[str, float]] = {}
    used: set[str] = set()
    for score, place, name in scores:
        if -score < ENOUGH:
            break
        if place not in taken and name not in used:
            taken[place] = (name, -score)
            used.add(name)
    return [
        Proposal(
            heading=heading,
            field=taken.get(place, ("", 0.0))[0],
            confidence=round(taken.get(place, ("", 0.0))[1], 2),
        )
        for place, heading in enumerate(headings)
    ]


def likeness(target: Target, field: Field, heading: str, cells: Sequence[str]) -> float:
    """Return how like a column is to a field, from 0 to 1."""
    words = heading_words(heading)
    name = max(
        (_alike(words, known) for known in WORDS[target].get(field.name, ())),
        default=0.0,
    )
    filled = [cell for cell in cells if cell.strip()][:50]
    if not filled:
        return name * 0.9 if cells else name
    shape = _shape(target, field, filled)
    if shape is None:
        return name
    return min(1.0, name * (0.5 + 0.5 * shape) + 0.05 * shape)


def heading_words(heading: str) -> str:
    """Return a heading as plain words.

    >>> heading_words("SchoolNo"), heading_words("LSTREET_ADDR")
    ('school number', 'lstreet address')
    """
    parts = _SPLIT.split(_CAMEL.sub(" ", heading).lower())
    return " ".join(_SHORT.get(part, part) for part in parts if part)


def _alike(words: str, known: str) -> float:
    """Compare two headings: the same words count most, then the same letters."""
    if words == known:
        return 1.0
    whole = fuzz.token_sort_ratio(words, known) / 100
    mine, theirs = set(words.split()), set(known.split())
    covered = len(mine & theirs) / len(theirs) if theirs else 0.0
    extra = len(mine - theirs) / max(len(mine), 1)
    return max(whole * 0.9, covered * 0.95 - extra * 0.35)


def _readable(read: Callable[[str], object]) -> Callable[[str], bool]:
    def test(cell: str) -> bool:
        try:
            read(cell)
        except UnclearValueError:
            return False
        return True

    return test


def _between(low: float, high: float) -> Callable[[str], bool]:
    def test(cell: str) -> bool:
        try:
            value = figure_of(cell).value
        except UnclearValueError:
            return False
        return value is not None and low <= value <= high

    return test


def _matching(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda cell: bool(compiled.match(cell.strip()))


def _is_year(cell: str) -> bool:
    if re.fullmatch(r"(19|20)\d{2}(\.0)?", cell.strip()):
        return True
    return _readable(school_year_of)(cell)


_BY_KIND: dict[Kind, Callable[[str], bool]] = {
    Kind.NUMBER: _readable(figure_of),
    Kind.DAY: _readable(day_of),
    Kind.YES_NO: _readable(yes_or_no),
    Kind.YEAR: _is_year,
    Kind.EMAIL: _readable(email_of),
    Kind.KEY: _matching(r"^(?=.*\d)[\w.\-/]{1,40}$|^[A-Z]{1,6}$"),
}
_NAMES = _matching(r"^(?!\d+$).*[a-z].*$")
_BY_FIELD: dict[str, Callable[[str], bool]] = {
    "name": _NAMES,
    "given_name": _matching(r"^[^\d@]{1,40}$"),
    "family_name": _matching(r"^[^\d@]{1,40}$"),
    "school_name": _NAMES,
    "title": _matching(r"^(?!\d+$).*[a-z]{2}.*$"),
    "unit": _NAMES,
    "ild_name": _matching(r"^[^\d@]{3,60}$"),
    "city": _matching(r"^[a-z .'\-]{2,40}$"),
    "state": _matching(r"^[a-z]{2}$|^[a-z ]{4,20}$"),
    "postal_code": _matching(r"^\d{5}(-?\d{4})?$"),
    "phone": _matching(r"^[+(]?\d[\d\s().\-/x]{6,20}\d$"),
    "website": _matching(r"^(https?://|www\.)|^[\w\-]+(\.[\w\-]+)+(/.*)?$"),
    "address": _matching(r"^(\d|p\.?\s?o\.?\b|one ).*[a-z]"),
    "latitude": _between(15, 72),
    "longitude": _between(-180, -60),
    "fte": _between(0, 1.5),
    "grades": _matching(r"^((pk|p3|k|kg|0?k|ec|tk|jk|\d{1,2})\b[\s,;\-–to]*)+$"),
}


def _shape(target: Target, field: Field, filled: Sequence[str]) -> float | None:
    """Return the share of cells that look like the field's; None when it has no look."""
    test = _BY_FIELD.get(field.name) or _BY_KIND.get(field.kind)
    if test is None:
        return None
    share = sum(test(cell) for cell in filled) / len(filled)
    is_own_key = target is Target.SCHOOLS and field.name in {"school_id", "name"}
    if is_own_key and len(filled) > 4:
        share *= len(set(filled)) / len(filled)
    return share


def sample_of(
    rows: Iterable[Mapping[str, str]], *, most: int = 50
) -> dict[str, list[str]]:
    """Return some cells of each column."""
    found: dict[str, list[str]] = {}
    for count, row in enumerate(rows):
        if count >= most:
            break
        for heading, cell in row.items():
            found.setdefault(heading, []).append(cell)
    return found
