"""What a look at the installation found, for administrators.

The look itself belongs to the floor above, which knows settings and servers; it hands
its finder in here when the program starts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as it should be, and its remedy."""

    what: str
    remedy: str
    is_grave: bool = False


Finder = Callable[[], Sequence[Finding]]
_FINDERS: list[Finder] = []


def register(finder: Finder) -> Finder:
    """Take in a finder; it is asked whenever an administrator's day is shown."""
    _FINDERS.append(finder)
    return finder


def now() -> tuple[Finding, ...]:
    """Ask every finder, the grave findings first."""
    found = [finding for finder in _FINDERS for finding in finder()]
    return tuple(sorted(found, key=lambda one: not one.is_grave))
