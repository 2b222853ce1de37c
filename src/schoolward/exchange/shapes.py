"""What programs receive about loads: the shapes of the API's answers."""

from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from schoolward.audit.models import LoadState
from schoolward.base.rest import Part


class Load(Schema):
    """One file's way in, with what it did."""

    id: str = Field(examples=["7"])
    target: str = Field(description="What it was loaded as.", examples=["schools"])
    format: str
    file_name: str
    map: str
    source: str = Field(description="The key of the source of its facts.")
    school_year: str
    as_of: date
    state: str = Field(description=", ".join(LoadState.values))
    begun_by: str
    begun_at: datetime
    loaded_at: datetime | None
    undone_at: datetime | None
    new: int
    changed: int
    ended: int
    unchanged: int
    refused_count: int
    set_aside: int = Field(description="Rows that were not meant to load.")
    ignored_columns: list[str]
    notes: list[str]
    problem: str = Field(description="Why it was not loaded, when it was not.")


class Refusal(Schema):
    """One row that did not load, with what to do about it."""

    row: int
    column: str
    value: str
    reason: str
    remedy: str


class LoadWithRefusals(Load):
    """One load with the rows it refused, up to a thousand."""

    refused: list[Refusal]


class Loads(Schema):
    """A part of the list of loads, the latest first."""

    items: list[Load]
    next_cursor: str | None


class LoadsAsked(Part):
    """Which loads."""

    state: Literal["", *LoadState.values] = Field("", description="Only in this state.")  # type: ignore[valid-type]
