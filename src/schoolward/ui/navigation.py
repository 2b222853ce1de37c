"""What the rail of a page holds: groups of places to go, and who is signed in."""

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass


@dataclass(frozen=True, slots=True)
class NavItem:
    """One place to go."""

    label: str
    url: str
    _: KW_ONLY
    icon: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Places that belong together; a rule stands between groups."""

    items: Sequence[NavItem]


@dataclass(frozen=True, slots=True)
class Me:
    """The person who is signed in, as the rail names them.

    Attributes:
        name: Their name.
        seats: What their posts make them, such as "Principal".
        url: Their own page: password, second factor, sessions.
        acting_for: Whom they act for, where they do.
    """

    name: str
    _: KW_ONLY
    seats: str = ""
    url: str = ""
    acting_for: str = ""
