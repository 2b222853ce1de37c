"""The flip: all of a plan or nothing of it, and never a plan that was written anew."""

import pytest
from django.db import connection

from schoolward.audit.models import Load, LoadState
from schoolward.district.models import Membership, Person, Post, School
from schoolward.exchange import actions, flip
from schoolward.exchange.models import StagedChange
from schoolward.exchange.tests.conftest import AT, HEAD, PEOPLE_MAP, rows
from schoolward.kernel.actor import SYSTEM


PEOPLE = "Key,Name,Email,Title,School,Unit,Position\na,Ana,,Principal,1,,100\n"


@pytest.mark.django_db
def test_a_plan_that_was_written_anew_meanwhile_is_not_made_so(staged):
    load = staged(HEAD + "1,Ames,,North\n", as_of=AT.date())

    with flip.ready(load.pk) as plan:
        actions.stage(load, by=SYSTEM, at=AT)
        with pytest.raises(flip.PlanChangedError):
            flip.make_so(plan, columns={})

    assert not rows(School).exists()


@pytest.mark.django_db(transaction=True)
def test_a_load_is_stale_when_what_it_refers_to_is_gone(staged, loaded):
    loaded(HEAD + "1,Ames,,\n", as_of=AT.date())
    load = staged(PEOPLE, map_text=PEOPLE_MAP, target="people", as_of=AT.date())
    rows(School).all().delete()

    with pytest.raises(actions.StaleError):
        actions.load_staged(load, by=SYSTEM, at=AT)

    assert not rows(Person).exists()
    assert not rows(Post).exists()
    assert Load.objects.get(pk=load.pk).state == LoadState.STAGED


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_rows_lie_ready_only_while_they_are_needed(staged):
    room = "PRAGMA cache_size"
    named = "SELECT COUNT(*) FROM sqlite_temp_master WHERE name LIKE 'ready_%%'"
    load = staged(HEAD + "1,Ames,,North\n", as_of=AT.date())

    def asked(sql):
        with connection.cursor() as cursor:
            return cursor.execute(sql).fetchone()[0]

    before = asked(room)
    with flip.ready(load.pk):
        assert asked(named) > 0
    assert asked(named) == 0
    assert asked(room) == before


@pytest.mark.django_db
def test_a_plan_of_thousands_of_rows_is_kept_whole_and_forgotten_whole(staged, loaded):
    text = HEAD + "".join(f"{n},School {n},,North\n" for n in range(2500))
    load = staged(text, as_of=AT.date())
    planned = StagedChange.objects.filter(load_id=load.pk)
    assert planned.filter(table="district.school").count() == 2500

    actions.load_staged(load, by=SYSTEM, at=AT)

    assert rows(Membership).count() == 2500
    actions.undo(Load.objects.get(pk=load.pk), by=SYSTEM, at=AT)
    assert not rows(School).exists()
    assert not planned.exists()
