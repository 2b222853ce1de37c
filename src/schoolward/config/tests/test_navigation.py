"""The rail shows each seat the places that its policies open, without a query."""

import pytest
from django.test import RequestFactory

from schoolward.config import navigation
from schoolward.kernel.actor import Actor
from schoolward.kernel.seats import Seat


def actor(*seats, **more):
    return Actor(person_id=7, name="Ada Ruiz", seats=frozenset(seats), **more)


def labels(who, path="/"):
    return [item.label for g in navigation.groups(who, path=path) for item in g.items]


def current(who, path):
    items = [item for g in navigation.groups(who, path=path) for item in g.items]
    return [item.label for item in items if item.current]


@pytest.mark.parametrize("seat", Seat)
def test_every_seat_sees_its_day_and_the_directory(seat):
    assert {"My day", "Schools", "Networks", "People"} <= set(labels(actor(seat)))


def test_person_without_a_post_sees_no_place():
    assert labels(actor()) == []


@pytest.mark.parametrize("label", ["Accounts", "Who sees what", "Record of events"])
def test_keeping_is_shown_to_administrators_and_not_to_principals(label):
    assert label in labels(actor(Seat.ADMINISTRATOR))
    assert label not in labels(actor(Seat.PRINCIPAL))


def test_viewing_as_another_shows_only_what_both_may_open():
    administrator = actor(Seat.ADMINISTRATOR, as_seen_by=actor(Seat.PRINCIPAL))

    assert "Accounts" not in labels(administrator)
    assert "My day" in labels(administrator)


def test_principal_of_one_school_has_it_as_a_place():
    principal = actor(Seat.PRINCIPAL, led_school_ids=frozenset({3}))

    assert labels(principal)[:2] == ["My day", "My school"]


def test_principal_of_two_schools_finds_them_in_the_list():
    principal = actor(Seat.PRINCIPAL, led_school_ids=frozenset({3, 4}))

    assert "My school" not in labels(principal)


@pytest.mark.parametrize(
    ("path", "label"),
    [("/", "My day"), ("/schools/", "Schools"), ("/schools/9/", "Schools")],
)
def test_one_place_is_current(path, label):
    principal = actor(Seat.PRINCIPAL, led_school_ids=frozenset({3}))

    assert current(principal, path) == [label]


def test_own_school_is_more_current_than_the_list_of_schools():
    principal = actor(Seat.PRINCIPAL, led_school_ids=frozenset({3}))

    assert current(principal, "/schools/3/") == ["My school"]


def test_rail_names_the_person_their_seats_and_for_whom_they_act():
    who = navigation.me(actor(Seat.ILD, Seat.CHIEF, delegate_for=frozenset({1, 2})))

    assert (who.name, who.seats) == ("Ada Ruiz", "Chief, ILD")
    assert who.acting_for == "2 people"


@pytest.mark.django_db
def test_frame_of_a_page_needs_no_query(django_assert_num_queries):
    request = RequestFactory().get("/")
    request.actor = actor(Seat.ADMINISTRATOR)
    navigation.context(request)

    with django_assert_num_queries(0):
        frame = navigation.context(request)

    assert frame["shell"] == "ui/page.html"


@pytest.mark.django_db
def test_signed_out_frame_shows_no_place_of_the_district():
    request = RequestFactory().get("/ui/")

    frame = navigation.context(request)

    assert frame["shell"] == "ui/plain.html"
    assert [item.label for group in frame["nav"] for item in group.items] == [
        "Components"
    ]
    assert "me" not in frame
