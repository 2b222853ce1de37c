"""Who gets through which door: every address of the project, line by line.

Each room keeps its own lines in the module of its name beside this one, as a dict
`DOORS` from the name of an address to `door(…)`. A new address without a line fails
the test, and so does a line whose address is gone.

    DOORS = {
        "home:day": door(MEMBERS),
        "home:school": door(NEAR, WHOLE, {"unit_lead"}, args=of_school),
        "district:close_school": door(KEEPERS, args=of_school),
    }

Every line is tried by GET and by POST with `data`, for every visitor. A visitor whom a
line does not name must be refused: 403 or 404, or sent to sign in. A visitor whom it
names must not be, by the methods that the page has. `post=` names who may send, where
fewer may send than look. `args` may make the rows it needs; they are taken back.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from schoolward.kernel.seats import Seat
from tests.contracts.world import World


ROOMS = ("access", "account", "audit", "district", "timeuse", "scorecards", "exchange",
         "home", "api", "ui", "config")  # fmt: skip

SEATS = frozenset(seat.value for seat in Seat)
ELSEWHERE = frozenset({"other_principal", "other_ild", "other_unit_staff"})
"""People with a post at another school than the one in question."""
DELEGATE = frozenset({"delegate"})
"""Somebody without a post who acts for the school's principal."""
MEMBERS = SEATS | ELSEWHERE | DELEGATE
"""Everyone who holds a post or acts for someone who does."""
NEAR = frozenset({"principal", "assistant_principal", "ild", "unit_staff"}) | DELEGATE
"""People tied to the school in question."""
WHOLE = frozenset({"deputy", "chief", "superintendent", "analyst", "administrator"})
"""Seats whose work reaches every school."""
KEEPERS = frozenset({"analyst", "administrator"})
"""Seats that keep the district's records."""
ADMINISTRATOR = frozenset({"administrator"})
NO_POST = frozenset({"no_post"})
SIGNED_OUT = frozenset({"signed_out"})
SIGNED_IN = MEMBERS | NO_POST
ANYONE = SIGNED_IN | SIGNED_OUT
VISITORS = tuple(sorted(ANYONE))


@dataclass(frozen=True, kw_only=True)
class Door:
    """One line: who may look, who may send, and with what."""

    to: frozenset[str]
    post: frozenset[str]
    args: Callable[[World], dict[str, Any]]
    data: dict[str, Any] = field(default_factory=dict)
    query: dict[str, Any] = field(default_factory=dict)

    def lets_in(self, visitor: str, *, method: str) -> bool:
        """Return whether a visitor is to get through."""
        return visitor in (self.post if method == "post" else self.to)


def no_args(_world: World) -> dict[str, Any]:
    """Give an address nothing."""
    return {}


def of_school(world: World) -> dict[str, Any]:
    """Give an address the school in question."""
    return {"pk": world.school.pk}


def door(
    *groups: Iterable[str],
    post: Iterable[str] | None = None,
    args: Callable[[World], dict[str, Any]] = no_args,
    data: dict[str, Any] | None = None,
    query: dict[str, Any] | None = None,
) -> Door:
    """Say who gets through one address."""
    to = frozenset().union(*groups)
    sending = to if post is None else frozenset(post)
    return Door(to=to, post=sending, args=args, data=data or {}, query=query or {})


def doors() -> dict[str, Door]:
    """Return the lines of every room."""
    found: dict[str, Door] = {}
    for room in ROOMS:
        if find_spec(f"tests.contracts.matrix.{room}"):
            found |= import_module(f"tests.contracts.matrix.{room}").DOORS
    return found
