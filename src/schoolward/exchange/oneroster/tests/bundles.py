"""Small OneRoster bundles for tests, with students whose names must never be seen again."""

import io
import zipfile
from pathlib import Path


SECRETS = (
    "Quillfeather",
    "Ondine",
    "Marlowsky",
    "hunter2-plain",
    "GuardianGwen",
    "555-0100",
    "stu-9001",
)
"""Words that stand only in rows and columns that must never leave the reader."""

ORGS = """sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId
d1,,,Lakeside District,district,,
u1,,,Facilities,department,,d1
s1,,,Lincoln High School,school,0417,d1
s2,,,Park Elementary School,school,0418,d1
m1,,,Math Department,department,,s1
"""
SESSIONS = """sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear
y1,,,2026-27,schoolYear,2026-08-24,2027-06-11,,2027
t1,,,Fall,semester,2026-08-24,2027-01-22,y1,2027
t2,,,Spring,semester,2027-01-25,2027-06-11,y1,2027
g1,,,Quarter 1,gradingPeriod,2026-08-24,2026-10-30,t1,2027
"""
USERS_1_1 = """sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password
a1,,,TRUE,s1,administrator,adiaz,{HR:11},Ana,Diaz,,E11,ana.diaz@lakeside.org,555-0100,555-0100,,,hunter2-plain
a2,,,TRUE,s2,administrator,bkim,{HR:12},Bo,Kim,,E12,bo.kim@lakeside.org,,,,,hunter2-plain
a3,,,TRUE,"s1,d1",administrator,clee,{HR:13},Cy,Lee,,E13,cy.lee@lakeside.org,,,,,hunter2-plain
f1,,,true,u1,administrator,dray,{HR:14},Di,Ray,,E14,di.ray@lakeside.org,,,,,hunter2-plain
t1,,,TRUE,s1,teacher,etan,{HR:15},Ed,Tan,,E15,ed.tan@lakeside.org,,,,,hunter2-plain
t1b,,,TRUE,s2,teacher,etan,{HR:15},Ed,Tan,,E15,ed.tan@lakeside.org,,,,,hunter2-plain
stu-9001,,,TRUE,s1,student,oquill,{SIS:9001},Ondine,Quillfeather,,9001,ondine@students.lakeside.org,555-0100,555-0100,p1,09,hunter2-plain
p1,,,TRUE,s1,guardian,gwen,,GuardianGwen,Marlowsky,,,gwen@example.org,555-0100,555-0100,stu-9001,,hunter2-plain
"""
USERS_1_2 = """sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns
a1,,,true,adiaz,{HR:11},Ana,Diaz,,E11,ana.diaz@lakeside.org,555-0100,555-0100,,,hunter2-plain,,Anita,,,s1,she
f1,,,true,dray,{HR:14},Di,Ray,,E14,di.ray@lakeside.org,,,,,hunter2-plain,,,,,d1,
stu-9001,,,true,oquill,{SIS:9001},Ondine,Quillfeather,,9001,ondine@students.lakeside.org,555-0100,555-0100,p1,09,hunter2-plain,,,,,s1,
p1,,,true,gwen,,GuardianGwen,Marlowsky,,,gwen@example.org,555-0100,555-0100,stu-9001,,hunter2-plain,,,,,s1,
"""
ROLES = """sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId
r1,,,a1,primary,principal,2024-07-01,,s1,
r2,,,f1,primary,districtAdministrator,,,u1,
r3,,,stu-9001,primary,student,,,s1,
r4,,,p1,primary,guardian,,,s1,
"""
DEMOGRAPHICS = """sourcedId,status,dateLastModified,birthDate,sex
stu-9001,,,2011-03-04,Marlowsky
"""


def manifest(version: str, **modes: str) -> str:
    """Return a manifest that says how each file is in the bundle."""
    lines = ["propertyName,value", "manifest.version,1.0"]
    lines += [f"oneroster.version,{version}", "source.systemName,Lakeside SIS"]
    lines += [f"file.{name},{mode}" for name, mode in modes.items()]
    return "\n".join(lines) + "\n"


def bundle_1_1(**changes: str) -> dict[str, str]:
    """Return the files of a bundle of version 1.1; name one to replace it."""
    files = {
        "manifest": manifest(
            "1.1",
            academicSessions="bulk",
            orgs="bulk",
            users="bulk",
            demographics="bulk",
        ),
        "orgs": ORGS,
        "academicSessions": SESSIONS,
        "users": USERS_1_1,
        "demographics": DEMOGRAPHICS,
    }
    return {f"{name}.csv": text for name, text in {**files, **changes}.items()}


def bundle_1_2(**changes: str) -> dict[str, str]:
    """Return the files of a bundle of version 1.2; name one to replace it."""
    files = {
        "manifest": manifest(
            "1.2",
            academicSessions="bulk",
            orgs="bulk",
            users="bulk",
            roles="bulk",
            demographics="bulk",
        ),
        "orgs": ORGS,
        "academicSessions": SESSIONS,
        "users": USERS_1_2,
        "roles": ROLES,
        "demographics": DEMOGRAPHICS,
    }
    return {f"{name}.csv": text for name, text in {**files, **changes}.items()}


def zipped(files: dict[str, str | bytes]) -> io.BytesIO:
    """Return the files as a zip in memory."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    content.seek(0)
    return content


def in_folder(folder: Path, files: dict[str, str]) -> Path:
    """Write the files into a folder."""
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder
