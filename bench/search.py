"""Measure search at the size of New York: time, and whether what was meant stands first.

Builds 1,800 schools and 140,000 people in an empty home, indexes them, then searches
names as they are, with a slip of the finger, and by parts. Everything from one seed.

    SCHOOLWARD_HOME=/tmp/search python bench/search.py [--schools 1800] [--staff 140000]
    DATABASE_URL=postgres://… SCHOOLWARD_HOME=/tmp/search python bench/search.py
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from random import Random

import django


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolward.config.settings")
os.environ.setdefault("SCHOOLWARD_LOG_LEVEL", "ERROR")
django.setup()

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from schoolward.district import search
from schoolward.district.models import Level, Person, Post, School, Unit
from schoolward.kernel.actor import Actor
from schoolward.kernel.seats import Seat


WHY = "bench"
START, TODAY = date(2020, 7, 1), date(2026, 11, 19)
ASKER = Actor(person_id=1, seats=frozenset({Seat.PRINCIPAL}))
BATCH = 2000
HEADS = [
    "al",
    "an",
    "be",
    "bri",
    "ca",
    "chan",
    "da",
    "de",
    "dom",
    "el",
    "fer",
    "ga",
    "gon",
    "ha",
    "is",
    "ja",
    "jo",
    "ka",
    "kow",
    "la",
    "le",
    "lo",
    "ma",
    "mi",
    "mo",
    "na",
    "no",
    "ol",
    "pa",
    "pe",
    "qui",
    "ra",
    "ri",
    "ro",
    "sa",
    "sha",
    "si",
    "so",
    "ta",
    "to",
    "va",
    "vi",
    "wil",
    "ya",
    "zo",
]
TAILS = [
    "ber",
    "bert",
    "by",
    "da",
    "der",
    "do",
    "es",
    "ez",
    "ford",
    "han",
    "i",
    "ian",
    "in",
    "ing",
    "ins",
    "is",
    "ka",
    "ko",
    "la",
    "le",
    "lin",
    "ly",
    "man",
    "mann",
    "mar",
    "na",
    "ner",
    "ni",
    "nic",
    "o",
    "ov",
    "ra",
    "ri",
    "ron",
    "sen",
    "ski",
    "son",
    "sson",
    "ta",
    "ton",
    "ty",
    "vez",
    "via",
    "win",
    "wood",
    "y",
    "za",
]
KINDS = ("Elementary School", "Middle School", "High School", "Academy", "School")


def main() -> None:
    """Build what is not there yet, then print one line per way of asking."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--schools", type=int, default=1800)
    asked.add_argument("--staff", type=int, default=140_000)
    asked.add_argument("--asks", type=int, default=200)
    size = asked.parse_args()
    call_command("migrate", verbosity=0)
    if not School.objects.unscoped(reason=WHY).exists():
        _build(Random(7), size.schools, size.staff)
    _measure(Random(3), size.asks)


def _names(draw: Random, count: int) -> list[str]:
    """Make names that nobody bears but that read like names."""
    made: dict[str, None] = {}
    while len(made) < count:
        middle = draw.choice(HEADS) if draw.random() < 0.5 else ""
        made[(draw.choice(HEADS) + middle + draw.choice(TAILS)).capitalize()] = None
    return list(made)


def _build(draw: Random, schools: int, staff: int) -> None:
    began = time.perf_counter()
    given, family = _borne(draw, 2000, 15), _borne(draw, 20_000, 60)
    units = Unit.objects.bulk_create([Unit(name=f"Unit {n}") for n in range(12)])
    places = School.objects.bulk_create(
        [
            School(
                name=f"{given()} {family()} {draw.choice(KINDS)}",
                level=Level.OTHER,
            )
            for _ in range(schools)
        ]
    )
    people = Person.objects.bulk_create(
        (_person(given(), family()) for _ in range(staff)), batch_size=BATCH
    )
    Post.objects.bulk_create(
        [_post(n, person, places, units) for n, person in enumerate(people)],
        batch_size=BATCH,
    )
    _say(f"rows: {time.perf_counter() - began:.1f} s")
    began = time.perf_counter()
    count = search.rebuild(day=TODAY)
    _say(f"index of {count} rows: {time.perf_counter() - began:.1f} s")


