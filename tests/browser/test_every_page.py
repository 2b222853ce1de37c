"""Every kind of page, as the seat it is for sees it: axe by day and by night, and a phone.

Front pages and the pages of keepers have tests of their own in `tests/journeys`; here
stand each seat's day and the pages of the other rooms. A page is opened once: looked at
wide and light, then narrow and dark.
"""

import pytest
from playwright.sync_api import Page

from schoolward.audit.models import Load, LoadState
from schoolward.district.models import WrongFact
from schoolward.kernel.seats import Seat
from tests.browser.conftest import PHONE, WIDE
from tests.journeys.conftest import (  # noqa: F401 - fixtures
    absence,
    enter,
    faults,
    standing_clock,
    town,
    warehouse_home,
)


pytestmark = pytest.mark.browser
UNRULY = r"""() => {
  const found = [];
  const titles = [...document.querySelectorAll("h1, h2, h3, h4")].map((h) => +h.tagName[1]);
  if (titles.filter((level) => level === 1).length !== 1) found.push("not one h1");
  titles.reduce((last, level) => {
    if (level > last + 1) found.push(`h${level} after h${last}`);
    return level;
  }, 0);
  const frame = (e) => e && e !== document.body
    && (getComputedStyle(e).overflowX !== "visible" || frame(e.parentElement));
  for (const e of document.querySelectorAll("main *")) {
    const box = e.getBoundingClientRect();
    if (box.width > 2 && box.right > innerWidth + 1 && !frame(e.parentElement))
      found.push(`stands out: ${e.tagName} ${e.textContent.trim().slice(0, 40)}`);
  }
  for (const e of document.querySelectorAll("main *"))
    if (e.textContent.trim() === "None") found.push(`raw: None in ${e.tagName}`);
  const words = document.querySelector("main").innerText;
  for (const raw of [/\bundefined\b/, /\b\d{4}-\d\d-\d\d\b/, /\{\{|\{%/])
    if (raw.test(words)) found.push(`raw: ${words.match(raw)[0]}`);
  const written = [...document.querySelectorAll("main [placeholder]")];
  if (written.some((e) => e.placeholder === "None")) found.push("raw placeholder");
  return found;
}"""


def of_principal(town) -> list[str]:  # noqa: F811 - the town given
    """Return what belongs to everybody, and what a school's leader writes."""
    school = f"/schools/{town.orchard.pk}"
    report = WrongFact.objects.unscoped(reason="a test").get(state="mended").pk
    return [
        "/",
        "/access/me/",
        f"/access/me{school}/",
        "/access/delegates/new/?name=Yusuf",
        "/access/tokens/new/",
        "/access/secure/",
        "/account/2fa/",
        "/account/password/change/",
        "/indicators/",
        "/indicators/absence/",
        f"{school}/profile/history/",
        f"{school}/goals/add/",
        f"/wrong/{report}/",
        "/manage/",
        "/no/such/page/",
    ]


def of_analyst(town) -> list[str]:  # noqa: F811 - the town given
    """Return the pages of files, loads, maps and definitions."""
    guarded = Load.objects.get(state=LoadState.GUARDED).pk
    loaded = Load.objects.filter(state=LoadState.LOADED).first().pk
    return [
        "/",
        "/imports/",
        f"/imports/{guarded}/",
        f"/imports/{loaded}/",
        "/imports/new/",
        "/imports/maps/",
        "/imports/maps/chicago-profile/",
        "/indicators/define/",
        "/indicators/absence/change/",
        "/indicators/absence/retire/",
    ]


def of_administrator(town) -> list[str]:  # noqa: F811 - the town given
    """Return the pages of accounts and of who sees what."""
    person, school = town.people[Seat.PRINCIPAL].pk, town.orchard.pk
    return [
        "/",
        "/access/accounts/",
        f"/access/accounts/{person}/",
        f"/access/accounts/{person}/invite/",
        "/access/who/?name=Priya",
        f"/access/who/?person={person}&school={school}",
        f"/access/who/?school={school}",
        "/audit/retention/",
    ]


def of_records_officer(town) -> list[str]:  # noqa: F811 - the town given
    """Return the pages of the record."""
    person = town.people[Seat.PRINCIPAL].pk
    return [
        "/",
        "/audit/",
        "/audit/retention/",
        "/audit/retention/technical/",
        "/audit/retention/technical/dispose/",
        "/audit/holds/",
        f"/people/{person}/",
        f"/audit/people/{person}/",
    ]


PAGES = {
    Seat.PRINCIPAL: of_principal,
    Seat.ANALYST: of_analyst,
    Seat.ADMINISTRATOR: of_administrator,
    Seat.RECORDS_OFFICER: of_records_officer,
}


def look(page: Page, address: str, faults) -> list[str]:  # noqa: F811 - the faults given
    """Open a page and return what is wrong with it: wide by day, narrow by night."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size(WIDE)
    page.goto(address)
    found = [f"wide: {line}" for line in (*faults(page), *page.evaluate(UNRULY))]
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size(PHONE)
    found += [f"phone: {line}" for line in (*faults(page), *page.evaluate(UNRULY))]
    return found


@pytest.mark.usefixtures("absence")
def test_pages_of_every_seat_are_in_order(page, enter, faults, town):  # noqa: F811
    found = {}

    for seat in Seat:
        enter(page, town.people[seat])
        addresses = PAGES[seat](town) if seat in PAGES else ["/"]
        for one in addresses:
            found[seat.value, one] = look(page, one, faults)

    assert {place: lines for place, lines in found.items() if lines} == {}


@pytest.mark.django_db(transaction=True)
def test_pages_for_somebody_signed_out_are_in_order(page, faults):  # noqa: F811
    addresses = ("/account/login/", "/account/password/reset/", "/no/such/page/")

    found = {one: look(page, one, faults) for one in addresses}

    assert {one: lines for one, lines in found.items() if lines} == {}
