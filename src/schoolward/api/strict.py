"""Parameters that no operation knows are refused: a misspelled `as_of` must not be ignored."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from ninja.operation import Operation

from schoolward.base.rest import UnclearParameterError


Handler = Callable[..., Any]
PAGING = frozenset({"limit", "cursor"})
"""Every list may be asked by page; one that always fits on one page needs neither."""


def known_parameters(operation: Operation) -> frozenset[str]:
    """Return the names of an operation's query parameters."""
    return frozenset(
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    )


def strict(handler: Handler) -> Handler:
    """Have a handler refuse parameters that its operation does not know."""
    known = known_parameters(handler._ninja_operation)  # type: ignore[attr-defined]  # noqa: SLF001

    @wraps(handler)
    def checked(request: HttpRequest, *args: Any, **values: Any) -> Any:
        if unknown := sorted(set(request.GET) - known - PAGING):
            raise _unknown(unknown, known)
        return handler(request, *args, **values)

    return checked


def _unknown(unknown: list[str], known: frozenset[str]) -> UnclearParameterError:
    names = ", ".join(f"“{name[:40]}”" for name in unknown[:5])
    have = ", ".join(sorted(known)) or "no parameters"
    return UnclearParameterError(
        f"There is no parameter {names} here.", next_step=f"This address takes {have}."
    )
