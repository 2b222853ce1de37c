"""The frame of every page in a real browser, as a signed-in person meets it."""

import re

import pytest
from playwright.sync_api import expect

from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.browser
OWN_PAGE = "/access/me/"
LOOKS = {
    "wide light": {},
    "wide dark": {"color_scheme": "dark"},
    "phone dark": {"size": {"width": 390, "height": 844}, "color_scheme": "dark"},
}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("address", [OWN_PAGE, "/no/such/page/"])
def test_page_of_a_signed_in_person_is_accessible(
    open_page, sign_in, axe, scrolls_sideways, look, address
):
    page = open_page(**LOOKS[look])
    sign_in(page, Seat.PRINCIPAL)

    page.goto(address)

    assert axe(page) == []
    assert not scrolls_sideways(page)


@pytest.mark.parametrize("look", LOOKS)
def test_door_is_accessible(open_page, axe, look):
    page = open_page(**LOOKS[look])

    page.goto("/account/login/")

    assert axe(page) == []


def test_slash_goes_to_the_search(page, sign_in):
    sign_in(page, Seat.PRINCIPAL)
    page.goto(OWN_PAGE)

    page.keyboard.press("/")

    expect(page.get_by_role("searchbox", name="Find a school")).to_be_focused()


def test_slash_opens_the_menu_of_a_phone_first(phone_page, sign_in, axe):
    sign_in(phone_page, Seat.PRINCIPAL)
    phone_page.goto(OWN_PAGE)

    phone_page.keyboard.press("/")

    expect(phone_page.get_by_role("searchbox", name="Find a school")).to_be_focused()
    assert axe(phone_page) == []


def test_person_signs_out_from_the_rail(page, sign_in):
    client = sign_in(page, Seat.PRINCIPAL)
    page.goto(OWN_PAGE)
    expect(page.locator(".sw-me")).to_contain_text(client.person.display_name)

    page.get_by_role("button", name="Sign out").click()
    page.goto(OWN_PAGE)

    expect(page).to_have_url(re.compile("/account/login/"))


def test_what_needs_a_look_takes_focus_on_load(page):
    page.goto("/account/login/")

    page.get_by_label("E-mail").fill("nobody@schools.example")
    page.get_by_label("Password").fill("not this one, surely")
    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page.locator(".sw-errors")).to_be_focused()


def test_old_region_gives_way_to_the_door_when_the_session_ended(page, sign_in):
    """A region's answer that lacks the region loads the page it leads to instead."""
    page.goto("/ui/")
    page.route("**/ui/?sort=*", lambda route: route.fulfill(body="<h1>Sign in</h1>"))

    page.locator("#demo-list").get_by_role("link", name="School", exact=True).click()

    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
