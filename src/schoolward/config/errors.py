"""Pages for what went wrong: each says what to do next."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from schoolward.base.http import RefusedError


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form whose token is missing or old."""
    return render(request, "csrf.html", status=403)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer a request that could not be read."""
    return render(request, "400.html", status=400)


def not_open(request: HttpRequest, exception: PermissionDenied) -> HttpResponse:
    """Answer who may not: with the reason and the next step, where they are known."""
    page: dict[str, Any] = {}
    if isinstance(exception, RefusedError):
        if exception.hidden:
            return not_found(request, Http404())
        page = {"decision": exception.decision}
    return render(request, "403.html", page, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer an address that leads nowhere, or must seem to."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer after a fault of ours: no database, no session, only the request's number."""
    page = {"request_id": request.META.get("SCHOOLWARD_REQUEST_ID", "")}
    return HttpResponse(render_to_string("500.html", page), status=500)
