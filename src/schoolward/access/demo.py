"""Sign-in links of a demo district: one a seat, and dead anywhere else.

A link opens only while all of these hold: the demo mark is there, the database is the
embedded one, the server listens on loopback, and the browser asked for a loopback name.
"""

import ipaddress
from collections.abc import Mapping
from datetime import datetime

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest

from schoolward.access.actions import traces
from schoolward.access.models import DemoLink, User
from schoolward.access.secrets import new_secret
from schoolward.base.models import DemoMark
from schoolward.kernel.seats import Seat


LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


class NotADemoError(RuntimeError):
    """Demo links were asked for where there is no demo."""


@transaction.atomic
def make_links(users: Mapping[Seat, User]) -> dict[Seat, str]:
    """Make one new random link per seat and return their paths; earlier links die.

    Raises:
        NotADemoError: The demo mark is missing.
    """
    if not DemoMark.objects.exists():
        msg = "There is no demo district here, so there are no demo links."
        raise NotADemoError(msg)
    DemoLink.objects.all().delete()
    for seat, user in users.items():
        DemoLink.objects.create(seat=seat.value, secret=new_secret(), user=user)
    return links()


def links() -> dict[Seat, str]:
    """Return the path of each seat's link, in the order of the seats; none elsewhere."""
    if not is_open():
        return {}
    paths = {
        Seat(link.seat): f"/demo/{link.secret}/" for link in DemoLink.objects.all()
    }
    return {seat: paths[seat] for seat in Seat if seat in paths}


def is_open() -> bool:
    """Return whether this is a demo district that only this computer reaches."""
    return (
        connection.vendor == "sqlite"
        and _is_loopback(settings.SCHOOLWARD_LISTEN)
        and DemoMark.objects.exists()
    )


def opened(secret: str, *, host: str) -> DemoLink | None:
    """Return the link of a secret, or None where links do not work."""
    name = host.rpartition(":")[0] if host[-1:].isdigit() and ":" in host else host
    if (name or host) not in LOOPBACK_NAMES and host not in LOOPBACK_NAMES:
        return None
    if not is_open():
        return None
    return DemoLink.objects.select_related("user__person").filter(secret=secret).first()


def enter(request: HttpRequest, link: DemoLink, *, at: datetime) -> None:
    """Sign the browser in as the link's person, leaving whoever was signed in."""
    adapter = get_adapter(request)
    if request.user.is_authenticated:
        adapter.logout(request)
    adapter.login(request, link.user)
    traces.signed_in(link.user, how="a demo link", at=at)


def _is_loopback(address: str) -> bool:
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False
