"""Load 140,000 staff and the real files of two cities, and say how long each part takes.

The staff are made from one seed; the cities' files are read from a folder, where it is
there. Every load runs in a process of its own, in a home of its own that goes afterwards.

    python bench/loads.py [--data ../shared/data] [--staff 140000] [--write]

`--write` keeps the table in docs/benchmarks/loads.md.
"""

import argparse
import csv
import gzip
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import django
import psycopg


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolward.config.settings")
os.environ.setdefault("SCHOOLWARD_LOG_LEVEL", "ERROR")
django.setup()

from schoolward.exchange import actions, flip
from schoolward.exchange.choices import Choices
from schoolward.exchange.map_choice import map_text
from schoolward.kernel.actor import SYSTEM


ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks" / "loads.md"
SERVER = os.environ.get(
    "TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres"
)
AT = datetime(2026, 11, 19, 15, tzinfo=UTC)
SEED = 20261119
SCHOOLS, UNITS, NETWORKS = 1_800, 40, 45
SYLLABLES = ("an", "ber", "cas", "del", "en", "fi", "gor", "hal", "is", "jo", "kim")
THIS_YEAR, NEXT_YEAR = "2026-07-01", "2027-07-01"
MAP = """
name = "bench-{target}"
target = "{target}"
source = {{ key = "bench-{target}", name = "Benchmark" }}
ids = "bench"
complete = true
{more}
[columns]
{columns}
"""
SCHOOL_COLUMNS = {"ID": "school_id", "Name": "name", "Network": "network"}
STAFF_COLUMNS = {
    "Key": "person_id",
    "Given": "given_name",
    "Family": "family_name",
    "Email": "email",
    "Title": "title",
    "School": "school_id",
    "Unit": "unit",
    "Position": "position_number",
}
HEAD = (
    "| what | database | rows | preview, s | load, s | of it the flip, s "
    "| flip, processor s | rows per second | peak MB |\n|---|---|---|---|---|---|---|---|---|"
)
OPENING = """# Loads

`python bench/loads.py --write` makes a district of 1,800 schools and 140,000 staff from one seed and
loads it; then it loads the files of Chicago and New York, where they lie in the folder given with
`--data`. Each load runs in a process of its own. "Preview" is reading, checking and planning: nothing
that people see changes. "Load" makes it so. "The flip" is the part of it in one transaction, in which
SQLite lets nobody else write; on PostgreSQL others write on meanwhile. The processor seconds are those
of this process, so on PostgreSQL they leave out the server's.
"""
CLOSING = """
- A first load writes four rows for each of the staff: the person, the id, the post and where the post
  came from, with 22 entries in indexes. A night's load writes only what differs: see "the same file
  again".
- "A year later" is the same staff after a summer: every twelfth has gone and somebody new holds the
  post, every twentieth has another e-mail address.
- On SQLite the rows are taken out of the plan into temporary tables before the flip begins, so the
  flip is one statement for each table that only copies rows. The aim is under 2 s. A night's load and
  a year's keep it; the first load of a district of this size does not: its processor seconds are the
  indexes and the checks of the database, and the rest is waiting for a processor and for the disk.
- On PostgreSQL a third of a flip is the server's checking of each row's references. Nobody waits for
  it: until its last moment all others read and write the district as it was.
- A third of the preview of New York's mathematics is the search for what must be withheld so that no
  small group can be worked out: see [small cells](../method/small-cells.md).
"""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One load: what it is called, what it holds, where it lies and how it is read."""

    what: str
    target: str
    path: str
    map: str
    as_of: str = ""
    crosswalk: str = ""
    is_shown: bool = True


def main() -> None:
    """Load everything, print the table, and keep it when asked to."""
    options = _options()
    if options.step:
        print(json.dumps(measured(Step(**json.loads(options.step)))))
        return
    lines = [HEAD]
    with tempfile.TemporaryDirectory() as name:
        staff = list(staff_steps(Path(name), options.staff))
        for database in ("SQLite", "PostgreSQL"):
            lines += loaded(staff, database)
        for city in (chicago_steps, newyork_steps):
            lines += loaded(list(city(options.data)), "SQLite")
    told = "\n".join(lines)
    print(told)
    if options.write:
        where = f"{os.cpu_count()} cores shared with other work, Python {platform.python_version()}"
        when = f"{where}, {datetime.now(UTC):%B %Y}.\n"  # noqa: TID251
        PAGE.write_text(f"{OPENING}\n{when}\n{told}\n{CLOSING}", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    shared = ROOT.parent / "shared" / "data"
    parser.add_argument("--data", type=Path, default=shared, help="the cities' files")
    parser.add_argument("--staff", type=int, default=140_000)
    parser.add_argument("--write", action="store_true", help=f"keep it in {PAGE.name}")
    parser.add_argument("--step", default="", help=argparse.SUPPRESS)
    return parser.parse_args()


def staff_steps(folder: Path, staff: int) -> Iterator[Step]:
    """Write the files of a synthetic district, and return their loads."""
    first, later = folder / "staff_2026-27.csv", folder / "staff_2027-28.csv"
    schools, school_map, staff_map = (
        folder / name for name in ("schools.csv", "schools.toml", "staff.toml")
    )
    _map(school_map, "schools", SCHOOL_COLUMNS)
    _map(staff_map, "people", STAFF_COLUMNS, more="verified_emails = true")
    _write(schools, SCHOOL_COLUMNS, _schools())
    people = list(_people(staff))
    _write(first, STAFF_COLUMNS, people)
    _write(later, STAFF_COLUMNS, map(_a_year_later, range(staff), people))
    about = {"target": "people", "map": str(staff_map)}
    yield Step(
        what="schools",
        target="schools",
        path=str(schools),
        map=str(school_map),
        as_of=THIS_YEAR,
        is_shown=False,
    )
    for what, path, day in (
        (f"{staff:,} staff, the first time", first, THIS_YEAR),
        ("the same file again", first, THIS_YEAR),
        ("a year later", later, NEXT_YEAR),
    ):
        yield Step(what=what, path=str(path), as_of=day, **about)


def _map(path: Path, target: str, columns: dict[str, str], *, more: str = "") -> None:
    lines = "\n".join(f'{heading} = "{field}"' for heading, field in columns.items())
    path.write_text(MAP.format(target=target, columns=lines, more=more))


def _write(
    path: Path, columns: dict[str, str], rows: Iterator[Any] | list[Any]
) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


def _schools() -> Iterator[tuple[str, ...]]:
    for number in range(SCHOOLS):
        yield f"{number:04}", f"School {number}", f"Network {number % NETWORKS}"


def _people(staff: int) -> Iterator[tuple[str, ...]]:
    """A principal and two assistants for each school; all others in central units."""
    chance = Random(SEED)
    for number in range(staff):
        given, family = _word(chance, 2), _word(chance, 3)
        school, unit = f"{number % SCHOOLS:04}", ""
        title = "Principal" if number < SCHOOLS else "Assistant Principal"
        if number >= 3 * SCHOOLS:
            title, school = f"Specialist {number % 30}", ""
            unit = f"Unit {number % UNITS}"
        email = f"{given}.{family}.{number}@district.example".lower()
        yield f"E{number}", given, family, email, title, school, unit, f"P{number}"


def _a_year_later(number: int, person: tuple[str, ...]) -> tuple[str, ...]:
    key, given, family, email, *post = person
    if number % 12 == 0:
        return f"{key}-new", "New", family, f"new.{email}", *post
    return key, given, family, f"m.{email}" if number % 20 == 1 else email, *post


def _word(chance: Random, syllables: int) -> str:
    return "".join(chance.choices(SYLLABLES, k=syllables)).capitalize()


def chicago_steps(data: Path) -> Iterator[Step]:
    """Return the loads of Chicago's files, as docs/how-to/chicago.md makes them."""
    folder = data / "chicago"
    for path in sorted(folder.glob("cps_school_profile_*.csv.gz")):
        year = f"20{path.name.split('_SY')[1][:2]}-07-01"
        yield _real(path, "schools", "chicago-profile", as_of=year)
    for path in sorted(folder.glob("cps_progress_report_*.csv.gz")):
        yield _real(path, "indicators", "chicago-progress")
    crosswalk = str(folder / "cpsproj_network_data.csv")
    for path in sorted(folder.glob("cps_position_roster_*.csv.gz")):
        yield _real(path, "people", "chicago-roster", crosswalk=crosswalk)


