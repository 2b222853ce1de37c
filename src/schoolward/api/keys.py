"""Who asks: a person's token, or the session of somebody who is signed in."""

from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from schoolward.access import factors
from schoolward.access.tokens import actor_of_token
from schoolward.base import clock
from schoolward.kernel.actor import Actor


class Token(HttpBearer):
    """`Authorization: Bearer sw_…`, with the rights of the token's owner."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """Return who the token acts as; None when it opens nothing."""
        actor = actor_of_token(token.strip(), at=clock.now(), today=clock.today())
        if actor is not None:
            request.actor = actor  # type: ignore[attr-defined]
        return actor


class Session(APIKeyCookie):
    """The cookie of a signed-in browser; only for reading, and as pages would allow."""

    param_name = "sessionid"

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        """Return who is signed in; None when the pages would not let them in either."""
        actor: Actor | None = getattr(request, "actor", None)
        if not key or actor is None or "Authorization" in request.headers:
            return None
        lacks = factors.is_lacking(actor, user_id=_user_id(request))
        return None if lacks or not actor.is_member else actor


def _user_id(request: HttpRequest) -> int:
    return int(request.user.pk or 0)


KEYS = (Token(), Session())
"""What is tried, in order; the first that opens decides who asks."""


def is_open_to(request: HttpRequest) -> bool:
    """Return whether a request brings a key that opens anything."""
    return any(key(request) for key in KEYS)
