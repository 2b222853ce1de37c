"""Search forgives misspelling, knows former names, and obeys access."""

import pytest
from django.urls import reverse

from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db


def search(town, words, *, seat=Seat.ILD, **query):
    return town.visitor(seat).get("/search/", {"q": words, **query})


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("orchrad", "Orchard Elementary"),
        ("old mill", "Orchard Elementary"),
        ("quintro", "Marisol Quintero"),
        ("human resorces", "Human Resources"),
        ("math", "Math talk"),
    ],
)
def test_search_finds_what_was_meant(town, typed, found):
    assert found in search(town, typed).text


def test_former_name_is_noted(town):
    page = search(town, "old mill school")

    assert "Old Mill School" in page.text
    assert "Orchard Elementary" in page.text


def test_search_is_narrowed_to_one_kind(town):
    page = search(town, "o", kind="person")

    assert "Math talk" not in page.text


def test_school_that_is_not_open_leads_to_its_card(town):
    page = search(town, "orchard", seat=Seat.BOARD_MEMBER)

    assert reverse("home:who", args=[town.orchard.pk]) in page.text
    assert f'"{reverse("home:school", args=[town.orchard.pk])}"' not in page.text


def test_nothing_found_says_what_to_try(town):
    assert "Nothing bears this name" in search(town, "zzzzzzz").text


def test_empty_search_explains_itself(town):
    assert "misspelled is fine" in search(town, "").text


def test_words_are_shown_as_words(town):
    page = search(town, "<script>alert(1)</script>")

    assert "<script>alert" not in page.text
