"""Build a district the size of New York in an empty home, for the page benchmarks.

1,800 schools, 140,000 staff, 45 networks, 12 units, and 200 indicators × 5 years × 8
groups of facts. Everything is made from one seed.

    SCHOOLWARD_HOME=/tmp/newyork python bench/newyork.py [--schools 1800] [--staff 140000]
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from random import Random

import django


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolward.config.settings")
django.setup()

from django.core.management import call_command
from django.db import transaction

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
from schoolward.scorecards.domain import (
    Direction,
    IndicatorDraft,
    ValueRow,
)
from schoolward.scorecards.domain import (
    Unit as Measure,
)


START = date(2020, 7, 1)
AT = datetime(2026, 11, 19, 15, tzinfo=UTC)
YEARS = range(2021, 2026)
GROUPS = (
    "",
    "gender:female",
    "gender:male",
    "ell:yes",
    "swd:yes",
    "income:low",
    "race:black",
    "race:hispanic",
)
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
    with Timed("facts"):
        _facts(draw, size.indicators)


class Timed:
    """Print how long a part took."""

    def __init__(self, part: str) -> None:
        self.part = part

    def __enter__(self) -> None:
        self.start = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        sys.stderr.write(f"{self.part}: {time.perf_counter() - self.start:.1f} s\n")


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


def _facts(draw: Random, indicators: int) -> None:
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
    school_ids = list(
        School.objects.unscoped(reason="bench")
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    for year in YEARS:
        load = Load.objects.create(
            target="indicators",
            format="bench",
            file_name=f"facts-{year}",
            sha256=str(year),
            as_of_date=date(year, 7, 1),
            begun_at=AT,
            state=LoadState.LOADED,
            loaded_at=AT,
        )
        rows = _year(draw, year, [draft.key for draft in drafts], school_ids)
        scorecards.load_values(
            rows,
            load_id=load.pk,
            source=source,
            file_year=f"{year}-{(year + 1) % 100:02d}",
            by=SYSTEM,
            at=AT,
        )


def _year(
    draw: Random, year: int, keys: list[str], school_ids: list[int]
) -> Iterator[ValueRow]:
    period = f"{year}-{(year + 1) % 100:02d}"
    for key in keys:
        for school_id in school_ids:
            for group in GROUPS:
                whole = draw.randrange(15, 200)
                count = draw.randrange(0, whole + 1)
                yield ValueRow(
                    indicator=key,
                    period=period,
                    place_id=school_id,
                    group=group,
                    value=count / whole,
                    numerator=count,
                    denominator=whole,
                    n=whole,
                )


if __name__ == "__main__":
    main()
