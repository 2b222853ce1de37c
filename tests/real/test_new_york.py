"""New York, from an empty district by the how-to, held against counts of the raw files."""

from functools import cache

import pytest

from tests.real import counts
from tests.real.howto import Followed
from tests.sample_data import sample


pytestmark = [pytest.mark.real, pytest.mark.slow]
ADMIN = "ana@example.org"
TESTED = "Number Tested"
YEARS = range(2005, 2011)
MATH, LOW, SCORE = (
    f"/api/v1/indicators/nyc-math-{name}/values"
    for name in ("level-3-4", "level-1", "scale-score")
)
ENROLLMENT, FREE, REDUCED, LEARNERS = (
    f"/api/v1/indicators/nyc-{name}/values"
    for name in ("enrollment", "free-lunch", "free-reduced-lunch", "english-learners")
)
WHOLES = [
    *(f"{path}?place=district" for path in (MATH, ENROLLMENT, FREE, REDUCED, LEARNERS)),
    f"{SCORE}?place=district&period=2009-10&group=grade:4",
    f"{MATH}?place=network&period=2010-11&network_as=today",
    f"{MATH}?place=network&period=2010-11&network_as=then",
]
SCHOOLS = [
    *(f"{MATH}?place=school&period={y}-{(y + 1) % 100:02d}&limit=200" for y in YEARS),
    f"{LOW}?place=school&period=2008-09&limit=200",
    f"{ENROLLMENT}?place=school&period=2011-12&limit=200",
    "/api/v1/schools?limit=200",
    "/api/v1/networks",
]


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    folder = sample("nyc/nyc_math_test_results.csv.gz").parent
    made = Followed(
        tmp_path_factory.mktemp("new-york"),
        DATA=str(folder),
        ADMIN=ADMIN,
        PASSWORD="correct horse battery staple",
    )
    made.follow("new-york.md", until="## 6.")
    return made


@pytest.fixture(scope="module")
def told(followed):
    return followed.ask([*WHOLES, *SCHOOLS], email=ADMIN)


@pytest.fixture(scope="module")
def keys(told):
    """Return by our id what the city calls a school."""
    return {
        one["id"]: next(i["value"] for i in one["external_ids"] if i["kind"] == "dbn")
        for one in told["/api/v1/schools?limit=200"]
    }


@cache
def raw(name):
    return counts.rows(sample(f"nyc/nyc_{name}.csv.gz"))


@cache
def directory():
    return {
        row["ATS SYSTEM CODE"].strip(): row for row in raw("school_locations_2017_18")
    }


def known(name):
    return [row for row in raw(name) if row["DBN"] in directory()]


def math(start, grade="All Grades"):
    """Return the rows of schools we know, by school, of a school year."""
    rows = known("math_test_results")
    year = str(start + 1)
    return {r["DBN"]: r for r in rows if (r["Year"], r["Grade"]) == (year, grade)}


def period(start):
    return f"{start}-{(start + 1) % 100:02d}"


def whole(text):
    return int(text.replace(",", ""))


def of_year(told, path, start):
    return told[f"{path}?place=school&period={period(start)}&limit=200"]


def by_school(rows, keys):
    return {keys[row["place"]["id"]]: row for row in rows}


def test_every_school_of_the_directory_is_there(keys):
    assert set(keys.values()) == set(directory())
    assert len(keys) == 1823


@pytest.mark.parametrize(
    ("name", "map_", "refused"),
    [
        ("demographics", "nyc-demographics", 972),
        ("math_test_results", "nyc-math", 1570),
    ],
)
def test_rows_of_schools_that_closed_are_refused(followed, name, map_, refused):
    line = next(line for line in followed.codes if map_ in line)
    unknown = [row for row in raw(name) if row["DBN"] not in directory()]

    assert followed.codes[line] == 3
    assert f"{len(unknown):,} refused" in followed.said[line]
    assert len(unknown) == refused


