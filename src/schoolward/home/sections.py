"""The sections of "my day", in order: for whom each is, and what builds it.

A person with several posts gets each section once, in this order. Later rooms add
their sections to the list.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from schoolward.home.days import (
    district,
    my_schools,
    own_school,
    records,
    reports,
    system,
    unit,
)
from schoolward.home.days.told import Told
from schoolward.home.visits import Morning
from schoolward.kernel.actor import Actor
from schoolward.kernel.seats import SCHOOL_SEATS, UNIT_SEATS, Seat


class Width(StrEnum):
    """Where a section stands on a wide screen: over two columns, in one, or under them."""

    WIDE = "wide"
    HALF = "half"
    BELOW = "below"


ForWhom = Callable[[Actor], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One subject of a day.

    Attributes:
        key: Its short name; also the anchor of its heading.
        title: Its heading.
        for_whom: Whether it belongs to somebody's day.
        build: What it tells this morning; None leaves it out.
        width: How much room it takes.
        question: The question it answers.
    """

    key: str
    title: str
    for_whom: ForWhom
    build: Callable[[Morning], Told | None]
    width: Width = Width.HALF
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A section with what it tells."""

    section: Section
    told: Told


def holders(*seats: Seat) -> ForWhom:
    """Return the rule: whoever holds one of these seats."""
    return lambda actor: actor.holds(*seats)


def leads_a_school(actor: Actor) -> bool:
    """Return whether an actor leads a school, or acts for somebody who does."""
    return actor.holds(*SCHOOL_SEATS) or bool(actor.acted_school_ids)


def has_schools(actor: Actor) -> bool:
    """Return whether an actor supervises schools, or serves them for a unit by name."""
    tied = (
        actor.supervised_school_ids | actor.served_school_ids | actor.acted_school_ids
    )
    return bool(tied) or actor.holds(Seat.ILD, Seat.UNIT_STAFF)


def is_near_schools(actor: Actor) -> bool:
    """Return whether an actor's day is about certain schools, but not the whole district."""
    return not LEADERS(actor) and (has_schools(actor) or actor.holds(Seat.UNIT_LEAD))


def answers_for_facts(actor: Actor) -> bool:
    """Return whether reports of wrong facts may wait for an actor."""
    return actor.holds(Seat.ANALYST, Seat.ADMINISTRATOR, *UNIT_SEATS)


def everyone(_: Actor) -> bool:
    """Return yes for anyone with a post."""
    return True


LEADERS = holders(Seat.DEPUTY, Seat.CHIEF, Seat.SUPERINTENDENT)
ANALYSTS = holders(Seat.ANALYST)
OFFICERS = holders(Seat.RECORDS_OFFICER)
ADMINISTRATORS = holders(Seat.ADMINISTRATOR)
BOARD = holders(Seat.BOARD_MEMBER)

