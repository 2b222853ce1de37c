"""Loading schools and people: what is new, changed, ended, and what undo brings back."""

from datetime import date

import pytest

from schoolward.audit.models import Event, Load, LoadState
from schoolward.base.http import RefusedError
from schoolward.district.models import (
    ExternalId,
    Membership,
    Merge,
    Network,
    Person,
    Post,
    School,
    SchoolName,
    Unit,
)
from schoolward.district.tests.factories import PersonFactory, PostFactory
from schoolward.exchange import actions, queries
from schoolward.exchange.models import Refused, StagedChange
from schoolward.exchange.tests.conftest import AT, PEOPLE_MAP
from schoolward.kernel.actor import SYSTEM, Actor
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
HEAD = "ID,Name,Phone,Network\n"
YEAR_17, YEAR_18, YEAR_21 = date(2017, 7, 1), date(2018, 7, 1), date(2021, 7, 1)


def rows(model):
    return model.objects.unscoped(reason="a test looks")


def counts(load):
    return (
        load.new_count,
        load.changed_count,
        load.ended_count,
        load.unchanged_count,
        load.refused_count,
    )


def networks_of(external_id):
    found = rows(Membership).filter(school__external_ids__value=external_id)
    return [
        (one.network.name, one.start_date, one.end_date)
        for one in found.select_related("network").order_by("start_date")
    ]


def test_load_makes_schools_with_their_ids_and_networks(loaded):
    load = loaded(
        HEAD + "1,Ames,217-555-0101,North\n2,Bell,,Charter\n3,Cole,,\n", as_of=YEAR_17
    )

    assert counts(load) == (3, 0, 0, 0, 0)
    assert rows(School).count() == 3
    assert rows(Network).get(name="Charter").supervised is False
    assert networks_of("1") == [("North", YEAR_17, None)]
    assert networks_of("3") == []
    assert rows(ExternalId).get(value="2").school.name == "Bell"


def test_the_same_file_twice_changes_nothing(loaded):
    text = HEAD + "1,Ames,217-555-0101,North\n2,Bell,,Charter\n"
    loaded(text, as_of=YEAR_17)

    again = loaded(text, as_of=YEAR_17)

    assert counts(again) == (0, 0, 0, 2, 0)
    assert not StagedChange.objects.filter(load_id=again.pk).exists()


def test_a_later_file_changes_ends_and_renames(loaded):
    loaded(HEAD + "1,Ames,,North\n2,Bell,,North\n3,Cole,,South\n", as_of=YEAR_17)

    load = loaded(
        HEAD + "1,Ames Academy,,South\n3,Cole,,South\n4,Dale,,\n", as_of=YEAR_18
    )

    assert counts(load) == (1, 1, 1, 1, 0)
    assert networks_of("1") == [("North", YEAR_17, YEAR_18), ("South", YEAR_18, None)]
    assert rows(School).get(name="Bell").close_date == YEAR_18
    assert rows(SchoolName).get().name == "Ames"
    assert networks_of("2") == [("North", YEAR_17, YEAR_18)]


FILES = {
    YEAR_17: HEAD + "1,Ames,,North\n2,Bell,,North\n3,Cole,,South\n",
    YEAR_18: HEAD + "1,Ames,,South\n2,Bell School,,North\n3,Cole,,\n",
    YEAR_21: HEAD
    + "1,Ames,,South\n2,Bell School,,South\n3,Cole,,South\n4,Dale,,North\n",
}


@pytest.mark.parametrize(
    "order",
    [
        (YEAR_17, YEAR_18, YEAR_21),
        (YEAR_21, YEAR_17, YEAR_18),
        (YEAR_18, YEAR_21, YEAR_17),
        (YEAR_21, YEAR_18, YEAR_17),
    ],
)
def test_files_give_the_same_history_in_whatever_order(loaded, order):
    for day in order:
        loaded(FILES[day], as_of=day)

    assert networks_of("1") == [("North", YEAR_17, YEAR_18), ("South", YEAR_18, None)]
    assert networks_of("2") == [("North", YEAR_17, YEAR_21), ("South", YEAR_21, None)]
    assert networks_of("3") == [("South", YEAR_17, YEAR_18), ("South", YEAR_21, None)]
    assert [(one.name, one.end_date) for one in rows(SchoolName)] == [("Bell", YEAR_18)]
    assert rows(School).get(external_ids__value="2").name == "Bell School"


