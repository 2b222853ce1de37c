"""The directory: schools, networks, units, people and the district."""

from datetime import date

import pytest
from django.urls import reverse

from schoolward.access.tests.factories import client_for
from schoolward.district.tests.factories import (
    MembershipFactory,
    NetworkFactory,
    PersonFactory,
    SchoolFactory,
)
from schoolward.home import listing
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db


def schools(town, seat=Seat.ILD, **query):
    return town.visitor(seat).get("/schools/", query)


@pytest.mark.parametrize("seat", [Seat.BOARD_MEMBER, Seat.ILD])
def test_list_names_every_open_school(town, seat):
    SchoolFactory(name="Long Gone", close_date=date(2020, 7, 1))

    page = schools(town, seat)

    assert "3 schools" in page.text
    for name in ("Harbor Middle", "Orchard Elementary", "Quarry Middle"):
        assert name in page.text
    assert "Long Gone" not in page.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"level": "middle"}, {"Harbor", "Quarry"}),
        ({"q": "orchrad"}, {"Orchard"}),
        ({"q": "old mill"}, {"Orchard"}),
        ({"mine": "1"}, {"Harbor", "Orchard"}),
        ({"mine": "1", "level": "middle"}, {"Harbor"}),
        ({"q": "middle", "mine": "1"}, {"Harbor"}),
    ],
)
def test_list_is_narrowed_as_asked(town, query, found):
    page = schools(town, **query)

    names = ("Harbor", "Orchard", "Quarry")
    assert {name for name in names if name in page.text} == found


def test_list_is_narrowed_by_network_and_by_ild(town):
    other = NetworkFactory(name="Writing")
    MembershipFactory(school=SchoolFactory(name="Elm Grove"), network=other)
    ild = town.people[Seat.ILD]

    by_network = schools(town, network=other.pk)
    by_ild = schools(town, ild=ild.pk)

    assert "1 school" in by_network.text
    assert "Elm Grove" in by_network.text
    assert "2 schools" in by_ild.text
    assert "Elm Grove" not in by_ild.text


def test_list_answers_nonsense_with_everything(town):
    page = schools(town, level="x", network="0", ild="abc", after="zzz")

    assert page.status_code == 200
    assert "3 schools" in page.text


def test_list_leads_to_the_page_or_the_card_by_right(town):
    url = reverse("home:school", args=[town.orchard.pk])

    assert url in schools(town, Seat.ILD).text
    board = schools(town, Seat.BOARD_MEMBER).text
    assert f'"{url}"' not in board
    assert reverse("home:who", args=[town.orchard.pk]) in board


def test_list_goes_on_where_the_page_before_ended(town, monkeypatch):
    monkeypatch.setattr(listing, "A_PAGE", 2)

    first = schools(town)
    after = first.context["next"]
    second = town.visitor(Seat.ILD).get(f"/schools/{after}")

    assert "Quarry Middle" not in first.text
    assert "Quarry Middle" in second.text
    assert "Harbor Middle" not in second.text


def test_empty_list_says_what_to_do(db, town):
    assert "No school matches" in schools(town, q="zzzzzz").text


def test_first_list_of_a_new_district_says_where_schools_come_from(db):
    page = client_for(Seat.ADMINISTRATOR).get("/schools/")

    assert "No school is here yet" in page.text


def test_network_shows_schools_tenure_and_moves(town):
    newcomer = SchoolFactory(name="Elm Grove")
    old = NetworkFactory(name="Writing")
    MembershipFactory(
        school=newcomer,
        network=old,
        start_date=date(2020, 7, 1),
        end_date=date(2026, 9, 1),
    )
    MembershipFactory(
        school=newcomer, network=town.network, start_date=date(2026, 9, 1)
    )

    page = town.visitor(Seat.ILD).get(reverse("home:network", args=[town.network.pk]))

    for words in ("Priya Raman", "First year", "Joining this school year", "Elm Grove"):
        assert words in page.text, words


def test_networks_list_groups_without_a_supervisor_apart(town):
    NetworkFactory(name="Charter", supervised=False)

    page = town.visitor(Seat.BOARD_MEMBER).get("/networks/")

    assert "Math talk" in page.text
    assert "Groups without a supervisor of their own" in page.text
    assert "1 network" in page.text


def test_district_shows_spans_against_sourced_benchmarks(town):
    page = town.visitor(Seat.PRINCIPAL).get("/district/")

    for words in (
        "Lakeside Schools",
        "12 schools or fewer",
        "A New Role Emerges for Principal Supervisors",
        "Marisol Quintero",
        "Quarry Middle",
        "Human Resources",
    ):
        assert words in page.text, words


def test_units_name_leads_people_and_whom_they_serve(town):
    listed = town.visitor(Seat.PRINCIPAL).get("/units/")
    page = town.visitor(Seat.PRINCIPAL).get(reverse("home:unit", args=[town.unit.pk]))

    assert "Desmond Alvarez" in listed.text
    for words in ("Yusuf Haddad", "Orchard Elementary", "1 post vacant", "Hires and"):
        assert words in page.text, words


def test_people_are_found_by_seat_unit_and_misspelled_name(town):
    visitor = town.visitor(Seat.PRINCIPAL)

    by_seat = visitor.get("/people/", {"seat": "ild"})
    by_unit = visitor.get("/people/", {"unit": town.unit.pk})
    by_name = visitor.get("/people/", {"q": "quintro"})

    assert "Marisol Quintero" in by_seat.text
    assert "Yusuf Haddad" not in by_seat.text
    assert "Yusuf Haddad" in by_unit.text
    assert "Marisol Quintero" in by_name.text
    assert "1 person" in by_name.text


def test_person_shows_posts_schools_and_how_to_reach_them(town):
    person = town.people[Seat.UNIT_STAFF]

    page = town.visitor(Seat.PRINCIPAL).get(reverse("home:person", args=[person.pk]))

    for words in ("Human Resources", "Orchard Elementary", "yusuf@town.example"):
        assert words in page.text, words


def test_person_without_anything_is_told_as_such(town):
    person = PersonFactory()

    page = town.visitor(Seat.PRINCIPAL).get(reverse("home:person", args=[person.pk]))

    assert "Holds no post today" in page.text
    assert "No address or phone is recorded" in page.text


@pytest.mark.parametrize("name", ["home:network", "home:unit", "home:person"])
def test_place_or_person_that_does_not_exist_is_not_found(town, name):
    page = town.visitor(Seat.ANALYST).get(reverse(name, args=[10**9]))

    assert page.status_code == 404


@pytest.mark.parametrize(
    "url",
    ["/", "/schools/", "/networks/", "/district/", "/people/", "/units/", "/search/"],
)
def test_directory_is_closed_to_the_signed_out(client, db, url):
    page = client.get(url)

    assert page.status_code == 302
    assert "/account/login" in page.url
