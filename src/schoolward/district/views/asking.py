"""The one way every form of this room is shown, sent, refused and answered."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from schoolward.base.http import ActorRequest, answer
from schoolward.district.actions import Trail
from schoolward.district.domain import RuleError
from schoolward.ui.messages import done


UNDO = "district_undo"
MOST_UNDOS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """What a page with one form says.

    Attributes:
        title: Its heading, also the last crumb.
        submit: The words on its button.
        back: Where it came from, and where Cancel leads.
        back_label: The name of that place.
        lede: A sentence under the heading.
        warning: What cannot be taken back, when something cannot.
        template: Another page than the plain one.
        more: Further values that the page shows.
    """

    title: str
    submit: str
    back: str
    back_label: str
    lede: str = ""
    warning: str = ""
    template: str = "district/form.html"
    more: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, where to go next, and how to take it back.

    Attributes:
        says: A sentence.
        url: The next page.
        trail: The way back; None where there is none.
    """

    says: str
    url: str
    trail: Trail | None = None


def ask(
    request: ActorRequest,
    form: forms.BaseForm,
    *,
    page: FormPage,
    act: Callable[[], Done],
) -> HttpResponse:
    """Show a form; once it is sent and holds up, act and go on.

    What the records cannot take comes back as the form's own error, with status 422.
    """
    if form.is_bound and form.is_valid():
        try:
            told = act()
        except RuleError as refusal:
            form.add_error(None, str(refusal))
        else:
            return went(request, told)
    status = 422 if form.is_bound else 200
    return answer(
        request, page.template, {"page": page, "form": form, **page.more}, status=status
    )


def went(request: ActorRequest, told: Done) -> HttpResponse:
    """Say what was done on the next page, with the way back where there is one."""
    undo = _kept(request, told.trail) if told.trail else ""
    done(request, told.says, undo=undo)
    return redirect(told.url)


def _kept(request: ActorRequest, trail: Trail) -> str:
    """Keep a trail in the visit and return the address that takes it back."""
    kept: dict[str, dict[str, Any]] = request.session.get(UNDO, {})
    number = request.session.get(f"{UNDO}_last", 0) + 1
    kept[str(number)] = trail.plain
    request.session[UNDO] = dict(list(kept.items())[-MOST_UNDOS:])
    request.session[f"{UNDO}_last"] = number
    return reverse("district:undo", args=[number])


def sent(request: ActorRequest) -> Any:
    """Return what was sent, or None where the page is only shown."""
    return request.POST if request.method == "POST" else None
