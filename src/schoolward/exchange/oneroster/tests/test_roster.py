"""Reading bundles: staff come out, and nobody else."""

import pytest

from schoolward.exchange.domain import UnreadableFileError
from schoolward.exchange.oneroster.roster import open_roster
from schoolward.exchange.oneroster.rows import Role
from schoolward.exchange.oneroster.tests.bundles import (
    ROLES,
    SECRETS,
    USERS_1_1,
    USERS_1_2,
    bundle_1_1,
    bundle_1_2,
    manifest,
    zipped,
)
from tests.sample_data import sample


def staff_of(files: dict[str, str], known=frozenset()):
    with open_roster(zipped(files), name="bundle.zip") as roster:
        return list(roster.staff(known=known))


def test_staff_of_1_1_are_those_whose_role_is_one_of_staff():
    assert [one.sourced_id for one in staff_of(bundle_1_1())] == [
        "a1",
        "a2",
        "a3",
        "f1",
        "t1",
        "t1b",
    ]


def test_staff_of_1_2_are_those_whom_roles_name_as_staff():
    assert [one.sourced_id for one in staff_of(bundle_1_2())] == ["a1", "f1"]


@pytest.mark.parametrize("files", [bundle_1_1(), bundle_1_2()])
def test_nothing_that_is_read_holds_a_student_or_a_password(files):
    with open_roster(zipped(files), name="bundle.zip") as roster:
        read = repr([list(roster.staff()), roster.orgs, list(roster.sessions())])
        read += repr([roster.passed_over.asides(), roster.ignored, roster.manifest])

    assert not [word for word in SECRETS if word in read]


def test_rows_that_are_passed_over_are_counted_by_kind():
    with open_roster(zipped(bundle_1_1()), name="bundle.zip") as roster:
        list(roster.staff())

        assert [(one.reason, one.count) for one in roster.passed_over.asides()] == [
            ("Student: kept nowhere.", 1),
            ("Guardian, parent or relative: kept nowhere.", 1),
        ]


def test_counts_start_anew_when_staff_are_read_again():
    with open_roster(zipped(bundle_1_1()), name="bundle.zip") as roster:
        list(roster.staff())
        list(roster.staff())

        assert roster.passed_over.total == 2


def test_columns_are_found_by_heading_whatever_their_order():
    users = "familyName,role,password,givenName,orgSourcedIds,sourcedId\nDiaz,teacher,x,Ana,s1,a1\n"

    (found,) = staff_of(bundle_1_1(users=users))

    assert (found.given_name, found.family_name) == ("Ana", "Diaz")
    assert found.roles == (Role("teacher", "s1"),)


def test_leftovers_of_1_0_are_read_and_vendor_columns_reported():
    users = (
        "sourcedId,role,orgSourcedIds,userId,agents,givenName,familyName,ext_badge\n"
        "a1,Teacher,s1,{HR:11},x,Ana,Diaz,77\n"
    )
    orgs = (
        "sourcedId,name,type,metadata.classification,parentSourcedId\ns1,L,school,x,\n"
    )

    with open_roster(
        zipped(bundle_1_1(users=users, orgs=orgs)), name="bundle.zip"
    ) as roster:
        (found,) = roster.staff()

        assert found.ids == (("userId", "HR:11"),)
        assert roster.ignored == (
            "orgs.csv: metadata.classification",
            "users.csv: ext_badge",
        )


def test_a_role_that_is_not_known_is_passed_over():
    users = "sourcedId,role,orgSourcedIds,givenName,familyName\nx1,Ondine,s1,Ana,Diaz\nx2\n\nx3,,s1,B,K\n"

    with open_roster(zipped(bundle_1_1(users=users)), name="bundle.zip") as roster:
        assert not list(roster.staff())
        assert roster.passed_over.others == 3


def test_who_is_first_a_student_is_no_staff_although_a_role_says_aide():
    roles = ROLES + "r5,,,stu-9001,secondary,aide,,,s1,\n"

    assert [one.sourced_id for one in staff_of(bundle_1_2(roles=roles))] == ["a1", "f1"]


def test_staff_who_also_take_a_course_stay_staff():
    roles = ROLES + "r5,,,f1,secondary,student,,,s1,\n"

    assert [one.sourced_id for one in staff_of(bundle_1_2(roles=roles))] == ["a1", "f1"]


def test_a_role_column_in_1_2_that_says_student_is_believed():
    users = "sourcedId,role,givenName,familyName\na1,student,Ana,Diaz\n"

    found = staff_of(bundle_1_2(users=users))

    assert [one for one in found if one.is_named] == []


def test_preferred_names_are_taken():
    found = {one.sourced_id: one for one in staff_of(bundle_1_2())}

    assert (found["a1"].given_name, found["a1"].family_name) == ("Anita", "Diaz")


def test_a_delta_may_name_known_people_without_their_role():
    users = "sourcedId,status,role,givenName,familyName\na1,tobedeleted,,,\nstu-9001,tobedeleted,,,\n"
    files = bundle_1_1(users=users, manifest=manifest("1.1", users="delta"))

    (found,) = staff_of(files, known={"a1"})

    assert (found.sourced_id, found.is_ended) == ("a1", True)


def test_roles_of_a_user_whom_users_do_not_name_come_without_a_name():
    files = bundle_1_2(
        users=USERS_1_2.splitlines()[0] + "\n",
        manifest=manifest("1.2", users="delta", roles="delta"),
    )

    assert {(one.sourced_id, one.is_named) for one in staff_of(files)} == {
        ("a1", False),
        ("f1", False),
    }


def test_users_without_any_role_are_refused_since_students_could_not_be_told():
    users = "sourcedId,givenName,familyName\nstu-9001,Ondine,Quillfeather\n"

    with pytest.raises(UnreadableFileError, match="staff cannot be told from students"):
        staff_of(bundle_1_1(users=users))


def test_a_file_without_headings_is_refused_without_repeating_what_is_there():
    users = "stu-9001,Ondine,Quillfeather\n"

    with pytest.raises(UnreadableFileError) as caught:
        staff_of(bundle_1_1(users=users))

    assert "lacks the headings familyName, givenName, sourcedId" in str(caught.value)
    assert not [word for word in SECRETS if word in str(caught.value)]


def test_names_in_windows_letters_are_read():
    users = (
        "sourcedId,role,orgSourcedIds,givenName,familyName\na1,teacher,s1,José,Núñez\n"
    )
    packed = zipped({**bundle_1_1(), "users.csv": users.encode("cp1252")})

    with open_roster(packed, name="bundle.zip") as roster:
        (found,) = roster.staff()

    assert (found.given_name, found.family_name) == ("José", "Núñez")


@pytest.mark.real
def test_the_full_sample_has_two_of_staff_and_a_department():
    with open_roster(sample("oneroster/Test_full_data_set.zip")) as roster:
        found = list(roster.staff())

        assert [one.family_name for one in found] == ["Doe", "Smith"]
        assert found[1].ids == (
            ("identifier", "jim.smith"),
            ("userId", "LDAP:12"),
            ("userId", "LTI:15"),
        )
        assert [org.kind for org in roster.orgs.values()] == ["department"]
        assert (roster.passed_over.students, roster.passed_over.families) == (3, 1)


def test_the_columns_of_users_hold_no_phone_and_no_password():
    (header, row, *_) = USERS_1_1.splitlines()

    assert "password" in header
    assert "hunter2-plain" in row
    assert "hunter2-plain" not in repr(staff_of(bundle_1_1()))
