"""Measure the warehouse at the size of a large city: making shelves and reading them.

`python bench/warehouse.py` builds 1,800 schools × 200 indicators × 5 years × 8 groups in
a temporary folder, makes the shelves that pages read, reads them, and prints the table
of docs/benchmarks/warehouse.md. Smaller: `--indicators 20`.
"""

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random


def arguments() -> argparse.Namespace:
    """Read how large the district is."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--schools", type=int, default=1800)
    parser.add_argument("--indicators", type=int, default=200)
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--reads", type=int, default=200)
    parser.add_argument("--few", type=float, default=0.02, help="share of small groups")
    return parser.parse_args()


GROUPS = 7
NETWORKS = 18
AT = datetime(2026, 11, 19, tzinfo=UTC)


def main() -> None:
    """Build, read, print."""
    asked = arguments()
    with tempfile.TemporaryDirectory() as home:
        os.environ["SCHOOLWARD_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "schoolward.config.settings"
        import django  # noqa: PLC0415

        django.setup()
        run(asked)


def run(asked: argparse.Namespace) -> None:
    """Measure each step and print its line."""
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    print("| step | result |\n|---|---|")
    rows = timed("facts written", lambda: write_facts(asked))
    line("facts", f"{rows:,}")
    timed("shelf made: current values, small cells, roll-ups, signals", make_shelf)
    line("peak memory", f"{peak_mb():,.0f} MB")
    line("facts on disk", f"{size_mb('facts'):,.0f} MB")
    line("shelf on disk", f"{size_mb('shelves'):,.0f} MB")
    measure_reads(asked)


def write_facts(asked: argparse.Namespace) -> int:
    """Write one fact file per year, and the rows that name them."""
    from schoolward.analytics import warehouse  # noqa: PLC0415
    from schoolward.audit.models import Load  # noqa: PLC0415
    from schoolward.district.models import (  # noqa: PLC0415
        Membership,
        Network,
        School,
        Source,
    )
    from schoolward.scorecards import actions  # noqa: PLC0415
    from schoolward.scorecards.domain import IndicatorDraft, Unit  # noqa: PLC0415
    from schoolward.scorecards.models import FactFile  # noqa: PLC0415

    School.objects.bulk_create(
        School(pk=n, name=f"School {n}") for n in range(1, asked.schools + 1)
    )
    Network.objects.bulk_create(
        Network(pk=n, name=f"Network {n}") for n in range(1, NETWORKS + 1)
    )
    Membership.objects.bulk_create(
        Membership(
            school_id=n,
            network_id=n % NETWORKS + 1,
            start_date=AT.date().replace(year=2010),
        )
        for n in range(1, asked.schools + 1)
    )
    source = Source.objects.create(key="bench", name="Bench")
    keys = [f"indicator-{n:03d}" for n in range(asked.indicators)]
    actions.ensure_indicators(
        (
            IndicatorDraft(
                key=key, name=key, question="?", unit=Unit.SHARE, guards_extremes=False
            )
            for key in keys
        ),
        source=source,
        by=system(),
        at=AT,
    )
    total = 0
    for number in range(asked.years):
        year = f"{2018 + number}-{(19 + number) % 100}"
        load = Load.objects.create(
            target="indicators",
            format="bench",
            file_name=year,
            sha256=year,
            as_of_date=AT.date(),
            begun_at=AT,
            state="loaded",
            loaded_at=AT,
        )
        path = warehouse.folder("facts") / f"{year}.parquet"
        write_year(path, year=year, load_id=load.pk, source_id=source.pk, asked=asked)
        count = warehouse.row_count(path)
        total += count
        FactFile.objects.create(
            path=f"facts/{path.name}",
            load=load,
            source=source,
            file_year=year,
            sha256=warehouse.digest(path),
            byte_count=path.stat().st_size,
            row_count=count,
            indicator_keys=keys,
            named_at=AT,
        )
    return total


def write_year(
    path: Path, *, year: str, load_id: int, source_id: int, asked: argparse.Namespace
) -> None:
    """Write one year's facts: seven groups that make up the whole, and the whole."""
    from schoolward.analytics import warehouse  # noqa: PLC0415

    few = int(asked.few * 1000)
    warehouse.connection().raw_sql(
        f"""
        COPY (
          WITH parts AS (
            SELECT i, s, g,
              CASE WHEN hash(i, s, g, 1) % 1000 < {few}
                THEN 1 + hash(i, s, g, 2) % 9 ELSE 12 + hash(i, s, g, 3) % 140 END AS n,
              0.3 + 0.4 * ((hash(i, s) % 1000) / 1000.0)
                + 0.1 * ((hash(i, s, '{year}') % 1000) / 1000.0) AS share
            FROM range({asked.indicators}) a(i), range(1, {asked.schools} + 1) b(s),
              range({GROUPS}) c(g)
          ), counted AS (
            SELECT i, s, 'race:' || g AS "group", n, round(n * share) AS k FROM parts
            UNION ALL
            SELECT i, s, '', sum(n), sum(round(n * share)) FROM parts GROUP BY i, s
          )
          SELECT 'indicator-' || lpad(i::VARCHAR, 3, '0') AS indicator,
            'school' AS place_kind, s::BIGINT AS place_id, '{year}' AS period, "group",
            'value' AS state, (k / n)::DOUBLE AS value, k::DOUBLE AS numerator,
            n::DOUBLE AS denominator, n::BIGINT AS n, '' AS text,
            {source_id}::BIGINT AS source, {load_id}::BIGINT AS load_id,
            '{year}' AS file_year
          FROM counted ORDER BY indicator, place_id, "group"
        ) TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 65536)
        """  # noqa: S608
    )


