"""Search forgives slips, knows former names, ranks well and obeys access."""

from datetime import date

import pytest

from schoolward.district import actions, search
from schoolward.district.models import (
    EntryKind,
    PlaceName,
    SearchEntry,
    SearchWord,
)
from schoolward.district.search.words import closest, folded, likeness, words_of
from schoolward.district.tests.actors import actor, manager
from schoolward.district.tests.factories import (
    AT,
    START,
    ExternalIdFactory,
    MembershipFactory,
    NetworkFactory,
    PersonFactory,
    PostFactory,
    SchoolFactory,
    SchoolNameFactory,
    SupervisionFactory,
    UnitFactory,
    UnitPostFactory,
)
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)

SCHOOLS = [
    "Orchard Elementary School",
    "Orchid Elementary School",
    "Harbor Middle School",
    "Albert G Lane Technical High School",
    "Lincoln Park High School",
    "Abraham Lincoln Elementary School",
    "Frederick Douglass Academy",
    "Sor Juana Inés de la Cruz School",
    "William J Onahan Elementary School",
    "Mary Gage Peterson Elementary School",
]
PEOPLE = [
    ("Priya Raman", "Orchard Elementary School"),
    ("Ray Dombrowski", "Harbor Middle School"),
    ("María González", "Lincoln Park High School"),
    ("Marta Gonzales", "Frederick Douglass Academy"),
    ("Shaun O’Keeffe", "Abraham Lincoln Elementary School"),
]


@pytest.fixture
def town():
    """Make schools with principals, units and a network, and index them."""
    schools = {name: SchoolFactory(name=name) for name in SCHOOLS}
    for name, school in PEOPLE:
        PostFactory(school=schools[school], person__display_name=name)
    unit = UnitFactory(name="Facilities")
    UnitFactory(name="Nutrition Services")
    UnitPostFactory(unit=unit, person__display_name="Orchard Fields")
    network = NetworkFactory(name="Network 4")
    NetworkFactory(name="Network 14")
    MembershipFactory(school=schools["Orchard Elementary School"], network=network)
    search.rebuild(day=TODAY)
    return schools


def found(text, **which):
    hits = search.search(actor(Seat.PRINCIPAL), text, **which)
    return [hit.name for hit in hits]


@pytest.mark.usefixtures("town")
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Orchard Elementary School", "Orchard Elementary School"),
        ("orchad elemntary", "Orchard Elementary School"),
        ("orchard", "Orchard Elementary School"),
        ("orcharde", "Orchard Elementary School"),
        ("ochard", "Orchard Elementary School"),
        ("orchadr", "Orchard Elementary School"),
        ("Raman Pria", "Priya Raman"),
        ("raamn", "Priya Raman"),
        ("pryia", "Priya Raman"),
        ("dombrowsky", "Ray Dombrowski"),
        ("dumbrowski ray", "Ray Dombrowski"),
        ("maria gonzalez", "María González"),
        ("gonzales marta", "Marta Gonzales"),
        ("okeefe", "Shaun O’Keeffe"),
        ("O'Keeffe", "Shaun O’Keeffe"),
        ("sor juana ines", "Sor Juana Inés de la Cruz School"),
        ("sor juna", "Sor Juana Inés de la Cruz School"),
        ("lane tech", "Albert G Lane Technical High School"),
        ("douglas academy", "Frederick Douglass Academy"),
        ("fredrick douglas", "Frederick Douglass Academy"),
        ("abe lincoln elementary", "Abraham Lincoln Elementary School"),
        ("linclon park", "Lincoln Park High School"),
        ("onahan", "William J Onahan Elementary School"),
        ("onohan", "William J Onahan Elementary School"),
        ("petersen gage", "Mary Gage Peterson Elementary School"),
        ("facilites", "Facilities"),
        ("nutrishun", "Nutrition Services"),
        ("network 4", "Network 4"),
        ("netwrok 14", "Network 14"),
        ("principal harbor", "Ray Dombrowski"),
    ],
)
def test_what_was_meant_stands_first(typed, meant):
    assert found(typed)[0] == meant


@pytest.mark.usefixtures("town")
def test_places_stand_before_people_who_are_named_alike():
    assert found("orchard").index("Orchard Elementary School") == 0
    assert "Orchard Fields" in found("orchard")


@pytest.mark.usefixtures("town")
def test_nonsense_finds_nothing():
    assert found("qqqzzxx") == []
    assert found("") == []
    assert found("–!?") == []


@pytest.mark.usefixtures("town")
def test_kinds_narrow_the_search():
    kinds = {hit.kind for hit in search.search(actor(Seat.ILD), "lincoln")}
    assert kinds == {EntryKind.SCHOOL, EntryKind.PERSON}

    only = search.search(actor(Seat.ILD), "lincoln", kinds=[EntryKind.PERSON])
    assert {hit.name for hit in only} == {"María González", "Shaun O’Keeffe"}


@pytest.mark.usefixtures("town")
def test_who_holds_no_post_finds_nothing():
    assert search.search(actor(), "orchard") == ()


@pytest.mark.usefixtures("town")
def test_each_row_is_found_once_and_no_more_than_asked():
    hits = search.search(actor(Seat.ILD), "school", limit=3)

    assert len({(hit.kind, hit.pk) for hit in hits}) == 3


def test_a_former_name_leads_to_what_it_is_called_now():
    school = SchoolFactory(name="Orchard")
    SchoolNameFactory(school=school, name="Andrew Jackson Academy")
    search.refresh(EntryKind.SCHOOL, [school.pk], day=TODAY)

    (hit,) = search.search(actor(Seat.ILD), "jacksen academy")

    assert (hit.pk, hit.is_former, hit.note) == (school.pk, True, "Now Orchard")


