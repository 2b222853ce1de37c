"""Orgs become units and schools, above before below."""

import pytest

from schoolward.exchange.domain import Aside, Record, Refusal, Target
from schoolward.exchange.oneroster.places import items
from schoolward.exchange.oneroster.roster import open_roster
from schoolward.exchange.oneroster.tests.bundles import bundle_1_1, zipped


HEADER = "sourcedId,status,name,type,identifier,parentSourcedId\n"


def items_of(orgs: str | None = None):
    files = bundle_1_1(orgs=HEADER + orgs) if orgs else bundle_1_1()
    with open_roster(zipped(files)) as roster:
        return list(items(roster.orgs))


def test_schools_and_units_come_with_their_ids_and_parents():
    records = [one for one in items_of() if isinstance(one, Record)]

    assert [(one.target, one.fields) for one in records] == [
        (
            Target.UNITS,
            {"unit_id": "d1", "name": "Lakeside District", "parent_id": None},
        ),
        (Target.UNITS, {"unit_id": "u1", "name": "Facilities", "parent_id": "d1"}),
        (
            Target.SCHOOLS,
            {
                "school_id": "s1",
                "name": "Lincoln High School",
                "ids": {"identifier": "0417"},
            },
        ),
        (
            Target.SCHOOLS,
            {
                "school_id": "s2",
                "name": "Park Elementary School",
                "ids": {"identifier": "0418"},
            },
        ),
    ]


def test_department_below_a_school_is_no_unit():
    asides = [one.reason for one in items_of() if isinstance(one, Aside)]

    assert asides == ["Department of a school."]


def test_units_come_above_before_below_whatever_the_order():
    orgs = (
        "u2,,Boilers,department,,u1\nu1,,Facilities,department,,d1\nd1,,L,district,,\n"
    )

    assert [one.fields["unit_id"] for one in items_of(orgs)] == ["d1", "u1", "u2"]


def test_units_that_are_above_each_other_are_still_read():
    orgs = "u1,,A,department,,u2\nu2,,B,department,,u1\n"

    assert {one.fields["unit_id"] for one in items_of(orgs)} == {"u1", "u2"}


def test_what_lies_above_the_district_is_set_aside():
    (aside,) = items_of("x,,Illinois,state,,\n")

    assert aside.reason == "Org that is neither school nor unit."


def test_org_to_be_deleted_is_gone():
    (record,) = items_of("s1,tobedeleted,,school,,\n")

    assert record.fields == {"school_id": "s1", "name": None, "gone": True}


@pytest.mark.parametrize(
    ("orgs", "column"),
    [(",,Lincoln,school,,\n", "sourcedId"), ("s1,,,school,,\n", "name")],
)
def test_org_without_id_or_name_is_refused(orgs, column):
    (refusal,) = items_of(orgs)

    assert isinstance(refusal, Refusal)
    assert (refusal.row, refusal.column) == (2, column)