def test_charter_schools_are_a_grouping_and_all_others_are_supervised(told):
    rows = told["/api/v1/networks"]
    names = {
        row["ADMINISTRATIVE_DISTRICT_NAME"].strip()
        or row["HIGHSCHOOL_NETWORK_NAME"].strip()
        for row in directory().values()
    }

    assert {row["name"] for row in rows} == names - {""}
    assert {row["name"] for row in rows if not row["supervised"]} == {
        "OFFICE OF CHARTER SCHOOLS"
    }


@pytest.mark.parametrize("start", YEARS)
def test_every_school_with_a_row_has_a_value_or_a_reason_for_none(told, keys, start):
    found = by_school(of_year(told, MATH, start), keys)

    assert set(found) == set(math(start))
    for row in found.values():
        assert row["value"] is not None or row["reason"]


@pytest.mark.parametrize("start", YEARS)
def test_the_city_is_the_sum_of_its_students_with_their_number(told, start):
    rows = told[f"{MATH}?place=district"]
    reading = next(row for row in rows if row["period"] == period(start))
    given = [row for row in math(start).values() if row["Level 3+4 #"] != "s"]
    at, tested = (
        sum(whole(row[name]) for row in given) for name in ("Level 3+4 #", TESTED)
    )

    assert (reading["numerator"], reading["denominator"]) == (at, tested)
    assert reading["n"] == tested
    assert reading["school_count"] == len(given)
    assert reading["value"] == pytest.approx(at / tested)


def test_the_city_s_share_of_2008_09_is_known_by_its_number(told):
    rows = told[f"{MATH}?place=district"]
    reading = next(row for row in rows if row["period"] == "2008-09")

    assert (reading["shown"], reading["n"], reading["school_count"]) == (
        "84.0%",
        386_322,
        1016,
    )


@pytest.mark.parametrize("start", YEARS)
def test_what_the_city_hid_and_what_is_small_stays_hidden(told, keys, start):
    found = by_school(of_year(told, MATH, start), keys)
    hidden = {key for key, row in math(start).items() if row["Level 3+4 %"] == "s"}
    small = {key for key, row in math(start).items() if whole(row[TESTED]) < 10}

    assert hidden <= small
    for key in small:
        assert found[key]["state"] == "suppressed"
        assert (found[key]["value"], found[key]["n"]) == (None, None)
    others = [row for key, row in found.items() if key not in small]
    assert sum(row["state"] == "suppressed" for row in others) <= 0.01 * len(others)


def test_nearly_all_is_told_as_a_bound_of_three_students_with_its_n(told, keys):
    found = by_school(of_year(told, MATH, 2008), keys)
    near = {
        key: whole(row[TESTED])
        for key, row in math(2008).items()
        if row["Level 3+4 #"] != "s"
        and whole(row[TESTED]) >= 10
        and whole(row[TESTED]) - whole(row["Level 3+4 #"]) < 3
    }

    bounds = {key: found[key] for key in near if found[key]["state"] == "bounded"}
    assert len(near) - len(bounds) <= 2
    for key, row in bounds.items():
        assert row["n"] == near[key]
        assert row["lower_bound"] == pytest.approx(1 - 3 / near[key])


def test_a_share_of_0_is_not_missing(told, keys):
    found = by_school(of_year(told, LOW, 2008), keys)
    none = {
        key
        for key, row in math(2008).items()
        if row["Level 1 %"] in {"0", "0.0"} and whole(row[TESTED]) >= 10
    }

    states = [found[key]["state"] for key in none]
    assert len(none) > 50
    assert set(states) <= {"bounded", "suppressed"}
    assert states.count("bounded") >= len(none) - 3
    assert all(found[key]["lower_bound"] is None for key in none)


def test_a_mean_of_the_city_weighs_each_school_by_its_students(told):
    (reading,) = told[f"{SCORE}?place=district&period=2009-10&group=grade:4"]
    given = [r for r in math(2009, "4").values() if r["Mean Scale Score"] != "s"]
    tested = sum(whole(row[TESTED]) for row in given)
    points = sum(whole(row["Mean Scale Score"]) * whole(row[TESTED]) for row in given)

    assert (reading["n"], reading["school_count"]) == (tested, len(given))
    assert reading["value"] == pytest.approx(points / tested)
    assert reading["basis"] == "weighted by n"


