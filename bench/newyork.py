"""Build a district the size of New York in an empty home, for the page benchmarks.

1,800 schools, 140,000 staff, 45 networks, 12 units, and 200 indicators × 5 years × 8
groups of facts. Everything is made from one seed. Prints how long each part took, for
docs/benchmarks/warehouse.md.

    SCHOOLWARD_HOME=/tmp/newyork python bench/newyork.py [--schools 1800] [--staff 140000]
"""

import argparse
import os
import resource
import sys
import time
from datetime import UTC, date, datetime
from random import Random

import django


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolward.config.settings")
django.setup()

from django.core.management import call_command
from django.db import transaction

from schoolward.analytics import warehouse
from schoolward.audit.models import Load, LoadState
from schoolward.config.demo import cast, names
from schoolward.district import search
from schoolward.district.models import (
    Assignment,
    District,
    Level,
    Membership,
    Network,
    Person,
    Post,
    School,
    Source,
    Supervision,
    Unit,
)
from schoolward.kernel.actor import SYSTEM
from schoolward.kernel.seats import Seat
from schoolward.scorecards import actions as scorecards
from schoolward.scorecards.domain import Direction, IndicatorDraft
from schoolward.scorecards.domain import Unit as Measure
from schoolward.scorecards.models import FactFile


START = date(2020, 7, 1)
AT = datetime(2026, 11, 19, 15, tzinfo=UTC)
YEARS = range(2021, 2026)
BATCH = 2000


