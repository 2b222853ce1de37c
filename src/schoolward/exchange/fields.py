"""The fields a column can fill, and what each means."""

from dataclasses import dataclass

from schoolward.exchange.domain import Kind, Target


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One thing a row can say.

    Attributes:
        name: As maps write it.
        label: As people read it.
        meaning: One line of help.
        kind: What its cells hold.
        required: Whether a row without it is refused.
    """

    name: str
    label: str
    meaning: str
    kind: Kind = Kind.TEXT
    required: bool = False


SCHOOL_FIELDS = (
    Field(
        name="school_id",
        label="School id",
        meaning="The id by which the district's files know the school.",
        kind=Kind.KEY,
        required=True,
    ),
    Field(
        name="name",
        label="Name",
        meaning="The school's full name.",
        required=True,
    ),
    Field(
        name="short_name",
        label="Short name",
        meaning="What people call the school.",
    ),
    Field(
        name="level",
        label="Level",
        meaning="Early childhood, elementary, middle, K–8 or high.",
    ),
    Field(
        name="grades",
        label="Grades",
        meaning="The grades it teaches, such as PK,K-8.",
    ),
    Field(
        name="category",
        label="Kind of school",
        meaning="Neighborhood, magnet, charter, special education …",
    ),
    Field(
        name="address",
        label="Address",
        meaning="Street and number.",
    ),
    Field(
        name="city",
        label="City",
        meaning="City.",
    ),
    Field(
        name="state",
        label="State",
        meaning="State.",
    ),
    Field(
        name="postal_code",
        label="ZIP code",
        meaning="ZIP code.",
    ),
    Field(
        name="phone",
        label="Phone",
        meaning="The school's telephone number.",
    ),
    Field(
        name="website",
        label="Web site",
        meaning="The school's own site.",
    ),
    Field(
        name="latitude",
        label="Latitude",
        meaning="Degrees north.",
        kind=Kind.NUMBER,
    ),
    Field(
        name="longitude",
        label="Longitude",
        meaning="Degrees east; negative in America.",
        kind=Kind.NUMBER,
    ),
    Field(
        name="open_date",
        label="Opened on",
        meaning="The day it opened.",
        kind=Kind.DAY,
    ),
    Field(
        name="close_date",
        label="Closes on",
        meaning="The first day it is no longer open.",
        kind=Kind.DAY,
    ),
    Field(
        name="network",
        label="Network",
        meaning="The network, region or area it belongs to.",
    ),
    Field(
        name="ild_id",
        label="ILD's id",
        meaning="The id of the ILD (principal supervisor) who supervises it.",
        kind=Kind.KEY,
    ),
    Field(
        name="ild_name",
        label="ILD's name",
        meaning="The name of its ILD (principal supervisor).",
    ),
    Field(
        name="ild_email",
        label="ILD's e-mail",
        meaning="The e-mail address of its ILD.",
        kind=Kind.EMAIL,
    ),
)

PEOPLE_FIELDS = (
    Field(
        name="person_id",
        label="Person id",
        meaning="The id by which the district's files know the person.",
        kind=Kind.KEY,
    ),
    Field(
        name="name",
        label="Name",
        meaning="The person's name in one cell.",
    ),
    Field(
        name="given_name",
        label="Given name",
        meaning="First name.",
    ),
    Field(
        name="family_name",
        label="Family name",
        meaning="Last name.",
    ),
    Field(
        name="email",
        label="E-mail",
        meaning="The work e-mail address.",
        kind=Kind.EMAIL,
    ),
    Field(
        name="phone",
        label="Phone",
        meaning="The work telephone number.",
    ),
    Field(
        name="title",
        label="Job title",
        meaning="The title of the post.",
    ),
    Field(
        name="seat",
        label="Seat",
        meaning="principal, assistant_principal, ild, unit_staff …; from the title when absent.",
    ),
    Field(
        name="school_id",
        label="School id",
        meaning="The school of the post, by its id.",
        kind=Kind.KEY,
    ),
    Field(
        name="school_name",
        label="School name",
        meaning="The school of the post, by its name.",
    ),
    Field(
        name="unit",
        label="Unit",
        meaning="The central unit of the post, by its name.",
    ),
    Field(
        name="network",
        label="Network",
        meaning="The network of the post, by its name.",
    ),
    Field(
        name="position_number",
        label="Position number",
        meaning="The number of the position, whoever holds it.",
        kind=Kind.KEY,
    ),
    Field(
        name="fte",
        label="FTE",
        meaning="The share of a full position.",
        kind=Kind.NUMBER,
    ),
    Field(
        name="is_vacant",
        label="Vacant",
        meaning="Whether nobody holds the post.",
        kind=Kind.YES_NO,
    ),
    Field(
        name="start_date",
        label="From",
        meaning="The first day in the post.",
        kind=Kind.DAY,
    ),
    Field(
        name="end_date",
        label="Until",
        meaning="The first day no longer in the post.",
        kind=Kind.DAY,
    ),
)

INDICATOR_FIELDS = (
    Field(
        name="school_id",
        label="School id",
        meaning="The school the value is of.",
        kind=Kind.KEY,
        required=True,
    ),
    Field(
        name="school_year",
        label="School year",
        meaning="The school year the value is of.",
        kind=Kind.YEAR,
    ),
    Field(
        name="indicator",
        label="Indicator",
        meaning="Which indicator, in a file with one value in each row.",
    ),
    Field(
        name="group",
        label="Group",
        meaning="The group of students, such as a grade.",
    ),
    Field(
        name="value",
        label="Value",
        meaning="The value, in a file with one value in each row.",
        kind=Kind.NUMBER,
    ),
    Field(
        name="numerator",
        label="Numerator",
        meaning="How many of them.",
        kind=Kind.NUMBER,
    ),
    Field(
        name="denominator",
        label="Denominator",
        meaning="Of how many.",
        kind=Kind.NUMBER,
    ),
    Field(
        name="n",
        label="n",
        meaning="The number behind the value, when there is no denominator.",
        kind=Kind.NUMBER,
    ),
)

CALENDAR_FIELDS = (
    Field(
        name="day",
        label="Day",
        meaning="The day.",
        kind=Kind.DAY,
        required=True,
    ),
    Field(
        name="last_day",
        label="Last day",
        meaning="The last day of several, such as of a break.",
        kind=Kind.DAY,
    ),
    Field(
        name="day_kind",
        label="Kind of day",
        meaning="First day, last day, term, holiday, break, PD day, closed or instructional.",
        required=True,
    ),
    Field(
        name="name",
        label="Name",
        meaning="What the day is called.",
    ),
    Field(
        name="school_id",
        label="School id",
        meaning="The one school the day concerns; empty for all.",
        kind=Kind.KEY,
    ),
)

FIELDS: dict[Target, tuple[Field, ...]] = {
    Target.SCHOOLS: SCHOOL_FIELDS,
    Target.PEOPLE: PEOPLE_FIELDS,
    Target.INDICATORS: INDICATOR_FIELDS,
    Target.CALENDAR: CALENDAR_FIELDS,
}
"""Targets a table can be loaded into, with their fields."""


def field_of(target: Target, name: str) -> Field | None:
    """Return a field by its name in maps, or None."""
    return next((one for one in FIELDS[target] if one.name == name), None)
