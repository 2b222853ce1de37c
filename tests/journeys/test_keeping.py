"""The pages on which the records are kept, in a browser: accessible, also on a phone."""

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from schoolward.district import search
from schoolward.district.models import Merge, Post
from schoolward.district.tests.factories import (
    AT,
    DayExceptionFactory,
    GoalFactory,
    MembershipFactory,
    PersonFactory,
    SchoolYearFactory,
    SourceFactory,
    TermFactory,
    WrongFactFactory,
)
from schoolward.home.tests.numbers import NOW
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
LOOKS = {
    "wide-light": {},
    "phone-dark": {"size": PHONE, "color_scheme": "dark"},
}
SHOTS = os.environ.get("SCHOOLWARD_SHOTS", "")
"""A folder to leave pictures in, for people who look."""


@pytest.fixture
def furnished(town):
    """Fill what the town leaves empty: a year, sources, a pair, a report."""
    TermFactory(school_year=SchoolYearFactory(), name="Fall")
    DayExceptionFactory(day=NOW.date().replace(day=11), kind="pd", name="PD day")
    SourceFactory(name="State files")
    pair = [PersonFactory(display_name=name) for name in ("P. Raman", "Priya Raman")]
    Merge.objects.create(
        kept=pair[1], other=pair[0], reason="Names are alike", proposed_at=AT
    )
    GoalFactory(school=town.orchard, start_year=2025, title="Read by grade 3")
    WrongFactFactory(school=town.orchard)
    return town


def addresses(town):
    """Return the pages of a keeper of records, with rows on them."""
    school, unit = town.orchard.pk, town.unit.pk
    person = town.people[Seat.ILD].pk
    post = Post.objects.unscoped(reason="a test").order_by("pk").first().pk
    ofs = {
        "manage": [],
        "manage_schools": [],
        "school_kept": [school],
        "school_add": [],
        "school_move": [school],
        "school_close": [school],
        "supervise": [school],
        "manage_networks": [],
        "network_change": [town.network.pk],
        "manage_units": [],
        "unit_kept": [unit],
        "assign": [unit],
        "manage_people": [],
        "person_kept": [person],
        "merges": [],
        "appoint": [],
        "post_end": [post],
        "calendar_year": [2026],
        "rollover": [],
        "days_set": [],
        "sources": [],
        "settings": [],
        "goals": [school],
        "report_wrong": [school],
        "wrong_facts": [],
    }
    return {name: reverse(f"district:{name}", args=args) for name, args in ofs.items()}


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_of_a_keeper_is_accessible(
    open_page, enter, faults, furnished, look
):
    page = open_page(**LOOKS[look])
    enter(page, furnished.people[Seat.ADMINISTRATOR])
    found = {}

    for name, address in addresses(furnished).items():
        answer = page.goto(address)
        assert answer.status == 200, name
        found[name] = faults(page)
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}-{look}.png", full_page=True)

    assert {name: lines for name, lines in found.items() if lines} == {}


def test_the_profile_is_accessible_and_saved_on_a_phone(
    phone_page, enter, faults, furnished
):
    enter(phone_page, furnished.people[Seat.PRINCIPAL])
    address = reverse("district:edit_profile", args=[furnished.orchard.pk])
    phone_page.goto(address)
    assert faults(phone_page) == []

    phone_page.locator("#id_reach_text").fill("By phone before 8.")
    form = phone_page.locator("form", has=phone_page.locator("#id_reach_text"))
    form.get_by_role("button").click()

    expect(phone_page.get_by_text("Best way to reach is saved")).to_be_visible()
    assert faults(phone_page) == []


def test_a_refused_form_takes_focus_to_what_needs_a_look(
    page, enter, faults, furnished
):
    enter(page, furnished.people[Seat.ANALYST])
    page.goto(reverse("district:school_add"))

    page.get_by_role("button", name="Open the school").click()

    expect(page.get_by_text("One thing needs a look")).to_be_visible()
    assert faults(page) == []


def test_a_move_is_taken_back_by_undo(page, enter, furnished):
    row = MembershipFactory(start_date=NOW.date())
    enter(page, furnished.people[Seat.DEPUTY])
    page.goto(reverse("district:school_move", args=[row.school_id]))
    page.get_by_label("Network", exact=False).first.select_option(label="No network")
    page.get_by_label("From which day").fill("2027-07-01")
    page.get_by_role("button", name="Move the school").click()

    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_text("Taken back")).to_be_visible()
    row.refresh_from_db()
    assert row.end_date is None


def test_likely_names_appear_while_one_types(page, enter, furnished):
    search.rebuild(day=NOW.date())
    enter(page, furnished.people[Seat.DEPUTY])
    page.goto(reverse("district:supervise", args=[furnished.orchard.pk]))

    page.get_by_label("ILD").press_sequentially("raman")

    expect(page.locator("datalist option")).not_to_have_count(0)
