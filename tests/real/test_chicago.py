"""Chicago, from an empty district by the how-to, held against counts of the raw files."""

from collections import Counter
from datetime import date
from functools import cache

import pytest

from tests.real import counts
from tests.real.howto import Followed
from tests.sample_data import sample


pytestmark = [pytest.mark.real, pytest.mark.slow]
ADMIN = "ana@example.org"
DATES = {"SY1718": "2018-06-30", "SY1819": "2019-06-30", "SY2122": "2022-06-30"}
ATTENDANCE = "/api/v1/indicators/cps-student-attendance/values"
TEACHERS = "/api/v1/indicators/cps-teacher-attendance/values"
LEADERS = "/api/v1/indicators/cps-5e-effective-leaders/values"
SUSPENSIONS = "/api/v1/indicators/cps-suspensions/values"
PERIODS = ("2014-15", "2015-16", "2016-17", "2017-18", "2018-19", "2019-20")
PATHS = [
    *(f"/api/v1/schools?as_of={day}&limit=200" for day in DATES.values()),
    *(f"/api/v1/networks?as_of={day}" for day in DATES.values()),
    *(f"{ATTENDANCE}?place=district&period={period}" for period in PERIODS),
    f"{ATTENDANCE}?place=school&period=2018-19&limit=200",
    f"{ATTENDANCE}?place=network&period=2018-19&network_as=then",
    f"{TEACHERS}?place=school&period=2017-18&limit=200",
    f"{TEACHERS}?place=district&period=2017-18",
    f"{SUSPENSIONS}?place=school&period=2014-15&limit=200",
    f"{SUSPENSIONS}?place=school&period=2015-16&limit=200",
    *(f"{LEADERS}?place=school&period={period}&limit=200" for period in PERIODS[1:5]),
    "/api/v1/posts?as_of=2018-06-30&limit=200",
    "/api/v1/search?q=harlan",
]


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    folder = sample("chicago/cps_school_profile_SY1718.csv.gz").parent
    home = tmp_path_factory.mktemp("chicago")
    made = Followed(
        home, DATA=str(folder), ADMIN=ADMIN, PASSWORD="correct horse battery staple"
    )
    made.follow("chicago.md", until="## 5.")
    return made


@pytest.fixture(scope="module")
def told(followed):
    return followed.ask(PATHS, email=ADMIN)


@cache
def profile(label):
    return counts.rows(sample(f"chicago/cps_school_profile_{label}.csv.gz"))


@cache
def reports():
    return {
        label: counts.rows(sample(f"chicago/cps_progress_report_{label}.csv.gz"))
        for label in counts.YEARS
    }


def schools_on(told, label):
    return told[f"/api/v1/schools?as_of={DATES[label]}&limit=200"]


def school_id(item):
    ids = {one["value"] for one in item["external_ids"] if one["kind"] == "school"}
    return ids.pop()


def known():
    return {row["School_ID"] for label in DATES for row in profile(label)}


@pytest.mark.parametrize("label", DATES)
def test_each_file_says_which_schools_are_open(told, label):
    open_then = {school_id(item) for item in schools_on(told, label) if item["is_open"]}

    day = date.fromisoformat(DATES[label])
    assert open_then == {
        row["School_ID"] for row in profile(label) if counts.is_open(row, day)
    }


@pytest.mark.parametrize("label", DATES)
def test_each_network_has_the_schools_its_year_gives_it(told, label):
    found = Counter(
        item["network"]["name"]
        for item in schools_on(told, label)
        if item["is_open"] and item["network"]
    )

    assert found == counts.schools_per_network(
        profile(label), date.fromisoformat(DATES[label])
    )


def test_as_many_schools_change_network_as_in_the_files(told):
    before, after = (
        {
            school_id(item): (item["network"] or {"name": ""})["name"]
            for item in schools_on(told, label)
            if item["is_open"]
        }
        for label in ("SY1819", "SY2122")
    )
    changed = [
        (before[k], after[k]) for k in before if k in after and before[k] != after[k]
    ]
    named = [pair for pair in changed if all(pair)]

    expected = counts.network_changes(profile("SY1819"), profile("SY2122"))
    assert (len(changed), len(named)) == expected == (88, 80)


def test_groupings_are_not_supervised_networks(told):
    rows = told[f"/api/v1/networks?as_of={DATES['SY1718']}"]
    supervised = {row["name"] for row in rows if row["supervised"]}

    assert supervised == {f"Network {number}" for number in range(1, 18)}


def attendance_of(period):
    start = int(period[:4])
    found = counts.series(reports(), "Student_Attendance")
    return {k: v[0] for (k, year), v in found.items() if year == start and k in known()}


@pytest.mark.parametrize("period", PERIODS[:5])
def test_district_attendance_is_the_mean_of_schools_with_its_count(told, period):
    (reading,) = told[f"{ATTENDANCE}?place=district&period={period}"]
    expected, schools = counts.mean(attendance_of(period).values())

    assert reading["basis"] == "mean of schools"
    assert reading["school_count"] == schools
    assert reading["value"] == pytest.approx(expected / 100)
    assert reading["n"] is None


def test_the_year_no_file_speaks_of_has_no_value(told):
    assert told[f"{ATTENDANCE}?place=district&period=2019-20"] == []


