"""Signing in and out: what opens, what is refused, what the record says of it."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse

from schoolward.access import vault
from schoolward.access.models import User
from schoolward.access.tests.factories import (
    PASSWORD,
    UserFactory,
    client_for,
    holder,
    with_second_factor,
)
from schoolward.audit.models import Event, EventKind
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def user() -> User:
    """Return the account of a principal, without a second factor."""
    return UserFactory(person=holder(Seat.PRINCIPAL), password=PASSWORD)


def sign_in(client: Client, email: str, password: str = PASSWORD, **extra):
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def code_now(user: User, *, ahead: int = 0) -> str:
    """Return what the person's app shows now, or some steps later."""
    factor = Authenticator.objects.get(user=user, type="totp")
    secret = vault.decrypt(factor.data["secret"])
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_right_password_opens_and_is_recorded(client, user):
    response = sign_in(client, user.email.upper())

    assert response.status_code == 302
    assert response["Location"] == reverse("home:day")
    event = Event.objects.get(verb="access.session.started")
    assert (event.actor_id, event.facts["how"]) == (user.person_id, "a password")


def test_wrong_password_is_refused_in_words_and_recorded(client, user):
    response = sign_in(client, user.email, "not my password")

    assert "do not belong together" in response.content.decode()
    event = Event.objects.get(verb="access.session.failed")
    assert (event.kind, event.person_id) == (EventKind.REFUSAL, user.person_id)


def test_what_somebody_unknown_typed_is_kept_nowhere(client):
    sign_in(client, "my-secret-word@typed.example", "wrong")

    event = Event.objects.get(verb="access.session.failed")
    assert "my-secret-word" not in str(vars(event))


def test_unknown_address_answers_like_a_wrong_password(client, user):
    def plain(page):
        return re.sub(r'value="[^"]*"|nonce="[^"]*"', "", page.content.decode())

    known = sign_in(client, user.email, "wrong")
    unknown = sign_in(client, "nobody@access.example", "wrong")

    assert known.status_code == unknown.status_code
    assert plain(known) == plain(unknown)


@pytest.mark.parametrize("who", ["unknown", "known", "closed"])
def test_password_is_hashed_once_whoever_is_named(client, user, who, monkeypatch):
    closed = UserFactory(password=PASSWORD, is_active=False)
    email = {"known": user.email, "closed": closed.email}.get(who, "no@access.example")
    hashed = []
    real = PBKDF2PasswordHasher.encode
    monkeypatch.setattr(
        PBKDF2PasswordHasher,
        "encode",
        lambda *args, **named: hashed.append(1) or real(*args, **named),
    )

    sign_in(client, email, "wrong password here")

    assert len(hashed) == 1


def test_sixth_try_is_locked_out_though_right_and_others_are_not(client, user):
    other = UserFactory(person=holder(Seat.PRINCIPAL), password=PASSWORD)
    for _ in range(5):
        sign_in(client, user.email, "wrong")

    locked = sign_in(client, user.email)
    free = sign_in(Client(), other.email)

    assert "Too many tries" in locked.content.decode()
    assert not is_in(client)
    assert free.status_code == 302


def test_lockout_lives_in_the_shared_cache_not_in_one_process(client, user):
    for _ in range(5):
        sign_in(client, user.email, "wrong")

    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM schoolward_cache")
        (count,) = cursor.fetchone()

    assert count > 0


def test_closed_account_opens_nothing(client):
    user = UserFactory(person=holder(Seat.CHIEF), password=PASSWORD, is_active=False)

    response = sign_in(client, user.email)

    assert response["Location"] == reverse("account_inactive")
    assert not is_in(client)


def test_session_key_changes_at_sign_in(client, user):
    session = client.session
    session["planted"] = "by an attacker"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before

    sign_in(client, user.email)

    assert is_in(client)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example",
        "https:evil.example",
        "javascript:alert(1)",
        "http://testserver.evil.example/",
        "http://localhost/",
        "\\\\evil.example",
    ],
)
def test_next_leads_nowhere_else(client, user, target):
    response = client.post(
        LOGIN, {"login": user.email, "password": PASSWORD, "next": target}
    )

    assert response["Location"] == reverse("home:day")


def test_next_leads_on_within_the_house(client, user):
    response = client.post(
        LOGIN, {"login": user.email, "password": PASSWORD, "next": "/access/me/"}
    )

    assert response["Location"] == "/access/me/"


