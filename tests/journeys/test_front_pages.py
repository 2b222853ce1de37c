"""The front pages in a browser: accessible, by keyboard, with and without script."""

import re

import pytest
from playwright.sync_api import expect

from schoolward.base.models import Job, JobState
from schoolward.home.tests.numbers import NOW
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
LOOKS = {
    "wide light": {},
    "wide dark": {"color_scheme": "dark"},
    "phone light": {"size": PHONE},
    "phone dark": {"size": PHONE, "color_scheme": "dark"},
}


def addresses(town) -> list[str]:
    """Return every front page, filled and empty."""
    school, network, unit = town.orchard.pk, town.network.pk, town.unit.pk
    return [
        "/",
        "/schools/",
        "/schools/?q=zzzzzz",
        f"/schools/{school}/",
        f"/schools/{school}/who/",
        "/networks/",
        f"/networks/{network}/",
        "/district/",
        "/people/",
        "/people/?q=quintro",
        f"/people/{town.people[Seat.ILD].pk}/",
        "/units/",
        f"/units/{unit}/",
        "/search/",
        "/search/?q=orchrad",
        "/jobs/",
        f"/jobs/{Job.objects.get(state=JobState.FAILED).pk}/",
    ]


@pytest.mark.usefixtures("absence")
@pytest.mark.parametrize("look", LOOKS)
def test_every_front_page_is_accessible(open_page, enter, faults, town, look):
    page = open_page(**LOOKS[look])
    enter(page, town.people[Seat.ADMINISTRATOR])
    found = {}

    for address in addresses(town):
        page.goto(address)
        found[address] = faults(page)

    assert {address: lines for address, lines in found.items() if lines} == {}


@pytest.mark.usefixtures("absence")
@pytest.mark.parametrize("seat", Seat)
def test_day_of_every_seat_is_accessible_on_a_phone(
    phone_page, enter, faults, town, seat
):
    enter(phone_page, town.people[seat])

    phone_page.goto("/")

    assert faults(phone_page) == []


def test_list_of_schools_is_walked_with_j_k_and_enter(page, enter, town):
    enter(page, town.people[Seat.ILD])
    page.goto("/schools/")

    for key in ("j", "j", "j", "k"):
        page.keyboard.press(key)
    expect(page.get_by_role("link", name="Orchard Elementary")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Orchard Elementary")


def test_school_is_found_from_anywhere_by_a_misspelled_name(page, enter, town):
    enter(page, town.people[Seat.PRINCIPAL])
    page.goto("/units/")

    page.keyboard.press("/")
    page.keyboard.type("orchrad")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Orchard Elementary")).to_be_visible()
    page.keyboard.press("j")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Orchard Elementary")


def test_results_come_while_typing_and_the_field_keeps_the_focus(page, enter, town):
    enter(page, town.people[Seat.ILD])
    page.goto("/search/")
    field = page.get_by_role("searchbox", name="Name of a school")

    field.press_sequentially("old mill")

    expect(page.get_by_role("region", name="What was found")).to_contain_text(
        "Orchard Elementary"
    )
    expect(field).to_be_focused()
    expect(field).to_have_value("old mill")
    expect(page).to_have_url(re.compile(r"q=old"))
    expect(page.locator("#spoken")).to_have_text("1 result")


def test_filter_replaces_the_list_only_and_has_an_address(page, enter, town):
    enter(page, town.people[Seat.ILD])
    page.goto("/schools/")
    page.evaluate("window.kept = true")

    page.get_by_label("Level").select_option("elementary")
    page.get_by_role("button", name="Filter").click()

    listed = page.get_by_role("region", name="Schools")
    expect(listed.get_by_text("1 school", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Harbor Middle")).to_have_count(0)
    expect(page).to_have_url(re.compile("level=elementary"))
    assert page.evaluate("window.kept") is True


def test_list_is_filtered_and_a_fact_called_wrong_without_script(
    plain_page, enter, town
):
    enter(plain_page, town.people[Seat.PRINCIPAL])
    plain_page.goto("/schools/")

    plain_page.get_by_label("Name", exact=True).fill("orchrad")
    plain_page.get_by_role("button", name="Filter").click()
    plain_page.get_by_role("link", name="Orchard Elementary").click()
    flag = plain_page.get_by_role("link", name="Say that this is wrong: Phone")
    flag.click()

    expect(plain_page).to_have_url(re.compile(r"fact=Phone&shown=555-0201"))


@pytest.mark.usefixtures("absence")
def test_network_beside_a_school_is_switched_to_its_own_time(page, enter, town):
    enter(page, town.people[Seat.ILD])
    page.goto(f"/schools/{town.orchard.pk}/")

    page.get_by_role("link", name="Network as it was each year").click()

    expect(page.get_by_text("the schools that were in it in that year")).to_be_visible()


def test_job_moves_on_the_page_until_it_ends(page, enter, town):
    enter(page, town.people[Seat.ADMINISTRATOR])
    job = Job.objects.create(
        name="exchange.load", asked_at=NOW, state=JobState.RUNNING, total_count=12
    )
    page.goto(f"/jobs/{job.pk}/")

    Job.objects.filter(pk=job.pk).update(
        state=JobState.DONE, done_count=12, ended_at=NOW
    )

    expect(page.get_by_text("12 of 12")).to_be_visible()
    expect(page.locator("#job[hx-trigger]")).to_have_count(0)


def test_school_page_prints_its_facts_and_nothing_to_press(page, enter, town):
    enter(page, town.people[Seat.PRINCIPAL])
    page.goto(f"/schools/{town.orchard.pk}/")

    page.emulate_media(media="print")

    expect(page.get_by_role("heading", name="Profile")).to_be_visible()
    expect(page.locator(".sw-wrong").first).to_be_hidden()
    expect(page.locator(".sw-rail")).to_be_hidden()
    expect(page.locator(".sw-printline")).to_be_visible()


def test_refused_school_leads_to_its_card(page, enter, town, axe):
    enter(page, town.people[Seat.BOARD_MEMBER])
    page.goto(f"/schools/{town.orchard.pk}/")

    page.get_by_role("link", name="Orchard Elementary in the directory").click()

    expect(page.get_by_text("Who does what for it")).to_be_visible()
    assert axe(page) == []