def test_network_attendance_is_the_mean_of_the_schools_of_that_time(told):
    network_of = {row["School_ID"]: row["Network"] for row in profile("SY1819")}
    values = attendance_of("2018-19")
    names = {
        row["id"]: row["name"]
        for row in told[f"/api/v1/networks?as_of={DATES['SY1819']}"]
    }
    rows = told[f"{ATTENDANCE}?place=network&period=2018-19&network_as=then"]
    found = {names[row["place"]["id"]]: row for row in rows}

    for name in ("Network 7", "Network 17", "Options", "Charter"):
        expected, schools = counts.mean(
            value for key, value in values.items() if network_of.get(key) == name
        )
        assert found[name]["school_count"] == schools
        assert found[name]["value"] == pytest.approx(expected / 100)


def test_one_school_reads_as_its_row_in_the_file(told):
    harlan = next(i for i in schools_on(told, "SY1819") if school_id(i) == "609710")
    rows = told[f"{ATTENDANCE}?place=school&period=2018-19&limit=200"]
    reading = next(row for row in rows if row["place"]["id"] == harlan["id"])

    assert reading["value"] == pytest.approx(0.832)
    assert reading["file_year"] == "2018-19"


def test_every_teacher_attendance_of_2017_18_is_restated(told):
    rows = told[f"{TEACHERS}?place=school&period=2017-18&limit=200"]
    restated = [row for row in rows if row["restated_from"]]

    assert (
        len(restated) == counts.restated(reports(), "Teacher_Attendance", 2017) == 510
    )
    assert {row["restated_from"]["file_year"] for row in restated} == {"2017-18"}


def test_the_later_file_counts_in_the_district_whatever_the_earlier_said(told):
    (reading,) = told[f"{TEACHERS}?place=district&period=2017-18"]
    found = counts.series(reports(), "Teacher_Attendance")
    values = [v[0] for (k, year), v in found.items() if year == 2017 and k in known()]
    expected, schools = counts.mean(values)

    assert (reading["school_count"], reading["value"]) == (
        schools,
        pytest.approx(expected / 100),
    )


def test_suspensions_are_restated_where_the_files_differ(told):
    rows = told[f"{SUSPENSIONS}?place=school&period=2015-16&limit=200"]
    later = {r["School_ID"]: r for r in reports()["SY1617"]}
    differ = 0
    for row in reports()["SY1516"]:
        old = counts.number(row["Suspensions_Per_100_Students_Year_2_Pct"])
        new = counts.number(
            later.get(row["School_ID"], {}).get(
                "Suspensions_Per_100_Students_Year_1_Pct", ""
            )
        )
        differ += (
            row["School_ID"] in known()
            and old is not None
            and new is not None
            and old != new
        )

    assert sum(bool(row["restated_from"]) for row in rows) == differ > 0


@pytest.mark.parametrize("label", counts.YEARS)
def test_words_are_counted_as_the_file_has_them(told, label):
    period = f"{counts.YEARS[label]}-{(counts.YEARS[label] + 1) % 100:02d}"
    rows = told[f"{LEADERS}?place=school&period={period}&limit=200"]
    found = Counter(
        row["word"] for row in rows if row["state"] in {"value", "not_enough"}
    )
    raw = Counter(
        row["School_Survey_Effective_Leaders"]
        for row in reports()[label]
        if row["School_ID"] in known() and row["School_Survey_Effective_Leaders"]
    )

    assert found == raw


def roster_leads():
    """Return the principal positions of 2018 at schools that crosswalk or profile know."""
    roster = counts.rows(sample("chicago/cps_position_roster_2016_2018.csv.gz"))
    with sample("chicago/cpsproj_network_data.csv").open(encoding="utf-8") as file:
        to_school = {
            row["Dept ID"]: row["School ID"] for row in counts.csv.DictReader(file)
        }
    for label in DATES:
        for row in profile(label):
            to_school.setdefault(row["Finance_ID"], row["School_ID"])
    rows = counts.leads(roster, to_school, "2018-06-30")
    return [row for row in rows if to_school[row["dept_id"]] in known()]


def principal_posts(told):
    posts = told["/api/v1/posts?as_of=2018-06-30&limit=200"]
    return [
        post
        for post in posts
        if post["seat"] == "principal" and post["capacity"] != "resident"
    ]


def test_principals_of_a_day_are_the_roster_s(told):
    posts = principal_posts(told)
    raw = roster_leads()

    assert len([p for p in posts if not p["is_vacant"]]) == sum(
        r["vacant"] == "False" for r in raw
    )
    assert len([p for p in posts if p["is_vacant"]]) == sum(
        r["vacant"] == "True" for r in raw
    )


def test_interim_principals_are_told_apart(told):
    posts = principal_posts(told)
    found = Counter(p["capacity"] for p in posts)
    raw = Counter(row["job_title"] for row in roster_leads())

    assert found["interim"] == raw["Interim Principal"]
    assert found["acting"] == raw["Acting Principal"]


def test_a_school_is_found_by_a_part_of_its_name(told):
    assert told["/api/v1/search?q=harlan"][0]["name"].startswith("John M Harlan")


def test_the_same_file_again_changes_nothing(followed):
    again = followed.load(
        'schoolward import schools "$DATA/cps_school_profile_SY2122.csv.gz" '
        "--map chicago-profile --as-of 2021-07-01"
    )

    assert (again["new"], again["changed"], again["ended"]) == (0, 0, 0)
