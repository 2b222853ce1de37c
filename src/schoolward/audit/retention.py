"""How long each record type is kept, what is held by law, and what is held about a person.

Each room says in its `records.py` what it holds; a test finds a table nobody declared.
The default periods are starting points for a district to set against its own state's
schedule; they claim no legal authority.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace


LEGAL_ADVICE = "may reveal legal advice; counsel decides"
"""Why the reason of a legal hold is not given out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordClass:
    """One retention class.

    Attributes:
        key: Its short name.
        name: What people call it.
        years: Years kept by default after the record's own date; 0 is for good.
        why: What the default rests on.
    """

    key: str
    name: str
    years: int
    why: str


CLASSES: Mapping[str, RecordClass] = {
    one.key: one
    for one in (
        RecordClass(
            key="directory",
            name="Places and people of the district",
            years=0,
            why="The history of schools, networks and posts explains every past number.",
        ),
        RecordClass(
            key="administration",
            name="Administrative acts",
            years=5,
            why="A common period of local schedules for general correspondence and acts.",
        ),
        RecordClass(
            key="planning",
            name="School profiles and goals",
            years=5,
            why="Kept as long as the plans they belong to are looked back on.",
        ),
        RecordClass(
            key="time",
            name="People’s own calendars",
            years=3,
            why="Long enough to see a trend over school years; what a meeting was called "
            "is of no use after that.",
        ),
        RecordClass(
            key="evidence",
            name="Published indicators and the files they came from",
            years=0,
            why="Published aggregates; a restated value needs the earlier one.",
        ),
        RecordClass(
            key="security",
            name="Sign-in and access",
            years=2,
            why="Long enough to look into misuse; near the federal floor of two years "
            "for school systems' employment records (29 CFR 1602.40).",
        ),
        RecordClass(
            key="audit",
            name="The record of holds, disposals and exports",
            years=0,
            why="Proof that the schedule was followed.",
        ),
        RecordClass(
            key="technical",
            name="Jobs and working files",
            years=1,
            why="Of use only while something may need mending.",
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One record type: a table, its class, and how its rows concern people.

    Attributes:
        model: The table's label, such as "district.Post".
        record_class: A key of CLASSES.
        about: Fields that hold the id of a person whom a row is about or by.
        dated_by: The field the period runs from; empty when rows are never disposed of.
        school: The field that holds the school, for legal holds.
        withhold: Fields not to be given out, each with the reason.
        leave_out: Fields with no meaning outside the product, such as secrets' hashes.
        by_verb: Whether its rows are of the class of their verb: `record_class` is then
            only where the table as a whole is listed.
    """

    model: str
    record_class: str
    about: tuple[str, ...] = ()
    dated_by: str = ""
    school: str = ""
    withhold: Mapping[str, str] = field(default_factory=dict)
    leave_out: tuple[str, ...] = ()
    by_verb: bool = False


_HOLDINGS: dict[str, Holding] = {}


def hold(*holdings: Holding) -> None:
    """Declare record types of a room.

    Raises:
        LookupError: A holding names a class that does not exist.
    """
    for one in holdings:
        if one.record_class not in CLASSES:
            msg = f"{one.model} names no known retention class: {one.record_class}."
            raise LookupError(msg)
        _HOLDINGS[one.model] = one


def holdings() -> list[Holding]:
    """Return every declared record type, by label."""
    return [_HOLDINGS[label] for label in sorted(_HOLDINGS)]


def disposable(record_class: str) -> Iterable[Holding]:
    """Return the record types that have rows of a class, disposed of one day."""
    return [
        replace(one, record_class=record_class)
        for one in holdings()
        if one.dated_by and (one.by_verb or one.record_class == record_class)
    ]
