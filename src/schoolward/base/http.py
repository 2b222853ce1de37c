"""What every entrance receives and answers: the actor's request, refusals, fragments."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from schoolward.kernel.actor import Actor
from schoolward.kernel.decision import Decision


class ActorRequest(HttpRequest):
    """A request from a signed-in person."""

    actor: Actor
    htmx: HtmxDetails


class RefusedError(PermissionDenied):
    """A person asked for what they may not have; carries why and what to do instead."""

    def __init__(
        self,
        decision: Decision,
        *,
        hidden: bool = False,
        link: str = "",
        link_text: str = "",
    ) -> None:
        """Keep the decision; `hidden` answers 404 for what must not be known to exist.

        `link` is an address where the next step can be taken, `link_text` its words.
        """
        super().__init__(decision.reason)
        self.decision = decision
        self.hidden = hidden
        self.link, self.link_text = link, link_text


def insist(decision: Decision, *, link: str = "", link_text: str = "") -> None:
    """Go on when the answer is yes; `link` leads a refused person to the next step.

    Raises:
        RefusedError: The answer is no.
    """
    if not decision:
        raise RefusedError(decision, link=link, link_text=link_text)


def answer(
    request: HttpRequest,
    template: str,
    page: dict[str, Any],
    *,
    fragment: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a page, or the one fragment that htmx asked for.

    A history restore gets the whole page: its answer replaces everything.
    """
    htmx = cast("ActorRequest", request).htmx
    if fragment and htmx and not htmx.history_restore_request:
        template = f"{template}#{fragment}"
    return render(request, template, page, status=status)
