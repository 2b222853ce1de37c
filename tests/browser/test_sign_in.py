"""Passkeys and sign-in in a real browser, with an authenticator of the browser's own."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.urls import reverse
from playwright.sync_api import Page, expect

from schoolward.access.tests.factories import PASSWORD, UserFactory, holder
from schoolward.audit.models import Event
from schoolward.kernel.seats import Seat


pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOME = re.compile(r"^https?://[^/]+/$")
LOOKS = {
    "wide light": {},
    "wide dark": {"color_scheme": "dark"},
    "phone light": {"size": {"width": 390, "height": 844}},
}
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def device(page: Page) -> None:
    """Give the browser an authenticator that always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


@pytest.fixture
def user():
    """Return the account of a principal with a password."""
    person = holder(Seat.PRINCIPAL, name="Ada Cole")
    return UserFactory(person=person, password=PASSWORD)


def come_in(page: Page, user) -> None:
    page.goto("/account/login/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page: Page, *, alone: bool = True) -> None:
    page.goto(reverse("mfa_add_webauthn"))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("What you call it").fill("Work phone")
    page.get_by_label("It signs me in without a password").set_checked(alone)
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def code_of(secret: str) -> str:
    """Return what an app with this secret shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").first.click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_passkey_signs_in_by_itself(page, device, user):
    come_in(page, user)
    add_passkey(page)
    sign_out(page)

    page.get_by_role("button", name="Sign in with a passkey").click()

    page.wait_for_url(HOME)
    page.goto("/access/me/")
    expect(page.get_by_role("heading", name="Ada Cole")).to_be_visible()
    last = Event.objects.filter(verb="access.session.started").latest("pk")
    assert last.facts["how"] == "a second factor"


def test_passkey_is_the_second_factor_after_a_password(page, device, user):
    come_in(page, user)
    add_passkey(page, alone=False)
    sign_out(page)

    come_in(page, user)
    expect(page.get_by_role("heading", name="Your second factor")).to_be_visible()
    page.get_by_role("button", name="Use a passkey or security key").click()

    page.wait_for_url(HOME)
    page.goto("/access/me/")
    expect(page.get_by_role("heading", name="Ada Cole")).to_be_visible()


def test_passkey_that_is_not_there_is_told_in_words(page, device):
    page.goto("/account/login/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_role("alert")).to_contain_text("The passkey was not used")


def test_passkey_is_not_offered_without_script(plain_page):
    plain_page.goto("/account/login/")

    expect(plain_page.get_by_role("button", name="passkey")).to_have_count(0)


def test_authenticator_app_is_set_up_and_asked_for(page, user):
    come_in(page, user)
    page.goto(reverse("mfa_activate_totp"))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()

    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    secret = page.locator("code").inner_text()
    page.get_by_label("Code that the app shows").fill(code_of(secret))
    page.get_by_role("button", name="Turn it on").click()

    expect(page.get_by_role("list", name="Recovery codes")).to_be_visible()
    assert user.authenticator_set.filter(type="totp").exists()


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_reset_password",
        "account_reset_password_done",
        "account_inactive",
        "socialaccount_login_cancelled",
    ],
)
def test_page_for_anyone_is_accessible(open_page, axe, scrolls_sideways, look, name):
    page = open_page(**LOOKS[look])

    page.goto(reverse(name))

    assert axe(page) == []
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(
    "path",
    [
        "/access/me/",
        "/access/delegates/new/",
        "/access/accounts/",
        "/access/accounts/?name=a",
        "/access/accounts/{person}/",
        "/access/accounts/{person}/invite/",
        "/access/who/?name=a",
        "/access/who/?person={person}",
        "/access/who/?school={school}",
        "/access/me/schools/{school}/",
        "/account/2fa/",
        "/account/2fa/recovery-codes/",
        "/account/2fa/webauthn/",
        "/account/providers/",
        "/account/password/change/",
        "/account/logout/",
    ],
)
def test_page_of_an_administrator_is_accessible(
    open_page, sign_in, axe, scrolls_sideways, look, path
):
    page = open_page(**LOOKS[look])
    other = holder(Seat.PRINCIPAL, name="Ada Cole")
    school = other.posts.unscoped(reason="test").get().school
    sign_in(page, Seat.ADMINISTRATOR)

    page.goto(path.format(person=other.pk, school=school.pk))

    assert axe(page) == []
    assert not scrolls_sideways(page)
