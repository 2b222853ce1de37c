"""A forgotten password: a mail by the worker, the same answer to everyone."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from schoolward.access import mails
from schoolward.access.jobs import reset_password, tell_of_change
from schoolward.access.models import User
from schoolward.access.tests.factories import (
    PASSWORD,
    UserFactory,
    holder,
    with_second_factor,
)
from schoolward.audit.models import Event
from schoolward.base.jobs import Run
from schoolward.base.models import Job
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
ASK = "/account/password/reset/"


@pytest.fixture(autouse=True)
def _with_mail(settings):
    settings.SCHOOLWARD_HAS_MAIL = True
    settings.SCHOOLWARD_URL = "https://schools.example"
    cache.clear()


@pytest.fixture
def user() -> User:
    """Return the account of a principal."""
    return UserFactory(person=holder(Seat.PRINCIPAL), password=PASSWORD)


def a_run() -> Run:
    """Return a job's run, as the worker gives it."""
    job = Job.objects.create(name="test", asked_at="2026-11-18T12:00:00Z")
    return Run(job)


def test_asking_answers_the_same_for_known_and_unknown_addresses(client, user):
    known = client.post(ASK, {"email": user.email})
    unknown = client.post(ASK, {"email": "nobody@access.example"})

    assert known["Location"] == unknown["Location"]
    ids = [job.arguments["user_id"] for job in Job.objects.order_by("pk")]
    assert ids == [user.pk, 0]


def test_asking_costs_the_same_queries_for_known_and_unknown(user, client):
    def cost(email):
        with CaptureQueriesContext(connection) as queries:
            client.post(ASK, {"email": email})
        return len(queries)

    cost("warm-up@access.example")
    Job.objects.all().delete()

    assert cost("nobody@access.example") == cost(user.email)


def test_mail_leads_to_the_set_address_whatever_host_was_asked(client, user):
    client.post(ASK, {"email": user.email}, headers={"host": "localhost"})
    reset_password(a_run(), user_id=user.pk)

    (sent,) = mail.outbox
    assert sent.to == [user.email]
    assert "https://schools.example/account/password/reset/key/" in sent.body
    assert "localhost" not in sent.body


@pytest.mark.parametrize("user_id", [0, 999_999])
def test_unknown_address_gets_no_mail(user_id):
    reset_password(a_run(), user_id=user_id)

    assert not mail.outbox


def test_closed_account_gets_no_mail(user):
    user.is_active = False
    user.save()

    reset_password(a_run(), user_id=user.pk)

    assert not mail.outbox


def test_link_sets_a_new_password_once_and_ends_sessions(user):
    elsewhere, here = Client(), Client()
    elsewhere.force_login(user)
    path = mails.reset_link(user).removeprefix("https://schools.example")

    form = here.get(path, follow=True)
    action = re.search(r'action="([^"]+)"', form.content.decode()).group(1)
    new = "quite another long walk"
    here.post(action, {"password1": new, "password2": new})
    again = Client().get(path, follow=True)

    user.refresh_from_db()
    assert user.check_password(new)
    assert elsewhere.get("/access/me/").status_code == 302
    assert "This link is over" in again.content.decode()
    assert user.get_session_auth_hash()


def test_key_of_the_link_leaves_the_address_before_a_page_is_shown(client, user):
    path = mails.reset_link(user).removeprefix("https://schools.example")

    response = client.get(path)

    assert response.status_code == 302
    assert response["Location"].endswith("-set-password/")


def test_new_password_does_not_skip_the_second_factor(client, user):
    with_second_factor(user)
    path = mails.reset_link(user).removeprefix("https://schools.example")
    form = client.get(path, follow=True)
    action = re.search(r'action="([^"]+)"', form.content.decode()).group(1)

    new = "quite another long walk"
    client.post(action, {"password1": new, "password2": new})
    response = client.post("/account/login/", {"login": user.email, "password": new})

    assert response["Location"] == reverse("mfa_authenticate")


def test_reset_is_recorded_and_told_to_its_owner(client, user):
    path = mails.reset_link(user).removeprefix("https://schools.example")
    form = client.get(path, follow=True)
    action = re.search(r'action="([^"]+)"', form.content.decode()).group(1)
    new = "quite another long walk"

    client.post(action, {"password1": new, "password2": new})

    event = Event.objects.get(verb="access.key.changed")
    job = Job.objects.get(name="access.tell_of_change")
    tell_of_change(a_run(), **job.arguments)
    assert event.facts["what"] == "the password was reset by mail"
    assert "reset by mail" in mail.outbox[0].body


def test_without_a_mail_server_the_page_says_whom_to_ask(client, settings):
    settings.SCHOOLWARD_HAS_MAIL = False

    page = client.get(ASK)

    assert "Ask an administrator" in page.content.decode()
    assert 'name="email"' not in page.content.decode()


def test_asking_again_and_again_is_slowed_down(client, user):
    answers = [client.post(ASK, {"email": user.email}) for _ in range(7)]

    assert answers[-1].status_code == 429
