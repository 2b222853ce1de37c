"""Writing a map as TOML, from columns that a person chose or that were proposed."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schoolward.exchange.domain import Target
from schoolward.exchange.mapping.fit import plain_word
from schoolward.exchange.values import YearSpelling


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenIndicator:
    """A column of values that a person chose.

    Attributes:
        heading: The column.
        unit: share, count, mean, days or per_100.
        percent: Whether shares are written as percent.
        direction: higher, lower or none.
    """

    heading: str
    unit: str = "mean"
    percent: bool = False
    direction: str = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A map in the making.

    Attributes:
        name: Its name.
        target: What it is for.
        columns: The field each column fills.
        source_key: The key of the source; the map's name when empty.
        source_name: The source as people know it.
        complete: Whether a row that is absent has ended.
        verified_emails: Whether the district vouches for the addresses.
        unsupervised: Labels that are no supervisor's network.
        spelling: What a bare year names.
        each_row: Whether each row has a school year of its own.
        indicators: Columns of values.
    """

    name: str
    target: Target
    columns: Mapping[str, str]
    source_key: str = ""
    source_name: str = ""
    complete: bool = False
    verified_emails: bool = False
    unsupervised: Sequence[str] = ()
    spelling: YearSpelling = YearSpelling.SCHOOL_YEAR
    each_row: bool = False
    indicators: Sequence[ChosenIndicator] = ()


def write_map(draft: Draft) -> str:
    """Return a map as TOML.

    >>> draft = Draft(name="ours", target=Target.SCHOOLS, columns={"No": "school_id"})
    >>> print(write_map(draft).splitlines()[-1])
    "No" = "school_id"
    """
    key = draft.source_key or draft.name
    lines = [
        f"name = {_text(draft.name)}",
        f"target = {_text(draft.target.value)}",
        f"source = {{ key = {_text(key)}, name = {_text(draft.source_name or key)} }}",
        f"complete = {_flag(draft.complete)}",
    ]
    if draft.verified_emails:
        lines.append("verified_emails = true")
    lines += _year(draft)
    if draft.unsupervised:
        words = ", ".join(_text(word) for word in draft.unsupervised)
        lines += ["", "[networks]", f"unsupervised = [{words}]"]
    lines += ["", "[columns]"]
    lines += [_column(heading, field) for heading, field in draft.columns.items()]
    for one in draft.indicators:
        lines += _indicator(one, draft.name)
    return "\n".join(lines) + "\n"


def _year(draft: Draft) -> list[str]:
    column = next(
        (heading for heading, field in draft.columns.items() if field == "school_year"),
        "",
    )
    if not column:
        return []
    return [
        "",
        "[year]",
        f"column = {_text(column)}",
        f"spelling = {_text(draft.spelling.value)}",
        f"each_row = {_flag(draft.each_row)}",
    ]


def _column(heading: str, field: str) -> str:
    if field == "network":
        return f'{_text(heading)} = {{ field = "network", blank = "none" }}'
    return f"{_text(heading)} = {_text(field)}"


def _indicator(one: ChosenIndicator, map_name: str) -> list[str]:
    return [
        "",
        "[[indicators]]",
        f"key = {_text(plain_word(f'{map_name} {one.heading}')[:80])}",
        f"name = {_text(one.heading)}",
        f"unit = {_text(one.unit)}",
        f"direction = {_text(one.direction)}",
        f"written_as = {_text('percent' if one.percent else 'number')}",
        f"column = {_text(one.heading)}",
    ]


def _text(value: str) -> str:
    """Return a TOML string; JSON's escapes are TOML's, but for one control character."""
    return json.dumps(
        re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", value), ensure_ascii=False
    )


def _flag(value: bool) -> str:  # noqa: FBT001
    return "true" if value else "false"
