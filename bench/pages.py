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
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from schoolward.access.models import User
from schoolward.district.models import (
    Assignment,
    Network,
    Person,
    Post,
    School,
    Supervision,
)
from schoolward.kernel.seats import Seat


WHY = "bench"
START = "2020-07-01"
SEATS = (Seat.PRINCIPAL, Seat.ILD, Seat.UNIT_STAFF)


def main() -> None:
    """Print one line per page."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--runs", type=int, default=40)
    runs = asked.parse_args().runs
    chief = _client(_user_of(_chief()))
    print(f"{connection.vendor}\n")
    print("| page | p50 ms | p95 ms | queries |\n|---|---|---|---|")
    for seat in SEATS:
        own = _client(_user_of(_holder(seat)))
        _tell(own, f"my day of a holder of the seat {seat.label}", ["/"], runs)
    for name, addresses in _pages():
        _tell(chief, name, addresses, runs)


def _client(user: User) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


def _chief() -> Person:
    person, made = Person.objects.unscoped(reason=WHY).get_or_create(
        email="bench.chief@example.org", defaults={"display_name": "Bench Chief"}
    )
    if made:
        Post.objects.create(person=person, seat=Seat.CHIEF, start_date=START)
    return person


def _holder(seat: Seat) -> Person:
    """Return one of those who hold a seat; an ILD is whoever supervises schools."""
    if seat == Seat.ILD:
        row = Supervision.objects.unscoped(reason=WHY).order_by("pk")[0]
        person = Person.objects.unscoped(reason=WHY).get(pk=row.person_id)
        posts = Post.objects.unscoped(reason=WHY).filter(person=person)
        if not posts.filter(seat=seat).exists():
            Post.objects.create(person=person, seat=seat, start_date=START)
        return person
    if seat == Seat.UNIT_STAFF:
        row = Assignment.objects.unscoped(reason=WHY).order_by("pk")[0]
        return Person.objects.unscoped(reason=WHY).get(pk=row.person_id)
    post = Post.objects.unscoped(reason=WHY).filter(seat=seat).order_by("pk")[0]
    return Person.objects.unscoped(reason=WHY).get(pk=post.person_id)


def _user_of(person: Person) -> User:
    user, made = User.objects.get_or_create(person=person, email=person.email)
    if made:
        Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    return user


def _pages() -> Iterator[tuple[str, list[str]]]:
    draw = Random(3)
    schools = list(School.objects.unscoped(reason=WHY).values_list("pk", flat=True))
    networks = list(Network.objects.unscoped(reason=WHY).values_list("pk", flat=True))
    people = Person.objects.unscoped(reason=WHY).order_by("pk")
    names = list(people.values_list("display_name", flat=True)[:500])
    yield "my day of a chief", ["/"]
    yield "school", [f"/schools/{draw.choice(schools)}/" for _ in range(40)]
    yield "schools, first page", ["/schools/"]
    yield "network", [f"/networks/{draw.choice(networks)}/" for _ in range(20)]
    yield "district", ["/district/"]
    yield "people, first page", ["/people/"]
    yield "units", ["/units/"]
    yield "search, right", [f"/search/?q={draw.choice(names)}" for _ in range(40)]
    bent = [f"/search/?q={_bent(draw, draw.choice(names))}" for _ in range(40)]
    yield "search, misspelled", bent
    yield "indicators", ["/indicators/"]
    yield "one indicator", ["/indicators/indicator_007/"]
    yield "API: schools", ["/api/v1/schools"]
    yield "API: people", ["/api/v1/people"]
    values = "/api/v1/indicators/indicator_007/values?place=school"
    yield "API: values of an indicator", [values]


def _bent(draw: Random, name: str) -> str:
    """Return a name with two letters swapped."""
    at = draw.randrange(1, len(name) - 2)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _tell(client: Client, name: str, addresses: list[str], runs: int) -> None:
    for address in addresses[:2]:
        client.get(address)
    times = []
    for number in range(runs):
        start = time.perf_counter()
        answer = client.get(addresses[number % len(addresses)])
        times.append((time.perf_counter() - start) * 1000)
        if answer.status_code != 200:
            sys.exit(f"{name}: {answer.status_code} instead of a page")
    with CaptureQueriesContext(connection) as seen:
        client.get(addresses[0])
    p95 = statistics.quantiles(times, n=20)[18]
    middle = statistics.median(times)
    print(f"| {name} | {middle:.0f} | {p95:.0f} | {len(seen)} |", flush=True)


if __name__ == "__main__":
    main()
