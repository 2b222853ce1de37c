"""One's own time in a browser: accessible in every look, by keyboard, with a look first."""

import pytest
from playwright.sync_api import expect

from schoolward.kernel.seats import Seat
from schoolward.timeuse.tests.files import calendar, event


pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
LOOKS = {
    "wide light": {},
    "wide dark": {"color_scheme": "dark"},
    "phone light": {"size": PHONE},
    "phone dark": {"size": PHONE, "color_scheme": "dark"},
}
WEEK = "/time/?week=2026-11-16"


@pytest.fixture
def work(tmp_path):
    """Write a calendar with meetings of every kind, and a part that is refused."""
    path = tmp_path / "work.ics"
    path.write_bytes(
        calendar(
            event("20261116T090000", uid="a", SUMMARY="Visit", LOCATION="Orchard"),
            event("20261116T093000", uid="b", CLASS="PRIVATE"),
            event("20261117T130000", uid="c", STATUS="CANCELLED", SUMMARY="Walk"),
            event("20261118", uid="d", SUMMARY="Conference"),
            event("nonsense", uid="e"),
        )
    )
    return path


def bring(page, work, *, button="Bring it in"):
    page.goto("/time/calendars/new/")
    page.get_by_label("Calendar file").set_input_files(work)
    page.get_by_role("button", name=button).click()


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_of_time_is_accessible(open_page, enter, faults, town, work, look):
    page = open_page(**LOOKS[look])
    enter(page, town.people[Seat.ILD])
    found = {}

    page.goto("/time/")
    found["empty"] = faults(page)
    bring(page, work, button="Look at what is in it first")
    expect(page.get_by_role("heading", name="What is in the file")).to_be_visible()
    found["look"] = faults(page)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_text("4 meetings new")).to_be_visible()
    page.goto(WEEK)
    found["week"] = faults(page)
    page.locator("summary", has_text="Joint classroom visit").first.click()
    found["week with a category open"] = faults(page)
    page.get_by_role("link", name="My calendar").click()
    found["calendar"] = faults(page)
    page.goto("/time/rules/")
    found["rules"] = faults(page)

    assert {name: lines for name, lines in found.items() if lines} == {}


def test_ild_brings_a_calendar_in_and_takes_it_out_by_keyboard(
    open_page, enter, town, work
):
    page = open_page()
    enter(page, town.people[Seat.ILD])
    page.goto("/time/calendars/new/")
    field = page.get_by_label("Calendar file")
    field.set_input_files(work)
    field.focus()

    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "name":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 part was refused")).to_be_visible()
    page.goto(WEEK)
    expect(page.get_by_text("1 h 30 min in 2 meetings")).to_be_visible()
    page.get_by_role("link", name="My calendar").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Event 5")).to_be_visible()
    page.get_by_role("button", name="Take this calendar out").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("No calendar of yours is here yet")).to_be_visible()


def test_wrong_file_is_named_beside_the_look(open_page, enter, town, tmp_path):
    path = tmp_path / "people.ics"
    path.write_text("name,school")
    page = open_page()
    enter(page, town.people[Seat.ILD])

    bring(page, path, button="Look at what is in it first")

    expect(page.locator("#look")).to_contain_text("This is not a calendar")


def test_ild_sorts_an_event_in_two_taps_and_makes_it_a_rule(
    open_page, enter, town, work
):
    page = open_page(size=PHONE)
    enter(page, town.people[Seat.ILD])
    bring(page, work)
    page.goto(WEEK)

    page.locator("summary", has_text="Joint classroom visit").first.click()
    page.get_by_role("button", name="Own learning").first.click()
    expect(page.get_by_text("Sorted as “Own learning”")).to_be_visible()
    page.locator("summary", has_text="Own learning").first.click()
    page.get_by_role("button", name="Always, for everything called like this").click()

    expect(page.get_by_text("From now on everything called like this")).to_be_visible()
    page.goto("/time/rules/")
    expect(page.get_by_role("button", name="Take back")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS)
def test_analyst_keeps_the_rules_on_accessible_pages(
    open_page, enter, faults, town, look
):
    page = open_page(**LOOKS[look])
    enter(page, town.people[Seat.ANALYST])
    page.goto("/time/rules/")
    found = {"shipped": faults(page)}

    page.get_by_role("button", name="Make them the district’s own").click()
    page.get_by_role("link", name="On the way").click()
    found["rule"] = faults(page)
    page.get_by_role("textbox", name="Name").fill("")
    page.get_by_role("button", name="Save the rule").click()
    found["refused"] = faults(page)

    assert {name: lines for name, lines in found.items() if lines} == {}