def test_a_network_of_today_is_the_sum_of_its_schools(told):
    names = {row["id"]: row["name"] for row in told["/api/v1/networks"]}
    rows = told[f"{MATH}?place=network&period=2010-11&network_as=today"]
    found = {names[row["place"]["id"]]: row for row in rows}
    for name in ("COMMUNITY SCHOOL DISTRICT 01", "COMMUNITY SCHOOL DISTRICT 31"):
        given = [
            row
            for key, row in math(2010).items()
            if directory()[key]["ADMINISTRATIVE_DISTRICT_NAME"].strip() == name
            and row["Level 3+4 #"] != "s"
        ]

        assert found[name]["numerator"] == sum(whole(r["Level 3+4 #"]) for r in given)
        assert found[name]["n"] == sum(whole(r[TESTED]) for r in given)


def test_a_network_of_today_is_hidden_only_where_a_school_of_it_is(told, keys):
    names = {row["id"]: row["name"] for row in told["/api/v1/networks"]}
    rows = told[f"{MATH}?place=network&period=2010-11&network_as=today"]
    hidden = {names[r["place"]["id"]] for r in rows if r["state"] != "value"}
    schools = by_school(of_year(told, MATH, 2010), keys)
    behind = {
        directory()[key]["ADMINISTRATIVE_DISTRICT_NAME"].strip()
        or directory()[key]["HIGHSCHOOL_NETWORK_NAME"].strip()
        for key, row in schools.items()
        if row["state"] != "value"
    }

    assert hidden <= behind
    assert len(hidden) < len(rows) / 4


def test_no_network_is_made_up_for_years_of_which_no_file_tells(told):
    assert told[f"{MATH}?place=network&period=2010-11&network_as=then"] == []


def test_enrollment_is_what_the_file_says_school_by_school(told, keys):
    found = by_school(of_year(told, ENROLLMENT, 2011), keys)
    given = {
        row["DBN"]: whole(row["total_enrollment"])
        for row in known("demographics")
        if row["schoolyear"] == "20112012"
    }

    assert {key: row["value"] for key, row in found.items() if row["value"]} == given
    (city,) = [
        r for r in told[f"{ENROLLMENT}?place=district"] if r["period"] == "2011-12"
    ]
    assert (city["value"], city["school_count"]) == (sum(given.values()), len(given))


@pytest.mark.parametrize(
    ("path", "column"), [(FREE, "fl_percent"), (REDUCED, "frl_percent")]
)
def test_a_year_that_is_not_given_is_not_filled(told, path, column):
    given = {
        f"{row['schoolyear'][:4]}-{row['schoolyear'][6:]}"
        for row in known("demographics")
        if counts.number(row[column]) is not None
    }
    found = {row["period"] for row in told[f"{path}?place=district"]}

    assert found == given
    assert ("2009-10" in found) is (path == REDUCED)


def test_learners_are_the_sum_of_parts_where_every_school_gives_its_count(told):
    rows = told[f"{LEARNERS}?place=district"]
    reading = next(row for row in rows if row["period"] == "2011-12")
    given = [row for row in known("demographics") if row["schoolyear"] == "20112012"]
    learners = sum(whole(row["ell_num"]) for row in given)

    assert reading["basis"] == "sum of parts"
    assert reading["numerator"] == learners
    assert reading["value"] == pytest.approx(
        learners / sum(whole(row["total_enrollment"]) for row in given)
    )


def test_the_same_directory_again_changes_nothing(followed):
    again = followed.load(
        'schoolward import schools "$DATA/nyc_school_locations_2017_18.csv.gz" '
        "--map nyc-locations"
    )

    assert (again["new"], again["changed"], again["ended"]) == (0, 0, 0)