def newyork_steps(data: Path) -> Iterator[Step]:
    """Return the loads of New York's files, as docs/how-to/new-york.md makes them."""
    for name, target, map_ in (
        ("nyc_school_locations_2017_18", "schools", "nyc-locations"),
        ("nyc_demographics", "indicators", "nyc-demographics"),
        ("nyc_math_test_results", "indicators", "nyc-math"),
    ):
        path = data / "nyc" / f"{name}.csv.gz"
        if path.exists():
            yield _real(path, target, map_)


def _real(path: Path, target: str, map_: str, **more: str) -> Step:
    what = f"`{path.name.removesuffix('.csv.gz')}`"
    return Step(what=what, target=target, path=str(path), map=map_, **more)


def loaded(steps: list[Step], database: str) -> list[str]:
    """Load one file after the other into an empty home; return lines of the table."""
    if not steps:
        sys.stderr.write("The folder of --data is not there; its files are left out.\n")
        return []
    lines = []
    with tempfile.TemporaryDirectory() as home, _url(database) as url:
        if url is None:
            sys.stderr.write("No PostgreSQL answers; set TEST_DATABASE_URL to one.\n")
            return []
        environ = os.environ | {"SCHOOLWARD_HOME": home, "DATABASE_URL": url}
        _run(["-m", "django", "migrate", "-v0", "--skip-checks"], environ)
        for step in steps:
            told = _run([__file__, "--step", json.dumps(asdict(step))], environ)
            line = _line(step, database, json.loads(told.splitlines()[-1]))
            sys.stderr.write(f"{line}\n")
            lines += [line] * step.is_shown
    return lines


