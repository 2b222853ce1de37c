"""The files and columns of OneRoster that are read, and the roles that are kept.

Columns are found by heading, whatever their order. A standard column that is not read
stays in `unread`, so that only what a vendor added is reported as ignored.
"""

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """What is read of one file.

    Attributes:
        file_name: Its name in the bundle.
        read: Headings that are read, in the standard's spelling.
        needed: Headings without which the file says nothing.
        unread: Standard headings that are left alone.
        spellings: Other headings for one that is read, all in lower case.
    """

    file_name: str
    read: tuple[str, ...]
    needed: frozenset[str]
    unread: frozenset[str]
    spellings: tuple[tuple[str, str], ...] = ()


MANIFEST = Layout(
    file_name="manifest.csv",
    read=("propertyName", "value"),
    needed=frozenset({"propertyName", "value"}),
    unread=frozenset(),
)
ORGS = Layout(
    file_name="orgs.csv",
    read=("sourcedId", "status", "name", "type", "identifier", "parentSourcedId"),
    needed=frozenset({"sourcedId", "name", "type"}),
    unread=frozenset({"dateLastModified"}),
)
SESSIONS = Layout(
    file_name="academicsessions.csv",
    read=(
        "sourcedId",
        "status",
        "title",
        "type",
        "startDate",
        "endDate",
        "parentSourcedId",
        "schoolYear",
    ),
    needed=frozenset({"sourcedId", "title", "type", "startDate", "endDate"}),
    unread=frozenset({"dateLastModified"}),
)
USERS = Layout(
    file_name="users.csv",
    read=(
        "sourcedId",
        "status",
        "role",
        "orgSourcedIds",
        "userIds",
        "userMasterIdentifier",
        "identifier",
        "givenName",
        "familyName",
        "preferredGivenName",
        "preferredFamilyName",
        "email",
        "title",
    ),
    needed=frozenset({"sourcedId", "givenName", "familyName"}),
    unread=frozenset(
        {
            "dateLastModified",
            "enabledUser",
            "username",
            "middleName",
            "preferredMiddleName",
            "sms",
            "phone",
            "agentSourcedIds",
            "agents",
            "grades",
            "password",
            "primaryOrgSourcedId",
            "pronouns",
        }
    ),
    spellings=(
        ("userid", "userIds"),
        ("jobtitle", "title"),
        ("metadata.title", "title"),
        ("metadata.jobtitle", "title"),
    ),
)
ROLES = Layout(
    file_name="roles.csv",
    read=(
        "sourcedId",
        "status",
        "userSourcedId",
        "roleType",
        "role",
        "beginDate",
        "endDate",
        "orgSourcedId",
    ),
    needed=frozenset({"userSourcedId", "role", "orgSourcedId"}),
    unread=frozenset({"dateLastModified", "userProfileSourcedId"}),
)

STAFF_ROLES = frozenset(
    {
        "administrator",
        "aide",
        "counselor",
        "districtadministrator",
        "principal",
        "proctor",
        "siteadministrator",
        "systemadministrator",
        "teacher",
    }
)
"""Roles whose holders work for the district, in lower case. All others are passed over."""

STUDENT = "student"
FAMILY = frozenset({"guardian", "parent", "relative"})
ENDED = frozenset({"tobedeleted", "inactive"})
"""Statuses of a row that no longer holds; `inactive` is a leftover of version 1.0."""


@lru_cache(maxsize=1000)
def role_of(text: str) -> str:
    """Return a role in the spelling of `STAFF_ROLES`.

    >>> role_of(" siteAdministrator"), role_of("Site Administrator")
    ('siteadministrator', 'siteadministrator')
    """
    return text.replace(" ", "").lower()