def main() -> None:
    """Build everything, saying how long each part took."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--schools", type=int, default=1800)
    asked.add_argument("--staff", type=int, default=140_000)
    asked.add_argument("--indicators", type=int, default=200)
    size = asked.parse_args()
    draw = Random(7)
    call_command("migrate", verbosity=0)
    with Timed("places"), transaction.atomic():
        networks, units = _places(size.schools)
    with Timed("people and posts"), transaction.atomic():
        _people(draw, size.staff, size.schools, networks, units)
    with Timed("search index"):
        search.rebuild(day=AT.date())
    with Timed("facts written"):
        _facts(size.indicators)
    with Timed("shelf made: current values, small cells, roll-ups, signals"):
        scorecards.refresh(today=AT.date(), by=SYSTEM, at=AT, say=_told)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _line("peak memory", f"{peak:,.0f} MB")
    for name in (warehouse.FACT_FOLDER, warehouse.SHELF_FOLDER):
        _line(f"{name} on disk", f"{_megabytes(name):,.0f} MB")


class Timed:
    """Print how long a part took, by the clock and of the processor."""

    def __init__(self, part: str) -> None:
        self.part = part

    def __enter__(self) -> None:
        self.wall, self.spent = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        wall = time.perf_counter() - self.wall
        spent = time.process_time() - self.spent
        _line(self.part, f"{wall:.0f} s ({spent:.0f} s of processor)")


def _line(name: str, result: str) -> None:
    print(f"| {name} | {result} |", flush=True)


def _told(words: str) -> None:
    sys.stderr.write(f"{words}\n")


def _megabytes(name: str) -> float:
    files = [path for path in warehouse.folder(name).rglob("*") if path.is_file()]
    return sum(path.stat().st_size for path in files) / 1e6


def _places(count: int) -> tuple[list[Network], list[Unit]]:
    District.objects.create(pk=1, name="Big City", time_zone="America/New_York")
    networks = Network.objects.bulk_create(
        [Network(name=f"Network {n + 1}") for n in range(max(1, count // 40))]
    )
    units = Unit.objects.bulk_create([Unit(name=name) for name, *_ in cast.UNITS])
    stems = [stem for stem, _ in cast.MORE_SCHOOLS]
    schools = School.objects.bulk_create(
        [
            School(
                name=f"P.S. {n + 1:04d} {stems[n % len(stems)]}",
                level=Level.ELEMENTARY,
                grades="PK-5",
            )
            for n in range(count)
        ],
        batch_size=BATCH,
    )
    Membership.objects.bulk_create(
        [
            Membership(
                school=school, network=networks[n % len(networks)], start_date=START
            )
            for n, school in enumerate(schools)
        ],
        batch_size=BATCH,
    )
    return networks, units


def _people(
    draw: Random, staff: int, schools: int, networks: list[Network], units: list[Unit]
) -> None:
    people = Person.objects.bulk_create(
        (_person(draw, n) for n in range(staff)), batch_size=BATCH
    )
    school_ids = list(
        School.objects.unscoped(reason="bench")
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    posts = []
    for number, person in enumerate(people):
        seat = Seat.PRINCIPAL if number < schools else Seat.ASSISTANT_PRINCIPAL
        if number < 2 * schools:
            place = {"school_id": school_ids[number % schools]}
        else:
            seat, place = Seat.UNIT_STAFF, {"unit": units[number % len(units)]}
        posts.append(Post(seat=seat, person=person, start_date=START, **place))
    Post.objects.bulk_create(posts, batch_size=BATCH)
    ilds = people[-len(networks) :]
    Supervision.objects.bulk_create(
        [
            Supervision(school_id=pk, person=ilds[n % len(ilds)], start_date=START)
            for n, pk in enumerate(school_ids)
        ],
        batch_size=BATCH,
    )
    Assignment.objects.bulk_create(
        [
            Assignment(
                school_id=pk,
                unit=unit,
                person=draw.choice(people[-2000:]),
                start_date=START,
            )
            for pk in school_ids
            for unit in units
        ],
        batch_size=BATCH,
    )


def _person(draw: Random, number: int) -> Person:
    given, family = draw.choice(names.GIVEN), draw.choice(names.FAMILY)
    second = draw.choice(names.FAMILY) if number % 3 == 0 else ""
    name = f"{given} {family}{'-' + second if second else ''}"
    return Person(
        given_name=given,
        family_name=family,
        display_name=name,
        email=f"{given}.{family}.{number}@example.org".lower(),
    )


def _facts(indicators: int) -> None:
    """Write a file of facts per year, as loads leave them, and name them by rows."""
    source, _ = Source.objects.unscoped(reason="bench").get_or_create(
        key="bench", defaults={"name": "Benchmark"}
    )
    drafts = [
        IndicatorDraft(
            key=f"indicator_{n:03d}",
            name=f"Indicator {n:03d}",
            question="How fast is this page?",
            unit=Measure.SHARE,
            direction=Direction.HIGHER,
        )
        for n in range(indicators)
    ]
    scorecards.ensure_indicators(drafts, source=source, by=SYSTEM, at=AT)
    for start in YEARS:
        _year(start, source=source, indicators=indicators)


def _year(start: int, *, source: Source, indicators: int) -> None:
    year = f"{start}-{(start + 1) % 100:02d}"
    load = Load.objects.create(
        target="indicators",
        format="bench",
        file_name=f"facts-{year}",
        sha256=year,
        as_of_date=date(start + 1, 7, 1),
        begun_at=AT,
        state=LoadState.LOADED,
        loaded_at=AT,
    )
    path = warehouse.folder(warehouse.FACT_FOLDER) / f"{year}.parquet"
    warehouse.connection().raw_sql(
        _SQL.format(
            year=year,
            source=source.pk,
            load=load.pk,
            indicators=indicators,
            schools=", ".join(map(str, _school_ids())),
            path=path,
        )
    )
    FactFile.objects.create(
        path=f"{warehouse.FACT_FOLDER}/{path.name}",
        load=load,
        source=source,
        file_year=year,
        sha256=warehouse.digest(path),
        byte_count=path.stat().st_size,
        row_count=warehouse.row_count(path),
        indicator_keys=[f"indicator_{n:03d}" for n in range(indicators)],
        named_at=AT,
    )


def _school_ids() -> list[int]:
    rows = School.objects.unscoped(reason="bench").order_by("pk")
    return list(rows.values_list("pk", flat=True))


_SQL = """
COPY (
  WITH parts AS (
    SELECT i, s, g,
      CASE WHEN hash(i, s, g, 1) % 1000 < 20
        THEN 1 + hash(i, s, g, 2) % 9 ELSE 12 + hash(i, s, g, 3) % 140 END AS n,
      0.3 + 0.4 * ((hash(i, s) % 1000) / 1000.0)
        + 0.1 * ((hash(i, s, '{year}') % 1000) / 1000.0) AS share
    FROM range({indicators}) a(i), (SELECT unnest([{schools}])) b(s), range(7) c(g)
  ), counted AS (
    SELECT i, s, 'race:' || g AS "group", n, round(n * share) AS k FROM parts
    UNION ALL
    SELECT i, s, '', sum(n), sum(round(n * share)) FROM parts GROUP BY i, s
  )
  SELECT 'indicator_' || lpad(i::VARCHAR, 3, '0') AS indicator,
    'school' AS place_kind, s::BIGINT AS place_id, '{year}' AS period, "group",
    'value' AS state, (k / n)::DOUBLE AS value, k::DOUBLE AS numerator,
    n::DOUBLE AS denominator, n::BIGINT AS n, '' AS text,
    {source}::BIGINT AS source, {load}::BIGINT AS load_id, '{year}' AS file_year
  FROM counted ORDER BY indicator, place_id, "group"
) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 65536)
"""
"""Seven groups that make up each school's whole, and the whole; one cell in 50 is small."""


if __name__ == "__main__":
    main()
