"""What programs receive about indicators: the shapes of the API's answers."""

from typing import Literal

from ninja import Schema
from pydantic import Field

from schoolward.base.rest import SCHOOL_YEAR, Flag, Part, id_field


class Source(Schema):
    """Where values come from, and who answers for them."""

    key: str
    name: str
    owner: str


class Indicator(Schema):
    """An indicator as the district's catalogue defines it."""

    key: str = Field(examples=["attendance_rate"])
    name: str
    question: str = Field(description="The question it answers.")
    unit: str = Field(description="share, count, mean, ordinal, days or per_100.")
    unit_label: str
    direction: str = Field(description="higher, lower or none: which way is better.")
    formula: str
    caveats: str
    decimals: int
    scale: list[str] = Field(description="The words of a rating, low to high.")
    source: Source | None
    is_active: bool
    version: int = Field(description="How often its definition has changed, plus one.")


class Indicators(Schema):
    """The catalogue."""

    items: list[Indicator]
    next_cursor: str | None = Field(description="Always null: the list comes whole.")


class IndicatorsAsked(Schema):
    """Which indicators."""

    include_retired: Flag = Field(
        False,  # noqa: FBT003
        description="Whether indicators that are no longer kept up come too.",
    )


class Place(Schema):
    """Whose value it is."""

    kind: str = Field(description="school, network or district.")
    id: str | None = Field(description="Null for the district.")


class Restated(Schema):
    """What an earlier file said of the same."""

    value: float | None
    shown: str
    import_id: str
    file_year: str


class Value(Schema):
    """One value, or why there is none to show."""

    place: Place
    period: str = Field(description="The school year.", examples=["2018-19"])
    group: str = Field(description='"" for all, else dimension:member, as grade:3.')
    state: str = Field(description="value, suppressed, bounded, not_enough or missing.")
    value: float | None = Field(description="Shares are from 0 to 1.")
    numerator: float | None
    denominator: float | None
    n: int | None = Field(description="Null when the file does not give it.")
    word: str = Field(description="The word of a rating.")
    shown: str = Field(description="As people read it.")
    suppressed: bool = Field(description="Whether a small group is protected.")
    reason: str | None = Field(description="Why the value is not shown.")
    lower_bound: float | None
    upper_bound: float | None
    basis: str = Field(
        description="How it came about: as published, sum of parts, weighted by n, mean "
        "of schools …"
    )
    school_count: int | None = Field(description="Schools behind a roll-up.")
    source: str | None = Field(description="The key of the indicator's source.")
    import_id: str | None = Field(
        description="The import that said so; null for roll-ups."
    )
    file_year: str
    restated_from: Restated | None


class Values(Schema):
    """A part of the values of an indicator, by period, place and group."""

    items: list[Value]
    next_cursor: str | None


class ValuesAsked(Part):
    """Which values."""

    place: Literal["school", "network", "district"] = Field(
        "school", description="The level."
    )
    place_id: str = id_field("Only this school or network.")
    period: str = Field(
        "", pattern=f"^$|{SCHOOL_YEAR}", description="Only this school year."
    )
    group: str = Field(
        "",
        max_length=120,
        description='"" for all students together, * for every group, or one group.',
        examples=["grade:3"],
    )
    network_as: Literal["then", "today"] = Field(
        "today", description="Networks with their schools of then, or of today."
    )
