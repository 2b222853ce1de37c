"""The doors: closed unless named open, and what stands in the way of a signed-in person."""

from datetime import date

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from schoolward.access import doors
from schoolward.access.middleware import SEEN
from schoolward.access.tests.factories import (
    AT,
    PersonFactory,
    UserFactory,
    client_for,
    delegate_of,
    holder,
    visitor_of,
)
from schoolward.audit.models import Event, EventKind
from schoolward.base.models import DemoMark
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
NEEDING = [
    Seat.ADMINISTRATOR,
    Seat.ANALYST,
    Seat.RECORDS_OFFICER,
    Seat.SUPERINTENDENT,
]


def without_second_factor(seat: Seat) -> Client:
    client = Client()
    client.force_login(UserFactory(person=holder(seat)))
    return client


def test_signed_out_reader_is_led_to_sign_in_and_back(client):
    response = client.get("/access/me/?tab=2")

    assert response["Location"] == "/account/login/?next=%2Faccess%2Fme%2F%3Ftab%3D2"


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options"])
def test_no_method_opens_a_closed_door(client, method):
    response = getattr(client, method)("/access/me/")

    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


def test_signed_out_fragment_takes_the_whole_page_along(client):
    response = client.get("/access/me/", headers={"HX-Request": "true"})

    assert response.status_code == 200
    assert response["HX-Redirect"].startswith("/account/login/")
    assert not response.content


def test_sent_form_of_somebody_signed_out_is_not_repeated_by_the_way_back(client):
    response = client.post("/access/sessions/others/end/")

    assert response["Location"] == "/account/login/?next=%2F"


def test_every_public_address_exists_or_is_the_servers_health():
    gone = []
    arguments = {
        "access:accept_with": ["x"],
        "access:demo": ["x"],
        "account_reset_password_from_key": ["1", "x"],
        "openid_connect_login": ["x"],
        "openid_connect_callback": ["x"],
    }
    for name in doors.PUBLIC - {"healthz", "ui:gallery"}:
        try:
            reverse(name, args=arguments.get(name, []))
        except NoReverseMatch:
            gone.append(name)

    assert not gone


@pytest.mark.parametrize("path", ["/access/me/", "/access/who/", "/access/secure/"])
def test_person_without_a_post_sees_only_why_and_what_to_do(path):
    visitor = visitor_of(PersonFactory(display_name="Former Colleague"))

    page = visitor.get(path)

    assert page.status_code == 403
    assert "You hold no post in this district today" in page.content.decode()
    assert "check the dates of your post" in page.content.decode()


def test_person_without_a_post_can_sign_out():
    visitor = visitor_of(PersonFactory())

    visitor.post(reverse("account_logout"))

    assert "_auth_user_id" not in visitor.session


def test_account_lives_and_dies_with_the_last_post():
    ended = visitor_of(holder(Seat.CHIEF, end=date(2020, 1, 1)))
    later = visitor_of(holder(Seat.CHIEF, start=date(2999, 1, 1)))

    assert ended.get("/access/me/").status_code == 403
    assert later.get("/access/me/").status_code == 403


def test_delegate_without_a_post_comes_in():
    delegate = visitor_of(delegate_of(holder(Seat.PRINCIPAL)))

    assert delegate.get("/access/me/").status_code == 200


@pytest.mark.parametrize("seat", NEEDING)
def test_seat_that_reaches_much_is_led_to_a_second_factor(seat):
    client = without_second_factor(seat)

    response = client.get("/access/me/")
    page = client.get("/access/secure/")

    assert response["Location"] == reverse("access:secure")
    assert "set up a second factor to go on" in page.content.decode()


def test_set_up_of_a_second_factor_is_open_to_who_lacks_one():
    client = without_second_factor(Seat.ADMINISTRATOR)

    assert client.get(reverse("mfa_index")).status_code == 200
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_other_seats_come_in_without_a_second_factor():
    client = without_second_factor(Seat.PRINCIPAL)

    assert client.get("/access/me/").status_code == 200


def test_district_can_ask_everyone_for_a_second_factor(settings):
    settings.SCHOOLWARD_SECOND_FACTOR = "everyone"
    client = without_second_factor(Seat.PRINCIPAL)

    assert client.get("/access/me/")["Location"] == reverse("access:secure")


def test_recovery_codes_alone_are_no_second_factor():
    client = without_second_factor(Seat.ADMINISTRATOR)
    visitor = client_for(Seat.ADMINISTRATOR)
    visitor.user.authenticator_set.filter(type="totp").delete()

    assert visitor.get("/access/me/")["Location"] == reverse("access:secure")
    assert client.get("/access/me/")["Location"] == reverse("access:secure")


def test_demo_asks_nobody_for_a_second_factor():
    DemoMark.objects.create(pk=1, built_at=AT, today=date(2026, 11, 18), seed=1)
    client = without_second_factor(Seat.ADMINISTRATOR)

    assert client.get("/access/me/").status_code == 200


def test_refusal_is_a_page_with_its_reason_and_is_recorded():
    principal = client_for(Seat.PRINCIPAL)

    page = principal.get("/access/who/")

    event = Event.objects.get(verb="access.page.refused")
    assert page.status_code == 403
    assert "Your own page shows what you may do yourself" in page.content.decode()
    assert (event.kind, event.actor_id) == (EventKind.REFUSAL, principal.person.pk)
    assert event.facts["path"] == "/access/who/"


def test_session_is_noted_every_ten_minutes_not_at_every_page(
    django_assert_max_num_queries,
):
    principal = client_for(Seat.PRINCIPAL)
    principal.get("/account/inactive/")
    noted = principal.session[SEEN]

    with django_assert_max_num_queries(9) as queries:
        principal.get("/account/inactive/")

    assert principal.session[SEEN] == noted
    assert not [one for one in queries if one["sql"].startswith(("UPDATE", "INSERT"))]
