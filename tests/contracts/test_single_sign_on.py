"""Sign-in by an identity provider, against a real one on this computer: who gets in."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Client
from django.http import HttpResponse
from django.test import Client
from oidc_provider_mock import User as Known
from oidc_provider_mock import run_server_in_thread

from schoolward.access.models import User
from schoolward.access.tests.factories import (
    PASSWORD,
    UserFactory,
    holder,
    with_second_factor,
)
from schoolward.audit.models import Event
from schoolward.config.connections import identity_providers
from schoolward.config.env import SettingError
from schoolward.kernel.seats import Seat


pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of the provider's own
]
LOGIN = "/account/oidc/district/login/"
ADDRESS = "ada.cole@access.example"
PEOPLE = {
    "ada": {"email": ADDRESS, "email_verified": True, "name": "Ada Cole"},
    "unverified": {"email": ADDRESS, "email_verified": False},
    "words": {"email": ADDRESS, "email_verified": "false"},
    "silent": {"email": ADDRESS},
    "stranger": {"email": "stranger@elsewhere.example", "email_verified": True},
    "nameless": {},
}


@dataclass(frozen=True)
class Provider:
    """A provider that runs, and a browser's way through it."""

    url: str

    def visit(self, client: Client, sub: str, *, address: str = LOGIN) -> HttpResponse:
        """Go to the provider, say who one is, and come back."""
        return self.come_back(client, self.address(client.post(address)), sub)

    @staticmethod
    def come_back(client: Client, asked: str, sub: str) -> HttpResponse:
        """Say at the provider who one is, and follow it back."""
        answer = requests.post(
            asked, data={"sub": sub}, allow_redirects=False, timeout=5
        )
        back = urlsplit(answer.headers["Location"])
        return client.get(f"{back.path}?{back.query}")

    @staticmethod
    def address(page: HttpResponse) -> str:
        """Return where the page to the provider leads."""
        found = re.search(r'href="(http://localhost[^"]+)"', page.content.decode())
        assert found, page.content[:500]
        return found.group(1).replace("&amp;", "&")


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    """Run a provider that knows some people."""
    known = [Known(sub=sub, claims=claims) for sub, claims in PEOPLE.items()]
    with run_server_in_thread(user_claims=known) as server:
        yield Provider(f"http://localhost:{server.server_port}")


@pytest.fixture
def provider(running: Provider, settings: Any) -> Provider:
    """Set the provider up as a district does."""
    entry = {
        "id": "district",
        "name": "District account",
        "server_url": running.url,
        "client_id": "schoolward",
        "secret": "a secret of the provider",
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": identity_providers(json.dumps([entry])),
        }
    }
    return running


@pytest.fixture
def user() -> User:
    """Return the account of Ada Cole, a principal."""
    person = holder(Seat.PRINCIPAL, name="Ada Cole")
    return UserFactory(person=person, email=ADDRESS, password=PASSWORD)


def is_in(client: Client, user: User) -> bool:
    return client.session.get("_auth_user_id") == str(user.pk)


def link(user: User, sub: str = "ada") -> None:
    SocialAccount.objects.create(user=user, provider="district", uid=sub)


def test_sign_in_page_offers_the_provider(client, provider):
    page = client.get("/account/login/")

    assert "District account" in page.content.decode()


def test_linked_identity_opens_its_account_and_is_recorded(client, provider, user):
    link(user)

    provider.visit(client, "ada")

    assert is_in(client, user)
    event = Event.objects.get(verb="access.session.started")
    assert event.facts["how"] == "an identity provider"


@pytest.mark.parametrize("sub", sorted(PEOPLE))
def test_identity_that_nobody_linked_opens_nothing_and_makes_nothing(
    client, provider, user, sub
):
    page = provider.visit(client, sub)

    assert "No account is linked to this identity" in page.content.decode()
    assert not is_in(client, user)
    assert User.objects.count() == 1
    assert not SocialAccount.objects.exists()


def test_verified_address_links_where_the_district_says_so(
    client, provider, user, settings
):
    settings.SCHOOLWARD_OIDC_LINKS_BY_EMAIL = True

    provider.visit(client, "ada")

    user.refresh_from_db()
    assert is_in(client, user)
    assert user.check_password(PASSWORD)
    assert SocialAccount.objects.get().uid == "ada"
    event = Event.objects.get(verb="access.key.changed")
    assert event.facts["what"] == "an identity provider was linked"


@pytest.mark.parametrize(
    "sub", ["unverified", "words", "silent", "stranger", "nameless"]
)
def test_address_that_is_not_verified_links_nothing(
    client, provider, user, settings, sub
):
    settings.SCHOOLWARD_OIDC_LINKS_BY_EMAIL = True

    provider.visit(client, sub)

    assert not is_in(client, user)
    assert not SocialAccount.objects.exists()


