"""Indicators and their values, under the same rules as on pages."""

from datetime import date

import pytest

from schoolward.analytics import warehouse
from schoolward.api.tests.programs import program_for
from schoolward.base import clock
from schoolward.district.tests.factories import (
    MembershipFactory,
    NetworkFactory,
    SchoolFactory,
)
from schoolward.kernel.seats import Seat
from schoolward.scorecards import actions
from schoolward.scorecards.domain import ValueRow
from schoolward.scorecards.tests.factories import (
    ANALYST,
    AT,
    IndicatorFactory,
    LoadFactory,
    load,
)


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(tmp_path, settings, monkeypatch):
    settings.SCHOOLWARD_HOME = tmp_path
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 19))
    warehouse.forget_views()
    yield
    warehouse.forget_views()


@pytest.fixture
def chief():
    return program_for(Seat.CHIEF)


def told(school, period="2018-19", **facts) -> ValueRow:
    numbers = {"value": 0.9, "numerator": 90.0, "denominator": 100.0, "n": 100}
    return ValueRow(
        indicator="attendance",
        place_id=school.pk,
        period=period,
        **{**numbers, **facts},
    )


def test_the_catalogue_is_what_the_district_defines(chief):
    row = IndicatorFactory(key="attendance", question="Who comes?", caveats="None.")

    (found,) = chief.read("/indicators")["items"]

    assert (found["key"], found["question"], found["unit"]) == (
        "attendance",
        "Who comes?",
        "share",
    )
    assert found["source"]["key"] == row.source.key
    assert found["is_active"] is True


def test_a_value_comes_with_its_parts_source_and_import(chief):
    IndicatorFactory(key="attendance")
    school = SchoolFactory()
    row, _ = load([told(school)])

    (found,) = chief.read("/indicators/attendance/values")["items"]

    assert found["place"] == {"kind": "school", "id": str(school.pk)}
    assert (found["period"], found["group"], found["state"]) == ("2018-19", "", "value")
    assert (found["value"], found["numerator"], found["denominator"]) == (0.9, 90, 100)
    assert found["n"] == 100
    assert found["suppressed"] is False
    assert found["reason"] is None
    assert found["import_id"] == str(row.pk)
    assert found["restated_from"] is None


def test_a_restated_value_says_what_the_earlier_file_said(chief):
    IndicatorFactory(key="attendance")
    school = SchoolFactory()
    before, _ = load([told(school)], year="2018-19")
    load([told(school, value=0.8, numerator=80.0)], year="2019-20")

    (found,) = chief.read("/indicators/attendance/values")["items"]

    assert found["value"] == 0.8
    assert found["restated_from"]["value"] == 0.9
    assert found["restated_from"]["import_id"] == str(before.pk)


def test_a_small_group_is_hidden_with_its_reason(chief):
    IndicatorFactory(key="attendance")
    school = SchoolFactory()
    load([told(school, numerator=3.0, denominator=6.0, value=0.5, n=6)])

    (found,) = chief.read("/indicators/attendance/values")["items"]

    assert found["suppressed"] is True
    assert found["value"] is None
    assert found["numerator"] is None
    assert found["reason"]


def test_schools_whose_page_one_may_not_open_are_left_out():
    IndicatorFactory(key="attendance")
    own, other = SchoolFactory(), SchoolFactory()
    load([told(own), told(other)])
    program = program_for(Seat.PRINCIPAL, school=own)

    found = program.read("/indicators/attendance/values")["items"]
    status, fault = program.fault("/indicators/attendance/values", place_id=other.pk)

    assert [one["place"]["id"] for one in found] == [str(own.pk)]
    assert (status, fault["code"]) == (403, "refused")
    assert program.read("/indicators/attendance/values", place_id=own.pk)["items"]


def test_roll_ups_are_open_to_everyone_with_a_post():
    IndicatorFactory(key="attendance")
    schools = [SchoolFactory() for _ in range(3)]
    network = NetworkFactory()
    for school in schools:
        MembershipFactory(school=school, network=network, start_date=date(2015, 7, 1))
    load([told(school) for school in schools])
    actions.refresh(today=date(2026, 11, 19), by=ANALYST, at=AT)
    program = program_for(Seat.BOARD_MEMBER)

    def one(**query):
        (found,) = program.read("/indicators/attendance/values", **query)["items"]
        return found

    district = one(place="district")
    assert (district["value"], district["place"]["id"]) == (0.9, None)
    assert (district["basis"], district["school_count"]) == ("sum of parts", 3)
    for reading in ("then", "today"):
        value = one(place="network", place_id=network.pk, network_as=reading)
        assert (value["value"], value["denominator"]) == (0.9, 300)


def test_values_are_read_to_their_end_by_cursors(chief):
    IndicatorFactory(key="attendance")
    schools = [SchoolFactory() for _ in range(5)]
    load(
        [
            told(school, period)
            for school in schools
            for period in ("2017-18", "2018-19")
        ]
    )

    found, cursor = [], ""
    while cursor is not None:
        part = chief.read("/indicators/attendance/values", limit=3, cursor=cursor)
        found += [(one["period"], one["place"]["id"]) for one in part["items"]]
        cursor = part["next_cursor"]

    assert len(found) == len(set(found)) == 10


def test_values_can_be_narrowed_by_period_and_group(chief):
    IndicatorFactory(key="attendance")
    school = SchoolFactory()
    load([told(school), told(school, "2017-18"), told(school, group="grade:3")])

    def count(**query):
        return len(chief.read("/indicators/attendance/values", **query)["items"])

    assert count() == 2
    assert count(period="2018-19") == 1
    assert count(group="grade:3") == 1
    assert count(group="*") == 3


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("/indicators/nothing/values", {}, 404),
        ("/indicators/attendance/values", {"place_id": "999"}, 404),
        ("/indicators/attendance/values", {"place": "network", "place_id": "9"}, 404),
        ("/indicators/attendance/values", {"place": "district", "place_id": "1"}, 400),
        ("/indicators/attendance/values", {"place": "planet"}, 422),
        ("/indicators/attendance/values", {"period": "2018"}, 422),
        ("/indicators/attendance/values", {"cursor": "AAAA"}, 400),
        ("/indicators/attendance/values", {"cursor": "eA"}, 400),
    ],
)
def test_what_cannot_be_meant_is_refused(chief, path, query, status):
    IndicatorFactory(key="attendance")

    assert chief.fault(path, **query)[0] == status


def test_imports_are_for_those_who_keep_the_records():
    load_row = LoadFactory(state="loaded", loaded_at=AT, new_count=3)
    LoadFactory()
    analyst = program_for(Seat.ANALYST)

    first = analyst.read("/imports", limit=1)
    rest = analyst.read("/imports", limit=1, cursor=first["next_cursor"])
    (done,) = analyst.read("/imports", state="loaded")["items"]
    one = analyst.read(f"/imports/{load_row.pk}")

    assert [len(part["items"]) for part in (first, rest)] == [1, 1]
    assert rest["next_cursor"] is None
    assert (done["id"], done["new"]) == (str(load_row.pk), 3)
    assert one["refused"] == []
    assert program_for(Seat.CHIEF).fault("/imports")[0] == 403
    assert analyst.fault("/imports/999")[0] == 404