def test_former_names_of_networks_and_units_are_found():
    network, unit = NetworkFactory(name="Network 1"), UnitFactory(name="Nutrition")
    span = {"start_date": date(2010, 7, 1), "end_date": START}
    PlaceName.objects.create(network=network, name="Area 12", **span)
    PlaceName.objects.create(unit=unit, name="Food Services", **span)
    search.rebuild(day=TODAY)

    assert found("area 12")[0] == "Area 12"
    assert found("food servces")[0] == "Food Services"


def test_an_external_id_is_found_exactly_and_first():
    school = SchoolFactory(name="Orchard")
    SchoolFactory(name="610001 Avenue School")
    ExternalIdFactory(school=school, value="610001")
    search.rebuild(day=TODAY)

    first = search.search(actor(Seat.ILD), " 610001 ")[0]

    assert (first.pk, first.via) == (school.pk, "state school 610001")
    kinds = [EntryKind.PERSON]
    assert search.search(actor(Seat.ILD), "610001", kinds=kinds) == ()


def test_the_present_principal_stands_before_a_namesake_without_a_post():
    PersonFactory(display_name="Ann Lee")
    holder = PostFactory(person__display_name="Ann Lee").person
    UnitPostFactory(person__display_name="Ann Lee")
    search.rebuild(day=TODAY)

    hits = search.search(actor(Seat.ILD), "ann lee")

    assert hits[0].pk == holder.pk
    assert hits[-1].note == "No post today"


def test_open_schools_stand_before_closed_ones():
    SchoolFactory(name="Lincoln", close_date=START)
    now = SchoolFactory(name="Lincoln")
    search.rebuild(day=TODAY)

    hits = search.search(actor(Seat.ILD), "lincoln")

    assert hits[0].pk == now.pk
    assert hits[1].note == "Closed"


def test_an_ild_is_found_by_what_they_do():
    row = SupervisionFactory(person__display_name="Ivy Stone")
    search.rebuild(day=TODAY)

    (hit,) = search.search(actor(Seat.ILD), "ivy stone")

    assert hit.pk == row.person_id


def test_a_merged_row_leads_to_the_person_it_was_merged_into():
    kept = PersonFactory(display_name="Priya Raman")
    PersonFactory(display_name="P. Raman-Shah", merged_into=kept)
    search.rebuild(day=TODAY)

    hits = search.search(actor(Seat.ILD), "raman shah")

    assert [(hit.pk, hit.name) for hit in hits] == [(kept.pk, "P. Raman-Shah")]


def test_acts_keep_the_index_in_step():
    school = actions.open_school("Orchard", by=manager(), at=AT)
    person = actions.add_person("Priya Raman", by=manager(), at=AT)
    wanted = actions.Appointment(person, Seat.PRINCIPAL, school, TODAY)
    actions.appoint(wanted, by=manager(), at=AT)

    actions.rename_school(school, name="Elmwood", on=TODAY, by=manager(), at=AT)

    hits = search.search(actor(Seat.ILD), "priya elmwood")
    assert hits[0].note == "Principal, Elmwood"
    assert found("orchard")[0] == "Orchard"
    assert "Elmwood" in found("elmwod")


def test_rebuild_forgets_rows_that_are_gone_and_words_nobody_bears():
    school = SchoolFactory(name="Zanzibar")
    search.rebuild(day=TODAY)
    school.delete()

    search.rebuild(day=TODAY)

    assert search.entry_count() == 0
    assert not SearchWord.objects.exists()


def test_rebuild_twice_changes_nothing(town):
    entries = SearchEntry.objects.unscoped(reason="a test counts")
    before = sorted(entries.values_list("kind", "row_id", "name", "note", "weight"))
    told = []

    count = search.rebuild(day=TODAY, progress=lambda *step: told.append(step))

    after = sorted(entries.values_list("kind", "row_id", "name", "note", "weight"))
    assert after == before
    assert told[-1] == (count, count)
    assert count > len(town)


def test_index_rows_takes_many_in_parts(monkeypatch):
    monkeypatch.setattr("schoolward.district.search.index.AT_ONCE", 2)
    ids = [SchoolFactory(name=f"School {letter}").pk for letter in "ABCDE"]

    assert search.index_rows(EntryKind.SCHOOL, ids, day=TODAY) == 5
    assert search.entry_count() == 5


@pytest.mark.usefixtures("town")
def test_search_asks_a_constant_number_of_queries(django_assert_max_num_queries):
    asker = actor(Seat.PRINCIPAL)

    with django_assert_max_num_queries(12):
        search.search(asker, "orchad elemntary")


def test_words_are_folded_and_single():
    assert words_of("Élan élan, ELAN!") == ["elan"]
    assert folded("Sor Juana Inés") == "sor juana ines"


@pytest.mark.parametrize(
    ("typed", "word", "least"),
    [("pryia", "priya", 0.7), ("gonzales", "gonzalez", 0.75), ("or", "orchard", 0.85)],
)
def test_likeness_forgives_a_slip(typed, word, least):
    assert likeness(typed, word) >= least


def test_the_closest_words_come_with_their_likeness():
    vocabulary = [(1, "orchard"), (2, "orchid"), (3, "harbor")]

    assert closest("orchard", vocabulary, limit=2) == {
        1: 1.0,
        2: pytest.approx(0.643, abs=0.01),
    }