def test_second_factor_stands_between_password_and_session(client, user):
    with_second_factor(user)

    first = sign_in(client, user.email)

    assert first["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    assert client.get("/access/me/").status_code == 302

    client.post(reverse("mfa_authenticate"), {"code": code_now(user)})

    assert is_in(client)
    event = Event.objects.get(verb="access.session.started")
    assert event.facts["how"] == "a password and a second factor"


def test_wrong_code_is_refused_and_recorded(client, user):
    with_second_factor(user)
    sign_in(client, user.email)

    page = client.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert "does not fit" in page.content.decode()
    assert not is_in(client)
    event = Event.objects.get(verb="access.session.failed")
    assert (event.facts["step"], event.person_id) == ("second factor", user.person_id)


@pytest.mark.parametrize("ahead", [-1, 0, 1])
def test_code_of_the_steps_beside_now_opens_once(user, ahead):
    with_second_factor(user)
    code = code_now(user, ahead=ahead)
    first, second = Client(), Client()

    for client in (first, second):
        sign_in(client, user.email)
        client.post(reverse("mfa_authenticate"), {"code": code})

    assert is_in(first)
    assert not is_in(second)


def test_codes_cannot_be_guessed_for_ever(client, user):
    with_second_factor(user)
    sign_in(client, user.email)
    for _ in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})

    page = client.post(reverse("mfa_authenticate"), {"code": code_now(user)})

    assert "Too many tries" in page.content.decode()
    assert not is_in(client)


def test_recovery_code_opens_once(user):
    with_second_factor(user)
    factor = Authenticator.objects.get(user=user, type="recovery_codes")
    code = RecoveryCodes(factor).get_unused_codes()[0]
    first, second = Client(), Client()

    for client in (first, second):
        sign_in(client, user.email)
        client.post(reverse("mfa_authenticate"), {"code": code})

    assert is_in(first)
    assert not is_in(second)


def test_secrets_of_second_factors_are_not_readable_in_the_database(user):
    with_second_factor(user)

    kept = [factor.data for factor in Authenticator.objects.filter(user=user)]

    assert not re.search(r"'[A-Z2-7]{32}'", str(kept))
    assert all(len(vault.decrypt(one.get("secret") or one["seed"])) for one in kept)


def test_second_factor_under_a_lost_key_fits_nothing(client, user, settings):
    with_second_factor(user)
    code = code_now(user)
    settings.SECRET_KEY = "another key altogether, after the old one was lost"

    sign_in(client, user.email)
    page = client.post(reverse("mfa_authenticate"), {"code": code})

    assert page.status_code == 200
    assert not is_in(client)


def test_signing_out_needs_a_post_with_its_token(user):
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)

    asked = client.get(reverse("account_logout"))
    forged = client.post(reverse("account_logout"))

    assert asked.status_code == 200
    assert forged.status_code == 403
    assert is_in(client)


def test_signing_out_ends_the_session_and_is_recorded(user):
    client = Client()
    client.force_login(user)

    client.post(reverse("account_logout"))

    assert not is_in(client)
    assert Event.objects.filter(verb="access.session.left").count() == 1


def test_signing_in_needs_the_token_of_the_form(user):
    client = Client(enforce_csrf_checks=True)

    response = sign_in(client, user.email)

    assert response.status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "socialaccount_signup"]
)
def test_there_is_no_way_to_register(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "path", ["/account/signup/", "/account/3rdparty/signup/", "/account/email/"]
)
def test_addresses_of_registration_do_not_exist(client, path):
    assert client.get(path).status_code == 404
    assert client.post(path, {"email": "a@b.example"}).status_code == 404


def test_strange_host_is_refused(client):
    response = client.get(LOGIN, headers={"host": "evil.example"})

    assert response.status_code == 400


def test_sign_in_page_can_be_framed_by_nobody_and_runs_no_inline_script(client):
    response = client.get(LOGIN)

    policy = response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy
    assert not re.search(r"\son\w+=|style=", response.content.decode())
    scripts = re.findall(r"<script[^>]*>", response.content.decode())
    assert all("nonce=" in one or "application/json" in one for one in scripts)


def test_sign_in_page_is_kept_in_no_cache(client):
    assert "no-store" in client.get(LOGIN)["Cache-Control"]


def test_session_of_somebody_signed_in_is_listed_with_where_it_comes_from(user):
    client = Client(headers={"user-agent": "Test browser"})
    client.force_login(user)

    page = client.get(reverse("access:account"))

    assert "Test browser" in page.content.decode()


def test_password_change_ends_the_other_sessions(user):
    here, there = Client(), Client()
    here.force_login(user)
    there.force_login(user)

    here.post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSWORD,
            "password1": "another long walk home",
            "password2": "another long walk home",
        },
    )

    assert here.get("/access/me/").status_code == 200
    assert there.get("/access/me/").status_code == 302
    event = Event.objects.get(verb="access.key.changed")
    assert event.facts["what"] == "the password was changed"


@pytest.mark.parametrize("password", ["short one", "password1234", "elevenchars"])
def test_weak_password_is_refused(user, password):
    client = Client()
    client.force_login(user)

    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": password, "password2": password},
    )

    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_administrator_cannot_remove_the_only_second_factor():
    administrator = client_for(Seat.ADMINISTRATOR)
    user = administrator.user
    administrator.post(
        reverse("mfa_reauthenticate"), {"code": code_now(user), "next": "/"}
    )

    page = administrator.post(reverse("mfa_deactivate_totp"))

    assert "needs a second factor" in page.content.decode()
    assert Authenticator.objects.filter(user=user, type="totp").exists()
