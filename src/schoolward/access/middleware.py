"""Gives each request its actor, keeps the doors, and turns a refusal into a page."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from allauth.usersessions.models import UserSession
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from schoolward.access import doors, factors
from schoolward.access.actions import traces, viewing
from schoolward.access.actors import actor_for, actor_of
from schoolward.access.people import person_behind
from schoolward.base import clock
from schoolward.base.http import ActorRequest, RefusedError
from schoolward.district.models import District
from schoolward.kernel.actor import Actor
from schoolward.kernel.decision import Decision, no


Answer = Callable[[HttpRequest], HttpResponse]
SEEN = "schoolward_seen"
SEEN_EVERY = timedelta(minutes=10)
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def sessions(get_response: Answer) -> Answer:
    """Note now and then from where a session is used, for its owner's list of sessions."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.session.session_key and request.user.is_authenticated:
            _note_seen(request, at=clock.real_now())
        return get_response(request)

    return middleware


def _note_seen(request: HttpRequest, *, at: datetime) -> None:
    seen = request.session.get(SEEN)
    if seen and at - datetime.fromisoformat(seen) < SEEN_EVERY:
        return
    request.session[SEEN] = at.isoformat()
    UserSession.objects.create_from_request(request)


def actors(get_response: Answer) -> Answer:
    """Set `request.actor` for a signed-in person, None for anyone else.

    What a person or their program is shown is kept in no cache: on a shared computer
    the next one would find it by the Back button.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        district = District.objects.first() if _wants_actor(request) else None
        if district:
            timezone.activate(ZoneInfo(district.time_zone))
        asked = cast("ActorRequest", request)
        asked.actor = _actor(request)  # type: ignore[assignment]
        response = get_response(request)
        if asked.actor is not None:
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware


def _wants_actor(request: HttpRequest) -> bool:
    return not request.path.startswith(("/static/", "/healthz"))


def _actor(request: HttpRequest) -> Actor | None:
    if not _wants_actor(request) or not request.user.is_authenticated:
        return None
    today = clock.today()
    person = person_behind(request.user.person)
    actor = actor_for(person.pk, name=person.display_name, today=today)
    other = viewing.viewed(request.session, by=actor, at=clock.now())
    return viewing.through(actor, actor_of(other, today=today)) if other else actor


def gate(get_response: Answer) -> Answer:
    """Let nobody in who is signed out, without a post, or short of a second factor."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(
        request: HttpRequest, _view: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        return _stopped(cast("ActorRequest", request))

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def _stopped(request: ActorRequest) -> HttpResponse | None:
    """Return the page that stands in the way, or None when the way is free."""
    match = request.resolver_match
    name = match.view_name if match else ""
    if doors.is_public(name):
        return None
    if request.actor is None:
        return _sign_in_first(request)
    if not request.actor.is_member:
        return None if name in doors.WITHOUT_POST else _no_post(request)
    if name not in doors.WITHOUT_SECOND_FACTOR and _lacks_second_factor(request):
        return _sent(request, reverse("access:secure"))
    return None if name in doors.WHILE_VIEWING else _only_looking(request)


def _sign_in_first(request: ActorRequest) -> HttpResponse:
    back = request.get_full_path() if request.method == "GET" else "/"
    return _sent(request, f"{reverse('account_login')}?{urlencode({'next': back})}")


def _sent(request: ActorRequest, address: str) -> HttpResponse:
    """Send a browser elsewhere; a fragment takes its whole page along."""
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def _no_post(request: ActorRequest) -> HttpResponse:
    return render(request, "access/no_post.html", status=403)


def _lacks_second_factor(request: ActorRequest) -> bool:
    return factors.is_lacking(request.actor, user_id=request.user.pk or 0)


def _only_looking(request: ActorRequest) -> HttpResponse | None:
    other = request.actor.as_seen_by
    if other is None or request.method in SAFE_METHODS:
        return None
    refusal = no(
        f"You are viewing as {other.name}, and viewing changes nothing.",
        "Stop viewing, then act as yourself.",
    )
    return refused(request, refusal)


def refusals(get_response: Answer) -> Answer:
    """Answer a refusal with its reason and next step, and record it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(
        request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if not isinstance(exception, RefusedError):
            return None
        asked = cast("ActorRequest", request)
        link = (exception.link, exception.link_text)
        return refused(asked, exception.decision, hidden=exception.hidden, link=link)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def refused(
    request: ActorRequest,
    decision: Decision,
    *,
    hidden: bool = False,
    link: tuple[str, str] = ("", ""),
) -> HttpResponse:
    """Record a refusal, after any rollback, and answer it.

    Args:
        request: What was asked.
        decision: The reason and the next step.
        hidden: Whether it must not be known to exist.
        link: Where the next step is taken, and the link's words.

    Raises:
        Http404: What was asked for must not be known to exist.
    """
    reason = decision.reason
    traces.refused(request.actor, path=request.path, reason=reason, at=clock.now())
    if hidden:
        raise Http404
    page = {"decision": decision, "link": link[0], "link_text": link[1]}
    return render(request, "403.html", page, status=403)
