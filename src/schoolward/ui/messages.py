"""Telling a person what was just done, with the way back where there is one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django_htmx.http import trigger_client_event


UNDO = "undo:"


def done(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Say on the next page what was done; `undo` is the address that takes it back."""
    messages.success(request, text, extra_tags=f"{UNDO}{undo}" if undo else "")


def announced(response: HttpResponse, text: str) -> HttpResponse:
    """Have an htmx answer's news read aloud, politely."""
    return trigger_client_event(response, "announce", {"text": text}, after="settle")
