"""Demo links: open in a demo on this computer, dead anywhere else."""

from datetime import date

import pytest
from django.db import connection

from schoolward.access import demo
from schoolward.access.models import DemoLink
from schoolward.access.tests.factories import (
    AT,
    PASSWORD,
    UserFactory,
    client_for,
    holder,
    with_second_factor,
)
from schoolward.audit.models import Event
from schoolward.base import clock
from schoolward.base.models import DemoMark
from schoolward.kernel.seats import Seat


pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="demos live on SQLite"),
]
HERE = {"host": "localhost:8000"}


@pytest.fixture
def mark():
    """Make this a demo district."""
    made = DemoMark.objects.create(pk=1, built_at=AT, today=date(2026, 11, 18), seed=1)
    clock.forget_standing_day()
    return made


@pytest.fixture
def path(mark):
    """Return the link of the administrator's seat."""
    user = with_second_factor(UserFactory(person=holder(Seat.ADMINISTRATOR)))
    return demo.make_links({Seat.ADMINISTRATOR: user})[Seat.ADMINISTRATOR]


def is_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.parametrize(
    "host", ["localhost:8000", "127.0.0.1:8123", "localhost", "[::1]:8000", "[::1]"]
)
def test_link_signs_in_on_this_computer(client, path, host):
    response = client.get(path, headers={"host": host})

    assert response.status_code == 302
    assert is_in(client)
    assert (
        Event.objects.get(verb="access.session.started").facts["how"] == "a demo link"
    )


def test_link_is_dead_without_the_mark(client, path):
    DemoMark.objects.all().delete()

    assert DemoLink.objects.exists()
    assert client.get(path, headers=HERE).status_code == 404
    assert not is_in(client)


@pytest.mark.parametrize("listen", ["0.0.0.0", "::", "10.1.2.3", "schools.example", ""])  # noqa: S104
def test_link_is_dead_when_others_can_reach_the_server(client, path, settings, listen):
    settings.SCHOOLWARD_LISTEN = listen

    assert client.get(path, headers=HERE).status_code == 404
    assert not is_in(client)


def test_link_is_dead_on_a_database_server(client, path, monkeypatch):
    monkeypatch.setattr(demo.connection, "vendor", "postgresql")

    assert demo.links() == {}
    assert client.get(path, headers=HERE).status_code == 404


@pytest.mark.parametrize(
    "host",
    ["schools.example", "localhost.evil.example", "evil.example:8000", "10.0.0.1"],
)
def test_link_is_dead_under_any_other_name(client, path, settings, host):
    settings.ALLOWED_HOSTS = ["*"]

    assert client.get(path, headers={"host": host}).status_code == 404
    assert not is_in(client)


@pytest.mark.parametrize("secret", ["x", "%00", "../..", "a" * 300])
def test_unknown_secret_is_not_found(client, path, secret):
    assert client.get(f"/demo/{secret}/", headers=HERE).status_code == 404


def test_links_are_random_and_new_at_each_build(mark):
    user = UserFactory(person=holder(Seat.CHIEF))

    first = demo.make_links({Seat.CHIEF: user})[Seat.CHIEF]
    second = demo.make_links({Seat.CHIEF: user})[Seat.CHIEF]

    assert first != second
    assert len(first) > 43
    assert DemoLink.objects.count() == 1


def test_links_are_made_in_a_demo_only():
    user = UserFactory(person=holder(Seat.CHIEF))

    with pytest.raises(demo.NotADemoError):
        demo.make_links({Seat.CHIEF: user})

    assert not DemoLink.objects.exists()


def test_links_come_in_the_order_of_the_seats(mark):
    seats = [Seat.ADMINISTRATOR, Seat.PRINCIPAL, Seat.CHIEF]
    demo.make_links({seat: UserFactory(person=holder(seat)) for seat in seats})

    assert list(demo.links()) == [Seat.PRINCIPAL, Seat.CHIEF, Seat.ADMINISTRATOR]


def test_link_changes_who_is_signed_in(path):
    principal = client_for(Seat.PRINCIPAL)

    principal.get(path, headers=HERE)

    link = DemoLink.objects.get()
    assert principal.session["_auth_user_id"] == str(link.user_id)


def test_demo_leaves_sign_in_with_a_password_as_it_is(client, mark):
    user = UserFactory(person=holder(Seat.PRINCIPAL), password=PASSWORD)

    client.post("/account/login/", {"login": user.email, "password": "wrong"})

    assert not is_in(client)
