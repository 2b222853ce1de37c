"""Invitations: single use, hashed, over after fourteen days, by mail or to hand over."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from schoolward.access.actions.invitations import (
    InvitationError,
    accept,
    invite,
    open_invitation,
    withdraw,
)
from schoolward.access.models import Invitation, User
from schoolward.access.tests.factories import (
    AT,
    PASSWORD,
    PersonFactory,
    UserFactory,
    actor_with,
    client_for,
    holder,
    with_second_factor,
)
from schoolward.audit.models import Event
from schoolward.base import clock
from schoolward.base.http import RefusedError
from schoolward.kernel.actor import SYSTEM
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    """Return a principal without an account."""
    return holder(Seat.PRINCIPAL, name="Ada Cole")


def made(person, *, at=AT):
    return invite(person, email=person.email, by=SYSTEM, at=at)


def test_invitation_keeps_only_a_fingerprint_of_its_secret(person):
    invitation, secret = made(person)

    assert secret not in str(Invitation.objects.values().get())
    assert len(secret) >= 43
    assert open_invitation(secret, at=AT) == invitation


def test_invited_person_sets_a_password_and_has_an_account(person):
    _, secret = made(person)

    user = accept(secret, password=PASSWORD, at=AT)

    assert (user.person, user.email) == (person, person.email)
    assert user.check_password(PASSWORD)
    verbs = list(Event.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["access.invitation.made", "access.invitation.accepted"]


def test_invitation_works_once(person):
    _, secret = made(person)
    accept(secret, password=PASSWORD, at=AT)

    with pytest.raises(InvitationError, match="used, withdrawn or is over"):
        accept(secret, password="some other password", at=AT)

    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize(("days", "is_open"), [(13.9, True), (14, False), (300, False)])
def test_invitation_is_over_after_fourteen_days(person, days, is_open):
    _, secret = made(person)

    found = open_invitation(secret, at=AT + timedelta(days=days))

    assert bool(found) is is_open


def test_withdrawn_invitation_opens_nothing(person):
    invitation, secret = made(person)

    withdraw(invitation, by=actor_with(Seat.ADMINISTRATOR), at=AT)

    assert open_invitation(secret, at=AT) is None


def test_newer_invitation_takes_the_place_of_the_open_one(person):
    _, first = made(person)
    _, second = made(person)

    assert open_invitation(first, at=AT) is None
    assert open_invitation(second, at=AT)


def test_database_refuses_two_open_invitations_of_one_person(person):
    invitation, _ = made(person)
    invitation.pk, invitation.secret_hash = None, "another"

    with pytest.raises(IntegrityError), transaction.atomic():
        invitation.save(force_insert=True)


def test_address_of_another_account_is_refused(person):
    UserFactory(email="taken@access.example")

    with pytest.raises(InvitationError, match="belongs to another account"):
        invite(person, email="Taken@Access.example", by=SYSTEM, at=AT)


def test_closed_account_is_not_opened_by_an_invitation():
    user = UserFactory(is_active=False)

    with pytest.raises(InvitationError, match="Open it again first"):
        invite(user.person, email=user.email, by=SYSTEM, at=AT)


def test_invitation_of_an_account_sets_its_password_and_keeps_its_second_factor():
    user = with_second_factor(UserFactory(password="a forgotten password"))
    _, secret = invite(user.person, email=user.email, by=SYSTEM, at=AT)

    accept(secret, password=PASSWORD, at=AT)

    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert user.authenticator_set.filter(type="totp").exists()


@pytest.mark.parametrize("seat", [seat for seat in Seat if seat != Seat.ADMINISTRATOR])
def test_only_administrators_invite(person, seat):
    with pytest.raises(RefusedError):
        invite(person, email=person.email, by=actor_with(seat), at=AT)

    assert not Invitation.objects.exists()


def test_page_gives_the_link_once_where_no_mail_is_sent(person, settings):
    settings.SCHOOLWARD_URL = "https://schools.example"
    administrator = client_for(Seat.ADMINISTRATOR)

    page = administrator.post(
        reverse("access:invite", args=[person.pk]), {"email": person.email}
    )

    link = re.search(r"https://schools.example[^<\s]+", page.content.decode()).group()
    secret = link.rstrip("/").rpartition("/")[2]
    assert open_invitation(secret, at=clock.now())
    assert not mail.outbox


def test_page_sends_the_link_by_mail_and_does_not_show_it(person, settings):
    settings.SCHOOLWARD_HAS_MAIL = True
    administrator = client_for(Seat.ADMINISTRATOR)

    response = administrator.post(
        reverse("access:invite", args=[person.pk]), {"email": person.email}
    )

    (sent,) = mail.outbox
    assert response.status_code == 302
    assert sent.to == [person.email]
    assert "/access/invitation/" in sent.body


def test_page_gives_the_link_when_the_mail_server_refuses(
    person, settings, monkeypatch
):
    settings.SCHOOLWARD_HAS_MAIL = True
    administrator = client_for(Seat.ADMINISTRATOR)

    def refuse(*_args, **_named):
        raise OSError("refused")

    monkeypatch.setattr("schoolward.base.mail.EmailMessage.send", refuse)
    page = administrator.post(
        reverse("access:invite", args=[person.pk]), {"email": person.email}
    )

    assert "did not take the mail" in page.content.decode()
    assert "/access/invitation/" in page.content.decode()


def arrive(secret: str) -> Client:
    """Return a browser in which somebody opened the link of an invitation."""
    client = Client()
    client.get(reverse("access:accept_with", args=[secret]))
    return client


def test_secret_leaves_the_address_before_anything_is_shown(person):
    _, secret = made(person, at=clock.now())
    client = Client()

    response = client.get(reverse("access:accept_with", args=[secret]))

    assert response["Location"] == reverse("access:accept")
    assert secret not in client.get(response["Location"]).content.decode()


def test_accepting_signs_in_and_offers_a_second_factor(person):
    _, secret = made(person, at=clock.now())
    client = arrive(secret)

    response = client.post(
        reverse("access:accept"), {"password": PASSWORD, "again": PASSWORD}
    )

    page = client.get(response["Location"])
    assert response["Location"] == reverse("access:secure")
    assert "Add a passkey" in page.content.decode()
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_accepting_for_an_account_with_a_second_factor_asks_for_it():
    user = with_second_factor(UserFactory(person=holder(Seat.CHIEF)))
    _, secret = invite(user.person, email=user.email, by=SYSTEM, at=clock.now())

    client = arrive(secret)
    response = client.post(
        reverse("access:accept"), {"password": PASSWORD, "again": PASSWORD}
    )

    assert response["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("password", "again", "says"),
    [
        ("too short", "too short", "at least 12"),
        ("q1w2e3r4t5y6", "q1w2e3r4t5y6", "too common"),
        ("ada.cole@access.example", "ada.cole@access.example", "too similar"),
        (PASSWORD, "a long walk to work!", "differ"),
    ],
)
def test_weak_or_differing_passwords_are_refused(password, again, says):
    person = PersonFactory(email="ada.cole@access.example")
    _, secret = made(person, at=clock.now())

    page = arrive(secret).post(
        reverse("access:accept"), {"password": password, "again": again}
    )

    assert page.status_code == 422
    assert says in page.content.decode()
    assert not User.objects.exists()


def test_used_or_unknown_invitation_says_what_to_do():
    page = arrive("nobody-made-this").get(reverse("access:accept"))

    assert page.status_code == 410
    assert "Ask an administrator" in page.content.decode()


def test_accepting_leaves_whoever_was_signed_in_before(person):
    _, secret = made(person, at=clock.now())
    administrator = client_for(Seat.ADMINISTRATOR)

    administrator.get(reverse("access:accept_with", args=[secret]))

    assert "_auth_user_id" not in administrator.session


def test_secret_of_an_invitation_is_in_no_log(person, caplog):
    _, secret = made(person, at=clock.now())
    client = arrive(secret)

    client.post(reverse("access:accept"), {"password": "short", "again": "short"})

    assert secret not in caplog.text


def test_extra_fields_of_the_form_change_nothing(person):
    other = holder(Seat.ADMINISTRATOR)
    _, secret = made(person, at=clock.now())

    arrive(secret).post(
        reverse("access:accept"),
        {
            "password": PASSWORD,
            "again": PASSWORD,
            "person": other.pk,
            "email": "evil@access.example",
            "is_active": "",
        },
    )

    user = User.objects.get(person=person)
    assert user.email == person.email
    assert not User.objects.filter(person=other).exists()
