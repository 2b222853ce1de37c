"""Each seat's day tells at least three true things, and guides a first use."""

import pytest

from schoolward.access.tests.factories import client_for, delegate_of, visitor_of
from schoolward.district.models import Post
from schoolward.home import sections
from schoolward.home.tests.numbers import NOW
from schoolward.home.visits import Morning
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db

TRUE_THINGS = {
    Seat.PRINCIPAL: ("Yusuf Haddad", "Marisol Quintero", "Mended today."),
    Seat.ASSISTANT_PRINCIPAL: ("Yusuf Haddad", "Marisol Quintero", "out of date"),
    Seat.ILD: ("Orchard Elementary", "Denise Whitfield", "Theodore Banks"),
    Seat.DEPUTY: ("Marisol Quintero", "Quarry Middle", "Theodore Banks"),
    Seat.UNIT_LEAD: ("Yusuf Haddad", "Phone, Orchard Elementary", "room 12"),
    Seat.UNIT_STAFF: ("Orchard Elementary", "room 12", "No report waits for you"),
    Seat.CHIEF: ("Quarry Middle", "Denise Whitfield", "Theodore Banks"),
    Seat.SUPERINTENDENT: ("Quarry Middle", "Denise Whitfield", "Theodore Banks"),
    Seat.ANALYST: ("schools-guarded.csv", "4 refused", "Address, Orchard"),
    Seat.RECORDS_OFFICER: ("Hearing of March", "Due for disposal", "exported"),
    Seat.BOARD_MEMBER: ("Lakeside Schools", "Math talk", "Quarry Middle"),
    Seat.ADMINISTRATOR: ("the disk is full", "theodore@town.example", "No invitation"),
}


@pytest.mark.parametrize("seat", Seat)
def test_day_tells_three_true_things_to_each_seat(town, seat):
    page = town.visitor(seat).get("/")

    assert page.status_code == 200
    for thing in TRUE_THINGS[seat]:
        assert thing in page.text, thing
    assert page.text.count("<section") >= 3


def test_day_has_true_things_for_every_seat_there_is():
    assert set(TRUE_THINGS) == set(Seat)


def test_day_of_several_posts_holds_each_section_once(town):
    person = town.people[Seat.PRINCIPAL]
    Post.objects.create(person=person, seat=Seat.ANALYST, start_date=NOW.date())
    Post.objects.create(person=person, seat=Seat.ADMINISTRATOR, start_date=NOW.date())

    morning = Morning(actor=visitor_of(person).actor, day=NOW.date(), at=NOW)
    keys = [one.section.key for one in sections.shown(morning)]

    assert {"serves-me", "loads", "jobs", "waiting"} <= set(keys)
    assert len(keys) == len(set(keys))


def test_day_of_a_delegate_is_about_the_school_they_act_for(town):
    delegate = delegate_of(town.people[Seat.PRINCIPAL])

    page = visitor_of(delegate).get("/")

    assert "Who serves my school" in page.text
    assert "Yusuf Haddad" in page.text


def test_day_in_an_empty_district_guides_the_administrator(db):
    page = client_for(Seat.ADMINISTRATOR).get("/")

    assert "First steps" in page.text
    assert "Bring in the schools" in page.text
    assert "Invite the first people" in page.text


def test_day_without_anything_says_why_and_what_to_do(db):
    page = client_for(Seat.ILD).get("/")

    assert "No school is tied to you yet" in page.text
    assert "See all schools" in page.text


def test_day_opens_with_what_stands_out(town):
    page = town.visitor(Seat.ILD).get("/")

    assert "One principal of yours is new this year." in page.text
    assert "Thursday, November 19, school week 13" in page.text


def test_half_sections_fill_the_shorter_column(town):
    actor = town.visitor(Seat.PRINCIPAL).actor
    found = sections.shown(Morning(actor=actor, day=NOW.date(), at=NOW))

    placed = sections.placed(found)

    assert placed["left"]
    assert placed["right"]
    assert len(placed["left"]) + len(placed["right"]) == len(placed["halves"])