def test_an_earlier_file_does_not_overwrite_what_a_later_one_said(loaded):
    loaded(HEAD + "1,Ames,217-555-0199,North\n", as_of=YEAR_21)

    loaded(HEAD + "1,Ames,217-555-0101,North\n", as_of=YEAR_17)

    assert rows(School).get().phone == "217-555-0199"


def test_a_telephone_number_written_otherwise_is_no_change(loaded):
    loaded(HEAD + "1,Ames,217-555-0101,North\n", as_of=YEAR_17)

    assert counts(loaded(HEAD + "1,Ames,2175550101,North\n", as_of=YEAR_18)) == (
        0,
        0,
        0,
        1,
        0,
    )


def test_good_rows_load_although_others_are_refused(loaded):
    load = loaded(
        HEAD + "1,Ames,,\n,Bell,,\n3,,,\n1,Again,,\n5,Ely,,,,9\n", as_of=YEAR_17
    )

    assert counts(load) == (1, 0, 0, 0, 4)
    told = list(Refused.objects.order_by("row").values_list("row", "column"))
    assert told == [(3, "ID"), (4, "Name"), (5, "school_id"), (6, "")]
    assert all(one.remedy.endswith(".") for one in Refused.objects.all())


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


PEOPLE = "Key,Name,Email,Title,School,Unit,Position\n"


@pytest.fixture
def two_schools(loaded):
    loaded(HEAD + "1,Ames,,North\n2,Bell,,North\n", as_of=YEAR_17)


def load_people(loaded, text, day, **options):
    return loaded(
        PEOPLE + text, map_text=PEOPLE_MAP, target="people", as_of=day, **options
    )


def posts():
    found = (
        rows(Post)
        .select_related("person", "school", "unit")
        .order_by("start_date", "pk")
    )
    return [
        (
            one.person.display_name if one.person else None,
            one.seat,
            one.capacity,
            (one.school or one.unit).name,
            one.start_date,
            one.end_date,
        )
        for one in found
    ]


@pytest.mark.usefixtures("two_schools")
def test_people_are_matched_by_id_and_their_posts_dated(loaded):
    load_people(
        loaded, "a,Ana Diaz,,Principal,1,,100\nb,Bo Chen,,Principal,2,,200\n", YEAR_17
    )

    load = load_people(
        loaded,
        "a,Ana Diaz-Lee,,Principal,1,,100\nc,Cy Evans,,Interim Principal,2,,200\n",
        YEAR_18,
    )

    assert posts() == [
        ("Ana Diaz-Lee", "principal", "regular", "Ames", YEAR_17, None),
        ("Bo Chen", "principal", "regular", "Bell", YEAR_17, YEAR_18),
        ("Cy Evans", "principal", "interim", "Bell", YEAR_18, None),
    ]
    assert counts(load) == (1, 1, 1, 0, 0)
    assert [one.held_before for one in rows(Post).order_by("start_date", "pk")] == [
        True,
        True,
        False,
    ]


@pytest.mark.usefixtures("two_schools")
@pytest.mark.parametrize(
    "order", [(17, 18, 21), (21, 17, 18), (18, 21, 17), (21, 18, 17)]
)
def test_rosters_give_the_same_posts_in_whatever_order(loaded, order):
    files = {
        17: (YEAR_17, "a,Ana,,Principal,1,,100\n,VACANT,,Principal,2,,200\n"),
        18: (YEAR_18, "b,Bo,,Principal,1,,100\nc,Cy,,Principal,2,,200\n"),
        21: (YEAR_21, "a,Ana,,Principal,1,,100\nc,Cy,,Principal,2,,200\n"),
    }
    for year in order:
        day, text = files[year]
        load_people(loaded, text, day)

    assert sorted(posts(), key=str) == sorted(
        [
            ("Ana", "principal", "regular", "Ames", YEAR_17, YEAR_18),
            (None, "principal", "regular", "Bell", YEAR_17, YEAR_18),
            ("Bo", "principal", "regular", "Ames", YEAR_18, YEAR_21),
            ("Cy", "principal", "regular", "Bell", YEAR_18, None),
            ("Ana", "principal", "regular", "Ames", YEAR_21, None),
        ],
        key=str,
    )


