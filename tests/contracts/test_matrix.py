"""Every address × every post: who gets in, who is refused, and that none is forgotten."""

import logging
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from schoolward.access.doors import is_public
from tests.contracts import world as worlds
from tests.contracts.matrix import (
    MEMBERS,
    NO_POST,
    SIGNED_OUT,
    VISITORS,
    Door,
    doors,
)


pytestmark = pytest.mark.django_db
REFUSED = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}


def _names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for one in resolver.url_patterns:
        if isinstance(one, URLPattern):
            yield prefix + (one.name or f"(no name: {one.pattern})")
        else:
            space = f"{one.namespace}:" if one.namespace else ""
            yield from _names(one, prefix + space)


ADDRESSES = sorted(set(_names(get_resolver())))
DOORS = doors()


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[worlds.World]:
    """Build the district once; each try is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield worlds.build()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """Keep the thousand refusals out of the log."""
    log = logging.getLogger("django.request")
    before, log.level = log.level, logging.CRITICAL
    yield
    log.setLevel(before)


def test_every_address_has_a_line():
    missing = [name for name in ADDRESSES if name not in DOORS]

    assert not missing, f"Add a line for each in tests/contracts/matrix/: {missing}"


def test_every_line_has_an_address():
    assert not [name for name in DOORS if name not in ADDRESSES]


@pytest.mark.parametrize("name", [name for name in ADDRESSES if name in DOORS])
def test_address_opens_to_those_it_names_and_to_nobody_else(
    name: str, world: worlds.World
):
    line = DOORS[name]

    wrong = [
        f"{visitor} by {method.upper()}: {found}"
        for method in ("get", "post")
        for visitor in _visitors(line, name, method=method, world=world)
        if (found := _misfit(line, name, visitor, method=method, world=world))
    ]

    assert not wrong, "\n".join([name, *wrong])


def _visitors(
    line: Door, name: str, *, method: str, world: worlds.World
) -> Iterable[str]:
    """Return who tries: everyone, or the outsiders when the page has no such method."""
    known = sorted(line.to & MEMBERS)
    if not known:
        return VISITORS
    first = _try(line, name, known[0], method=method, world=world)
    has_method = first.status_code != HTTPStatus.METHOD_NOT_ALLOWED
    return VISITORS if has_method else sorted(NO_POST | SIGNED_OUT)


def _misfit(
    line: Door, name: str, visitor: str, *, method: str, world: worlds.World
) -> str:
    """Return what differs from the line; nothing when it fits."""
    response = _try(line, name, visitor, method=method, world=world)
    if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return ""
    lets_in = line.lets_in(visitor, method=method)
    if lets_in == _is_open(response):
        return _wrong_way_out(name, visitor, response)
    found = f"{response.status_code} {response.get('Location', '')}".strip()
    return f"{found}, but should be {'open' if lets_in else 'refused'}"


def _is_open(response: HttpResponse) -> bool:
    return response.status_code not in REFUSED and not _is_sent_to_sign_in(response)


def _is_sent_to_sign_in(response: HttpResponse) -> bool:
    to = response.get("Location", "")
    return to.startswith((reverse("account_login"), reverse("access:secure")))


def _wrong_way_out(name: str, visitor: str, response: HttpResponse) -> str:
    """Return what is wrong about how somebody was refused; nothing when it is right."""
    if _is_open(response):
        return ""
    if name.startswith("api"):
        dead = visitor in {"signed_out", "no_post"}
        right = not dead or response.status_code == HTTPStatus.UNAUTHORIZED
        return "" if right else f"{response.status_code} instead of 401"
    if is_public(name):
        return ""
    if visitor == "signed_out" and not _is_sent_to_sign_in(response):
        return f"{response.status_code} instead of the way to sign-in"
    return ""


def _try(
    line: Door, name: str, visitor: str, *, method: str, world: worlds.World
) -> HttpResponse:
    """Ask for an address as a visitor, and take back whatever it did."""
    client = Client(headers=_token_of(name, visitor, world))
    if not name.startswith("api") and visitor in world.sessions:
        client.cookies["sessionid"] = world.sessions[visitor]
    with transaction.atomic():
        address = reverse(name, kwargs=line.args(world), query=line.query)
        response = getattr(client, method)(
            address, line.data if method == "post" else {}
        )
        transaction.set_rollback(True)
    return response


def _token_of(name: str, visitor: str, world: worlds.World) -> dict[str, str]:
    if name.startswith("api") and visitor in world.tokens:
        return {"Authorization": f"Bearer {world.tokens[visitor]}"}
    return {}