SECTIONS: tuple[Section, ...] = (
    Section(
        key="first-steps",
        title="First steps",
        for_whom=holders(Seat.ADMINISTRATOR, Seat.ANALYST),
        build=system.first_steps,
        width=Width.WIDE,
    ),
    Section(
        key="numbers",
        title="The district in numbers",
        for_whom=BOARD,
        build=district.in_numbers,
        width=Width.WIDE,
    ),
    Section(
        key="my-schools",
        title="My schools",
        for_whom=has_schools,
        build=my_schools.table,
        width=Width.WIDE,
    ),
    Section(
        key="unit",
        title="My unit and the schools it serves by name",
        for_whom=holders(Seat.UNIT_LEAD),
        build=unit.reach,
        width=Width.WIDE,
    ),
    Section(
        key="spans",
        title="ILDs, their schools and their distance from the superintendent",
        for_whom=LEADERS,
        build=district.spans,
        width=Width.WIDE,
        question="Can each ILD be with each principal, and is the role close to the top?",
    ),
    Section(
        key="serves-me",
        title="Who serves my school",
        for_whom=leads_a_school,
        build=own_school.who_serves_me,
    ),
    Section(
        key="signals",
        title="Beyond the usual range",
        for_whom=leads_a_school,
        build=my_schools.signals,
    ),
    Section(
        key="stale",
        title="Facts that look out of date",
        for_whom=leads_a_school,
        build=own_school.stale,
    ),
    Section(
        key="my-reports",
        title="What I said is wrong",
        for_whom=everyone,
        build=reports.my_own,
    ),
    Section(
        key="waiting",
        title="Facts said to be wrong, waiting for my answer",
        for_whom=answers_for_facts,
        build=reports.waiting,
    ),
    Section(
        key="profiles",
        title="Profiles changed lately",
        for_whom=is_near_schools,
        build=my_schools.profile_changes,
    ),
    Section(
        key="my-new",
        title="New principals",
        for_whom=is_near_schools,
        build=my_schools.new_principals,
    ),
    Section(
        key="my-moves",
        title="Reassignments coming",
        for_whom=is_near_schools,
        build=district.own_reorganization,
    ),
    Section(
        key="vacancies",
        title="Vacancies",
        for_whom=holders(
            Seat.DEPUTY, Seat.CHIEF, Seat.SUPERINTENDENT, Seat.BOARD_MEMBER
        ),
        build=district.vacancies,
    ),
    Section(
        key="moves",
        title="Reorganization coming",
        for_whom=LEADERS,
        build=district.reorganization,
    ),
    Section(
        key="new",
        title="New principals",
        for_whom=LEADERS,
        build=district.new_principals,
    ),
    Section(key="loads", title="Loads waiting", for_whom=ANALYSTS, build=records.loads),
    Section(
        key="refusals",
        title="Rows that were refused",
        for_whom=ANALYSTS,
        build=records.refusals,
    ),
    Section(
        key="restated",
        title="Restated values",
        for_whom=ANALYSTS,
        build=records.restatements,
    ),
    Section(
        key="gaps",
        title="Gaps in the data",
        for_whom=holders(Seat.ANALYST, Seat.DEPUTY, Seat.CHIEF, Seat.SUPERINTENDENT),
        build=records.gaps,
    ),
    Section(key="holds", title="Legal holds", for_whom=OFFICERS, build=records.holds),
    Section(key="due", title="Due for disposal", for_whom=OFFICERS, build=records.due),
    Section(
        key="exports",
        title="Exports about a person",
        for_whom=OFFICERS,
        build=records.exports,
    ),
    Section(
        key="found",
        title="What a look at the installation found",
        for_whom=ADMINISTRATORS,
        build=system.found,
    ),
    Section(
        key="jobs",
        title="Jobs that failed",
        for_whom=ADMINISTRATORS,
        build=system.failed_jobs,
    ),
    Section(
        key="accounts",
        title="Accounts without a second factor",
        for_whom=ADMINISTRATORS,
        build=system.accounts,
    ),
    Section(
        key="invitations",
        title="Invitations open",
        for_whom=ADMINISTRATORS,
        build=system.invitations,
    ),
    Section(
        key="networks",
        title="Networks and who leads them",
        for_whom=BOARD,
        build=district.networks,
        width=Width.BELOW,
    ),
    Section(
        key="indicators",
        title="Indicators of the district",
        for_whom=BOARD,
        build=district.indicators,
        width=Width.BELOW,
    ),
)

_BY_KEY = {section.key: section for section in SECTIONS}

DISTRICT: tuple[Section, ...] = tuple(
    replace(_BY_KEY[key], for_whom=everyone)
    for key in ("spans", "vacancies", "moves", "new", "indicators")
)
"""The sections of the district's own page, open to everyone with a post."""


def shown(morning: Morning, *, sections: Sequence[Section] = SECTIONS) -> list[Shown]:
    """Build the sections of a person's day, in their order."""
    mine = (one for one in sections if one.for_whom(morning.subject))
    built = ((one, one.build(morning)) for one in mine)
    return [Shown(section=one, told=told) for one, told in built if told is not None]


def lede(found: Iterable[Shown], *, most: int = 2) -> str:
    """Return the sentences that say what stands out today."""
    headlines = [one.told.headline for one in found if one.told.headline]
    return " ".join(headlines[:most])


def placed(found: Sequence[Shown]) -> dict[str, list[Shown]]:
    """Return sections by where they stand; half-wide ones fill the shorter column."""
    by_width = {
        width: [one for one in found if one.section.width is width] for width in Width
    }
    if len(by_width[Width.HALF]) == 1:
        # alone, half a page would stand beside nothing
        by_width[Width.WIDE] += by_width[Width.HALF]
        by_width[Width.HALF] = []
    left: list[Shown] = []
    right: list[Shown] = []
    for one in by_width[Width.HALF]:
        (left if _height(left) <= _height(right) else right).append(one)
    return {
        "wide": by_width[Width.WIDE],
        "halves": by_width[Width.HALF],
        "left": left,
        "right": right,
        "below": by_width[Width.BELOW],
    }


def _height(column: Iterable[Shown]) -> int:
    """Return about how many lines a column takes."""
    return sum(4 + 2 * len(one.told.lines) for one in column)
