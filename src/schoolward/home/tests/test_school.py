"""One page per school: for those tied to it, with every fact open to "this is wrong"."""

from datetime import date

import pytest
from django.urls import reverse

from schoolward.access.tests.factories import client_for
from schoolward.audit.models import Event
from schoolward.district.models import Post, School
from schoolward.district.tests.factories import PostFactory, SchoolFactory
from schoolward.home import panels
from schoolward.home.panels import Column, Panel
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db


def page_of(town, seat: Seat, *, school=None, **query):
    school = school or town.orchard
    return town.visitor(seat).get(reverse("home:school", args=[school.pk]), query)


def test_page_shows_who_leads_serves_and_what_they_wrote(town):
    page = page_of(town, Seat.PRINCIPAL)

    for words in (
        "Orchard Elementary",
        "Priya Raman",
        "Marisol Quintero",
        "Yusuf Haddad",
        "Math talk",
        "Students explain their thinking",
        "A steady teacher in room 12.",
        "Writing together",
        "formerly Old Mill School",
    ):
        assert words in page.text, words


def test_page_says_why_it_is_seen(town):
    assert (
        "You see this because you lead this school."
        in page_of(town, Seat.PRINCIPAL).text
    )
    assert "because you are this school&#x27;s ILD." in page_of(town, Seat.ILD).text
    assert (
        "the Human Resources partner of this school"
        in page_of(town, Seat.UNIT_STAFF).text
    )


@pytest.mark.parametrize("seat", [Seat.RECORDS_OFFICER, Seat.BOARD_MEMBER])
def test_page_is_refused_with_a_reason_and_leads_to_the_card(town, seat):
    page = page_of(town, seat)

    assert page.status_code == 403
    assert "belongs to the people who lead, supervise or serve" in page.text
    assert reverse("home:who", args=[town.orchard.pk]) in page.text
    assert "room 12" not in page.text
    assert Event.objects.filter(verb="access.page.refused").exists()


def test_card_names_who_to_ask_to_everyone_with_a_post(town):
    url = reverse("home:who", args=[town.orchard.pk])

    page = town.visitor(Seat.BOARD_MEMBER).get(url)

    assert page.status_code == 200
    for words in ("Priya Raman", "Marisol Quintero", "Yusuf Haddad", "Hires and keeps"):
        assert words in page.text
    assert "room 12" not in page.text


@pytest.mark.parametrize("name", ["home:school", "home:who"])
def test_school_that_does_not_exist_is_not_found(town, name):
    page = town.visitor(Seat.ANALYST).get(reverse(name, args=[10**9]))

    assert page.status_code == 404


def test_every_fact_can_be_called_wrong_without_script(town):
    page = page_of(town, Seat.PRINCIPAL)

    report = reverse("district:report_wrong", args=[town.orchard.pk])
    for fact in ("Principal", "Network", "Phone", "ILD", "Human+Resources", "Needs"):
        assert f"{report}?fact={fact}" in page.text, fact
    assert "shown=555-0201" in page.text


@pytest.mark.parametrize(
    ("seat", "may"),
    [(Seat.PRINCIPAL, True), (Seat.UNIT_STAFF, True), (Seat.CHIEF, False)],
)
def test_profile_is_offered_for_change_to_those_who_may_write_it(town, seat, may):
    page = page_of(town, seat)

    url = reverse("district:edit_profile", args=[town.orchard.pk])
    assert (f'"{url}"' in page.text) is may


@pytest.mark.parametrize(("seat", "may"), [(Seat.PRINCIPAL, True), (Seat.CHIEF, False)])
def test_facts_are_confirmed_by_those_near_the_school(town, seat, may):
    url = reverse("district:check_school", args=[town.orchard.pk])

    assert (url in page_of(town, seat).text) is may


def test_principalship_reads_as_it_is_held(town):
    Post.objects.unscoped(reason="a test").filter(
        school=town.orchard, seat=Seat.PRINCIPAL
    ).update(capacity="interim")
    PostFactory(school=town.orchard, capacity="regular")

    shared = page_of(town, Seat.ILD)
    vacant = page_of(
        town,
        Seat.ANALYST,
        school=School.objects.unscoped(reason="a test").get(name="Quarry Middle"),
    )

    assert "Interim principal" in shared.text
    assert "Shared principalship" in shared.text
    assert "Principal vacant" in vacant.text


def test_closed_school_says_what_became_of_it(town):
    closed = SchoolFactory(
        name="Old Stone", close_date=date(2025, 7, 1), merged_into=town.orchard
    )

    page = page_of(town, Seat.ANALYST, school=closed)

    assert "This school is not open." in page.text
    assert "It closed July 1, 2025." in page.text
    assert "It became part of" in page.text


def test_script_in_a_website_is_no_link(town):
    town.orchard.website = "javascript:alert(1)"
    town.orchard.save()

    assert 'href="javascript' not in page_of(town, Seat.PRINCIPAL).text


def test_page_without_anything_says_what_to_do_next(db):
    school = SchoolFactory()

    page = client_for(Seat.PRINCIPAL, school=school).get(
        reverse("home:school", args=[school.pk])
    )

    for words in ("No goal is written", "Write the first goal", "Not written yet"):
        assert words in page.text, words


def test_page_prints_without_what_only_a_screen_can_do(town):
    page = page_of(town, Seat.PRINCIPAL)

    assert "sw-printline" in page.text
    assert "Print this page" in page.text


def test_panel_of_a_later_room_joins_the_page(town, monkeypatch):
    asked = []

    def build(visit):
        asked.append((visit.school_id, visit.day))
        return {"changes": (), "since": visit.day, "meta": "1 open"}

    later = Panel(
        key="owed",
        title="What the central office owes this school",
        build=build,
        template="home/panels/lately.html",
        column=Column.MAIN,
    )
    monkeypatch.setattr(panels, "PANELS", (later, *panels.PANELS))
    page = page_of(town, Seat.PRINCIPAL)

    assert asked == [(town.orchard.pk, date(2026, 11, 19))]
    assert "What the central office owes this school" in page.text
    assert "1 open" in page.text


def test_panels_have_keys_of_their_own():
    keys = [panel.key for panel in panels.PANELS]

    assert len(keys) == len(set(keys))
