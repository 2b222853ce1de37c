"""Numbers that are none, in addresses and forms, never break a page."""

import pytest
from django.urls import reverse

from schoolward.access.tests.factories import client_for
from schoolward.district.models import School
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
STRANGE = ("²", "٣", "-1", "0000", "9999", "9" * 40, "\x00", "²~Ames", "7~A\x00")
NUMBERED = (
    ("audit:events", "before"),
    ("audit:events", "person_id"),
    ("home:jobs", "page"),
    ("home:schools", "after"),
    ("home:people", "after"),
    ("exchange:imports", "page"),
    ("district:appoint", "person"),
    ("district:appoint", "unit"),
    ("district:manage_people", "after"),
    ("access:who", "person"),
    ("access:new_delegate", "delegate"),
)


@pytest.mark.parametrize(("name", "field"), NUMBERED)
def test_page_opens_whatever_its_address_counts_from(name, field):
    administrator = client_for(Seat.ADMINISTRATOR)

    answers = [administrator.get(reverse(name), {field: one}) for one in STRANGE]

    assert {answer.status_code for answer in answers} == {200}


def test_goals_of_a_year_that_is_none_are_those_of_this_year():
    school = School.objects.create(name="Ames Middle School")
    principal = client_for(Seat.PRINCIPAL, school=school)
    address = reverse("district:goals", args=[school.pk])

    answers = [principal.get(address, {"year": one}) for one in STRANGE]

    assert {answer.status_code for answer in answers} == {200}


def test_goals_that_are_none_are_not_carried():
    school = School.objects.create(name="Ames Middle School")
    principal = client_for(Seat.PRINCIPAL, school=school)

    answer = principal.post(
        reverse("district:goals_carry", args=[school.pk]), {"goal": STRANGE}
    )

    assert answer.status_code == 302
