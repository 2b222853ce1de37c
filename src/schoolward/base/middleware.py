"""Every request gets an id that its log lines and its answer carry, and one line."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse


log = structlog.get_logger(__name__)
QUIET = {"healthz"}
"""Routes that monitors ask all day; they have no line."""

_ACCEPTED = re.compile(r"^[A-Za-z0-9-]{8,64}$")

Answer = Callable[[HttpRequest], HttpResponse]


def request_ids(get_response: Answer) -> Answer:
    """Bind an id to the log for the length of a request and send it back."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        request_id = given if _ACCEPTED.match(given) else uuid.uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        request.META["SCHOOLWARD_REQUEST_ID"] = request_id
        begun = time.perf_counter()
        response = get_response(request)
        response["X-Request-Id"] = request_id
        _tell(request, response, seconds=time.perf_counter() - begun)
        return response

    return middleware


def _tell(request: HttpRequest, response: HttpResponse, *, seconds: float) -> None:
    """Log which route was asked for: addresses may hold secrets, and words people typed."""
    found = request.resolver_match
    route = found.route if found else ""
    if route in QUIET:
        return
    log.info(
        "request.answered",
        method=request.method,
        route=route,
        status=response.status_code,
        ms=round(seconds * 1000, 1),
        person=getattr(getattr(request, "actor", None), "person_id", None),
    )
