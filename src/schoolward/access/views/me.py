"""A person's own pages: posts and rights, sessions, tokens, delegates."""

from typing import cast

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schoolward.access import factors, forms, policies, queries, tables, tokens, who
from schoolward.access.actions import accounts
from schoolward.access.models import User
from schoolward.base import clock
from schoolward.base.http import ActorRequest, answer, insist
from schoolward.district.actions import end_delegation, name_delegate
from schoolward.district.domain import RuleError
from schoolward.district.models import Delegation, Person, School
from schoolward.district.policies import can_delegate
from schoolward.kernel.asked import whole_number


@require_GET
def account(request: ActorRequest) -> HttpResponse:
    """Show a person their posts, rights, sessions, tokens and delegates."""
    actor, today = request.actor, clock.today()
    page = {
        "posts": queries.posts(actor.person_id, today=today),
        "acts_for": queries.acts_for(actor.person_id, today=today),
        "rights": tables.rights(who.rights(actor), label="What you may do"),
        "schools": queries.tied_schools(actor),
        "sessions": queries.sessions(_user(request), this=_this(request)),
        "has_factor": factors.has_any(_user(request).pk),
        "tokens": queries.tokens(_user(request), at=clock.now()),
        "delegates": queries.delegates(actor.person_id, today=today),
    }
    return answer(request, "access/account.html", page)


@require_GET
def rights(request: ActorRequest, school_id: int) -> HttpResponse:
    """Show a person what they may do at one school, and why."""
    school = get_object_or_404(School.objects.visible_to(request.actor), pk=school_id)
    found = who.rights(request.actor, school_id=school.pk)
    table = tables.rights(found, label=f"What you may do at {school}")
    return answer(request, "access/rights.html", {"school": school, "rights": table})


@require_GET
def secure(request: ActorRequest) -> HttpResponse:
    """Lead a person to set up a second factor."""
    if factors.has_any(_user(request).pk):
        return redirect("mfa_index")
    page = {"needed": factors.is_needed(request.actor)}
    return render(request, "access/secure.html", page)


@require_POST
def end_session(request: ActorRequest, pk: int) -> HttpResponse:
    """End one of a person's other sessions."""
    return _ended(request, only=pk)


@require_POST
def end_other_sessions(request: ActorRequest) -> HttpResponse:
    """End all of a person's sessions but this one."""
    return _ended(request, only=None)


def _ended(request: ActorRequest, *, only: int | None) -> HttpResponse:
    count = accounts.end_sessions(
        _user(request),
        by=request.actor,
        at=clock.now(),
        keep=_this(request),
        only=only,
    )
    messages.info(request, f"{count} sessions ended." if count != 1 else "It ended.")
    return redirect("access:account")


@never_cache
@require_http_methods(["GET", "POST"])
@reauthentication_required(app="schoolward.access")  # type: ignore[untyped-decorator]
def new_token(request: ActorRequest) -> HttpResponse:
    """Make a token and show its secret, this once."""
    insist(policies.can_make_token(request.actor, request.actor.person_id))
    form = forms.NewToken(request.POST or None)
    if form.is_valid():
        token, secret = tokens.make_token(
            _user(request), by=request.actor, at=clock.now(), **form.cleaned_data
        )
        page = {"token": token, "secret": secret}
        return render(request, "access/token_made.html", page)
    status = 422 if form.errors else 200
    return answer(request, "access/new_token.html", {"form": form}, status=status)


@require_POST
def end_token(request: ActorRequest, pk: int) -> HttpResponse:
    """End one of a person's own tokens."""
    token = get_object_or_404(_user(request).tokens.all(), pk=pk)
    tokens.end_token(token, by=request.actor, at=clock.now())
    messages.info(request, f"The token {token.label} opens nothing any more.")
    return redirect("access:account")


@require_http_methods(["GET", "POST"])
def new_delegate(request: ActorRequest) -> HttpResponse:
    """Name somebody who acts on the person's behalf."""
    insist(can_delegate(request.actor, request.actor.person_id))
    people = Person.objects.visible_to(request.actor)
    name = request.GET.get("name", "").strip()
    form = forms.NewDelegate(request.POST or None, people=people)
    if form.is_valid() and _named(request, form):
        return redirect("access:account")
    page = {
        "form": form,
        "name": name,
        "people": queries.named_like(people, name, but=request.actor.person_id),
        "chosen": people.filter(pk=_chosen(request)).first(),
    }
    status = 422 if form.errors else 200
    return answer(request, "access/new_delegate.html", page, status=status)


def _chosen(request: ActorRequest) -> int:
    return whole_number(request.POST.get("delegate") or request.GET.get("delegate"))


def _named(request: ActorRequest, form: forms.NewDelegate) -> bool:
    wanted = Delegation(
        person_id=request.actor.person_id,
        delegate=form.cleaned_data["delegate"],
        start_date=form.cleaned_data["start"],
        end_date=form.cleaned_data["end"],
    )
    try:
        name_delegate(wanted, by=request.actor, at=clock.now())
    except RuleError as problem:
        form.add_error(None, str(problem))
        return False
    messages.success(request, f"{wanted.delegate} acts for you; it is recorded so.")
    return True


@require_POST
def end_delegate(request: ActorRequest, pk: int) -> HttpResponse:
    """End a delegation that the person gave."""
    mine = Delegation.objects.visible_to(request.actor)
    row = get_object_or_404(mine, pk=pk, person_id=request.actor.person_id)
    end_delegation(row, on=clock.today(), by=request.actor, at=clock.now())
    messages.info(request, f"{row.delegate} acts for you no longer.")
    return redirect("access:account")


def _user(request: ActorRequest) -> User:
    return cast("User", request.user)


def _this(request: ActorRequest) -> str:
    return request.session.session_key or ""
