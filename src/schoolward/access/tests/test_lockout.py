"""Tries at a password are counted for the account, however the tries are dressed up."""

import pytest
from django.core.cache import cache

from schoolward.access.tests.factories import PASSWORD, UserFactory, holder
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_limits():
    cache.clear()


@pytest.fixture
def email():
    user = UserFactory(person=holder(Seat.PRINCIPAL), password=PASSWORD)
    return user.email


def tries(client, email, password, **headers):
    return client.post(
        "/account/login/", {"login": email, "password": password}, headers=headers
    )


@pytest.mark.parametrize(
    "disguise",
    [
        lambda turn: {"Host": f"testserver:{8000 + turn}"},
        lambda turn: {"X-Forwarded-For": f"203.0.113.{turn}"},
        lambda turn: {"X-Forwarded-Host": f"elsewhere{turn}.example"},
        lambda turn: {"X-Real-Ip": f"203.0.113.{turn}"},
    ],
    ids=["port", "forwarded-for", "forwarded-host", "real-ip"],
)
def test_sixth_try_is_locked_out_though_each_says_it_came_another_way(
    client, email, disguise
):
    for turn in range(5):
        tries(client, email, "wrong", **disguise(turn))

    locked = tries(client, email, PASSWORD, **disguise(5))

    assert "Too many tries" in locked.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("written", [str.upper, "  {}".format, "{} ".format])
def test_an_address_written_another_way_is_the_same_account(client, email, written):
    for _ in range(5):
        tries(client, written(email), "wrong")

    locked = tries(client, email, PASSWORD)

    assert "Too many tries" in locked.content.decode()


def test_a_trusted_proxy_is_believed_for_one_hop_only(client, email, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/ip"}
    for turn in range(3):
        forged = {"X-Forwarded-For": f"203.0.113.{turn}, 198.51.100.7"}
        tries(client, f"nobody{turn}@access.example", "wrong", **forged)

    forged = {"X-Forwarded-For": "203.0.113.99, 198.51.100.7"}
    locked = tries(client, email, PASSWORD, **forged)

    assert "Too many tries" in locked.content.decode()
