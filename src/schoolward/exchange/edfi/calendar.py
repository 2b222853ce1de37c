"""Sessions as school years and terms; calendar dates as the days that differ from the rule.

Ed-Fi keeps sessions and dates for each school. What most schools have is the district's;
a day on which all schools agree is the district's day, any other is the school's own.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from schoolward.district.models import DayKind
from schoolward.exchange.domain import (
    Aside,
    Item,
    Record,
    Refusal,
    Target,
    UnclearValueError,
    UnreadableFileError,
    refusal_of,
)
from schoolward.exchange.edfi.descriptors import Descriptors, code_of
from schoolward.exchange.edfi.entities import Entity, Node
from schoolward.exchange.edfi.places import Places
from schoolward.exchange.values import YearSpelling, day_of, school_year_of
from schoolward.kernel.schoolyear import SchoolYear
from schoolward.kernel.workdays import SATURDAY


Days = tuple[date, date]
_OPEN = frozenset({DayKind.BREAK, DayKind.PD, DayKind.INSTRUCTIONAL})
"""Kinds of days on which the central office works although no school may teach."""
DAYS_MOST = 2_000_000
"""Days times schools that are looked at together."""


@dataclass(kw_only=True)
class Calendar:
    """Sessions and dates of all schools, gathered before any is handed over.

    Attributes:
        places: The organizations of the bundle.
        descriptors: What codes mean.
        sessions: Days of each session, by year and name, and how many schools have them.
        kinds: What a day is, by day and school; the name of it in words.
        schools: Every school that has a calendar.
        problems: Rows that say nothing.
        as_the_rule: How many days are what the rule says anyway.
        kept: How many days are held, counted once for each school.
        keys: From the `id` of a calendar to its school.
    """

    places: Places
    descriptors: Descriptors
    sessions: dict[tuple[SchoolYear, str], Counter[Days]] = field(default_factory=dict)
    kinds: dict[date, dict[str, tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    schools: set[str] = field(default_factory=set)
    problems: list[Refusal] = field(default_factory=list)
    as_the_rule: int = 0
    kept: int = 0
    keys: dict[str, str] = field(default_factory=dict)

    def add(self, entity: Entity) -> None:
        """Take in one entity."""
        node = entity.node
        school_id = self._school(node)
        if node.tag == "Calendar":
            self.keys[node.key] = school_id
            return
        if school_id:
            self.schools.add(school_id)
        try:
            if node.tag == "Session":
                self._add_session(node)
            else:
                self._add_day(node, school_id)
        except UnclearValueError as problem:
            column = f"{node.tag}/{'BeginDate' if node.tag == 'Session' else 'Date'}"
            value = node.value("BeginDate") or node.value("Date")
            self.problems.append(
                refusal_of(problem, row=entity.row, column=column, value=value)
            )

    def _school(self, node: Node) -> str:
        calendar = node.find("CalendarReference")
        if calendar and calendar.ref in self.keys:
            return self.keys[calendar.ref]
        return self.places.id_in(node, "SchoolReference")

    def _add_session(self, node: Node) -> None:
        first, last = day_of(node.value("BeginDate")), day_of(node.value("EndDate"))
        if last <= first:
            msg = "The session ends before it begins."
            raise UnclearValueError(msg, "Correct its days and export it again.")
        text = node.value("SchoolYear")
        year = (
            school_year_of(text, spelling=YearSpelling.ENDING)
            if text
            else SchoolYear.of(first)
        )
        name = node.value("SessionName")[:80]
        self.sessions.setdefault((year, name), Counter())[first, last] += 1

    def _add_day(self, node: Node, school_id: str) -> None:
        day = day_of(node.value("Date"))
        said = [
            (self.descriptors.meaning("days", event), code_of(event)[:120])
            for event in node.values("CalendarEvent")
        ]
        known = [(kind, words) for kind, words in said if kind]
        if not known:
            return
        teaches = next((one for one in known if one[0] == DayKind.INSTRUCTIONAL), None)
        kind, words = teaches or known[0]
        if (kind == DayKind.INSTRUCTIONAL) == (day.weekday() < SATURDAY):
            self.as_the_rule += 1
            kind = ""
        self._keep(day, school_id, kind=kind, words=words)

    def _keep(self, day: date, school_id: str, *, kind: str, words: str) -> None:
        """Keep what a day is; of several calendars of a school, teaching decides."""
        of_day = self.kinds[day]
        if school_id in of_day and not kind:
            of_day[school_id] = (kind, words)
        elif school_id not in of_day:
            of_day[school_id] = (kind, words)
            self.kept += 1
        if self.kept > DAYS_MOST:
            msg = f"The calendars hold more than {DAYS_MOST:,} days. Load fewer years."
            raise UnreadableFileError(msg)

    def year_on(self, today: date) -> SchoolYear | None:
        """Return the school year the files are about: today's if there, else the last."""
        years = sorted({year for year, _ in self.sessions})
        current = SchoolYear.of(today)
        return current if current in years else (years[-1] if years else None)

    def items(self) -> Iterator[Item]:
        """Return school years, terms, then days."""
        yield from self.problems
        yield from self._years()
        if self.as_the_rule:
            reason = "Day as the rule has it: nothing to keep."
            yield Aside(row=0, reason=reason, count=self.as_the_rule)
        for day in sorted(self.kinds):
            yield from self._day(day)

    def _years(self) -> Iterator[Item]:
        usual = {
            key: found.most_common(1)[0][0] for key, found in self.sessions.items()
        }
        for year in sorted({year for year, _ in usual}):
            mine = {name: days for (of, name), days in usual.items() if of == year}
            yield _calendar(
                kind="year",
                start_year=year.start,
                first_date=min(first for first, _ in mine.values()),
                last_date=max(last for _, last in mine.values()),
            )
            for name, (first, last) in mine.items():
                yield _calendar(
                    kind="term",
                    start_year=year.start,
                    name=name,
                    first_date=first,
                    last_date=last,
                )
        odd = sum(
            sum(found.values()) - max(found.values())
            for found in self.sessions.values()
        )
        if odd:
            reason = "Session on other days than most schools have; theirs is the term."
            yield Aside(row=0, reason=reason, count=odd)

    def _day(self, day: date) -> Iterator[Item]:
        said = self.kinds[day]
        everyone = set(said.values())
        everywhere = "" in said or said.keys() >= self._all_schools()
        if everywhere and len(everyone) == 1:
            yield from _exception(day, *everyone.pop(), school_id="")
            return
        for school_id, (kind, words) in said.items():
            yield from _exception(day, kind, words, school_id=school_id)

    def _all_schools(self) -> set[str]:
        here = {one for one in self.places.orgs if self.places.is_school(one)}
        return (here | self.schools) or {""}


def _exception(day: date, kind: str, words: str, *, school_id: str) -> Iterator[Record]:
    if not kind:
        return
    fields = {
        "kind": "day",
        "day": day,
        "day_kind": kind,
        "name": words,
        "office_is_open": kind in _OPEN,
    }
    if school_id:
        fields["school_id"] = school_id
    yield _calendar(**fields)


def _calendar(**fields: object) -> Record:
    return Record(row=0, target=Target.CALENDAR, fields=fields)
