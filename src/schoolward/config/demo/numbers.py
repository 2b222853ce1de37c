"""Bringing the simulated district's numbers in: a history per source, then a file a year."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from schoolward.audit.models import Load, LoadState
from schoolward.config.demo import catalogue, evidence, plan
from schoolward.config.demo.town import Town, moment
from schoolward.district import actions as district
from schoolward.district.models import Source
from schoolward.kernel.actor import Actor
from schoolward.kernel.schoolyear import SchoolYear
from schoolward.scorecards import actions as scorecards
from schoolward.scorecards.domain import ValueRow


HISTORY_ENDS = 2024
"""The first file of each source tells all years up to this one; each later year has its own."""

RESTATED_KEY, RESTATED_YEAR = "chronic_absence", 2024
"""The count of this year was mended in the file of the next, at every seventh school."""

DIMENSIONS = {
    "": "",
    "English learners": "ell:yes",
    "Students with disabilities": "swd:yes",
    "Low income": "income:low",
}


def add_sources(town: Town) -> None:
    """Say where the district's facts come from, and which unit answers for each."""
    for key, name, unit in catalogue.SOURCES:
        district.add_source(
            key,
            by=town.admin,
            at=moment(plan.FOUNDED),
            name=name,
            unit=town.units[unit],
        )


def build(town: Town) -> None:
    """Define the indicators, then load every source's file of every year."""
    at = moment(plan.FOUNDED)
    known = Source.objects.unscoped(reason="the demo's own sources")
    sources = {source.key: source for source in known}
    for key, indicators in catalogue.BY_SOURCE.items():
        drafts = [draft for draft in catalogue.DRAFTS if draft.key in indicators]
        scorecards.ensure_indicators(drafts, source=sources[key], by=town.admin, at=at)
    facts = _by_file(town)
    analyst = town.acting("Priscilla Lindgren")
    for (key, year), rows in sorted(
        facts.items(), key=lambda one: (one[0][1], one[0][0])
    ):
        _load(town, sources[key], year, rows, by=analyst)


def _by_file(town: Town) -> dict[tuple[str, int], list[evidence.Fact]]:
    """Return the facts of each file, by its source and year."""
    source_of = {
        indicator: key
        for key, keys in catalogue.BY_SOURCE.items()
        for indicator in keys
    }
    files: dict[tuple[str, int], list[evidence.Fact]] = defaultdict(list)
    sizes = [one.size for one in town.plan.schools]
    for fact in evidence.facts(sizes, seed=town.plan.seed):
        files[source_of[fact.indicator], max(fact.year, HISTORY_ENDS)].append(fact)
    return files


def _load(
    town: Town, source: Source, year: int, facts: Sequence[evidence.Fact], *, by: Actor
) -> None:
    """Load one file as the analyst did in the summer after its year."""
    school_year = SchoolYear(year)
    at = moment(date(year + 1, 7, 20))
    name = f"{source.key}-{school_year}.csv"
    load = Load.objects.create(
        target="indicators",
        format="CSV",
        file_name=name,
        file_size=48 * len(facts),
        sha256=hashlib.sha256(f"{town.plan.seed} {name}".encode()).hexdigest(),
        map_name="lakemont-indicators",
        source_key=source.key,
        school_year=str(school_year),
        as_of_date=school_year.first_day,
        begun_by=by.person_id,
        begun_by_name=by.name,
        begun_at=at,
    )
    outcome = scorecards.load_values(
        _rows(town, year, facts),
        load_id=load.pk,
        source=source,
        file_year=str(school_year),
        by=by,
        at=at,
    )
    load.state, load.loaded_at = LoadState.LOADED, at
    load.new_count, load.changed_count = outcome.new, outcome.changed
    load.unchanged_count, load.refused_count = outcome.unchanged, outcome.refused_count
    load.save()


def _rows(town: Town, year: int, facts: Sequence[evidence.Fact]) -> Iterator[ValueRow]:
    for fact in facts:
        yield _row(town, fact, numerator=fact.numerator)
    if year == RESTATED_YEAR + 1:
        yield from _mended(town)


def _mended(town: Town) -> Iterator[ValueRow]:
    """Yield last year's counts again where the unit found a mistake."""
    sizes = [one.size for one in town.plan.schools[::7]]
    for fact in evidence.facts(sizes, seed=town.plan.seed):
        mine = fact.indicator == RESTATED_KEY and fact.year == RESTATED_YEAR
        if mine and not fact.group:
            yield _row(town, fact, numerator=max(0, fact.numerator - 3))


def _row(town: Town, fact: evidence.Fact, *, numerator: int) -> ValueRow:
    return ValueRow(
        indicator=fact.indicator,
        period=str(SchoolYear(fact.year)),
        place_id=town.schools[fact.school].pk,
        group=DIMENSIONS[fact.group],
        value=numerator / fact.denominator,
        numerator=numerator,
        denominator=fact.denominator,
        n=fact.denominator,
    )
