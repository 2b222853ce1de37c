"""What the simulated district consists of, decided from one seed before anything is built."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from schoolward.config.demo import cast
from schoolward.config.demo.evidence import SchoolSize
from schoolward.config.demo.names import FAMILY, GIVEN
from schoolward.district.models import Capacity, Level
from schoolward.kernel.seats import Seat


YEAR = 2026
TODAY = date(2026, 11, 19)
"""A Thursday; the demo's clock stands here."""

YEAR_START = date(2026, 7, 1)
REORGANIZED = date(2025, 7, 1)
FOUNDED = date(2016, 7, 1)
STUDENTS = {Level.ELEMENTARY: 400, Level.K8: 560, Level.MIDDLE: 620, Level.HIGH: 1250}


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolPlan:
    """One school: what it is, who leads it, and whom it belongs to."""

    code: str
    name: str
    level: Level
    grades: str
    students: int
    network: int
    earlier_network: int | None
    principal: str
    since: date
    capacity: Capacity
    assistants: tuple[str, ...]
    partners: tuple[int, ...]
    story: str

    @property
    def size(self) -> SchoolSize:
        """Return what the numbers need to know."""
        return SchoolSize(
            code=self.code, level=self.level, students=self.students, story=self.story
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitPlan:
    """One unit: what it is for, who leads it, and its partners of schools."""

    name: str
    purpose: str
    lead: str
    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficePlan:
    """A seat of the central office outside the units."""

    seat: Seat
    name: str
    title: str
    reports_to: Seat | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictPlan:
    """The whole simulated district."""

    seed: int
    schools: Sequence[SchoolPlan]
    units: Sequence[UnitPlan]
    office: Sequence[OfficePlan]


OFFICE = (
    OfficePlan(
        seat=Seat.SUPERINTENDENT,
        name="Eleanor Voss",
        title="Superintendent",
        reports_to=None,
    ),
    OfficePlan(
        seat=Seat.CHIEF,
        name="Grace Mwangi",
        title="Chief academic officer",
        reports_to=Seat.SUPERINTENDENT,
    ),
    OfficePlan(
        seat=Seat.DEPUTY,
        name="Adaeze Obi",
        title="Deputy for schools",
        reports_to=Seat.SUPERINTENDENT,
    ),
    OfficePlan(
        seat=Seat.ANALYST,
        name="Priscilla Lindgren",
        title="Senior analyst",
        reports_to=Seat.CHIEF,
    ),
    OfficePlan(
        seat=Seat.RECORDS_OFFICER,
        name="Ruth Amato",
        title="Records officer",
        reports_to=Seat.SUPERINTENDENT,
    ),
    OfficePlan(
        seat=Seat.ADMINISTRATOR,
        name="Dmitri Halloran",
        title="Systems administrator",
        reports_to=Seat.SUPERINTENDENT,
    ),
    OfficePlan(
        seat=Seat.BOARD_MEMBER,
        name="Harriet Cole",
        title="Board member",
        reports_to=None,
    ),
)


class _Names:
    """Invented names, each used once."""

    def __init__(self, draw: Random) -> None:
        self._draw = draw
        self._taken = {person for _, _, _, person in cast.NAMED_SCHOOLS}
        self._taken |= {name for name, _, _ in cast.ILDS}
        self._taken |= {first for _, _, first, _ in cast.UNITS}
        self._taken |= {one.name for one in OFFICE}

    def next(self) -> str:
        """Return a name nobody has yet."""
        while True:
            name = f"{self._draw.choice(GIVEN)} {self._draw.choice(FAMILY)}"
            if name not in self._taken:
                self._taken.add(name)
                return name


def make_plan(*, seed: int) -> DistrictPlan:
    """Decide the whole district from a seed; the same seed gives the same district."""
    draw = Random(seed)  # noqa: S311
    names = _Names(draw)
    units = tuple(_units(names))
    schools = tuple(_schools(draw, names, units))
    return DistrictPlan(seed=seed, schools=schools, units=units, office=OFFICE)


def _units(names: _Names) -> Iterator[UnitPlan]:
    for name, purpose, first, count in cast.UNITS:
        partners = (first, *(names.next() for _ in range(count - 1)))
        yield UnitPlan(name=name, purpose=purpose, lead=names.next(), partners=partners)


def _schools(
    draw: Random, names: _Names, units: Sequence[UnitPlan]
) -> Iterator[SchoolPlan]:
    rows = [*cast.NAMED_SCHOOLS, *_more(draw, names)]
    networks = [n for n, (_, _, count) in enumerate(cast.ILDS) for _ in range(count)]
    for number, ((name, level, grades, principal), network) in enumerate(
        zip(rows, networks, strict=True)
    ):
        yield SchoolPlan(
            code=f"{2101 + 7 * number}",
            name=name,
            level=level,
            grades=grades,
            students=round(STUDENTS[level] * draw.uniform(0.55, 1.4)),
            network=network,
            earlier_network=(network + 1) % 5
            if number in {4, 13, 14, 22, 30, 39}
            else None,
            principal=principal,
            since=_since(draw, number),
            capacity=_capacity(number),
            assistants=tuple(names.next() for _ in range(_assistants(level))),
            partners=_partners(draw, units, first=number == 0),
            story=_story(number),
        )


def _more(draw: Random, names: _Names) -> list[tuple[str, Level, str, str]]:
    rows = list(cast.MORE_SCHOOLS)
    draw.shuffle(rows)
    made = []
    for stem, level in rows:
        suffix, grades = cast.SUFFIX[level]
        made.append((f"{stem} {suffix}", level, grades, names.next()))
    return made


def _since(draw: Random, number: int) -> date:
    """Return when the principal began; five are new this year, Raman is in her third."""
    if number == 0:
        return date(2024, 7, 1)
    if number in {2, 11, 19, 28, 36}:
        return YEAR_START
    return date(YEAR - draw.choice((1, 2, 2, 3, 4, 4, 5, 6, 8, 9)), 7, 1)


def _capacity(number: int) -> Capacity:
    return {11: Capacity.INTERIM, 33: Capacity.ACTING}.get(number, Capacity.REGULAR)


def _assistants(level: Level) -> int:
    return {Level.HIGH: 3, Level.MIDDLE: 1, Level.K8: 1}.get(level, 0)


def _partners(
    draw: Random, units: Sequence[UnitPlan], *, first: bool
) -> tuple[int, ...]:
    """Return, for each unit, which of its partners serves the school."""
    return tuple(0 if first else draw.randrange(len(unit.partners)) for unit in units)


def _story(number: int) -> str:
    if number in {0, 5, 17, 25, 31}:
        return "rising"
    return "falling" if number in {1, 2, 12, 20, 29, 37} else ""
