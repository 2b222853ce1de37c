"""Decisions, and rules asked of two faces."""

import pytest

from schoolward.kernel.actor import Actor
from schoolward.kernel.decision import all_agree, first_yes, no, yes
from schoolward.kernel.faces import every_face, writing
from schoolward.kernel.seats import Seat


PRINCIPAL = Actor(person_id=2, name="Priya Raman", seats=frozenset({Seat.PRINCIPAL}))


@every_face
def may_lead(actor):
    if actor.holds(Seat.PRINCIPAL):
        return yes("You lead a school.")
    return no("You lead no school.", "Ask the deputy.")


@writing
def may_write(actor):
    return may_lead(actor)


def test_viewing_as_another_needs_both_to_be_allowed():
    admin = Actor(
        person_id=1, seats=frozenset({Seat.ADMINISTRATOR}), as_seen_by=PRINCIPAL
    )

    assert may_lead(PRINCIPAL)
    assert not may_lead(admin)


def test_viewing_as_another_changes_nothing_even_where_both_may():
    both = Actor(person_id=1, seats=frozenset({Seat.PRINCIPAL}), as_seen_by=PRINCIPAL)

    refusal = may_write(both)

    assert not refusal
    assert "Priya Raman" in refusal.reason
    assert refusal.next_step


def test_a_token_that_reads_cannot_write():
    reader = Actor(
        person_id=2, seats=frozenset({Seat.PRINCIPAL}), scopes=frozenset({"read"})
    )

    assert not may_write(reader)


def test_the_first_grant_gives_the_reason():
    answer = first_yes([no("a", "b"), yes("c")], otherwise=no("d", "e"))

    assert (bool(answer), answer.reason) == (True, "c")


def test_nothing_to_agree_on_is_an_error():
    with pytest.raises(ValueError, match="at least one"):
        all_agree([])
