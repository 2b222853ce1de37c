"""Small Ed-Fi interchanges for tests, with private facts that must never be seen again."""

from pathlib import Path


SECRETS = ("1976-08-19", "SexDescriptor", "RaceDescriptor", "57600", "home@example.org")
"""Words that stand only in elements that must never be built."""

ED_FI = 'xmlns="http://ed-fi.org/5.2.0"'
ORGANIZATION = f"""<?xml version="1.0" encoding="UTF-8"?>
<InterchangeEducationOrganization {ED_FI}>
  <LocalEducationAgency id="LEA_1"><NameOfInstitution>Lakeside ISD</NameOfInstitution>
    <LocalEducationAgencyId>1</LocalEducationAgencyId></LocalEducationAgency>
  <School id="S_11"><NameOfInstitution>Lincoln High School</NameOfInstitution>
    <EducationOrganizationIdentificationCode><IdentificationCode>0417</IdentificationCode>
      <EducationOrganizationIdentificationSystem>uri://ed-fi.org/X#SEA</EducationOrganizationIdentificationSystem>
    </EducationOrganizationIdentificationCode>
    <Address><StreetNumberName>P.O. Box 1</StreetNumberName><AddressType>uri://ed-fi.org/AddressTypeDescriptor#Mailing</AddressType></Address>
    <Address><StreetNumberName>1 Elm Street</StreetNumberName><City>Lakeside</City>
      <StateAbbreviation>uri://ed-fi.org/StateAbbreviationDescriptor#TX</StateAbbreviation><PostalCode>73334</PostalCode>
      <AddressType>uri://ed-fi.org/AddressTypeDescriptor#Physical</AddressType></Address>
    <SchoolId>11</SchoolId>
    <GradeLevel>uri://ed-fi.org/GradeLevelDescriptor#Ninth grade</GradeLevel>
    <GradeLevel>uri://ed-fi.org/GradeLevelDescriptor#Tenth grade</GradeLevel>
    <SchoolCategory>uri://ed-fi.org/SchoolCategoryDescriptor#High School</SchoolCategory>
    <LocalEducationAgencyReference ref="LEA_1"/></School>
  <School><NameOfInstitution>Park Elementary</NameOfInstitution><SchoolId>12</SchoolId>
    <CharterStatus>uri://ed-fi.org/CharterStatusDescriptor#Open Enrollment</CharterStatus></School>
  <School><NameOfInstitution>Old Mill</NameOfInstitution><SchoolId>13</SchoolId>
    <OperationalStatus>uri://ed-fi.org/OperationalStatusDescriptor#Closed</OperationalStatus></School>
  <OrganizationDepartment><NameOfInstitution>Facilities</NameOfInstitution>
    <OrganizationDepartmentId>101</OrganizationDepartmentId>
    <ParentEducationOrganizationReference><EducationOrganizationIdentity><EducationOrganizationId>1</EducationOrganizationId></EducationOrganizationIdentity></ParentEducationOrganizationReference>
  </OrganizationDepartment>
  <OrganizationDepartment><NameOfInstitution>Lincoln Math</NameOfInstitution>
    <OrganizationDepartmentId>102</OrganizationDepartmentId>
    <ParentEducationOrganizationReference ref="S_11"/></OrganizationDepartment>
  <EducationOrganizationNetwork id="N_1"><NameOfInstitution>North</NameOfInstitution>
    <EducationOrganizationNetworkId>901</EducationOrganizationNetworkId>
    <NetworkPurpose>uri://ed-fi.org/NetworkPurposeDescriptor#Supervision</NetworkPurpose></EducationOrganizationNetwork>
  <EducationOrganizationNetwork><NameOfInstitution>Buyers</NameOfInstitution>
    <EducationOrganizationNetworkId>902</EducationOrganizationNetworkId>
    <NetworkPurpose>uri://ed-fi.org/NetworkPurposeDescriptor#Shared Services</NetworkPurpose></EducationOrganizationNetwork>
  <EducationOrganizationNetworkAssociation>
    <EducationOrganizationNetworkReference ref="N_1"/>
    <MemberEducationOrganizationReference><EducationOrganizationIdentity><EducationOrganizationId>11</EducationOrganizationId></EducationOrganizationIdentity></MemberEducationOrganizationReference>
    <BeginDate>2024-07-01</BeginDate></EducationOrganizationNetworkAssociation>
  <EducationOrganizationNetworkAssociation>
    <EducationOrganizationNetworkReference><EducationOrganizationNetworkIdentity><EducationOrganizationNetworkId>901</EducationOrganizationNetworkId></EducationOrganizationNetworkIdentity></EducationOrganizationNetworkReference>
    <MemberEducationOrganizationReference><EducationOrganizationIdentity><EducationOrganizationId>12</EducationOrganizationId></EducationOrganizationIdentity></MemberEducationOrganizationReference>
    <BeginDate>2026-10-01</BeginDate></EducationOrganizationNetworkAssociation>
  <Course><CourseCode>ALG-1</CourseCode></Course>
</InterchangeEducationOrganization>
"""
STAFF = f"""<?xml version="1.0" encoding="UTF-8"?>
<InterchangeStaffAssociation {ED_FI}>
  <Staff id="ST_1"><StaffUniqueId>501</StaffUniqueId>
    <Name><FirstName>Ana</FirstName><LastSurname>Diaz</LastSurname><PreferredFirstName>Anita</PreferredFirstName></Name>
    <Sex>uri://ed-fi.org/SexDescriptor#Female</Sex><BirthDate>1976-08-19</BirthDate>
    <ElectronicMail><ElectronicMailAddress>home@example.org</ElectronicMailAddress><ElectronicMailType>uri://ed-fi.org/ElectronicMailTypeDescriptor#Home/Personal</ElectronicMailType></ElectronicMail>
    <ElectronicMail><ElectronicMailAddress>Ana.Diaz@lakeside.org</ElectronicMailAddress><ElectronicMailType>uri://ed-fi.org/ElectronicMailTypeDescriptor#Work</ElectronicMailType></ElectronicMail>
    <Race>uri://ed-fi.org/RaceDescriptor#White</Race></Staff>
  <Staff><StaffUniqueId>502</StaffUniqueId><Name><FirstName>Bo</FirstName><LastSurname>Kim</LastSurname></Name></Staff>
  <StaffEducationOrganizationEmploymentAssociation><AnnualWage>57600</AnnualWage></StaffEducationOrganizationEmploymentAssociation>
  <StaffEducationOrganizationAssignmentAssociation><StaffReference ref="ST_1"/>
    <EducationOrganizationReference><EducationOrganizationIdentity><EducationOrganizationId>11</EducationOrganizationId></EducationOrganizationIdentity></EducationOrganizationReference>
    <StaffClassification>uri://ed-fi.org/StaffClassificationDescriptor#Principal</StaffClassification>
    <PositionTitle>Interim Principal</PositionTitle><BeginDate>2024-07-01</BeginDate><EndDate>2027-06-30</EndDate>
    <FullTimeEquivalency>1</FullTimeEquivalency></StaffEducationOrganizationAssignmentAssociation>
  <StaffEducationOrganizationAssignmentAssociation>
    <StaffReference><StaffIdentity><StaffUniqueId>502</StaffUniqueId></StaffIdentity></StaffReference>
    <EducationOrganizationReference><EducationOrganizationIdentity><EducationOrganizationId>1</EducationOrganizationId></EducationOrganizationIdentity></EducationOrganizationReference>
    <StaffClassification>uri://ed-fi.org/StaffClassificationDescriptor#LEA Administrator</StaffClassification>
    <PositionTitle>Area Superintendent</PositionTitle><BeginDate>2025-07-01</BeginDate></StaffEducationOrganizationAssignmentAssociation>
  <OpenStaffPosition><DatePosted>2026-09-01</DatePosted><RequisitionNumber>R-9</RequisitionNumber>
    <EducationOrganizationReference><EducationOrganizationIdentity><EducationOrganizationId>12</EducationOrganizationId></EducationOrganizationIdentity></EducationOrganizationReference>
    <StaffClassification>uri://ed-fi.org/StaffClassificationDescriptor#Principal</StaffClassification></OpenStaffPosition>
</InterchangeStaffAssociation>
"""


