"""What a bundle says, row by row: orgs, sessions, and the people who work for the district."""

from dataclasses import dataclass

from schoolward.exchange.domain import Aside
from schoolward.exchange.oneroster import layouts
from schoolward.exchange.oneroster.layouts import role_of
from schoolward.exchange.oneroster.tables import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Org:
    """A school, a department or the district itself."""

    row: int
    sourced_id: str
    name: str
    kind: str
    identifier: str
    parent_id: str
    is_ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A school year, term or grading period, with its days as written."""

    row: int
    sourced_id: str
    title: str
    kind: str
    start: str
    end: str
    parent_id: str
    school_year: str
    is_ended: bool


@dataclass(frozen=True, slots=True)
class Role:
    """What someone does for one org, with its days as written."""

    name: str
    org_id: str
    start: str = ""
    end: str = ""
    is_ended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """One row of users.csv of someone who works for the district.

    Attributes:
        row: The row as a spreadsheet numbers it; 0 when only roles.csv names the user.
        sourced_id: The user's id in the source.
        ids: Other ids by kind, such as ("identifier", "4711").
        is_named: Whether the bundle says the name; a change of roles alone does not.
        roles: What the user does, and where.
    """

    row: int
    sourced_id: str
    ids: tuple[tuple[str, str], ...] = ()
    given_name: str = ""
    family_name: str = ""
    email: str = ""
    title: str = ""
    is_ended: bool = False
    roles: tuple[Role, ...] = ()

    @property
    def is_named(self) -> bool:
        """Return whether the bundle says the name."""
        return bool(self.given_name or self.family_name)


@dataclass(slots=True, kw_only=True)
class PassedOver:
    """How many rows were passed over, and why; never whose they were."""

    students: int = 0
    families: int = 0
    others: int = 0

    def asides(self) -> list[Aside]:
        """Return what was passed over as counted rows."""
        said = (
            (self.students, "Student: kept nowhere."),
            (self.families, "Guardian, parent or relative: kept nowhere."),
            (self.others, "User without a role of staff: kept nowhere."),
        )
        return [
            Aside(row=0, reason=reason, count=count) for count, reason in said if count
        ]

    def add(self, role: str) -> None:
        """Count one more, by its role."""
        if role == layouts.STUDENT:
            self.students += 1
        elif role in layouts.FAMILY:
            self.families += 1
        else:
            self.others += 1

    @property
    def total(self) -> int:
        """Return how many rows in all."""
        return self.students + self.families + self.others


def _is_ended(line: Line) -> bool:
    return line["status"].lower() in layouts.ENDED


def org_of(line: Line) -> Org:
    """Return a row of orgs.csv."""
    return Org(
        row=line.number,
        sourced_id=line["sourcedId"],
        name=line["name"],
        kind=line["type"].lower(),
        identifier=line["identifier"],
        parent_id=line["parentSourcedId"],
        is_ended=_is_ended(line),
    )


def session_of(line: Line) -> Session:
    """Return a row of academicSessions.csv."""
    return Session(
        row=line.number,
        sourced_id=line["sourcedId"],
        title=line["title"],
        kind=line["type"].lower(),
        start=line["startDate"],
        end=line["endDate"],
        parent_id=line["parentSourcedId"],
        school_year=line["schoolYear"],
        is_ended=_is_ended(line),
    )


def held_role_of(line: Line) -> Role:
    """Return a row of roles.csv."""
    return Role(
        role_of(line["role"]),
        line["orgSourcedId"],
        line["beginDate"],
        line["endDate"],
        _is_ended(line),
    )


def member_of(line: Line, roles: tuple[Role, ...]) -> StaffMember:
    """Return a row of users.csv with its roles."""
    return StaffMember(
        row=line.number,
        sourced_id=line["sourcedId"],
        ids=_ids(line),
        given_name=line["preferredGivenName"] or line["givenName"],
        family_name=line["preferredFamilyName"] or line["familyName"],
        email=line["email"].lower(),
        title=line["title"],
        is_ended=_is_ended(line),
        roles=roles,
    )


def _ids(line: Line) -> tuple[tuple[str, str], ...]:
    """Return the ids beside the sourcedId, by which rows of one person are known."""
    single = (
        ("userMasterIdentifier", line["userMasterIdentifier"]),
        ("identifier", line["identifier"]),
    )
    several = (("userId", one) for one in listed(line["userIds"]))
    return tuple((kind, value) for kind, value in (*single, *several) if value)


def listed(text: str) -> list[str]:
    """Return the parts of a comma list, without the braces of `userIds`.

    >>> listed("{LDAP:12},{LTI:15}"), listed("org-1, org-2"), listed("")
    (['LDAP:12', 'LTI:15'], ['org-1', 'org-2'], [])
    """
    parts = (part.strip().strip("{}").strip() for part in text.split(","))
    return [part for part in parts if part]
