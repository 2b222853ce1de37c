"""What stops a load, and what takes it back."""

import pytest

from schoolward.audit.models import Event, Load, LoadState
from schoolward.base.http import RefusedError
from schoolward.district.models import (
    ExternalId,
    Membership,
    Network,
    School,
    SchoolName,
)
from schoolward.district.tests.factories import PostFactory
from schoolward.exchange import actions
from schoolward.exchange.models import StagedChange
from schoolward.exchange.tests.conftest import AT, HEAD, YEAR_17, YEAR_18, rows
from schoolward.kernel.actor import SYSTEM, Actor
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db


def test_the_guard_stops_a_load_that_would_end_too_much(staged, loaded):
    loaded(HEAD + "".join(f"{n},School {n},,\n" for n in range(20)), as_of=YEAR_17)

    load = staged(
        HEAD + "".join(f"{n},School {n},,\n" for n in range(18)), as_of=YEAR_18
    )

    assert load.state == LoadState.GUARDED
    with pytest.raises(actions.GuardedError, match="end 2 of 20 rows"):
        actions.load_staged(load, by=SYSTEM, at=AT)
    actions.load_staged(load, by=SYSTEM, at=AT, allow_change=True)
    assert rows(School).filter(close_date=YEAR_18).count() == 2


def test_the_guard_weighs_networks_and_not_telephone_numbers(staged, loaded):
    loaded(HEAD + "".join(f"{n},School {n},,North\n" for n in range(10)), as_of=YEAR_17)

    new_numbers = "".join(f"{n},School {n},21755501{n:02d},North\n" for n in range(10))
    assert staged(HEAD + new_numbers, as_of=YEAR_18).state == LoadState.STAGED
    moved = "".join(f"{n},School {n},,South\n" for n in range(10))
    assert staged(HEAD + moved, as_of=YEAR_18).state == LoadState.GUARDED


def test_undo_brings_back_what_was(loaded):
    loaded(HEAD + "1,Ames,,North\n2,Bell,,North\n", as_of=YEAR_17)
    before = [
        list(rows(model).order_by("pk").values())
        for model in (School, Membership, Network, ExternalId, SchoolName)
    ]
    load = loaded(HEAD + "1,Ames Academy,217-555-0101,South\n3,Cole,,\n", as_of=YEAR_18)

    actions.undo(load, by=SYSTEM, at=AT)

    after = [
        list(rows(model).order_by("pk").values())
        for model in (School, Membership, Network, ExternalId, SchoolName)
    ]
    assert after == before
    assert Load.objects.get(pk=load.pk).state == LoadState.UNDONE
    assert Event.objects.filter(verb="exchange.load.undone").exists()


def test_undo_is_refused_when_something_was_built_on_it(loaded):
    first = loaded(HEAD + "1,Ames,,North\n", as_of=YEAR_17)
    PostFactory(school=rows(School).get(), seat="principal")

    with pytest.raises(actions.LoadRefusedError, match="1 posts was written since"):
        actions.undo(first, by=SYSTEM, at=AT)
    assert rows(School).exists()


def test_undo_is_refused_when_somebody_changed_what_it_wrote(loaded):
    first = loaded(HEAD + "1,Ames,,North\n", as_of=YEAR_17)
    rows(School).update(phone="217-555-0000")

    with pytest.raises(actions.LoadRefusedError, match="was changed since"):
        actions.undo(first, by=SYSTEM, at=AT)


def test_only_the_last_load_is_undone(loaded):
    first = loaded(HEAD + "1,Ames,,North\n", as_of=YEAR_17)
    second = loaded(HEAD + "1,Ames,,South\n", as_of=YEAR_18)

    with pytest.raises(actions.LoadRefusedError, match=f"Load #{second.pk}"):
        actions.undo(first, by=SYSTEM, at=AT)


def test_a_load_is_stale_when_another_came_between(staged, loaded):
    load = staged(HEAD + "1,Ames,,North\n", as_of=YEAR_17)
    loaded(HEAD + "2,Bell,,North\n", as_of=YEAR_17, name="other.csv")

    with pytest.raises(actions.StaleError):
        actions.load_staged(load, by=SYSTEM, at=AT)
    actions.load_staged_anew(load, by=SYSTEM, at=AT)
    assert rows(School).count() == 2


def test_nothing_is_loaded_twice(loaded):
    load = loaded(HEAD + "1,Ames,,North\n", as_of=YEAR_17)

    with pytest.raises(actions.LoadRefusedError, match="not ready"):
        actions.load_staged(load, by=SYSTEM, at=AT)


def test_discard_leaves_nothing_behind(staged):
    load = staged(HEAD + "1,Ames,,North\n", as_of=YEAR_17)

    actions.discard(load, by=SYSTEM, at=AT)

    assert not StagedChange.objects.exists()
    assert not rows(School).exists()
    with pytest.raises(actions.LoadRefusedError):
        actions.load_staged(load, by=SYSTEM, at=AT)


def test_loading_is_refused_to_anyone_but_keepers(choose):
    principal = Actor(person_id=7, seats=frozenset({Seat.PRINCIPAL}))

    with pytest.raises(RefusedError):
        actions.begin(choose(HEAD), keeps_file=False, by=principal, at=AT)
    assert not Load.objects.exists()
