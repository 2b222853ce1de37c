"""What programs receive about the district: the shapes of the API's answers."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from ninja import Schema
from pydantic import Field

from schoolward.base.rest import SCHOOL_YEAR, Count, Flag, OnDay, Part, id_field
from schoolward.district.models import Level
from schoolward.kernel.seats import Seat


SEATS = tuple(seat.value for seat in Seat)
AN_ID = Field(description="Opaque; the same row keeps it.", examples=["12"])


class ExternalId(Schema):
    """What another system calls a row."""

    source: str = Field(description="Whose id it is.", examples=["cps"])
    kind: str = Field(description="What kind of id.", examples=["school"])
    value: str = Field(examples=["609966"])


class Ref(Schema):
    """A row by its id and name."""

    id: str = AN_ID
    name: str


class NetworkRef(Ref):
    """A school's network."""


class FormerName(Schema):
    """A name the school bore up to a day."""

    name: str
    until: date


class Leader(Schema):
    """Who holds a leading post of a school."""

    person: Ref
    seat: str
    title: str
    capacity: str = Field(description="regular, interim, acting or resident.")
    since: date
    is_new: bool = Field(description="Whether this is their first school year in it.")


class Server(Schema):
    """Who serves a school, or a gap where somebody should be named."""

    role: str = Field(description="ILD, or the unit's name.")
    unit_id: str | None
    person: Ref | None
    since: date | None
    is_vacant: bool
    ask: Ref | None = Field(description="Whom to ask while nobody is named.")


class ProfilePart(Schema):
    """What somebody wrote in a field of the profile."""

    field: str
    label: str
    text: str
    written_by: Ref | None
    written_at: datetime | None


class Goal(Schema):
    """What a school means to reach in a school year."""

    id: str
    title: str
    who_for: str
    how_known: str
    led_by: str
    standing: str
    agreed_date: date | None


class School(Schema):
    """A school as it stands on a day."""

    id: str = AN_ID
    external_ids: list[ExternalId]
    name: str
    short_name: str
    level: str = Field(description="early, elementary, middle, k8, high or other.")
    grades: str
    category: str
    network: NetworkRef | None
    principals: list[Ref] = Field(description="Two or more share the principalship.")
    principal_is_vacant: bool
    ild: Ref | None = Field(description="The instructional leadership director.")
    open_date: date | None
    close_date: date | None
    is_open: bool


class SchoolPage(School):
    """A school with what its page shows."""

    as_of: date
    address: str
    phone: str
    website: str
    former_names: list[FormerName]
    network_is_supervised: bool
    leaders: list[Leader]
    served_by: list[Server]
    profile: list[ProfilePart]
    goals: list[Goal] = Field(description="Of the school year that holds the day.")
    merged_into: Ref | None


class Schools(Schema):
    """A part of the list of schools."""

    items: list[School]
    next_cursor: str | None


class SchoolsAsked(Part, OnDay):
    """Which schools."""

    network_id: str = id_field("Only schools that are in this network on the day.")
    level: Literal["", *Level.values] = Field("", description="Only this level.")  # type: ignore[valid-type]
    include_closed: Flag = Field(
        False,  # noqa: FBT003
        description="Whether schools that are closed on the day come too.",
    )


class Network(Schema):
    """A network of schools."""

    id: str = AN_ID
    external_ids: list[ExternalId]
    name: str
    supervised: bool = Field(description="False for mere groupings, such as Charter.")
    focus: str
    school_count: int
    ilds: list[Ref]


class Networks(Schema):
    """The networks."""

    items: list[Network]
    next_cursor: str | None = Field(description="Always null: the list comes whole.")


class Unit(Schema):
    """A unit of the central office."""

    id: str = AN_ID
    external_ids: list[ExternalId]
    name: str
    parent_id: str | None
    purpose: str
    leads: list[Ref]
    staff_count: int
    school_count: int = Field(description="Schools it serves by name.")


class Units(Schema):
    """The units, each before its parts."""

    items: list[Unit]
    next_cursor: str | None = Field(description="Always null: the list comes whole.")


class Post(Schema):
    """A seat in a place for a span of days."""

    id: str = AN_ID
    seat: str = Field(description=", ".join(SEATS))
    title: str
    capacity: str
    person: Ref | None = Field(description="Null while the post is vacant.")
    is_vacant: bool
    school_id: str | None
    unit_id: str | None
    network_id: str | None
    start_date: date
    end_date: date | None = Field(description="The first day no longer in it.")
    held_before: bool = Field(
        description="Whether start_date is only the first day that a file showed."
    )
    position_number: str
    fte: Decimal | None


class Posts(Schema):
    """A part of the list of posts."""

    items: list[Post]
    next_cursor: str | None


class PostsAsked(Part, OnDay):
    """Which posts."""

    seat: Literal["", *SEATS] = Field("", description="Only this seat.")  # type: ignore[valid-type]
    school_id: str = id_field("Only posts at this school.")
    unit_id: str = id_field("Only posts in this unit.")
    vacant: Flag | None = Field(
        None, description="Only vacant ones, or only held ones."
    )


class Person(Schema):
    """Someone who holds a post on the day."""

    id: str = AN_ID
    external_ids: list[ExternalId]
    name: str
    email: str
    phone: str
    posts: list[Post]


class People(Schema):
    """A part of the directory of people."""

    items: list[Person]
    next_cursor: str | None


class PeopleAsked(Part, OnDay):
    """Which people."""

    seat: Literal["", *SEATS] = Field("", description="Only people in this seat.")  # type: ignore[valid-type]
    school_id: str = id_field("Only people with a post at this school.")
    unit_id: str = id_field("Only people with a post in this unit.")


class Term(Schema):
    """A term; both days are instructional."""

    name: str
    first_date: date
    last_date: date


class DayException(Schema):
    """A day that is not what the rule says: Monday to Friday are instructional."""

    day: date
    kind: str = Field(description="instructional, holiday, break, pd or closed.")
    name: str
    office_is_open: bool
    school_id: str | None = Field(description="The one school it concerns.")


class SchoolYear(Schema):
    """A school year with the days that differ."""

    id: str = Field(description="The school year.", examples=["2026-27"])
    first_date: date
    last_date: date
    instructional_days: int
    terms: list[Term]
    exceptions: list[DayException]


class Calendar(Schema):
    """School years, the latest first."""

    items: list[SchoolYear]
    next_cursor: str | None = Field(description="Always null: the list comes whole.")


class CalendarAsked(Schema):
    """Which calendar."""

    school_year: str = Field(
        "",
        pattern=f"^$|{SCHOOL_YEAR}",
        description="Only this school year, such as 2026-27.",
    )
    school_id: str = id_field(
        "The district's days with those of this school laid over."
    )


class Hit(Schema):
    """One row that a search found."""

    id: str = AN_ID
    kind: str = Field(description="school, person, unit or network.")
    name: str
    note: str
    is_former: bool = Field(description="Whether the row bears the name no more.")
    score: float = Field(description="How well it fits; only the order matters.")


class Hits(Schema):
    """What a search found, the best first."""

    items: list[Hit]
    next_cursor: str | None = Field(description="Always null: ask more closely.")


class SearchAsked(Schema):
    """What to look for."""

    q: str = Field(
        min_length=1,
        max_length=200,
        description="A name, a misspelled or former one, or an id of another system.",
        examples=["Lincon"],
    )
    kind: Literal["", "school", "person", "unit", "network"] = Field(
        "", description="Only rows of this kind."
    )
    limit: Count = Field(20, ge=1, le=50, description="How many at most.")
