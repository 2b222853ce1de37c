"""Keeping accounts: closing, opening, lost second factors, sessions elsewhere."""

import pytest
from django.test import Client
from django.urls import reverse

from schoolward.access.actions import accounts
from schoolward.access.tests.factories import (
    AT,
    UserFactory,
    actor_with,
    client_for,
    holder,
    sign_in,
    visitor_of,
    with_second_factor,
)
from schoolward.access.tests.test_sign_in import code_now
from schoolward.access.tokens import actor_of_token, make_token
from schoolward.audit.models import Event
from schoolward.base.http import RefusedError
from schoolward.kernel.actor import SYSTEM
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db


def test_closing_ends_sessions_and_tokens_at_once():
    principal = client_for(Seat.PRINCIPAL)
    principal.get("/access/me/")
    _, secret = make_token(principal.user, label="Report", at=AT, by=SYSTEM)

    accounts.close(principal.user, by=actor_with(Seat.ADMINISTRATOR), at=AT)

    assert principal.get("/access/me/").status_code == 302
    assert actor_of_token(secret, at=AT, today=AT.date()) is None


def test_opening_again_brings_back_sign_in_but_no_token():
    principal = client_for(Seat.PRINCIPAL)
    _, secret = make_token(principal.user, label="Report", at=AT, by=SYSTEM)
    administrator = actor_with(Seat.ADMINISTRATOR)
    accounts.close(principal.user, by=administrator, at=AT)

    accounts.reopen(principal.user, by=administrator, at=AT)

    principal.user.refresh_from_db()
    assert principal.user.is_active
    assert actor_of_token(secret, at=AT, today=AT.date()) is None


def test_administrator_does_not_close_their_own_account():
    administrator = client_for(Seat.ADMINISTRATOR)

    with pytest.raises(RefusedError, match="your own account"):
        accounts.close(administrator.user, by=administrator.actor, at=AT)
    with pytest.raises(RefusedError, match="your own account"):
        accounts.forget_second_factor(administrator.user, by=administrator.actor, at=AT)


@pytest.mark.parametrize(
    "act", [accounts.close, accounts.reopen, accounts.forget_second_factor]
)
@pytest.mark.parametrize(
    "seat", [Seat.SUPERINTENDENT, Seat.ANALYST, Seat.RECORDS_OFFICER]
)
def test_only_administrators_mend_accounts(act, seat):
    user = UserFactory(person=holder(Seat.PRINCIPAL))

    with pytest.raises(RefusedError):
        act(user, by=actor_with(seat), at=AT)

    assert not Event.objects.exists()


def test_lost_second_factor_is_removed_after_the_administrator_proves_who_they_are():
    administrator = client_for(Seat.ADMINISTRATOR)
    user = with_second_factor(UserFactory(person=holder(Seat.ANALYST)))
    address = reverse("access:forget_second_factor", args=[user.person_id])

    first = administrator.post(address)
    assert user.authenticator_set.exists()
    administrator.post(
        first["Location"], {"code": code_now(administrator.user), "next": address}
    )

    assert not user.authenticator_set.exists()
    assert (
        Event.objects.get(verb="access.second_factor.reset").person_id == user.person_id
    )


def test_person_ends_one_session_elsewhere():
    person = holder(Seat.PRINCIPAL)
    here, there = visitor_of(person), Client()
    sign_in(there, person)
    for client in (here, there):
        client.get("/access/me/")
    other = here.user.usersession_set.get(session_key=there.session.session_key)

    here.post(reverse("access:end_session", args=[other.pk]))

    assert there.get("/access/me/").status_code == 302
    assert here.get("/access/me/").status_code == 200


def test_person_ends_all_sessions_elsewhere_but_nobody_elses():
    person = holder(Seat.PRINCIPAL)
    here, there = visitor_of(person), Client()
    stranger = client_for(Seat.PRINCIPAL)
    sign_in(there, person)
    for client in (here, there, stranger):
        client.get("/access/me/")
    foreign = stranger.user.usersession_set.get()

    here.post(reverse("access:end_others"))
    here.post(reverse("access:end_session", args=[foreign.pk]))

    assert there.get("/access/me/").status_code == 302
    assert stranger.get("/access/me/").status_code == 200
    assert Event.objects.get(verb="access.session.ended").facts["count"] == 1


def test_list_of_accounts_finds_by_name_and_says_who_has_what():
    administrator = client_for(Seat.ADMINISTRATOR, name="Root Admin")
    holder(Seat.PRINCIPAL, name="Ada Without")
    UserFactory(person=holder(Seat.CHIEF, name="Ada Having"))

    found = administrator.get(reverse("access:accounts"), {"name": "ada"})
    everyone = administrator.get(reverse("access:accounts"))

    assert "Ada Without" in found.content.decode()
    assert "Ada Having" in everyone.content.decode()
    assert "Ada Without" not in everyone.content.decode()


def test_list_of_accounts_costs_the_same_for_many(django_assert_max_num_queries):
    administrator = client_for(Seat.ADMINISTRATOR)
    for _ in range(12):
        with_second_factor(UserFactory(person=holder(Seat.PRINCIPAL)))
    administrator.get(reverse("access:accounts"))

    with django_assert_max_num_queries(16):
        administrator.get(reverse("access:accounts"))


def test_forms_of_accounts_name_the_person_in_the_address_only():
    administrator = client_for(Seat.ADMINISTRATOR)
    meant = UserFactory(person=holder(Seat.PRINCIPAL))
    other = UserFactory(person=holder(Seat.PRINCIPAL))

    administrator.post(
        reverse("access:close_account", args=[meant.person_id]),
        {"person_id": other.person_id, "user": other.pk},
    )

    meant.refresh_from_db()
    other.refresh_from_db()
    assert (meant.is_active, other.is_active) == (False, True)
