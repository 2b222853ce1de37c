"""Tokens: shown once, hashed, read-only unless asked, gone with the last post."""

import json
import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.urls import reverse

from schoolward.access import mails
from schoolward.access.models import Token
from schoolward.access.secrets import PREFIX, hashed
from schoolward.access.tests.factories import (
    AT,
    UserFactory,
    actor_with,
    client_for,
    delegate_of,
    holder,
)
from schoolward.access.tests.test_sign_in import code_now
from schoolward.access.tokens import (
    TokenLifeError,
    actor_of_token,
    end_token,
    make_token,
)
from schoolward.audit.models import Event
from schoolward.base.http import RefusedError
from schoolward.district.models import School
from schoolward.district.policies import can_edit_profile, can_open_page
from schoolward.kernel.actor import SYSTEM
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
TODAY = AT.date()


@pytest.fixture
def school():
    return School.objects.create(name="Ames")


@pytest.fixture
def user(school):
    return UserFactory(person=holder(Seat.PRINCIPAL, school=school))


def made(user, **details):
    return make_token(user, label="Nightly report", at=AT, by=SYSTEM, **details)


def test_token_keeps_only_a_fingerprint_of_its_secret(user):
    token, secret = made(user)

    assert secret.startswith(PREFIX)
    assert len(secret) >= 46
    assert secret not in str(Token.objects.values().get())
    assert token.hint == secret[:8]


def test_token_acts_with_its_owners_rights_and_only_reads(user, school):
    _, secret = made(user)

    actor = actor_of_token(secret, at=AT, today=TODAY)

    assert actor.person_id == user.person_id
    assert can_open_page(actor, school.pk)
    assert not actor.may_write
    assert can_edit_profile(actor, school.pk).reason == "This token can only read."


def test_token_writes_when_it_was_made_to(user, school):
    _, secret = made(user, may_write=True)

    assert can_edit_profile(actor_of_token(secret, at=AT, today=TODAY), school.pk)


@pytest.mark.parametrize(("days", "opens"), [(179, True), (180, False), (400, False)])
def test_token_lives_180_days_unless_told_otherwise(user, days, opens):
    _, secret = made(user)

    actor = actor_of_token(secret, at=AT + timedelta(days=days), today=TODAY)

    assert bool(actor) is opens


@pytest.mark.parametrize("days", [0, -1, 367, 100_000])
def test_token_without_an_end_is_refused(user, days):
    with pytest.raises(TokenLifeError, match="from 1 to 366"):
        made(user, days=days)


def test_database_refuses_a_token_that_ends_before_it_begins(user):
    token, _ = made(user)
    token.expires_at = token.made_at

    with pytest.raises(IntegrityError), transaction.atomic():
        token.save(update_fields=["expires_at"])


@pytest.mark.parametrize(
    "secret",
    [
        "",
        "sw_",
        "sw_unknown",
        "Bearer sw_x",
        "x" * 10_000,
        "sw_\x00",
        "sw_é",
        "' OR 1=1",
    ],
)
def test_unknown_secret_opens_nothing(user, secret):
    made(user)

    assert actor_of_token(secret, at=AT, today=TODAY) is None


def test_fingerprint_itself_opens_nothing(user):
    token, _ = made(user)

    assert actor_of_token(PREFIX + token.secret_hash, at=AT, today=TODAY) is None
    assert actor_of_token(token.secret_hash, at=AT, today=TODAY) is None


def test_token_dies_with_the_last_post(school):
    user = UserFactory(person=holder(Seat.PRINCIPAL, school=school, end=TODAY))
    _, secret = made(user)

    before = actor_of_token(secret, at=AT, today=TODAY - timedelta(days=1))
    after = actor_of_token(secret, at=AT, today=TODAY)

    assert before
    assert after is None


def test_token_of_a_delegate_dies_with_the_delegation(school):
    delegate = delegate_of(holder(Seat.PRINCIPAL, school=school), end=TODAY)
    _, secret = made(UserFactory(person=delegate))

    assert actor_of_token(secret, at=AT, today=TODAY - timedelta(days=1))
    assert actor_of_token(secret, at=AT, today=TODAY) is None


def test_token_of_a_closed_account_opens_nothing(user):
    _, secret = made(user)
    user.is_active = False
    user.save()

    assert actor_of_token(secret, at=AT, today=TODAY) is None


def test_ended_token_opens_nothing_and_its_end_is_recorded(user):
    token, secret = made(user)

    end_token(token, by=actor_with(Seat.ADMINISTRATOR), at=AT)
    end_token(token, by=actor_with(Seat.ADMINISTRATOR), at=AT)

    assert actor_of_token(secret, at=AT, today=TODAY) is None
    assert Event.objects.filter(verb="access.token.ended").count() == 1


