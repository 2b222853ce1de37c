"""Administrators' pages: accounts and invitations, who can see what, viewing as another."""

from smtplib import SMTPException
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schoolward.access import forms, mails, policies, queries, tables, who
from schoolward.access.actions import accounts, invitations, viewing
from schoolward.access.actors import actor_of
from schoolward.access.models import Invitation, User
from schoolward.base import clock
from schoolward.base.http import ActorRequest, answer, insist
from schoolward.district.models import Person, School
from schoolward.kernel.asked import whole_number
from schoolward.ui.tables import Table


@require_GET
def account_list(request: ActorRequest) -> HttpResponse:
    """List people with their way in."""
    insist(policies.can_see_accounts(request.actor))
    form = forms.FindPerson(request.GET or None)
    name = form.cleaned_data["name"] if form.is_valid() else ""
    found = queries.accounts(name=name, today=clock.today(), at=clock.now())
    page = {"form": form, "name": name, "accounts": tables.accounts(found)}
    return answer(request, "access/accounts.html", page)


@require_GET
def account_of(request: ActorRequest, person_id: int) -> HttpResponse:
    """Show one person's way in, and what can be done about it."""
    insist(policies.can_see_accounts(request.actor))
    person = _person(request, person_id)
    found = queries.accounts(only=person.pk, today=clock.today(), at=clock.now())
    page = {
        "account": found[0],
        "may_keep": policies.can_keep_accounts(request.actor),
        "may_view": policies.can_view_as(
            request.actor, actor_of(person, today=clock.today())
        ),
    }
    return answer(request, "access/account_of.html", page)


@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: ActorRequest, person_id: int) -> HttpResponse:
    """Invite a person by mail, or make a link to hand over."""
    insist(policies.can_keep_accounts(request.actor))
    person = _person(request, person_id)
    initial = {"email": queries.address_of(person)}
    form = forms.Invite(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            invitation, secret = invitations.invite(
                person, by=request.actor, at=clock.now(), **form.cleaned_data
            )
        except invitations.InvitationError as problem:
            form.add_error("email", str(problem))
        else:
            return _handed_over(request, invitation, secret)
    page = {"form": form, "person": person, "has_mail": settings.SCHOOLWARD_HAS_MAIL}
    status = 422 if form.errors else 200
    return answer(request, "access/invite.html", page, status=status)


def _handed_over(
    request: ActorRequest, invitation: Invitation, secret: str
) -> HttpResponse:
    """Send the invitation; where that fails or no mail is sent, show the link this once."""
    link = mails.invitation_link(secret)
    page: dict[str, Any] = {"invitation": invitation, "link": link}
    try:
        if mails.send_invitation(invitation, link=link):
            messages.success(
                request, f"An invitation is on its way to {invitation.email}."
            )
            return redirect("access:account_of", invitation.person_id)
    except (SMTPException, OSError):
        page["mail_failed"] = True
    return render(request, "access/invited.html", page)


@require_POST
def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    insist(policies.can_keep_accounts(request.actor))
    invitation = get_object_or_404(Invitation.objects.all(), pk=pk)
    invitations.withdraw(invitation, by=request.actor, at=clock.now())
    messages.info(request, "The invitation opens nothing any more.")
    return redirect("access:account_of", invitation.person_id)


@require_POST
def close_account(request: ActorRequest, person_id: int) -> HttpResponse:
    """Close a person's account."""
    insist(policies.can_keep_accounts(request.actor))
    accounts.close(_account(request, person_id), by=request.actor, at=clock.now())
    messages.info(request, "The account is closed; its sessions and tokens ended.")
    return redirect("access:account_of", person_id)


@require_POST
def open_account(request: ActorRequest, person_id: int) -> HttpResponse:
    """Open a closed account again."""
    insist(policies.can_keep_accounts(request.actor))
    accounts.reopen(_account(request, person_id), by=request.actor, at=clock.now())
    messages.info(request, "The account is open.")
    return redirect("access:account_of", person_id)


@require_http_methods(["GET", "POST"])
def forget_second_factor(request: ActorRequest, person_id: int) -> HttpResponse:
    """Remove a second factor that a person lost, after making sure who asks."""
    insist(policies.can_keep_accounts(request.actor))
    user = _account(request, person_id)
    if request.method == "POST":
        response: HttpResponse = _forgotten(request, user)
        return response
    return answer(request, "access/forget_second_factor.html", {"user": user})


@reauthentication_required(app="schoolward.access")  # type: ignore[untyped-decorator]
def _forgotten(request: ActorRequest, user: User) -> HttpResponse:
    accounts.forget_second_factor(user, by=request.actor, at=clock.now())
    messages.info(
        request, "The second factor is removed; the person sets up a new one."
    )
    return redirect("access:account_of", user.person_id)


@require_POST
def view_as(request: ActorRequest, person_id: int) -> HttpResponse:
    """Begin to view as another person."""
    other = _person(request, person_id)
    viewing.start(request.session, other, by=request.actor, at=clock.now())
    return redirect("home:day")


@require_POST
def stop_viewing(request: ActorRequest) -> HttpResponse:
    """Stop viewing as another person."""
    viewing.stop(request.session, by=request.actor, at=clock.now())
    return redirect("access:accounts")


@require_GET
def who_sees(request: ActorRequest) -> HttpResponse:
    """Show who can see what, and why: of a person, of a school, or of both."""
    insist(policies.can_see_who(request.actor))
    people = Person.objects.visible_to(request.actor)
    schools = School.objects.visible_to(request.actor)
    name = request.GET.get("name", "").strip()
    person = people.filter(pk=_number(request, "person")).first()
    school = schools.filter(pk=_number(request, "school")).first()
    page = {
        "name": name,
        "people": queries.named_like(people, name),
        "schools": queries.schools_like(schools, name),
        "person": person,
        "school": school,
        "table": _who_table(person, school),
    }
    return answer(request, "access/who.html", page)


def _who_table(person: Person | None, school: School | None) -> Table | None:
    today = clock.today()
    if person:
        school_id = school.pk if school else None
        found = who.rights(actor_of(person, today=today), school_id=school_id)
        return tables.rights(found, label=f"What {person} may do")
    if school:
        open_to = who.readers(school.pk, today=today)
        return tables.readers(open_to, school_id=school.pk)
    return None


def _number(request: ActorRequest, name: str) -> int:
    return whole_number(request.GET.get(name))


def _person(request: ActorRequest, person_id: int) -> Person:
    return get_object_or_404(Person.objects.visible_to(request.actor), pk=person_id)


def _account(request: ActorRequest, person_id: int) -> User:
    user = queries.account_of(_person(request, person_id))
    if user is None:
        raise Http404
    return user