def make_shelf() -> None:
    """Reckon everything anew, as after a restore."""
    from schoolward.scorecards import actions  # noqa: PLC0415

    actions.refresh(today=AT.date(), by=system(), at=AT)


def measure_reads(asked: argparse.Namespace) -> None:
    """Measure what pages and the API ask for."""
    from schoolward.scorecards import queries  # noqa: PLC0415

    chance = Random(1)

    def school() -> int:
        return chance.randint(1, asked.schools)

    def key() -> str:
        return f"indicator-{chance.randrange(asked.indicators):03d}"

    some = [school() for _ in range(15)]
    reads: dict[str, Callable[[], object]] = {
        "a school's page: all indicators, trend, network, district": lambda: (
            queries.school_indicators(school(), network_id=chance.randint(1, NETWORKS))
        ),
        "a network's page": lambda: queries.place_indicators(
            "network", chance.randint(1, NETWORKS)
        ),
        "100 schools × 6 indicators, latest": lambda: queries.latest_readings(
            list(range(1, 101)), keys=[key() for _ in range(6)]
        ),
        "what moved in 15 schools": lambda: queries.moved_beyond_limits(some),
        "what moved in all schools": lambda: queries.moved_beyond_limits(
            range(1, asked.schools + 1)
        ),
        "one indicator, one year, a page of 100 schools": lambda: (
            queries.indicator_values(key(), place="school", period="2020-21")
        ),
    }
    for name, read in reads.items():
        line(name, spread(read, times=asked.reads))


def spread(read: Callable[[], object], *, times: int) -> str:
    """Return the median and the 95th percentile of a read, in milliseconds."""
    for _ in range(3):
        read()
    found = []
    for _ in range(times):
        before = time.perf_counter()
        read()
        found.append((time.perf_counter() - before) * 1000)
    cuts = statistics.quantiles(found, n=20)
    return f"p50 {statistics.median(found):.0f} ms, p95 {cuts[18]:.0f} ms"


def timed(name: str, act: Callable[[], int | None]) -> int:
    """Do something, print how long it took, and return what it returned."""
    before, spent = time.perf_counter(), time.process_time()
    found = act()
    wall, cpu = time.perf_counter() - before, time.process_time() - spent
    line(name, f"{wall:.0f} s ({cpu:.0f} s of processor)")
    return found or 0


def line(name: str, result: str) -> None:
    """Print one line of the table."""
    print(f"| {name} | {result} |", flush=True)


def peak_mb() -> float:
    """Return the most memory this process held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def size_mb(name: str) -> float:
    """Return the size of a folder of the warehouse."""
    from schoolward.analytics import warehouse  # noqa: PLC0415

    files = [path for path in warehouse.folder(name).rglob("*") if path.is_file()]
    return sum(path.stat().st_size for path in files) / 1e6


def system() -> object:
    """Return who acts when nobody does."""
    from schoolward.kernel.actor import SYSTEM  # noqa: PLC0415

    return SYSTEM


if __name__ == "__main__":
    sys.exit(main())
