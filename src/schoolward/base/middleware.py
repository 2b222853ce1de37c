"""Every request gets an id that its log lines and its answer carry."""

import re
import uuid
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse


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
        response = get_response(request)
        response["X-Request-Id"] = request_id
        return response

    return middleware
