"""Interchanges become networks, units, schools, people, posts and the calendar."""

import gzip
import zipfile
from datetime import date

import pytest

from schoolward.district.tests.factories import ExternalIdFactory, SchoolFactory
from schoolward.exchange.domain import Aside, Record, Refusal, Target
from schoolward.exchange.edfi.delivery import open_delivery
from schoolward.exchange.edfi.tests.interchanges import (
    ED_FI,
    FILES,
    SECRETS,
    STAFF,
    calendar,
    day,
    in_folder,
    session,
)
from schoolward.exchange.sheets.limits import Limits
from tests.sample_data import sample


pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 19)


def delivered(path, *, as_of=None, today=TODAY):
    with open_delivery(
        path, name="edfi", limits=Limits(), as_of=as_of, today=today, answers={}
    ) as delivery:
        return delivery, list(delivery.items)


def records(path, target: Target, **facts) -> list[dict]:
    _, items = delivered(path, **facts)
    return [
        one.fields for one in items if isinstance(one, Record) and one.target is target
    ]


def test_delivery_says_what_it_is_and_what_is_whole(tmp_path):
    delivery, _ = delivered(in_folder(tmp_path))

    assert delivery.format == "Ed-Fi 5.2.0"
    assert (delivery.as_of, delivery.school_year) == (date(2026, 7, 1), "2026-27")
    assert delivery.complete == {
        Target.SCHOOLS,
        Target.UNITS,
        Target.NETWORKS,
        Target.PEOPLE,
    }


def test_networks_are_supervised_unless_their_purpose_says_otherwise(tmp_path):
    assert records(in_folder(tmp_path), Target.NETWORKS) == [
        {"network_id": "901", "name": "North", "supervised": True},
        {"network_id": "902", "name": "Buyers", "supervised": False},
    ]


def test_agency_and_departments_are_units_except_those_of_a_school(tmp_path):
    assert records(in_folder(tmp_path), Target.UNITS) == [
        {"unit_id": "1", "name": "Lakeside ISD", "parent_id": None},
        {"unit_id": "101", "name": "Facilities", "parent_id": "1"},
    ]


def test_school_comes_with_its_facts_and_the_network_of_the_day(tmp_path):
    lincoln, park, mill = records(in_folder(tmp_path), Target.SCHOOLS)

    assert lincoln == {
        "school_id": "11",
        "name": "Lincoln High School",
        "address": "1 Elm Street",
        "city": "Lakeside",
        "state": "TX",
        "postal_code": "73334",
        "ids": {"sea": "0417"},
        "level": "high",
        "grades": "9-10",
        "network_id": "901",
        "network": "North",
    }
    assert (park["network"], park["category"]) == (None, "Open Enrollment")
    assert mill == {"school_id": "13", "name": "Old Mill", "gone": True}


def test_a_membership_that_begins_later_waits_for_its_day(tmp_path):
    _, items = delivered(in_folder(tmp_path))
    later = records(tmp_path, Target.SCHOOLS, as_of=date(2026, 10, 1))

    assert any("begins after the day of this load" in str(one) for one in items)
    assert [one.get("network") for one in later] == ["North", "North", None]


def test_files_without_networks_say_nothing_of_them(tmp_path):
    organization = f"""<InterchangeEducationOrganization {ED_FI}>
    <School><NameOfInstitution>Park</NameOfInstitution><SchoolId>12</SchoolId></School>
    </InterchangeEducationOrganization>"""

    (school,) = records(
        in_folder(tmp_path, EducationOrganization=organization), Target.SCHOOLS
    )

    assert school == {"school_id": "12", "name": "Park", "level": "other"}


def test_people_come_with_posts_and_the_name_they_go_by(tmp_path):
    ana, bo, principal, ild, vacant = records(in_folder(tmp_path), Target.PEOPLE)

    assert ana == {
        "person_id": "501",
        "given_name": "Ana",
        "family_name": "Diaz",
        "name": "Anita Diaz",
        "email": "ana.diaz@lakeside.org",
    }
    assert bo["name"] == "Bo Kim"
    assert principal == {
        "person_id": "501",
        "seat": "principal",
        "capacity": "interim",
        "title": "Interim Principal",
        "school_id": "11",
        "start_date": date(2024, 7, 1),
        "end_date": date(2027, 7, 1),
        "fte": 1.0,
    }
    assert (ild["person_id"], ild["seat"], ild["unit_id"]) == ("502", "ild", "1")
    assert vacant == {
        "seat": "principal",
        "capacity": "regular",
        "title": "Principal",
        "school_id": "12",
        "start_date": date(2026, 9, 1),
        "is_vacant": True,
        "position_number": "R-9",
    }


