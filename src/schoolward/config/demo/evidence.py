"""The simulated district's numbers: made from one seed, written as the files a unit sends.

Each school has a level of its own that drifts a little every year. Counts come from
students; shares are counts divided, so that totals agree with their parts. Spring 2020
was not tested, so that year is missing, as it was everywhere.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from schoolward.district.models import Level


FIRST_YEAR, LAST_YEAR, NOT_TESTED = 2016, 2025, 2019
ELEMENTARY = frozenset({Level.ELEMENTARY, Level.K8})
MIDDLE = frozenset({Level.MIDDLE, Level.K8})
HIGH = frozenset({Level.HIGH})
ALL = ELEMENTARY | MIDDLE | HIGH


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One indicator of the simulated district and how its values arise.

    Attributes:
        key: Its key in the catalogue.
        levels: Levels of school that have it.
        base: The district's level, as a share.
        spread: How far schools lie apart (standard deviation, as a share).
        noise: How much a school's true share moves from year to year.
        per_student: The part of a school's students in its denominator.
        tested: Whether it rests on spring tests.
        groups: Whether it is also given for groups of students.
    """

    key: str
    levels: frozenset[Level]
    base: float
    spread: float
    noise: float
    per_student: float
    tested: bool = False
    groups: bool = False


MEASURES = (
    Measure(
        key="attendance",
        levels=ALL,
        base=0.928,
        spread=0.018,
        noise=0.006,
        per_student=170.0,
    ),
    Measure(
        key="chronic_absence",
        levels=ALL,
        base=0.17,
        spread=0.05,
        noise=0.018,
        per_student=1.0,
        groups=True,
    ),
    Measure(
        key="reading_3",
        levels=ELEMENTARY,
        base=0.46,
        spread=0.11,
        noise=0.03,
        per_student=0.15,
        tested=True,
        groups=True,
    ),
    Measure(
        key="math_5",
        levels=ELEMENTARY,
        base=0.42,
        spread=0.11,
        noise=0.03,
        per_student=0.15,
        tested=True,
        groups=True,
    ),
    Measure(
        key="math_8",
        levels=MIDDLE,
        base=0.38,
        spread=0.1,
        noise=0.03,
        per_student=0.28,
        tested=True,
        groups=True,
    ),
    Measure(
        key="on_track_9",
        levels=HIGH,
        base=0.84,
        spread=0.06,
        noise=0.02,
        per_student=0.27,
        groups=True,
    ),
    Measure(
        key="graduation_4",
        levels=HIGH,
        base=0.81,
        spread=0.07,
        noise=0.015,
        per_student=0.23,
        groups=True,
    ),
    Measure(
        key="explains_strategy",
        levels=ALL,
        base=0.31,
        spread=0.12,
        noise=0.06,
        per_student=0.09,
    ),
    Measure(
        key="teachers_return",
        levels=ALL,
        base=0.84,
        spread=0.06,
        noise=0.04,
        per_student=0.068,
    ),
    Measure(
        key="posts_filled",
        levels=ALL,
        base=0.95,
        spread=0.03,
        noise=0.025,
        per_student=0.068,
    ),
)

GROUPS = (
    ("English learners", 0.18, -0.12),
    ("Students with disabilities", 0.14, -0.16),
    ("Low income", 0.62, -0.05),
)
"""Groups of students: their part of a school, and how far from its share."""

LOWER_IS_BETTER = frozenset({"chronic_absence"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of the file a unit sends."""

    school: str
    year: int
    indicator: str
    group: str
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolSize:
    """What the numbers need to know of a school."""

    code: str
    level: Level
    students: int
    story: str = ""


def facts(schools: Sequence[SchoolSize], *, seed: int) -> Iterator[Fact]:
    """Yield every value of every school and year, always in the same order."""
    for school in schools:
        for measure in MEASURES:
            if school.level in measure.levels:
                draw = Random(f"{seed}-{school.code}-{measure.key}")  # noqa: S311
                yield from _history(school, measure, draw)


def _history(school: SchoolSize, measure: Measure, draw: Random) -> Iterator[Fact]:
    share = measure.base + draw.gauss(0, measure.spread)
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        share += draw.gauss(0, measure.noise) - 0.1 * (share - measure.base)
        true = _told(share, school, measure, year)
        students = round(school.students * (1 + 0.02 * draw.gauss(0, 1)))
        if not (measure.tested and year == NOT_TESTED):
            yield from _year(
                school, measure, draw, year=year, share=true, students=students
            )


def _told(share: float, school: SchoolSize, measure: Measure, year: int) -> float:
    """Bend the last year of the schools that have a story to tell."""
    if year < LAST_YEAR or not school.story:
        return share
    better = -1 if measure.key in LOWER_IS_BETTER else 1
    push = {"rising": 0.16, "falling": -0.16}.get(school.story, 0.0)
    return share + better * push * min(1.0, measure.spread / 0.1)


def _year(
    school: SchoolSize,
    measure: Measure,
    draw: Random,
    *,
    year: int,
    share: float,
    students: int,
) -> Iterator[Fact]:
    whole = max(6, round(students * measure.per_student))
    yield _fact(
        school,
        measure,
        year=year,
        group="",
        whole=whole,
        count=_count(draw, whole, share),
    )
    if measure.groups:
        for group, part, shift in GROUPS:
            better = -1 if measure.key in LOWER_IS_BETTER else 1
            some = max(2, round(whole * part * (1 + 0.15 * draw.gauss(0, 1))))
            count = _count(draw, some, share + better * shift)
            yield _fact(
                school, measure, year=year, group=group, whole=some, count=count
            )


def _count(draw: Random, whole: int, share: float) -> int:
    """Draw how many of a whole, near a share, never outside it."""
    inside = min(0.99, max(0.01, share))
    spread = (inside * (1 - inside) * whole) ** 0.5 * 0.6
    return min(whole, max(0, round(draw.gauss(inside * whole, spread))))


def _fact(
    school: SchoolSize,
    measure: Measure,
    *,
    year: int,
    group: str,
    whole: int,
    count: int,
) -> Fact:
    return Fact(
        school=school.code,
        year=year,
        indicator=measure.key,
        group=group,
        numerator=count,
        denominator=whole,
    )
