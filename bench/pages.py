"""Measure server time and queries of pages in a home that bench/newyork.py built.

    SCHOOLWARD_HOME=/tmp/newyork python bench/pages.py [--runs 40]

Prints a table for docs/benchmarks/pages.md: the time from the request entering the
application to the answer leaving it, in milliseconds, without the network.
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Iterator
from random import Random

import django


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolward.config.settings")
os.environ.setdefault("SCHOOLWARD_LOG_LEVEL", "ERROR")
django.setup()

from allauth.mfa.models import Authenticator
from django.db import connection, reset_queries
from django.test import Client
from django.test.utils import CaptureQueriesContext

from schoolward.access.models import User
from schoolward.district.models import Network, Person, Post, School
from schoolward.kernel.seats import Seat


WHY = "bench"
START = "2020-07-01"


def main() -> None:
    """Print one line per page."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--runs", type=int, default=40)
    runs = asked.parse_args().runs
    client = Client(SERVER_NAME="localhost")
    client.force_login(_chief())
    sys.stdout.write(f"{connection.vendor}\n\n")
    sys.stdout.write("| page | p50 ms | p95 ms | queries |\n|---|---|---|---|\n")
    for name, addresses in _pages():
        sys.stdout.write(_line(client, name, addresses, runs))


def _chief() -> User:
    person, made = Person.objects.unscoped(reason=WHY).get_or_create(
        email="bench.chief@example.org", defaults={"display_name": "Bench Chief"}
    )
    if made:
        Post.objects.create(person=person, seat=Seat.CHIEF, start_date=START)
        user = User.objects.create_user(person.email, person=person)
        Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    return User.objects.get(person=person)


def _pages() -> Iterator[tuple[str, list[str]]]:
    draw = Random(3)
    schools = list(School.objects.unscoped(reason=WHY).values_list("pk", flat=True))
    networks = list(Network.objects.unscoped(reason=WHY).values_list("pk", flat=True))
    names = list(
        Person.objects.unscoped(reason=WHY)
        .order_by("pk")
        .values_list("display_name", flat=True)[:500]
    )
    yield "my day of a chief", ["/"]
    yield "school", [f"/schools/{draw.choice(schools)}/" for _ in range(40)]
    yield "schools, first page", ["/schools/"]
    yield "network", [f"/networks/{draw.choice(networks)}/" for _ in range(20)]
    yield "district", ["/district/"]
    yield "people, first page", ["/people/"]
    yield "units", ["/units/"]
    yield "search, right", [f"/search/?q={draw.choice(names)}" for _ in range(40)]
    yield (
        "search, misspelled",
        [f"/search/?q={_bent(draw, draw.choice(names))}" for _ in range(40)],
    )
    yield "indicators", ["/indicators/"]
    yield "one indicator", ["/indicators/indicator_007/"]
    yield "API: schools", ["/api/v1/schools"]
    yield (
        "API: values of an indicator",
        ["/api/v1/indicators/indicator_007/values?place=school"],
    )


def _bent(draw: Random, name: str) -> str:
    """Return a name with two letters swapped."""
    at = draw.randrange(1, len(name) - 2)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _line(client: Client, name: str, addresses: list[str], runs: int) -> str:
    for address in addresses[:2]:
        client.get(address)
    times, counts = [], []
    for number in range(runs):
        address = addresses[number % len(addresses)]
        reset_queries()
        start = time.perf_counter()
        answer = client.get(address)
        times.append((time.perf_counter() - start) * 1000)
        if answer.status_code != 200:
            return f"| {name} | status {answer.status_code} | | |\n"
    with CaptureQueriesContext(
        connection,
    ) as seen:
        client.get(addresses[0])
    counts.append(len(seen))
    times.sort()
    p95 = times[min(len(times) - 1, round(0.95 * len(times)))]
    return f"| {name} | {statistics.median(times):.0f} | {p95:.0f} | {max(counts)} |\n"


if __name__ == "__main__":
    main()
