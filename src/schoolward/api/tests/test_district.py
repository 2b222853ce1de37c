"""Schools, networks, units, people, posts, the calendar and search, as programs get them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schoolward.access.tests.factories import holder
from schoolward.api.tests.programs import program_for, program_of
from schoolward.base import clock
from schoolward.district import search
from schoolward.district.models import EntryKind
from schoolward.district.tests.factories import (
    AssignmentFactory,
    DayExceptionFactory,
    ExternalIdFactory,
    GoalFactory,
    MembershipFactory,
    NetworkFactory,
    PersonFactory,
    PostFactory,
    ProfileEntryFactory,
    SchoolFactory,
    SchoolNameFactory,
    SchoolYearFactory,
    SupervisionFactory,
    TermFactory,
    UnitFactory,
    UnitPostFactory,
)
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _november(monkeypatch):
    """Stand on one day, so that rows of July 2026 run."""
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 19))


@pytest.fixture
def program():
    return program_for(Seat.CHIEF)


def test_a_school_comes_with_network_principal_ild_and_ids(program):
    school = SchoolFactory(name="Ames", level="middle", grades="6-8")
    network = MembershipFactory(school=school).network
    principal = PostFactory(school=school).person
    ild = SupervisionFactory(school=school).person
    ExternalIdFactory(school=school, source="cps", value="609966")

    (found,) = program.read("/schools")["items"]

    assert found == {
        "id": str(school.pk),
        "external_ids": [{"source": "cps", "kind": "school", "value": "609966"}],
        "name": "Ames",
        "short_name": "",
        "level": "middle",
        "grades": "6-8",
        "category": "",
        "network": {"id": str(network.pk), "name": network.name},
        "principals": [{"id": str(principal.pk), "name": principal.display_name}],
        "principal_is_vacant": False,
        "ild": {"id": str(ild.pk), "name": ild.display_name},
        "open_date": None,
        "close_date": None,
        "is_open": True,
    }


def test_a_list_is_read_to_its_end_by_its_cursors(program):
    names = ["Ames", "Ames", "Burnham", "Curie", "Darwin"]
    for name in names:
        SchoolFactory(name=name)

    found, cursor, parts = [], "", 0
    while cursor is not None:
        part = program.read("/schools", limit=2, cursor=cursor)
        found += [one["name"] for one in part["items"]]
        cursor, parts = part["next_cursor"], parts + 1

    assert found == names
    assert parts == 3


def test_what_was_added_meanwhile_does_not_shift_a_list(program):
    for name in ("Burnham", "Curie", "Darwin"):
        SchoolFactory(name=name)
    first = program.read("/schools", limit=2)

    SchoolFactory(name="Ames")
    second = program.read("/schools", limit=2, cursor=first["next_cursor"])

    assert [one["name"] for one in second["items"]] == ["Darwin"]


def test_schools_are_read_as_they_stood_on_a_day(program):
    school = SchoolFactory(open_date=date(2010, 7, 1), close_date=date(2026, 9, 1))
    old = MembershipFactory(
        school=school, start_date=date(2010, 7, 1), end_date=date(2026, 7, 1)
    ).network
    MembershipFactory(school=school)

    (before,) = program.read("/schools", as_of="2020-01-01")["items"]

    assert before["network"]["name"] == old.name
    assert before["is_open"] is True
    assert program.read("/schools")["items"] == []
    assert (
        program.read("/schools", include_closed="true")["items"][0]["is_open"] is False
    )
    assert program.read("/schools", as_of="2009-01-01")["items"] == []


def test_schools_can_be_narrowed(program):
    member = MembershipFactory(school=SchoolFactory(level="high"))
    SchoolFactory(level="middle")

    def names(**query):
        return [one["id"] for one in program.read("/schools", **query)["items"]]

    assert names(network_id=member.network_id) == [str(member.school_id)]
    assert names(level="high") == [str(member.school_id)]
    assert names(network_id="999") == []


def test_a_schools_page_tells_who_serves_it_and_what_it_means_to_reach(program):
    school = SchoolFactory(address="1 Elm Street", city="Lakeside", state="IL")
    principal = PostFactory(school=school, title="Principal")
    PostFactory(school=school, seat="assistant_principal")
    SupervisionFactory(school=school)
    unit = AssignmentFactory(school=school).unit
    AssignmentFactory(unit=UnitFactory(name="Zoning"))
    ProfileEntryFactory(school=school)
    GoalFactory(school=school)
    SchoolNameFactory(school=school, name="Old Ames")

    found = program.read(f"/schools/{school.pk}")

    assert found["address"] == "1 Elm Street, Lakeside, IL"
    assert found["as_of"] == "2026-11-19"
    assert found["leaders"][0]["person"]["id"] == str(principal.person_id)
    assert found["leaders"][1]["seat"] == "assistant_principal"
    assert [one["role"] for one in found["served_by"]] == ["ILD", unit.name, "Zoning"]
    assert found["served_by"][2]["is_vacant"] is True
    assert found["goals"][0]["title"].startswith("Every grade 3 reader")
    assert found["former_names"] == [{"name": "Old Ames", "until": "2026-07-01"}]
    needs = next(one for one in found["profile"] if one["field"] == "needs")
    assert needs["text"] == "A second counselor."


def test_a_schools_page_opens_to_its_own_people_only():
    own, other = SchoolFactory(), SchoolFactory()
    program = program_for(Seat.PRINCIPAL, school=own)

    assert program.ask(f"/schools/{own.pk}").status_code == 200
    assert program.ask(f"/schools/{other.pk}").status_code == 403


def test_networks_come_with_how_many_schools_they_have(program):
    network = NetworkFactory(name="North", focus="Reading")
    member = MembershipFactory(network=network)
    ild = SupervisionFactory(school=member.school).person
    NetworkFactory(name="Closed", close_date=date(2026, 1, 1))
    ExternalIdFactory(school=None, network=network, kind="network", value="N1")

    found = program.read("/networks")

    assert found == {
        "items": [
            {
                "id": str(network.pk),
                "external_ids": [{"source": "state", "kind": "network", "value": "N1"}],
                "name": "North",
                "supervised": True,
                "focus": "Reading",
                "school_count": 1,
                "ilds": [{"id": str(ild.pk), "name": ild.display_name}],
            }
        ],
        "next_cursor": None,
    }


def test_units_come_above_before_below(program):
    top = UnitFactory(name="Operations")
    UnitFactory(name="Facilities", parent=top)
    UnitPostFactory(unit=top)

    found = program.read("/units")["items"]

    assert [one["name"] for one in found] == ["Operations", "Facilities"]
    assert found[0]["staff_count"] == 1
    assert found[1]["parent_id"] == str(top.pk)


def test_people_come_with_the_posts_of_the_day():
    chief = holder(Seat.CHIEF, name="Chi Chief")
    post = PostFactory(person=PersonFactory(display_name="Ana Diaz"), title="Principal")
    PersonFactory(display_name="Without Post")
    PostFactory(
        person=PersonFactory(display_name="Old Post"), end_date=date(2026, 8, 1)
    )
    ExternalIdFactory(school=None, person=post.person, kind="person", value="E1")

    ana, chi = program_of(chief).read("/people")["items"]

    assert (ana["name"], chi["name"]) == ("Ana Diaz", "Chi Chief")
    assert ana["external_ids"][0]["value"] == "E1"
    assert ana["posts"] == [
        {
            "id": str(post.pk),
            "seat": "principal",
            "title": "Principal",
            "capacity": "regular",
            "person": {"id": str(post.person_id), "name": "Ana Diaz"},
            "is_vacant": False,
            "school_id": str(post.school_id),
            "unit_id": None,
            "network_id": None,
            "start_date": "2026-07-01",
            "end_date": None,
            "held_before": False,
            "position_number": "",
            "fte": None,
        }
    ]


def test_people_can_be_narrowed_by_seat_school_and_unit(program):
    principal, staff = PostFactory(), UnitPostFactory()

    def ids(**query):
        return [one["id"] for one in program.read("/people", **query)["items"]]

    assert ids(seat="principal") == [str(principal.person_id)]
    assert ids(school_id=principal.school_id) == [str(principal.person_id)]
    assert ids(unit_id=staff.unit_id) == [str(staff.person_id)]
    assert ids(unit_id="999") == []


def test_posts_are_read_to_their_end_and_vacant_ones_have_nobody(program):
    held = [PostFactory() for _ in range(3)]
    vacant = PostFactory(person=None)

    first = program.read("/posts", seat="principal", limit=3)
    rest = program.read("/posts", seat="principal", cursor=first["next_cursor"])
    (empty,) = program.read("/posts", vacant="true")["items"]

    assert [one["id"] for one in first["items"]] == [str(one.pk) for one in held]
    assert [one["id"] for one in rest["items"]] == [str(vacant.pk)]
    assert (empty["person"], empty["is_vacant"]) == (None, True)
    assert len(program.read("/posts", vacant="false")["items"]) == 4


def test_the_calendar_tells_terms_exceptions_and_days_of_school(program):
    year = SchoolYearFactory()
    TermFactory(school_year=year, name="Fall")
    DayExceptionFactory()
    own = DayExceptionFactory(
        day=date(2026, 10, 12), kind="pd", name="PD", school=SchoolFactory()
    )
    SchoolYearFactory(start_year=2025)

    latest, earlier = program.read("/calendar")["items"]
    (of_school,) = program.read(
        "/calendar", school_year="2026-27", school_id=own.school_id
    )["items"]

    assert (latest["id"], earlier["id"]) == ("2026-27", "2025-26")
    assert latest["terms"] == [
        {"name": "Fall", "first_date": "2026-08-24", "last_date": "2026-11-06"}
    ]
    assert [one["name"] for one in latest["exceptions"]] == ["Thanksgiving"]
    assert of_school["instructional_days"] == latest["instructional_days"] - 1
    assert of_school["exceptions"][0]["school_id"] == str(own.school_id)
    assert program.read("/calendar", school_year="1999-00")["items"] == []
    assert program.read("/calendar", school_year="2026-99")["items"] == []


def test_a_misspelled_name_is_found(program):
    school = SchoolFactory(name="Lincoln High School")
    search.index_rows(EntryKind.SCHOOL, [school.pk], day=clock.today())

    (found,) = program.read("/search", q="Lincon", kind="school")["items"]

    assert (found["id"], found["kind"]) == (str(school.pk), "school")
    assert program.read("/search", q="Lincoln", kind="unit")["items"] == []
    assert program.read("/search", q="\x00")["items"] == []


PATHS = (
    *("/schools", "/networks", "/units", "/people", "/posts", "/calendar"),
    *("/indicators", "/search?q=School"),
)
MOST_QUERIES = 20


@pytest.mark.parametrize("path", PATHS)
def test_lists_take_the_same_number_of_queries_however_long(program, path):
    _grow()
    program.read(path)
    short = _queries(program, path)

    for _ in range(8):
        _grow()

    assert _queries(program, path) == short <= MOST_QUERIES


def _grow() -> None:
    """Add one school with everything around it, and a unit with somebody in it."""
    school = SchoolFactory()
    MembershipFactory(school=school)
    PostFactory(school=school)
    SupervisionFactory(school=school)
    ExternalIdFactory(school=school)
    UnitPostFactory()
    DayExceptionFactory(school=school)
    search.index_rows(EntryKind.SCHOOL, [school.pk], day=clock.today())
    SchoolYearFactory(start_year=2000 + school.pk % 100)


def _queries(program, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        program.read(path)
    return len(captured)
