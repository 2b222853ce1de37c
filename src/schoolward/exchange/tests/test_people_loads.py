"""Loading people: who they are, and the posts they hold from when to when."""

import pytest

from schoolward.district.models import ExternalId, Merge, Person, Post, School, Unit
from schoolward.district.tests.factories import PersonFactory, PostFactory
from schoolward.exchange.models import Refused
from schoolward.exchange.tests.conftest import (
    HEAD,
    PEOPLE_MAP,
    YEAR_17,
    YEAR_18,
    YEAR_21,
    counts,
    rows,
)


pytestmark = pytest.mark.django_db
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