@pytest.mark.usefixtures("two_schools")
def test_a_shared_post_is_two_posts(loaded):
    load_people(loaded, "a,Ana,,Principal,1,,100\nb,Bo,,Principal,1,,100\n", YEAR_17)

    assert [one[0] for one in posts()] == ["Ana", "Bo"]


@pytest.mark.usefixtures("two_schools")
def test_a_post_entered_by_hand_is_taken_over_and_not_doubled(loaded):
    ana = PersonFactory(display_name="Ana")
    ExternalId.objects.create(source="test", kind="person", value="a", person=ana)
    school = rows(School).get(name="Ames")
    PostFactory(person=ana, school=school, seat="principal", start_date=YEAR_17)

    load = load_people(loaded, "a,Ana,,Principal,1,,\n", YEAR_18)

    assert rows(Post).get().start_date == YEAR_17
    assert load.new_count == 0


def test_staff_of_a_unit_make_the_unit(loaded):
    load_people(loaded, "a,Ana,,Analyst of routes,,Transportation,\n", YEAR_17)

    assert rows(Unit).get().name == "Transportation"
    assert posts()[0][1] == "unit_staff"


def test_titles_that_are_no_seat_are_set_aside_and_counted(loaded):
    load = load_people(loaded, "a,Ana,,Teacher,,,\nb,Bo,,Lunch aide,,,\n", YEAR_17)

    assert counts(load) == (0, 0, 0, 0, 0)
    assert load.skipped_count == 2
    assert not rows(Person).exists()


def test_a_post_at_an_unknown_school_is_refused_with_its_column(loaded):
    load = load_people(loaded, "a,Ana,,Principal,99,,\n", YEAR_17)

    told = Refused.objects.get(load_id=load.pk)
    assert (told.row, told.column, told.value) == (2, "School", "99")


@pytest.mark.usefixtures("two_schools")
def test_a_verified_address_finds_the_person_of_another_source(loaded):
    known = PersonFactory(
        display_name="Ana D.", email="ana@x.org", email_is_verified=True
    )

    load_people(loaded, "a,Ana Diaz,Ana@X.org,Principal,1,,\n", YEAR_17)

    assert rows(Post).get().person_id == known.pk


@pytest.mark.usefixtures("two_schools")
def test_an_unverified_address_is_refused_and_never_taken_over(loaded):
    PersonFactory(display_name="Ana D.", email="ana@x.org", email_is_verified=False)

    load = load_people(loaded, "a,Ana Diaz,ana@x.org,Principal,1,,\n", YEAR_17)

    assert not rows(Post).exists()
    assert "nobody has verified" in Refused.objects.get(load_id=load.pk).reason


@pytest.mark.usefixtures("two_schools")
def test_a_name_alone_only_proposes_a_merge(loaded):
    known = PersonFactory(display_name="Ana Diaz")

    load_people(loaded, "a,Ana Diaz,,Principal,1,,\n", YEAR_17)

    merge = rows(Merge).get()
    assert (merge.kept_id, merge.state) == (known.pk, "proposed")
    assert rows(Person).count() == 2


def test_json_has_the_published_shape(loaded):
    load = loaded(HEAD + "1,Ames,,\n,Bell,,\n", as_of=YEAR_17)

    told = queries.json_of(load)

    assert {
        "load",
        "new",
        "changed",
        "ended",
        "unchanged",
        "refused",
        "ignored_columns",
    } <= set(told)
    assert set(told["refused"][0]) == {"row", "column", "value", "reason", "remedy"}
    assert all(
        isinstance(told[name], int) for name in ("new", "changed", "ended", "unchanged")
    )
