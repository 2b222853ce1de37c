"""The gallery in a real browser: accessible, narrow, by keyboard, without script."""

import pytest
from playwright.sync_api import expect


pytestmark = pytest.mark.browser
PAGES = {
    "wide light": {},
    "wide dark": {"color_scheme": "dark"},
    "phone light": {"size": {"width": 390, "height": 844}},
    "phone dark": {"size": {"width": 390, "height": 844}, "color_scheme": "dark"},
}


def opened(open_page, kind):
    page = open_page(**PAGES[kind])
    page.goto("/ui/")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    return page


@pytest.mark.parametrize("kind", PAGES)
def test_gallery_has_no_axe_violation(open_page, axe, kind):
    page = opened(open_page, kind)

    assert axe(page) == []


@pytest.mark.parametrize("width", [390, 320, 1440])
def test_gallery_never_scrolls_sideways(open_page, scrolls_sideways, width):
    page = open_page(size={"width": width, "height": 844})
    page.goto("/ui/")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")

    assert not scrolls_sideways(page)


def test_phone_menu_opens_without_axe_violation(phone_page, axe):
    phone_page.goto("/ui/")

    phone_page.get_by_role("button", name="Menu").click()

    expect(phone_page.get_by_role("navigation", name="Main")).to_be_visible()
    assert axe(phone_page) == []


def test_skip_link_is_the_first_stop_and_leads_to_main(page):
    page.goto("/ui/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_keys_j_and_k_move_through_rows(page):
    page.goto("/ui/")

    page.keyboard.press("j")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("k")
    first = page.evaluate("document.activeElement.textContent")

    assert (first, second) == ("Bellwether Academy", "Orchard Elementary")


def test_keys_do_nothing_while_writing(page):
    page.goto("/ui/")
    field = page.get_by_label("Next step").first

    field.focus()
    page.keyboard.type("jjk/")

    expect(field).to_have_value("jjk/")


def test_sorting_swaps_the_region_keeps_focus_and_is_spoken(page):
    page.goto("/ui/")
    page.evaluate("window.stillHere = true")

    page.locator("#demo-list").get_by_role("link", name="School", exact=True).click()

    header = page.locator("#demo-list th[aria-sort='ascending']")
    expect(header).to_have_text("School")
    expect(page.locator("#spoken")).to_have_text("5 schools")
    assert page.evaluate("window.stillHere") is True
    assert page.evaluate("document.activeElement.textContent.trim()") == "School"
    assert "sort=school" in page.url


def test_dialog_takes_focus_and_gives_it_back(page, axe):
    page.goto("/ui/")
    opener = page.get_by_role("link", name="Withdraw this request …")

    opener.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Escape")

    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_gallery_works_without_script(plain_page):
    plain_page.goto("/ui/")

    plain_page.locator("#demo-list").get_by_role("link", name="School").first.click()

    expect(plain_page.locator("th[aria-sort='ascending']").first).to_have_text("School")
    expect(plain_page.locator("[data-print]")).to_be_hidden()


def test_forced_colors_keep_every_control_visible(open_page, axe):
    page = open_page(forced_colors="active")
    page.goto("/ui/")

    border = page.get_by_role("button", name="Write a note").evaluate(
        "button => getComputedStyle(button).borderTopWidth"
    )

    assert border == "2px"
    assert axe(page) == []


def test_paper_is_light_and_shows_no_rail(open_page):
    page = open_page(color_scheme="dark")
    page.goto("/ui/")

    page.emulate_media(media="print")

    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
    expect(page.locator(".sw-rail")).to_be_hidden()
    expect(page.locator(".sw-printline")).to_be_visible()


def test_motion_stops_for_those_who_ask(open_page):
    page = open_page(reduced_motion="reduce")
    page.goto("/ui/")

    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter(e => parseFloat("
        "getComputedStyle(e).transitionDuration) > 0).length"
    )

    assert moving == 0