def test_private_facts_of_staff_are_never_built(tmp_path):
    read = repr(delivered(in_folder(tmp_path)))

    assert not [word for word in SECRETS if word in read]


def test_staff_alone_are_read_against_places_loaded_before(tmp_path):
    ExternalIdFactory(source="edfi", kind="school", value="11", school=SchoolFactory())
    (tmp_path / "StaffAssociation.xml").write_text(STAFF)

    _, items = delivered(tmp_path)

    posts = [one.fields for one in items if isinstance(one, Record)]
    assert [one["school_id"] for one in posts if "seat" in one] == ["11"]
    assert [one.value for one in items if isinstance(one, Refusal)] == ["1", "12"]


def test_most_schools_days_are_the_terms(tmp_path):
    odd = calendar(
        *(session(one, "Fall", "2026-08-24", "2026-12-18") for one in (11, 12)),
        session(13, "Fall", "2026-09-01", "2026-12-18"),
    )

    _, items = delivered(in_folder(tmp_path, EducationOrgCalendar=odd))

    year, term = [
        one.fields
        for one in items
        if isinstance(one, Record) and one.target is Target.CALENDAR
    ]
    assert (year["start_year"], year["first_date"]) == (2026, date(2026, 8, 24))
    assert (term["name"], term["last_date"]) == ("Fall", date(2026, 12, 18))
    assert any("other days than most schools" in str(one) for one in items)


def test_a_day_of_all_schools_is_the_districts_and_of_one_its_own(tmp_path):
    days = [
        one
        for one in records(in_folder(tmp_path), Target.CALENDAR)
        if one["kind"] == "day"
    ]

    assert days == [
        {
            "kind": "day",
            "day": date(2026, 9, 7),
            "day_kind": "holiday",
            "name": "Holiday",
            "office_is_open": False,
        },
        {
            "kind": "day",
            "day": date(2026, 10, 12),
            "day_kind": "pd",
            "name": "Teacher only day",
            "office_is_open": True,
            "school_id": "11",
        },
    ]


def test_where_calendars_of_a_school_disagree_teaching_decides(tmp_path):
    both = calendar(
        day(11, "2026-10-12", "Holiday"), day(11, "2026-10-12", "Instructional day")
    )

    assert (
        records(in_folder(tmp_path, EducationOrgCalendar=both), Target.CALENDAR) == []
    )


def test_teaching_on_a_saturday_is_kept(tmp_path):
    saturday = calendar(day(11, "2026-10-10", "Make-up day"))

    (found,) = records(
        in_folder(tmp_path, EducationOrgCalendar=saturday), Target.CALENDAR
    )

    assert (found["day_kind"], found["school_id"]) == ("instructional", "11")


BROKEN = {
    "Staff/StaffUniqueId": "<Staff><Name><LastSurname>X</LastSurname></Name></Staff>",
    "Staff/Name/LastSurname": "<Staff><StaffUniqueId>9</StaffUniqueId></Staff>",
    "Staff/ElectronicMail": (
        "<Staff><StaffUniqueId>9</StaffUniqueId><Name><LastSurname>X</LastSurname></Name>"
        "<ElectronicMail><ElectronicMailAddress>no</ElectronicMailAddress></ElectronicMail></Staff>"
    ),
    "StaffEducationOrganizationAssignmentAssociation/StaffReference": (
        "<StaffEducationOrganizationAssignmentAssociation/>"
    ),
    "StaffEducationOrganizationAssignmentAssociation/BeginDate": (
        "<StaffEducationOrganizationAssignmentAssociation><StaffReference><StaffUniqueId>9"
        "</StaffUniqueId></StaffReference><EducationOrganizationReference>"
        "<EducationOrganizationId>11</EducationOrganizationId></EducationOrganizationReference>"
        "<StaffClassification>Principal</StaffClassification><BeginDate>soon</BeginDate>"
        "</StaffEducationOrganizationAssignmentAssociation>"
    ),
}


