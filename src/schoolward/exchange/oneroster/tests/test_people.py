"""Staff become people with posts; rows of one person are one person, and only those."""

from datetime import date

import pytest

from schoolward.exchange.domain import Aside, Record, Refusal
from schoolward.exchange.oneroster.people import Identities, Posting
from schoolward.exchange.oneroster.places import Place
from schoolward.exchange.oneroster.principals import Answer
from schoolward.exchange.oneroster.rows import Role, StaffMember


PLACES = {
    "s1": (Place.SCHOOL, "s1"),
    "s2": (Place.SCHOOL, "s2"),
    "m1": (Place.SCHOOL, "s1"),
    "u1": (Place.UNIT, "u1"),
    "d1": (Place.DISTRICT, "d1"),
    "x1": (Place.ABOVE, "x1"),
}


def member(sourced_id="a1", **facts) -> StaffMember:
    said = {"given_name": "Ana", "family_name": "Diaz", "row": 2, **facts}
    return StaffMember(sourced_id=sourced_id, **said)


def items_of(*members, **facts):
    settings = {"decided": {}, "is_delta": False, "as_of": date(2026, 7, 1), **facts}
    return list(Posting(places=PLACES, **settings).items(iter(members)))


def fields_of(*members, **facts):
    return [
        one.fields for one in items_of(*members, **facts) if isinstance(one, Record)
    ]


def test_two_users_with_one_id_and_one_name_are_one_person():
    first = member("a1", ids=(("identifier", "E11"),))
    second = member(
        "a2", ids=(("identifier", "E11"),), roles=(Role("principal", "s2"),)
    )

    one, two = fields_of(first, second)

    assert (one["person_id"], two["person_id"]) == ("a1", "a1")
    assert two["also_ids"] == ("a2",)
    assert "also_ids" not in one


def test_two_names_that_share_an_id_stay_two_persons():
    first = member("a1", ids=(("userId", "LDAP:12"),))
    second = member("a2", given_name="Jim", ids=(("userId", "LDAP:12"),))

    assert [one["person_id"] for one in fields_of(first, second)] == ["a1", "a2"]


def test_a_user_without_a_name_is_nobody_else():
    identities = Identities()
    nameless = StaffMember(row=0, sourced_id="a1")

    assert identities.person_of(nameless) == "a1"
    assert identities.person_of(StaffMember(row=0, sourced_id="a2")) == "a2"


@pytest.mark.parametrize(
    ("role", "org", "seat", "place"),
    [
        ("principal", "s1", "principal", "school_id"),
        ("siteadministrator", "s1", "assistant_principal", "school_id"),
        ("principal", "m1", "principal", "school_id"),
        ("districtadministrator", "d1", "unit_staff", "unit_id"),
        ("systemadministrator", "u1", "unit_staff", "unit_id"),
        ("teacher", "u1", "unit_staff", "unit_id"),
    ],
)
def test_a_role_at_a_place_is_a_seat_there(role, org, seat, place):
    (fields,) = fields_of(member(roles=(Role(role, org),)))

    assert fields["seat"] == seat
    assert fields[place] == PLACES[org][1]
    assert fields["title"]


@pytest.mark.parametrize(
    ("role", "org"), [("teacher", "s1"), ("teacher", "d1"), ("principal", "x1")]
)
def test_a_role_without_a_seat_leaves_a_person_without_a_post(role, org):
    (fields,) = fields_of(member(roles=(Role(role, org),)))

    assert fields == {"person_id": "a1", "given_name": "Ana", "family_name": "Diaz"}


def test_nobody_becomes_an_administrator_of_schoolward_by_a_file():
    roles = tuple(Role(name, "d1") for name in ("systemadministrator", "administrator"))

    assert {one["seat"] for one in fields_of(member(roles=roles))} == {"unit_staff"}


@pytest.mark.parametrize(
    ("answer", "seat"),
    [
        (Answer.PRINCIPAL, "principal"),
        (Answer.ASSISTANT_PRINCIPAL, "assistant_principal"),
        (Answer.NEITHER, None),
    ],
)
def test_an_administrator_of_a_school_is_what_was_answered(answer, seat):
    (fields,) = fields_of(
        member(roles=(Role("administrator", "s1"),)), decided={"a1": answer}
    )

    assert fields.get("seat") == seat


def test_days_of_a_role_are_days_of_the_post():
    role = Role("principal", "s1", "2024-07-01", "2026-07-01")

    (fields,) = fields_of(member(roles=(role,)))

    assert fields["start_date"] == date(2024, 7, 1)
    assert fields["end_date"] == date(2026, 7, 1)


def test_a_role_that_is_to_be_deleted_ends_on_the_day_of_the_file():
    role = Role("principal", "s1", is_ended=True)

    (fields,) = fields_of(member(roles=(role,)), is_delta=True)

    assert fields["end_date"] == date(2026, 7, 1)


def test_a_day_that_is_none_is_refused_and_the_other_posts_load():
    roles = (Role("principal", "s1", "soon"), Role("principal", "s2"))

    refusal, record = items_of(member(roles=roles))

    assert isinstance(refusal, Refusal)
    assert refusal.column == "beginDate, endDate"
    assert record.fields["school_id"] == "s2"


def test_the_same_post_twice_is_one():
    roles = (Role("principal", "s1"), Role("principal", "m1"))

    assert len(fields_of(member(roles=roles))) == 1


def test_an_org_that_is_nowhere_is_refused_and_the_person_stays():
    refusal, record = items_of(member(roles=(Role("principal", "nowhere"),)))

    assert refusal.value == "nowhere"
    assert "no org of this sourcedId" in refusal.reason
    assert record.fields["person_id"] == "a1"


@pytest.mark.parametrize(
    ("facts", "column"),
    [
        ({"sourced_id": ""}, "sourcedId"),
        ({"given_name": "", "family_name": ""}, "familyName"),
        ({"given_name": "", "family_name": "", "row": 0}, "userSourcedId"),
    ],
)
def test_a_user_without_id_or_name_is_refused_with_what_to_do(facts, column):
    (refusal,) = items_of(member(**{"sourced_id": "a1", **facts}))

    assert refusal.column == column
    assert refusal.remedy


def test_an_address_that_is_none_is_refused_and_the_person_loads():
    refusal, record = items_of(member(email="ana at lakeside"))

    assert refusal.column == "email"
    assert "email" not in record.fields


def test_a_deleted_user_is_set_aside_in_bulk_and_gone_in_a_delta():
    ended = member(is_ended=True)

    assert isinstance(items_of(ended)[0], Aside)
    assert fields_of(ended, is_delta=True) == [{"person_id": "a1", "gone": True}]


def test_a_deleted_user_who_is_one_of_several_is_refused():
    (refusal,) = items_of(member(is_ended=True), is_delta=True, of_many={"a1"})

    assert "one of several of the same person" in refusal.reason


def test_a_change_of_roles_alone_says_nothing_of_the_name():
    nameless = StaffMember(row=0, sourced_id="a1", roles=(Role("principal", "s1"),))

    (fields,) = fields_of(nameless, is_delta=True)

    assert "given_name" not in fields
    assert fields["seat"] == "principal"