def _borne(draw: Random, count: int, flat: int) -> Callable[[], str]:
    """Return a way to draw names, some borne by many: the first by 2 or 3 in 100."""
    names = _names(draw, count)
    weights = [1 / (rank + flat) for rank in range(count)]
    drawn = iter(draw.choices(names, weights, k=400_000))
    return lambda: next(drawn)


def _person(first: str, last: str) -> Person:
    return Person(given_name=first, family_name=last, display_name=f"{first} {last}")


def _post(
    number: int, person: Person, places: Sequence[School], units: Sequence[Unit]
) -> Post:
    if number < 2 * len(places):
        seat = Seat.PRINCIPAL if number < len(places) else Seat.ASSISTANT_PRINCIPAL
        school = places[number % len(places)]
        return Post(seat=seat, person=person, school=school, start_date=START)
    unit = units[number % len(units)]
    return Post(seat=Seat.UNIT_STAFF, person=person, unit=unit, start_date=START)


def _slip(draw: Random, name: str) -> str:
    """Return a name with one slip of the finger: swapped, left out, doubled, or wrong."""
    at = draw.randrange(1, len(name) - 1)
    kinds: list[Callable[[], str]] = [
        lambda: name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :],
        lambda: name[:at] + name[at + 1 :],
        lambda: name[:at] + name[at] + name[at:],
        lambda: name[:at] + draw.choice("aeiourstln") + name[at + 1 :],
    ]
    return draw.choice(kinds)()


def _measure(draw: Random, asks: int) -> None:
    schools = _drawn(draw, School.objects.unscoped(reason=WHY), "name", asks)
    people = _drawn(draw, Person.objects.unscoped(reason=WHY), "display_name", asks)
    _say(f"\n{connection.vendor}\n")
    _say("| asked | p50 ms | p95 ms | queries | meant is first | among first five |")
    _say("|---|---|---|---|---|---|")
    ways: dict[str, list[tuple[str, str]]] = {
        "school, as it is": [(name, name) for name in schools],
        "school, one slip": [(_slip(draw, name), name) for name in schools],
        "school, two words": [(" ".join(n.split()[:2]), n) for n in schools],
        "person, as they are": [(name, name) for name in people],
        "person, one slip": [(_slip(draw, name), name) for name in people],
        "person, family name first": [
            (" ".join(reversed(name.split())), name) for name in people
        ],
        "one letter": [(name[0], name) for name in people],
        "three letters": [(name[:3], name) for name in people],
    }
    for way, pairs in ways.items():
        _say(_line(way, pairs))


def _drawn(draw: Random, rows: object, field: str, count: int) -> list[str]:
    names = sorted(set(rows.values_list(field, flat=True)))  # type: ignore[attr-defined]
    return draw.sample(names, min(count, len(names)))


def _line(way: str, pairs: Sequence[tuple[str, str]]) -> str:
    times, first, five = [], 0, 0
    for typed, meant in pairs:
        began = time.perf_counter()
        names = [hit.name for hit in search.search(ASKER, typed)]
        times.append((time.perf_counter() - began) * 1000)
        first += names[:1] == [meant]
        five += meant in names[:5]
    with CaptureQueriesContext(connection) as seen:
        search.search(ASKER, pairs[0][0])
    times.sort()
    p95 = times[min(len(times) - 1, round(0.95 * len(times)))]
    found = f"{first / len(pairs):.0%} | {five / len(pairs):.0%}"
    return f"| {way} | {statistics.median(times):.0f} | {p95:.0f} | {len(seen)} | {found} |"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
