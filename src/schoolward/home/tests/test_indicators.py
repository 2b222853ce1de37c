"""Indicators on the front pages: beside wider places, with signals, small cells hidden."""

from datetime import date

import pytest
from django.urls import reverse

from schoolward.district.models import Membership
from schoolward.district.tests.factories import (
    MembershipFactory,
    NetworkFactory,
)
from schoolward.home import few
from schoolward.home.tests.numbers import NOW
from schoolward.kernel.seats import Seat
from schoolward.scorecards import actions
from schoolward.scorecards.domain import State
from schoolward.scorecards.tests.factories import (
    ANALYST,
    IndicatorFactory,
    fact,
    load,
)


pytestmark = pytest.mark.django_db


def page_of(town, seat=Seat.PRINCIPAL, **query):
    url = reverse("home:school", args=[town.orchard.pk])
    return town.visitor(seat).get(url, query)


def test_school_shows_value_n_network_district_signal_and_source(town, absence):
    page = page_of(town)

    for words in (
        "Chronic absence",
        "30.0%",
        "n 400",
        "Worse than usual",
        "added up",
        'role="img"',
    ):
        assert words in page.text.replace("\N{NO-BREAK SPACE}", " "), words
    assert "fact=Chronic+absence&amp;shown=30.0%25&amp;source=schools" in page.text


def test_network_beside_a_school_is_read_then_or_today(town, absence):
    today, then = page_of(town), page_of(town, network_as="then")

    assert "the schools that are in it today" in today.text
    assert "the schools that were in it in that year" in then.text


def test_signal_opens_the_day_of_those_near_the_school(town, absence):
    principal = town.visitor(Seat.PRINCIPAL).get("/")
    ild = town.visitor(Seat.ILD).get("/")

    assert "One indicator of your school lies beyond the usual range." in principal.text
    assert "30.0% (n 400) in 2025–26" in principal.text
    assert "One school has an indicator beyond its usual range." in ild.text
    assert "1 worse" in ild.text


def test_school_without_signal_is_told_so(town, absence):
    page = town.visitor(Seat.UNIT_STAFF).get("/")
    own = town.visitor(Seat.ASSISTANT_PRINCIPAL).get("/")

    assert "1 worse" in page.text
    assert "Chronic absence" in own.text


def test_small_group_is_hidden_with_its_reason_everywhere(town, absence):
    harbor = reverse("home:school", args=[town.harbor.pk])
    network = reverse("home:network", args=[town.network.pk])

    school_page = town.visitor(Seat.ILD).get(harbor)
    network_page = town.visitor(Seat.ILD).get(network)

    assert "Not shown: under 10 students" in school_page.text
    assert "50.0%" not in school_page.text
    assert "50.0%" not in network_page.text
    assert "Not shown" in network_page.text


def test_network_rolls_up_and_shows_only_schools_open_to_the_reader(town, absence):
    url = reverse("home:network", args=[town.network.pk])

    board = town.visitor(Seat.BOARD_MEMBER).get(url)
    ild = town.visitor(Seat.ILD).get(url)
    chief = town.visitor(Seat.CHIEF).get(url)

    assert "added up" in board.text
    assert "School by school" not in board.text
    assert "30.0%" not in board.text
    assert "1 school left out" in ild.text
    assert "30.0%" in chief.text
    assert "left out" not in chief.text


def test_network_sets_only_the_chosen_indicators_side_by_side(town, absence):
    url = reverse("home:network", args=[town.network.pk])

    page = town.visitor(Seat.CHIEF).get(url, {"indicator": "absence"})

    assert 'value="absence" checked' in page.text


def test_past_values_of_a_network_follow_the_schools_of_the_time(town, absence):
    old = NetworkFactory(name="Writing")
    Membership.objects.unscoped(reason="a test").filter(school=absence).update(
        start_date=date(2025, 7, 1)
    )
    MembershipFactory(
        school=absence,
        network=old,
        start_date=date(2010, 7, 1),
        end_date=date(2025, 7, 1),
    )
    actions.refresh(today=NOW.date(), by=ANALYST, at=NOW)
    url = reverse("home:network", args=[old.pk])

    then = town.visitor(Seat.CHIEF).get(url, {"network_as": "then"})
    today = town.visitor(Seat.CHIEF).get(url)

    assert "Chronic absence" in then.text
    assert "No indicator has a value here" in today.text


def test_district_page_holds_the_roll_up_with_its_basis(town, absence):
    page = town.visitor(Seat.BOARD_MEMBER).get("/district/")

    assert "Chronic absence" in page.text
    assert "added up" in page.text.replace("\N{NO-BREAK SPACE}", " ")


def test_withheld_and_missing_are_told_apart(town, absence):
    load(
        [
            fact(
                town.orchard.pk,
                "2026-27",
                None,
                indicator="absence",
                state=State.NOT_ENOUGH,
                text="NOT ENOUGH DATA",
            )
        ],
        year="2026-27",
    )
    actions.refresh(today=NOW.date(), by=ANALYST, at=NOW)

    page = page_of(town)

    assert "NOT ENOUGH DATA" in page.text


def test_long_list_of_indicators_is_cut_with_signals_first_until_all_are_asked_for(
    town, absence, monkeypatch
):
    monkeypatch.setattr(few, "MOST", 2)
    for name in ("Aaa", "Bbb", "Ccc"):
        IndicatorFactory(key=name.lower(), name=name)
    load(fact(town.orchard.pk, "2025-26", indicator=k) for k in ("aaa", "bbb", "ccc"))

    short, whole = page_of(town), page_of(town, every="yes")

    assert "2 indicators, those beyond their usual range first" in short.text
    assert "Chronic absence" in short.text
    assert "Bbb" not in short.text
    assert "Show every indicator of this school" in short.text
    assert {name for name in ("Aaa", "Bbb", "Ccc") if name in whole.text} == {
        "Aaa",
        "Bbb",
        "Ccc",
    }
    assert "Show every indicator" not in whole.text


def test_network_keeps_the_indicators_that_were_asked_for_on_its_page(
    town, absence, monkeypatch
):
    monkeypatch.setattr(few, "MOST", 2)
    for name in ("Aaa", "Bbb", "Ccc"):
        IndicatorFactory(key=name.lower(), name=name)
    load(fact(town.orchard.pk, "2025-26", indicator=k) for k in ("aaa", "bbb", "ccc"))
    network = (
        Membership.objects.unscoped(reason="test")
        .get(school=town.orchard, end_date=None)
        .network_id
    )
    url = reverse("home:network", args=[network])

    page = town.visitor(Seat.CHIEF).get(url, {"indicator": "ccc"})

    assert "Ccc" in page.text
    assert "Show every indicator of this network" in page.text
    assert "Bbb" not in page.text
