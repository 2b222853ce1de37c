"""Every page of access opens for whom it is meant, and says why to others."""

import pytest
from django.urls import reverse

from schoolward.access.tests.factories import UserFactory, client_for, holder
from schoolward.district.models import School
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "name",
    [
        "access:account",
        "access:new_delegate",
        "mfa_index",
        "access:accounts",
        "access:who",
        "socialaccount_connections",
        "account_logout",
    ],
)
def test_page_opens_for_an_administrator(name):
    administrator = client_for(Seat.ADMINISTRATOR)

    page = administrator.get(reverse(name))

    assert page.status_code == 200, page.content[:300]


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
def test_page_opens_for_anyone(client, name):
    assert client.get(reverse(name)).status_code == 200


def test_account_of_a_person_offers_what_their_state_allows():
    administrator = client_for(Seat.ADMINISTRATOR)
    without = holder(Seat.PRINCIPAL, name="Ada Without")
    having = UserFactory(person=holder(Seat.PRINCIPAL, name="Ben Having"))

    first = administrator.get(reverse("access:account_of", args=[without.pk]))
    second = administrator.get(reverse("access:account_of", args=[having.person_id]))

    assert b"Invite" in first.content
    assert b"Close the account" in second.content
    assert b"View as this person" in second.content


def test_who_sees_what_gives_reasons_for_a_person_a_school_and_both():
    administrator = client_for(Seat.ADMINISTRATOR)
    school = School.objects.create(name="Ames")
    principal = holder(Seat.PRINCIPAL, school=school, name="Ada Cole")
    who = reverse("access:who")

    found = administrator.get(who, {"name": "a"})
    person = administrator.get(who, {"person": principal.pk})
    both = administrator.get(who, {"person": principal.pk, "school": school.pk})
    of_school = administrator.get(who, {"school": school.pk})

    assert "Ada Cole" in found.content.decode()
    assert "Ames" in found.content.decode()
    assert "Accounts are kept by administrators." in person.content.decode()
    assert "you lead this school" in both.content.decode()
    assert "Ada Cole" in of_school.content.decode()


@pytest.mark.parametrize("name", ["access:accounts", "access:who"])
def test_administrators_pages_are_refused_with_a_reason(name):
    principal = client_for(Seat.PRINCIPAL)

    refused = principal.get(reverse(name))

    assert refused.status_code == 403
    assert "administrators" in refused.content.decode()