def test_second_identity_with_the_same_address_does_not_join_the_account(
    client, provider, user, settings
):
    settings.SCHOOLWARD_OIDC_LINKS_BY_EMAIL = True
    link(user, "an-earlier-sub")

    provider.visit(client, "ada")

    assert not is_in(client, user)
    assert SocialAccount.objects.count() == 1


def test_closed_account_stays_closed(client, provider, user, settings):
    settings.SCHOOLWARD_OIDC_LINKS_BY_EMAIL = True
    user.is_active = False
    user.save()

    unlinked = provider.visit(client, "ada")
    link(user)
    linked = provider.visit(Client(), "ada")

    assert "No account is linked" in unlinked.content.decode()
    assert linked["Location"] == "/account/inactive/"
    assert not is_in(client, user)


def test_second_factor_is_asked_after_the_provider_too(client, provider, user):
    link(user)
    with_second_factor(user)

    response = provider.visit(client, "ada")

    assert response["Location"] == "/account/2fa/authenticate/"
    assert not is_in(client, user)


def test_person_links_an_identity_themselves_after_proving_who_they_are(
    client, provider, user
):
    client.force_login(user)

    asked = provider.visit(client, "stranger", address=f"{LOGIN}?process=connect")
    assert asked["Location"].startswith("/account/reauthenticate/")
    assert not SocialAccount.objects.exists()
    client.post(asked["Location"], {"password": PASSWORD})

    assert SocialAccount.objects.get().uid == "stranger"
    other = Client()
    provider.visit(other, "stranger")
    assert is_in(other, user)


def test_identity_of_another_account_cannot_be_linked(client, provider, user):
    link(user)
    thief = UserFactory(person=holder(Seat.PRINCIPAL), password=PASSWORD)
    client.force_login(thief)

    asked = provider.visit(client, "ada", address=f"{LOGIN}?process=connect")
    client.post(asked["Location"], {"password": PASSWORD})

    assert SocialAccount.objects.get().user == user


def test_way_to_the_provider_carries_state_and_pkce(
    client, provider, user, monkeypatch
):
    link(user)
    sent = {}
    real = OAuth2Client.get_access_token

    def note(self, code, pkce_code_verifier=None, **named):
        sent["verifier"] = pkce_code_verifier
        return real(self, code, pkce_code_verifier=pkce_code_verifier, **named)

    monkeypatch.setattr(OAuth2Client, "get_access_token", note)
    asked = provider.address(client.post(LOGIN))
    sent_along = parse_qs(urlsplit(asked).query)

    provider.come_back(client, asked, "ada")

    digest = hashlib.sha256(sent["verifier"].encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert sent_along["code_challenge"] == [challenge]
    assert sent_along["code_challenge_method"] == ["S256"]
    assert len(sent_along["state"][0]) >= 16


def test_answer_that_nobody_asked_for_is_refused(client, provider, user):
    link(user)

    page = client.get(f"{LOGIN}callback/?code=stolen&state=made-up")

    assert "gave no usable answer" in page.content.decode()
    assert not is_in(client, user)


def test_answer_to_another_browser_is_refused(client, provider, user):
    link(user)
    asked = provider.address(Client().post(LOGIN))

    provider.come_back(client, asked, "ada")

    assert not is_in(client, user)


def test_page_to_the_provider_is_no_redirect_of_a_form(client, provider):
    page = client.post(LOGIN)

    assert page.status_code == 200
    assert 'http-equiv="refresh"' in page.content.decode()
    assert "form-action 'self'" in page["Content-Security-Policy"]


def test_opening_the_address_asks_before_it_leads_on(client, provider):
    page = client.get(LOGIN)

    assert page.status_code == 200
    assert "You go on to District account" in page.content.decode()
    assert not statekit.get_states(page.wsgi_request)


def test_next_after_the_provider_leads_nowhere_else(client, provider, user):
    link(user)

    response = provider.visit(
        client, "ada", address=f"{LOGIN}?next=https://evil.example/"
    )

    assert response["Location"] == "/"


def test_person_who_stops_at_the_provider_is_told_so(client, provider):
    asked = parse_qs(urlsplit(provider.address(client.post(LOGIN))).query)
    answer = {"error": "access_denied", "state": asked["state"][0]}

    page = client.get(f"{LOGIN}callback/", answer, follow=True)

    assert "You stopped signing in" in page.content.decode()


def test_provider_without_tls_is_refused_at_the_start():
    entry = {
        "id": "x",
        "name": "X",
        "server_url": "http://idp.example",
        "client_id": "c",
        "secret": "s",
    }

    with pytest.raises(SettingError, match="must begin with https"):
        identity_providers(json.dumps([entry]))
