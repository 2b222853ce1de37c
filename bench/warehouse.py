"""Measure what pages and the API read of the warehouse, in a home of bench/newyork.py.

    SCHOOLWARD_HOME=/tmp/newyork python bench/warehouse.py [--reads 200]

Prints a table for docs/benchmarks/warehouse.md.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from random import Random

import django


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolward.config.settings")
django.setup()

from schoolward.district.models import Network, School
from schoolward.scorecards import queries


WHY = "bench"


def main() -> None:
    """Print one line per way of reading."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--reads", type=int, default=200)
    times = asked.parse_args().reads
    print("| read | p50 ms | p95 ms |\n|---|---|---|")
    for name, read in _reads(Random(1)).items():
        print(f"| {name} | {_spread(read, times=times)} |", flush=True)


def _reads(draw: Random) -> dict[str, Callable[[], object]]:
    schools = list(School.objects.unscoped(reason=WHY).values_list("pk", flat=True))
    networks = list(Network.objects.unscoped(reason=WHY).values_list("pk", flat=True))
    keys = [line.key for line in queries.catalogue()]
    some = draw.sample(schools, 15)
    return {
        "a school: all indicators, trend, network, district": lambda: (
            queries.school_indicators(
                draw.choice(schools), network_id=draw.choice(networks)
            )
        ),
        "a network: all indicators": lambda: queries.place_indicators(
            "network", draw.choice(networks)
        ),
        "100 schools × 6 indicators, latest": lambda: queries.latest_readings(
            schools[:100], keys=draw.sample(keys, 6)
        ),
        "what moved in 15 schools": lambda: queries.moved_beyond_limits(some),
        "what moved in all schools": lambda: queries.moved_beyond_limits(schools),
        "one indicator, one year, a page of 100 schools": lambda: (
            queries.indicator_values(
                draw.choice(keys), place="school", period="2023-24"
            )
        ),
    }


def _spread(read: Callable[[], object], *, times: int) -> str:
    """Return the median and the 95th percentile of a read, in milliseconds."""
    for _ in range(3):
        read()
    found = []
    for _ in range(times):
        before = time.perf_counter()
        read()
        found.append((time.perf_counter() - before) * 1000)
    return (
        f"{statistics.median(found):.0f} | {statistics.quantiles(found, n=20)[18]:.0f}"
    )


if __name__ == "__main__":
    main()
