"""What a delivery says of posts: who holds which, from when, and which it lists no more."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from schoolward.district.models import Post
from schoolward.exchange.domain import Counts, Target
from schoolward.exchange.models import Origin
from schoolward.exchange.planning import state
from schoolward.exchange.planning.base import Plan
from schoolward.exchange.timeline import Held, hold, observe


class Manner(NamedTuple):
    """How a post is held; a change of manner begins a new row."""

    capacity: str
    title: str


class Subject(NamedTuple):
    """What makes a post the same in two files of one source."""

    seat: str
    place: str
    position: str
    holder: str

    @property
    def key(self) -> str:
        """Return the text by which the subject is known again."""
        return "|".join(self)[:255]


@dataclass(slots=True)
class Told:
    """What a file says of one post on one day."""

    manner: Manner
    columns: dict[str, Any]
    start: date | None
    end: date | None
    person_is_new: bool = False


@dataclass(slots=True)
class Posts:
    """Plans posts once all records of a delivery are read, day by day."""

    plan: Plan
    confirmed: list[date] = field(init=False)
    _stored: dict[str, list[Held[Manner]]] = field(init=False)
    _columns: dict[int, state.Row] = field(default_factory=dict)
    _strangers: dict[tuple[str, str, str], list[int]] = field(init=False)
    _days: dict[date, dict[str, Told]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    _gone: list[tuple[int, date]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read the posts there are, those of this source by their key."""
        self.confirmed = state.confirmed_days(self.plan.source_key, Target.PEOPLE)
        self._columns = {row["id"]: row for row in state.rows_of(Post)}
        origins = list(
            state.rows_of(Origin, "key", "post_id", source_key=self.plan.source_key)
        )
        self._stored = defaultdict(list)
        for row in origins:
            self._stored[row["key"]].append(_held(self._columns[row["post_id"]]))
        for spans in self._stored.values():
            spans.sort(key=lambda span: span.start)
        ours = {row["post_id"] for row in origins}
        self._strangers = defaultdict(list)
        for pk, row in self._columns.items():
            if pk not in ours:
                self._strangers[_likeness(row)].append(pk)

    def tell(self, subject: Subject, told: Told, *, day: date) -> None:
        """Take up that a file lists a post on a day; vacant twins are told apart."""
        listed, key, twin = self._days[day], subject.key, 2
        while not told.columns["person_id"] and key in listed:
            key = f"{subject.key}#{twin}"
            twin += 1
        listed[key] = told

    def end_person(self, person_id: int, *, day: date) -> None:
        """Take up that a source no longer knows a person."""
        self._gone.append((person_id, day))

    def finish(self) -> None:
        """Plan all posts, the earliest day first."""
        complete = Target.PEOPLE in self.plan.delivery.complete
        wanted: dict[str, list[Held[Manner]]] = {}
        columns: dict[str, Told] = {}
        known = list(self.confirmed)
        for day in sorted(self._days):
            listed = self._days[day]
            for key, told in listed.items():
                spans = wanted.get(key)
                spans = self._known_spans(key, told, day) if spans is None else spans
                wanted[key] = _with(spans, told, day=day, confirmed=known)
                columns[key] = told
            if complete and listed:
                self._end_absent(wanted, listed, day, known)
                self.plan.keep_day(Target.PEOPLE, day, self.confirmed)
                known = list(self.confirmed)
        self._end_gone(wanted)
        listed_keys = {key for listed in self._days.values() for key in listed}
        for key, spans in wanted.items():
            self._write(key, spans, columns.get(key), is_listed=key in listed_keys)

    def _known_spans(self, key: str, told: Told, day: date) -> list[Held[Manner]]:
        """Return a post's spans; one that nobody's source claims yet is taken over."""
        if key in self._stored:
            return self._stored[key]
        for pk in self._strangers.get(_likeness(told.columns), ()):
            row = self._columns[pk]
            if _held(row).holds(told.start or day) or _held(row).holds(day):
                self._strangers[_likeness(told.columns)].remove(pk)
                self._origin(key, pk)
                adopted = Held(row["start_date"], row["end_date"], told.manner, pk)
                self._stored[key] = [adopted]
                return [adopted]
        return []

    def _end_absent(
        self,
        wanted: dict[str, list[Held[Manner]]],
        listed: dict[str, Told],
        day: date,
        known: list[date],
    ) -> None:
        for key in {*self._stored, *wanted} - listed.keys():
            spans = wanted.get(key, self._stored.get(key, []))
            if any(span.holds(day) and span.start < day for span in spans):
                wanted[key] = observe(spans, day=day, value=None, confirmed=known)

    def _end_gone(self, wanted: dict[str, list[Held[Manner]]]) -> None:
        people = dict(self._gone)
        for key, stored in self._stored.items():
            spans = wanted.get(key, stored)
            holder = self._columns[stored[0].key]["person_id"] if stored else None
            day = people.get(holder) if holder else None
            if day and any(span.holds(day) and span.start < day for span in spans):
                wanted[key] = observe(spans, day=day, value=None)

    def _write(
        self, key: str, spans: list[Held[Manner]], told: Told | None, *, is_listed: bool
    ) -> None:
        before = self._stored.get(key, [])
        shared = told.columns if told else _shared(self._columns[before[0].key])
        written = self.plan.write_spans(
            Post, before, spans, row_of=self._row_maker(shared, told)
        )
        stored = {span.key for span in before}
        for span in written:
            if span.key not in stored:
                self._origin(key, span.key)
        detail = bool(told) and self._details(written, told, stored)
        self._count(before, written, detail=detail, told=told, is_listed=is_listed)

    def _row_maker(
        self, shared: dict[str, Any], told: Told | None
    ) -> Callable[[Held[Manner]], dict[str, Any]]:
        first = self.confirmed[0] if self.confirmed else None

        def row_of(span: Held[Manner]) -> dict[str, Any]:
            dated = bool(told and told.start)
            return shared | {
                "capacity": span.value.capacity,
                "title": span.value.title,
                "held_before": not dated and first is not None and span.start <= first,
            }

        return row_of

    def _details(
        self, written: list[Held[Manner]], told: Told | None, stored: set[int]
    ) -> bool:
        """Plan the share of a full post and the number on the latest span."""
        latest = written[-1] if written else None
        if told is None or latest is None or latest.key not in stored:
            return False
        row = self._columns[latest.key]
        wanted = {
            name: told.columns[name]
            for name in ("fte", "position_number", "reports_to_id")
            if told.columns.get(name) not in (None, "")
        }
        return self.plan.changes.update(Post, latest.key, before=row, **wanted)

    def _origin(self, key: str, post_id: int) -> None:
        self.plan.changes.insert(
            Origin, source_key=self.plan.source_key, key=key, post_id=post_id
        )

    def _count(
        self,
        before: list[Held[Manner]],
        after: list[Held[Manner]],
        *,
        detail: bool,
        told: Told | None,
        is_listed: bool,
    ) -> None:
        runs, ran = _runs(after), _runs(before)
        if not before:
            counts = Counts(new=1)
        elif ran and not runs:
            counts = Counts(ended=1)
        elif before != after:
            counts = Counts(changed=1, weighty=1)
        elif detail or (told and told.person_is_new):
            counts = Counts(changed=1)
        else:
            counts = Counts(unchanged=1)
        if is_listed or counts.touched:
            self.plan.counts += counts


