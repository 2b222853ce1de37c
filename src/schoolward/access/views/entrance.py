"""Ways in: password reset, identity providers, invitations, links of a demo."""

from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.utils import perform_login
from allauth.account.views import PasswordResetView
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from schoolward.access import demo as demo_links
from schoolward.access import forms
from schoolward.access.actions import invitations
from schoolward.access.models import Invitation, User
from schoolward.base import clock


INVITED = "schoolward_invitation"


class _Reset(PasswordResetView):  # type: ignore[misc]
    """Ask for a new password; where no mail is sent, say whom to ask."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page: dict[str, Any] = super().get_context_data(**kwargs)
        return page | {"has_mail": settings.SCHOOLWARD_HAS_MAIL}


password_reset = _Reset.as_view()


@require_http_methods(["GET", "POST"])
def provider_login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send a person to an identity provider by way of a page.

    The content security policy lets forms lead nowhere else, redirects included, so
    the answer to the form is a page that moves on by itself.
    """
    response: HttpResponse = openid.login(request, provider_id)
    if response.status_code == 302 and not response["Location"].startswith("/"):
        page = {"address": response["Location"]}
        return render(request, "access/to_provider.html", page)
    return response


@require_GET
def provider_callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Receive a person who comes back from an identity provider."""
    response: HttpResponse = openid.callback(request, provider_id)
    return response


@require_GET
def provider_failed(request: HttpRequest) -> HttpResponse:
    """Say that an identity provider gave no usable answer."""
    return render(request, "socialaccount/authentication_error.html", status=400)


@never_cache
@require_GET
def accept_with(request: HttpRequest, secret: str) -> HttpResponse:
    """Take an invitation's secret out of the address before anything is shown."""
    if request.user.is_authenticated:
        get_adapter(request).logout(request)
    request.session[INVITED] = secret
    return redirect("access:accept")


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    """Let an invited person choose a password, then come in."""
    secret = request.session.get(INVITED, "")
    invitation = invitations.open_invitation(secret, at=clock.now())
    if invitation is None:
        return _over(request)
    form = forms.NewPassword(request.POST or None, user=_future_user(invitation))
    if form.is_valid():
        return _come_in(request, secret, form.cleaned_data["password"])
    page = {"form": form, "invitation": invitation}
    status = 422 if form.errors else 200
    return render(request, "access/accept.html", page, status=status)


def _future_user(invitation: Invitation) -> User:
    return User(email=invitation.email, person=invitation.person)


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "access/invitation_over.html", status=410)


def _come_in(request: HttpRequest, secret: str, password: str) -> HttpResponse:
    try:
        user = invitations.accept(secret, password=password, at=clock.now())
    except invitations.InvitationError:
        return _over(request)
    request.session.pop(INVITED, None)
    response = perform_login(request, user, redirect_url=reverse("access:secure"))
    if request.user.is_authenticated:
        reauthenticate_by_password(request)
    return cast("HttpResponse", response)


@never_cache
@require_GET
def demo(request: HttpRequest, secret: str) -> HttpResponse:
    """Sign in by a link of a demo district; anywhere else there is no such page."""
    link = demo_links.opened(secret, host=request.get_host())
    if link is None:
        raise Http404
    demo_links.enter(request, link, at=clock.now())
    return redirect("home:day")