@contextmanager
def _url(database: str) -> Iterator[str | None]:
    """Give the address of an empty database that goes afterwards."""
    if database == "SQLite":
        yield ""
        return
    try:
        server = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        yield None
        return
    name = f"loads_{uuid4().hex[:12]}"
    with server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{SERVER.rpartition('/')[0]}/{name}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _run(arguments: list[str], environ: dict[str, str]) -> str:
    done = subprocess.run(  # noqa: S603
        [sys.executable, *arguments],
        env=environ,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def measured(step: Step) -> dict[str, float]:
    """Preview and load one file in this process."""
    flips: list[tuple[float, float]] = []
    _time_flips(flips)
    name, text = map_text(step.map)
    choices = Choices(
        target=step.target,
        path=Path(step.path),
        name=Path(step.path).name,
        map_name=name,
        map_text=text,
        as_of=date.fromisoformat(step.as_of) if step.as_of else None,
        crosswalk=step.crosswalk,
    )
    began = time.perf_counter()
    load = actions.begin(choices, keeps_file=False, by=SYSTEM, at=AT)
    load = actions.stage(load, by=SYSTEM, at=AT)
    staged = time.perf_counter()
    actions.load_staged(load, by=SYSTEM, at=AT, allow_change=True)
    done = time.perf_counter()
    return {
        "preview": staged - began,
        "load": done - staged,
        "flip": flips[-1][0],
        "processor": flips[-1][1],
        "peak": _peak(),
    }


def _time_flips(flips: list[tuple[float, float]]) -> None:
    """Keep how long the transaction of each load takes."""
    make_ready = flip.ready

    @contextmanager
    def timed(*arguments: Any, **more: Any) -> Iterator[flip.Ready]:
        with make_ready(*arguments, **more) as plan:
            began, worked = time.perf_counter(), time.process_time()
            yield plan
            flips.append((time.perf_counter() - began, time.process_time() - worked))

    flip.ready = timed


def _peak() -> float:
    """Return the most memory this program has held, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(one for one in lines if one.startswith("VmHWM")).split()[1]) / 1024


def _line(step: Step, database: str, told: dict[str, float]) -> str:
    rows = _rows(Path(step.path))
    speed = rows / (told["preview"] + told["load"])
    return (
        f"| {step.what} | {database} | {rows:,} | {told['preview']:.1f} "
        f"| {told['load']:.1f} | {told['flip']:.2f} | {told['processor']:.2f} "
        f"| {speed:,.0f} | {told['peak']:.0f} |"
    )


def _rows(path: Path) -> int:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


if __name__ == "__main__":
    main()
