"""What the rail shows to whom; asks the policies, never the database."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from schoolward.access.policies import can_see_accounts, can_see_who
from schoolward.audit.policies import can_see_events
from schoolward.base import clock
from schoolward.district.policies import can_reassign, can_see_directory
from schoolward.kernel.actor import Actor
from schoolward.kernel.decision import Decision
from schoolward.kernel.seats import Seat
from schoolward.timeuse.policies import is_offered_time
from schoolward.ui.navigation import Me, NavGroup, NavItem


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in the rail: its words, the name of its address, its drawing, its rule."""

    label: str
    name: str
    icon: str
    rule: Callable[[Actor], Decision]


def _is_member(actor: Actor) -> Decision:
    return can_see_directory(actor)


def _loads_files(actor: Actor) -> Decision:
    keepers = (Seat.ADMINISTRATOR, Seat.ANALYST)
    allowed = all(face.holds(*keepers) for face in actor.faces)
    return Decision(allowed, "Files are loaded by administrators and analysts.")


PLACES: tuple[tuple[_Place, ...], ...] = (
    (
        _Place("My day", "home:day", "sun", _is_member),
        _Place("My time", "timeuse:week", "calendar-days", is_offered_time),
        _Place("Schools", "home:schools", "school", _is_member),
        _Place("Networks", "home:networks", "network", _is_member),
        _Place("District", "home:district", "landmark", _is_member),
    ),
    (
        _Place("People", "home:people", "users", _is_member),
        _Place("Units", "home:units", "building-2", _is_member),
        _Place("Indicators", "scorecards:indicators", "gauge", _is_member),
    ),
    (
        _Place("Files and loads", "exchange:imports", "file-up", _loads_files),
        _Place("Jobs", "home:jobs", "activity", _loads_files),
        _Place("Keep the district", "district:manage", "settings", can_reassign),
        _Place("Accounts", "access:accounts", "user-cog", can_see_accounts),
        _Place("Who sees what", "access:who", "key-round", can_see_who),
        _Place("Record of events", "audit:events", "scroll-text", can_see_events),
    ),
)
SIGNED_OUT = ((_Place("Components", "ui:gallery", "layout-grid", _is_member),),)


def context(request: HttpRequest) -> dict[str, Any]:
    """Return what the frame of a page holds."""
    actor: Actor | None = getattr(request, "actor", None)
    frame = {
        "shell": "ui/page.html" if actor else "ui/plain.html",
        "start_url": address("home:day") or "/",
        "demo": clock.standing_day() is not None,
    }
    if actor is None:
        return frame | {"nav": _signed_out(request)}
    return frame | _signed_in(request, actor)


def _signed_in(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    seen = actor.as_seen_by
    return {
        "actor": actor,
        "nav": groups(actor, path=request.path),
        "me": me(actor),
        "search_url": address("home:search"),
        "sign_out_url": address("account_logout"),
        "viewing_as": seen.name if seen else "",
        "stop_viewing_url": address("access:stop_viewing"),
    }


def _signed_out(request: HttpRequest) -> list[NavGroup]:
    items = [_item(place, request.path) for group in SIGNED_OUT for place in group]
    return [NavGroup([item for item in items if item])]


def groups(actor: Actor, *, path: str) -> list[NavGroup]:
    """Return the places an actor is shown, in groups; empty groups are left out."""
    found = [
        [_item(place, path) for place in group if place.rule(actor)] for group in PLACES
    ]
    own = _own_school(actor, path)
    if own:
        found[0].insert(1, own)
    kept = ([item for item in group if item] for group in found)
    return _with_current([NavGroup(items) for items in kept if items])


def me(actor: Actor) -> Me:
    """Return how the rail names the person who is signed in."""
    seats = sorted(seat.label for seat in actor.seats)
    return Me(
        actor.name,
        seats=", ".join(seats) or "No post today",
        url=address("access:account"),
        acting_for=_acting_for(actor),
    )


def address(name: str, *arguments: int) -> str:
    """Return the address of a name, or nothing while no room has it."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def _acting_for(actor: Actor) -> str:
    count = len(actor.delegate_for)
    if not count:
        return ""
    return "one person" if count == 1 else f"{count} people"


def _own_school(actor: Actor, path: str) -> NavItem | None:
    """Return the one school a person leads, as a place of its own."""
    if len(actor.led_school_ids) != 1:
        return None
    url = address("home:school", *actor.led_school_ids)
    current = bool(url) and path.startswith(url)
    return NavItem("My school", url, icon="star", current=current) if url else None


def _item(place: _Place, path: str) -> NavItem | None:
    url = address(place.name)
    current = bool(url) and path.startswith(url) and (url != "/" or path == "/")
    return NavItem(place.label, url, icon=place.icon, current=current) if url else None


def _with_current(found: list[NavGroup]) -> list[NavGroup]:
    """Keep one current place: the one whose address says most."""
    current = [item for group in found for item in group.items if item.current]
    best = max(current, key=lambda item: len(item.url), default=None)
    return [
        NavGroup([_marked(item, best=item is best) for item in group.items])
        for group in found
    ]


def _marked(item: NavItem, *, best: bool) -> NavItem:
    return NavItem(item.label, item.url, icon=item.icon, count=item.count, current=best)
