"""Everything that is not a success, in one shape: what went wrong and what to do."""

from collections.abc import Callable, Mapping
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

import structlog
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, Throttled, ValidationError

from schoolward.access.actions import traces
from schoolward.api.keys import is_open_to
from schoolward.base import clock
from schoolward.base.http import ActorRequest, RefusedError
from schoolward.base.rest import AnswerError, UnclearParameterError


log = structlog.get_logger(__name__)
View = Callable[..., HttpResponse]
Handler = Callable[[HttpRequest, Any], HttpResponse]
SEE_SCHEMA = "GET /api/v1/openapi.json describes every address and parameter."


def problem(
    status: int, code: str, message: str, *, next_step: str, **headers: str
) -> HttpResponse:
    """Return an answer that is not a success."""
    body = {"error": {"code": code, "message": message, "next_step": next_step}}
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return JsonResponse(body, status=status, headers=names)


def _no_key(_request: HttpRequest, _error: Any) -> HttpResponse:
    return problem(
        HTTPStatus.UNAUTHORIZED,
        "no_token",
        "This needs a token that is open.",
        next_step="Make one on your account page or by `schoolward token`, and send it as "
        "Authorization: Bearer sw_…",
        WWW_Authenticate='Bearer realm="Schoolward"',
    )


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    by, reason = cast("ActorRequest", request).actor, error.decision.reason
    traces.refused(by, path=request.path, reason=reason, at=clock.now())
    if error.hidden:
        return _not_there(request, error)
    return problem(
        HTTPStatus.FORBIDDEN,
        "refused",
        reason,
        next_step=error.decision.next_step,
    )


def _not_there(_request: HttpRequest, _error: Any) -> HttpResponse:
    return problem(
        HTTPStatus.NOT_FOUND,
        "not_found",
        "There is nothing at this address.",
        next_step=SEE_SCHEMA,
    )


def _told(_request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status, error.code, error.message, next_step=error.next_step)


def _unclear(_request: HttpRequest, error: Any) -> HttpResponse:
    message = "; ".join(_told_of(one) for one in error.errors[:5])
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        UnclearParameterError.code,
        message or "A parameter is unclear.",
        next_step=SEE_SCHEMA,
    )


def _told_of(one: dict[str, Any]) -> str:
    return f"{one['loc'][-1]}: {one['msg']}"


def _too_many(_request: HttpRequest, error: Any) -> HttpResponse:
    seconds = int(error.wait or 1) + 1
    return problem(
        HTTPStatus.TOO_MANY_REQUESTS,
        "too_many",
        "More requests came in a minute than one person's programs may send.",
        next_step=f"Wait {seconds} seconds, then ask more slowly.",
        Retry_After=str(seconds),
    )


def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("api.broken", path=request.path, exc_info=error)
    request_id = request.META.get("SCHOOLWARD_REQUEST_ID", "")
    return problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        AnswerError.code,
        "Something broke here, not in your request.",
        next_step=f"Ask again later; to the administrator, name the request {request_id}.",
    )


HANDLERS: Mapping[type[Exception], Handler] = {
    AuthenticationError: _no_key,
    RefusedError: _refused,
    Http404: _not_there,
    AnswerError: _told,
    ValidationError: _unclear,
    Throttled: _too_many,
    Exception: _broken,
}


def add_to(api: NinjaAPI) -> None:
    """Have an API answer everything that is raised in the one shape."""
    for raised, handler in HANDLERS.items():
        api.add_exception_handler(raised, handler)


def in_shape(view: View) -> View:
    """Put a refused method into the one shape."""

    @wraps(view)
    def shaped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        return problem(
            HTTPStatus.METHOD_NOT_ALLOWED,
            "method_not_allowed",
            f"This address does not take {request.method}.",
            next_step=f"Use {response['Allow']}.",
            Allow=response["Allow"],
        )

    return shaped


def nothing_here(request: HttpRequest) -> HttpResponse:
    """Answer an address under the API that is none; strangers learn not even that."""
    answer = _not_there if is_open_to(request) else _no_key
    return answer(request, None)