@pytest.mark.parametrize(("column", "entity"), BROKEN.items())
def test_staff_that_say_nothing_are_refused_at_their_element(tmp_path, column, entity):
    staff = (
        f"<InterchangeStaffAssociation {ED_FI}>{entity}</InterchangeStaffAssociation>"
    )

    _, items = delivered(in_folder(tmp_path, StaffAssociation=staff))

    (refusal,) = [one for one in items if isinstance(one, Refusal)]
    assert (refusal.row, refusal.column) == (1, column)


def test_places_that_say_nothing_are_refused_at_their_element(tmp_path):
    organization = f"""<InterchangeEducationOrganization {ED_FI}><School><SchoolId>1</SchoolId></School>
    <School><NameOfInstitution>X</NameOfInstitution></School>
    <EducationOrganizationNetworkAssociation><BeginDate>soon</BeginDate></EducationOrganizationNetworkAssociation>
    </InterchangeEducationOrganization>"""
    odd = calendar(
        day(1, "soon", "Holiday"), session(1, "Fall", "2026-12-01", "2026-09-01")
    )

    _, items = delivered(
        in_folder(
            tmp_path, EducationOrganization=organization, EducationOrgCalendar=odd
        )
    )

    columns = [one.column for one in items if isinstance(one, Refusal)]
    assert columns[:3] == [
        "School/NameOfInstitution",
        "School/SchoolId",
        "EducationOrganizationNetworkAssociation/BeginDate",
    ]
    assert columns[-2:] == ["CalendarDate/Date", "Session/BeginDate"]


def test_entities_that_are_not_read_are_counted(tmp_path):
    _, items = delivered(in_folder(tmp_path))

    said = {one.reason: one.count for one in items if isinstance(one, Aside)}
    assert said["Course: not read."] == 1
    assert said["StaffEducationOrganizationEmploymentAssociation: not read."] == 1


def test_entities_of_another_interchange_are_set_aside(tmp_path):
    strange = FILES["EducationOrganization.xml"].replace("Course>", "Calendar>")

    _, items = delivered(in_folder(tmp_path, EducationOrganization=strange))

    assert "Calendar: not read in the interchange of organizations." in [
        one.reason for one in items if isinstance(one, Aside)
    ]


def test_zip_of_packed_files_reads_as_the_folder_does(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    packed = tmp_path / "edfi.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in FILES.items():
            archive.writestr(f"{name}.gz", gzip.compress(text.encode()))

    assert delivered(packed)[1] == delivered(in_folder(folder))[1]


def test_a_newer_standard_is_read_with_a_warning(tmp_path):
    newer = STAFF.replace("5.2.0", "6.1.0")

    delivery, _ = delivered(
        in_folder(
            tmp_path,
            StaffAssociation=newer,
            EducationOrganization=FILES["EducationOrganization.xml"].replace(
                "5.2.0", "6.1.0"
            ),
            EducationOrgCalendar=FILES["EducationOrgCalendar.xml"].replace(
                "5.2.0", "6.1.0"
            ),
        )
    )

    assert "data standard 6.1.0" in delivery.notes[0]


@pytest.mark.real
def test_grand_bend_has_its_schools_leaders_and_terms():
    path = sample("edfi/EducationOrganization.xml.gz").parent

    delivery, items = delivered(path)

    assert (delivery.as_of, delivery.school_year) == (date(2021, 7, 1), "2021-22")
    found = [one for one in items if isinstance(one, Record)]
    seats = [one.fields["seat"] for one in found if "seat" in one.fields]
    assert sorted(seats) == [
        *["assistant_principal"] * 3,
        *["principal"] * 3,
        "superintendent",
        *["unit_staff"] * 2,
    ]
    people = {one.fields["person_id"] for one in found if one.target is Target.PEOPLE}
    assert len(people) == 68
    assert sum(one.target is Target.SCHOOLS for one in found) == 3
    assert sum(one.target is Target.UNITS for one in found) == 2
    assert [one.fields["kind"] for one in found if one.target is Target.CALENDAR] == [
        "year",
        "term",
        "term",
    ]
    assert any(
        "studentschoolattendance.xml.gz was not read" in n for n in delivery.notes
    )
    assert not [one for one in items if isinstance(one, Refusal)]
