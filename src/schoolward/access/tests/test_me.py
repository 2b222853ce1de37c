"""A person's own page: posts and reasons, delegates, and the rights at one school."""

import pytest
from django.urls import reverse

from schoolward.access.actors import actor_of
from schoolward.access.tests.factories import (
    LONG_AGO,
    PersonFactory,
    client_for,
    delegate_of,
    holder,
    visitor_of,
)
from schoolward.base import clock
from schoolward.district.models import Delegation, School
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
NEW = "/access/delegates/new/"


def delegations():
    return Delegation.objects.unscoped(reason="test")


def test_own_page_shows_posts_and_what_they_allow():
    school = School.objects.create(name="Ames Middle School")
    principal = client_for(Seat.PRINCIPAL, school=school)

    text = principal.get("/access/me/").content.decode()

    assert "Ames Middle School" in text
    assert "everyone with a post sees the directory" in text
    assert "kept by analysts and administrators" in text


@pytest.mark.parametrize("seat", list(Seat))
def test_own_page_opens_for_every_seat(seat):
    assert client_for(seat).get("/access/me/").status_code == 200


def test_rights_at_a_school_explain_a_no_as_well_as_a_yes():
    mine, other = School.objects.create(name="A"), School.objects.create(name="B")
    principal = client_for(Seat.PRINCIPAL, school=mine)

    at_mine = principal.get(reverse("access:rights", args=[mine.pk]))
    at_other = principal.get(reverse("access:rights", args=[other.pk]))

    assert "you lead this school" in at_mine.content.decode()
    assert "ask its principal or its ILD" in at_other.content.decode()


def test_person_names_a_delegate_with_dates():
    school = School.objects.create(name="Ames")
    principal = client_for(Seat.PRINCIPAL, school=school)
    secretary = PersonFactory(display_name="Sam Secretary")

    found = principal.get(NEW, {"name": "secre"})
    chosen = principal.get(NEW, {"delegate": secretary.pk})
    principal.post(NEW, {"delegate": secretary.pk, "start": "2020-07-01", "end": ""})

    actor = actor_of(secretary, today=clock.today())
    assert "Sam Secretary" in found.content.decode()
    assert "Let them act for me" in chosen.content.decode()
    assert actor.acted_school_ids == {school.pk}
    assert "Sam Secretary" in principal.get("/access/me/").content.decode()


def test_delegate_sees_for_whom_they_act():
    delegate = visitor_of(delegate_of(holder(Seat.PRINCIPAL, name="Pat Cole")))

    assert "Pat Cole" in delegate.get("/access/me/").content.decode()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        (
            {"start": "2026-11-18", "end": "2026-11-18"},
            "Enter a day after the first one",
        ),
        (
            {"start": "2026-11-18", "end": "2026-11-01"},
            "Enter a day after the first one",
        ),
        ({"start": "soon"}, "date"),
        ({}, "required"),
    ],
)
def test_dates_that_cannot_be_are_refused(fields, says):
    principal = client_for(Seat.PRINCIPAL)

    page = principal.post(NEW, {"delegate": PersonFactory().pk, **fields})

    assert page.status_code == 422
    assert says in page.content.decode()
    assert not delegations().exists()


def test_nobody_delegates_for_another_by_a_field_of_the_form():
    principal, other = client_for(Seat.PRINCIPAL), holder(Seat.SUPERINTENDENT)
    secretary = PersonFactory()

    principal.post(
        NEW,
        {
            "delegate": secretary.pk,
            "start": "2020-07-01",
            "person": other.pk,
            "person_id": other.pk,
        },
    )

    assert delegations().get().person == principal.person


def test_nobody_delegates_to_themselves():
    principal = client_for(Seat.PRINCIPAL)

    page = principal.post(NEW, {"delegate": principal.person.pk, "start": "2020-07-01"})

    assert page.status_code == 422
    assert not delegations().exists()


@pytest.mark.parametrize("asked", ["0", "999999", "x", "-1", "9" * 40, "1e3"])
def test_person_who_is_not_there_cannot_be_chosen(asked):
    principal = client_for(Seat.PRINCIPAL)

    shown = principal.get(NEW, {"delegate": asked})
    sent = principal.post(NEW, {"delegate": asked, "start": "2020-07-01"})

    assert shown.status_code == 200
    assert sent.status_code == 422


def test_person_ends_their_delegation_and_no_one_elses():
    principal = client_for(Seat.PRINCIPAL)
    mine = Delegation.objects.create(
        person=principal.person, delegate=PersonFactory(), start_date=LONG_AGO
    )
    theirs = Delegation.objects.create(
        person=holder(Seat.PRINCIPAL), delegate=PersonFactory(), start_date=LONG_AGO
    )

    own = principal.post(reverse("access:end_delegate", args=[mine.pk]))
    foreign = principal.post(reverse("access:end_delegate", args=[theirs.pk]))

    assert (own.status_code, foreign.status_code) == (302, 404)
    assert delegations().get(pk=mine.pk).end_date == clock.today()
    assert delegations().get(pk=theirs.pk).end_date is None


def test_own_page_costs_few_queries(django_assert_max_num_queries):
    principal = client_for(Seat.PRINCIPAL)
    principal.get("/access/me/")

    with django_assert_max_num_queries(20):
        principal.get("/access/me/")


def test_own_page_is_the_administrators_own_while_viewing():
    administrator = client_for(Seat.ADMINISTRATOR, name="Root Admin")
    principal = holder(Seat.PRINCIPAL, name="Ada Cole")
    administrator.post(reverse("access:view_as", args=[principal.pk]))

    page = administrator.get("/access/me/")

    assert page.status_code == 200
    assert "Root Admin" in page.content.decode()
