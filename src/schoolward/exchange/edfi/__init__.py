"""Ed-Fi XML of Data Standard 5.x: schools, units, networks, staff, posts and the calendar.

Three interchanges are read: EducationOrganization, StaffAssociation and
EducationOrgCalendar. Entities are built from a list of elements that are wanted, so that
birth dates, race, sex, wages and credentials of staff are never built at all; student
interchanges are not opened beyond their first element. See `docs/how-to/ed-fi.md`.
"""