def session(school: int, name: str, first: str, last: str) -> str:
    """Return a session of one school."""
    return (
        f"<Session><SessionName>{name}</SessionName><SchoolYear>2026-2027</SchoolYear>"
        f"<BeginDate>{first}</BeginDate><EndDate>{last}</EndDate><SchoolReference>"
        f"<SchoolIdentity><SchoolId>{school}</SchoolId></SchoolIdentity></SchoolReference>"
        "</Session>"
    )


def day(school: int, on: str, event: str) -> str:
    """Return a date of one school's calendar."""
    return (
        f"<CalendarDate><Date>{on}</Date>"
        f"<CalendarEvent>uri://ed-fi.org/CalendarEventDescriptor#{event}</CalendarEvent>"
        f"<CalendarReference><CalendarIdentity><CalendarCode>{school}</CalendarCode>"
        f"<SchoolReference><SchoolIdentity><SchoolId>{school}</SchoolId></SchoolIdentity>"
        "</SchoolReference></CalendarIdentity></CalendarReference></CalendarDate>"
    )


def calendar(*parts: str) -> str:
    """Return an interchange of sessions and dates."""
    inner = "".join(parts)
    return f"<InterchangeEducationOrgCalendar {ED_FI}>{inner}</InterchangeEducationOrgCalendar>"


CALENDAR = calendar(
    *(session(one, "Fall", "2026-08-24", "2026-12-18") for one in (11, 12, 13)),
    session(11, "Spring", "2027-01-05", "2027-06-11"),
    *(day(one, "2026-09-07", "Holiday") for one in (11, 12, 13)),
    day(11, "2026-10-12", "Teacher only day"),
    day(11, "2026-08-24", "Instructional day"),
)
FILES = {
    "EducationOrganization.xml": ORGANIZATION,
    "StaffAssociation.xml": STAFF,
    "EducationOrgCalendar.xml": CALENDAR,
}


def in_folder(folder: Path, **changes: str) -> Path:
    """Write the interchanges into a folder; name one to replace it."""
    named = {f"{name}.xml": text for name, text in changes.items()}
    for name, text in {**FILES, **named}.items():
        (folder / name).write_text(text)
    return folder