def _with(
    spans: list[Held[Manner]], told: Told, *, day: date, confirmed: list[date]
) -> list[Held[Manner]]:
    if told.start is None:
        after = observe(spans, day=day, value=told.manner, confirmed=confirmed)
        return after if told.end is None else _ended(after, told.end)
    return hold(spans, start=told.start, end=told.end, value=told.manner)


def _ended(spans: list[Held[Manner]], end: date) -> list[Held[Manner]]:
    if not any(span.holds(end) and span.start < end for span in spans):
        return spans
    return observe(spans, day=end, value=None)


def _runs(spans: list[Held[Manner]]) -> bool:
    return any(span.end is None for span in spans)


def _held(row: state.Row) -> Held[Manner]:
    manner = Manner(row["capacity"], row["title"])
    return Held(row["start_date"], row["end_date"], manner, row["id"])


def _likeness(row: dict[str, Any]) -> tuple[str, str, str]:
    """Return what a post of another origin must share to be the same one."""
    return (row["seat"], place_of(row), str(row["person_id"]))


def place_of(row: dict[str, Any]) -> str:
    """Return a post's place as a short text.

    >>> place_of({"school_id": 7, "unit_id": None, "network_id": None})
    's7'
    """
    for letter, name in (("s", "school_id"), ("u", "unit_id"), ("n", "network_id")):
        if row.get(name):
            return f"{letter}{row[name]}"
    return ""


def _shared(row: state.Row) -> dict[str, Any]:
    """Return the columns that all spans of a post share."""
    own = {"id", "start_date", "end_date", "capacity", "title", "held_before"}
    return {name: value for name, value in row.items() if name not in own}