def test_token_is_ended_by_nobody_else(user):
    token, secret = made(user)

    with pytest.raises(RefusedError):
        end_token(token, by=actor_with(Seat.SUPERINTENDENT), at=AT)

    assert actor_of_token(secret, at=AT, today=TODAY)


def test_use_is_recorded_once_a_day_and_written_no_more_often(
    user, django_assert_max_num_queries
):
    _, secret = made(user)
    actor_of_token(secret, at=AT, today=TODAY)

    with django_assert_max_num_queries(6) as queries:
        actor_of_token(secret, at=AT + timedelta(hours=3), today=TODAY)
    actor_of_token(secret, at=AT + timedelta(days=1), today=TODAY)

    assert not [one for one in queries if one["sql"].startswith(("UPDATE", "INSERT"))]
    assert Event.objects.filter(verb="access.token.used").count() == 2


def test_token_makes_no_tokens(user):
    _, secret = made(user, may_write=True)
    actor = actor_of_token(secret, at=AT, today=TODAY)

    with pytest.raises(RefusedError, match="A token makes no tokens"):
        make_token(user, label="Another", at=AT, by=actor)


def test_nobody_makes_a_token_for_another(user):
    with pytest.raises(RefusedError, match="rights of who makes it"):
        make_token(user, label="Theirs", at=AT, by=actor_with(Seat.ADMINISTRATOR))


def test_page_shows_the_secret_once_after_the_person_proves_who_they_are():
    principal = client_for(Seat.PRINCIPAL)
    address = reverse("access:new_token")

    asked = principal.get(address)
    principal.post(
        asked["Location"], {"code": code_now(principal.user), "next": address}
    )
    page = principal.post(address, {"label": "Nightly report", "days": 30})
    account = principal.get(reverse("access:account"))

    secret = re.search(r"sw_[\w-]{43}", page.content.decode()).group()
    token = Token.objects.get()
    assert token.secret_hash == hashed(secret)
    assert token.may_write is False
    assert secret not in account.content.decode()
    assert "Nightly report" in account.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_page_takes_no_field_that_the_form_does_not_have():
    principal = client_for(Seat.PRINCIPAL)
    address = reverse("access:new_token")
    asked = principal.get(address)
    principal.post(
        asked["Location"], {"code": code_now(principal.user), "next": address}
    )
    other = UserFactory(person=holder(Seat.ADMINISTRATOR))

    principal.post(
        address,
        {
            "label": "X",
            "days": 30,
            "user": other.pk,
            "opens_coaching": "on",
            "expires_at": "2999-01-01",
        },
    )

    token = Token.objects.get()
    assert (token.user, token.opens_coaching) == (principal.user, False)
    assert token.expires_at.year < 2999


def test_token_of_another_is_not_there_to_be_ended():
    mine, theirs = client_for(Seat.PRINCIPAL), client_for(Seat.PRINCIPAL)
    token, _ = made(theirs.user)

    response = mine.post(reverse("access:end_token", args=[token.pk]))

    token.refresh_from_db()
    assert response.status_code == 404
    assert token.revoked_at is None


def test_command_prints_the_secret_once(user, capsys):
    call_command("token", user.email, label="Script", days=10, write=True, json=True)

    told = json.loads(capsys.readouterr().out)
    token = Token.objects.get()
    assert token.secret_hash == hashed(told["token"])
    assert (told["may_write"], token.may_write) == (True, True)


def test_command_speaks_words_without_json(user, capsys):
    call_command("token", user.email.upper(), label="Script")

    out = capsys.readouterr().out
    assert out.startswith(PREFIX)
    assert "only reads" in out


def test_command_says_what_to_do_about_an_unknown_address():
    with pytest.raises(CommandError, match="Invite the person first"):
        call_command("token", "nobody@access.example", label="Script")


def test_unlock_prints_a_link_and_can_remove_the_second_factor(user, capsys, settings):
    settings.SCHOOLWARD_URL = "https://schools.example"

    call_command("unlock", user.email, second_factor=True, json=True)

    link = json.loads(capsys.readouterr().out)["link"]
    assert link.startswith(mails.full("/access/invitation/"))
    assert not user.authenticator_set.exists()


def test_secret_of_a_token_is_in_no_log_and_no_record(user, caplog):
    _, secret = made(user)
    actor_of_token(secret, at=AT, today=TODAY)

    kept = [vars(event) for event in Event.objects.all()]
    assert secret not in caplog.text
    assert secret not in str(kept)
