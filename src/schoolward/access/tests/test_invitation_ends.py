"""Invitations that ended meanwhile, that took an account over, that left a session."""

import pytest
from django.test import Client
from django.urls import reverse

from schoolward.access.actions import accounts, invitations
from schoolward.access.models import User
from schoolward.access.tests.factories import (
    AT,
    PASSWORD,
    UserFactory,
    actor_with,
    client_for,
    holder,
)
from schoolward.audit.models import Event
from schoolward.base import clock
from schoolward.base.models import Job
from schoolward.kernel.actor import SYSTEM
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
SENT = {"password": PASSWORD, "again": PASSWORD}


def arrive(person, *, email=""):
    """Return a browser that has opened an invitation's link."""
    _, secret = invitations.invite(
        person, email=email or person.email, by=SYSTEM, at=clock.now()
    )
    client = Client()
    client.get(reverse("access:accept_with", args=[secret]))
    return client


def test_two_who_are_invited_to_one_address_do_not_share_an_account():
    first, second = holder(Seat.PRINCIPAL), holder(Seat.CHIEF)
    one = arrive(first, email="office@access.example")
    two = arrive(second, email="office@access.example")
    one.post(reverse("access:accept"), SENT)

    answer = two.post(reverse("access:accept"), SENT)

    assert answer.status_code == 410
    assert "Ask an administrator" in answer.content.decode()
    assert User.objects.get(email="office@access.example").person == first
    assert "_auth_user_id" not in two.session


def test_second_browser_of_a_race_is_told_that_the_invitation_is_over(monkeypatch):
    person = holder(Seat.PRINCIPAL)
    client = arrive(person)
    secret = client.session["schoolward_invitation"]
    seen = invitations.open_invitation(secret, at=clock.now())
    invitations.accept(secret, password=PASSWORD, at=clock.now())
    monkeypatch.setattr(invitations, "open_invitation", lambda *_args, **_named: seen)

    answer = client.post(reverse("access:accept"), SENT)

    assert answer.status_code == 410
    assert "_auth_user_id" not in client.session


def test_closing_an_account_takes_its_open_invitation_back():
    user = UserFactory(person=holder(Seat.PRINCIPAL), password="an older password")
    client = arrive(user.person)
    keeper = actor_with(Seat.ADMINISTRATOR)
    accounts.close(user, by=keeper, at=AT)
    accounts.reopen(user, by=keeper, at=AT)

    answer = client.post(reverse("access:accept"), SENT)

    user.refresh_from_db()
    assert answer.status_code == 410
    assert user.check_password("an older password")


def test_owner_of_an_account_is_told_that_a_link_can_set_its_password(settings):
    settings.SCHOOLWARD_HAS_MAIL = True
    user = UserFactory(person=holder(Seat.PRINCIPAL), password=PASSWORD)

    invitations.invite(
        user.person, email="other@access.example", by=SYSTEM, at=clock.now()
    )

    job = Job.objects.get(name="access.tell_of_change")
    assert job.arguments == {"user_id": user.pk, "notice": "access/invited"}


def test_nobody_is_told_of_an_invitation_without_an_account(settings):
    settings.SCHOOLWARD_HAS_MAIL = True
    person = holder(Seat.PRINCIPAL)

    invitations.invite(person, email=person.email, by=SYSTEM, at=clock.now())

    assert not Job.objects.filter(name="access.tell_of_change").exists()


def test_leaving_for_an_invitation_ends_viewing_on_the_record():
    administrator = client_for(Seat.ADMINISTRATOR)
    viewed = holder(Seat.PRINCIPAL)
    administrator.post(reverse("access:view_as", args=[viewed.pk]))

    administrator.get(reverse("access:accept_with", args=["anything"]))

    verbs = list(Event.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs[-2:] == ["access.viewing.ended", "access.session.left"]
