"""Academic sessions as school years and terms.

The standard lets a session end on the day after its last one, yet most systems write the
last day itself. A file shows which: where one session begins on the day that another
ends, ends are read as the day after.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from schoolward.exchange.domain import (
    Aside,
    Item,
    Record,
    Refusal,
    Target,
    UnclearValueError,
    refusal_of,
)
from schoolward.exchange.oneroster.rows import Session
from schoolward.exchange.values import YearSpelling, day_of, school_year_of
from schoolward.kernel.schoolyear import SchoolYear


_TERMS = frozenset({"term", "semester"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A session with its days read.

    Attributes:
        session: As the file says it.
        year: The school year it belongs to.
        first: Its first day.
        last: Its last day.
    """

    session: Session
    year: SchoolYear
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Sessions:
    """School years and terms, and the rows that say neither."""

    dated: tuple[Dated, ...]
    others: tuple[Refusal | Aside, ...]

    def year_on(self, today: date) -> SchoolYear | None:
        """Return the school year the file is about: today's if it has it, else its last."""
        years = sorted({one.year for one in self.dated})
        current = SchoolYear.of(today)
        return current if current in years else (years[-1] if years else None)

    def items(self) -> Iterator[Item]:
        """Return a record for each school year, then for each of its terms."""
        yield from self.others
        for year in sorted({one.year for one in self.dated}):
            mine = [one for one in self.dated if one.year == year]
            yield _year(year, mine)
            yield from _terms(mine)


def read_sessions(sessions: Iterable[Session]) -> Sessions:
    """Read the days of sessions; grading periods and ended rows are set aside."""
    dated: list[Dated] = []
    others: list[Refusal | Aside] = []
    for session in sessions:
        if session.is_ended:
            others.append(
                Aside(row=session.row, reason="Session marked to be deleted.")
            )
        elif session.kind != "schoolyear" and session.kind not in _TERMS:
            others.append(Aside(row=session.row, reason="Grading period."))
        else:
            read = _dated(session)
            (dated if isinstance(read, Dated) else others).append(read)  # type: ignore[arg-type]
    return Sessions(dated=tuple(_with_last_days(dated)), others=tuple(others))


def _dated(session: Session) -> Dated | Refusal:
    column, text = "startDate", session.start
    try:
        first = day_of(text)
        column, text = "endDate", session.end
        last = day_of(text)
        column, text = "schoolYear", session.school_year
        year = _year_of(text) if text else SchoolYear.of(first)
    except UnclearValueError as problem:
        return refusal_of(problem, row=session.row, column=column, value=text)
    if last <= first:
        return Refusal(
            row=session.row,
            column="endDate",
            value=session.end[:200],
            reason="The session ends before it begins.",
            remedy="Correct the days of this row of academicSessions.csv.",
        )
    return Dated(session=session, year=year, first=first, last=last)


def _year_of(text: str) -> SchoolYear:
    """Read a school year; a bare year is the one in which it ends, as the standard says."""
    packed = re.sub(r"[T ].*$", "", text.strip())
    return school_year_of(packed, spelling=YearSpelling.ENDING)


def _with_last_days(dated: list[Dated]) -> Iterator[Dated]:
    starts = {one.first for one in dated}
    day = timedelta(days=1 if any(one.last in starts for one in dated) else 0)
    for one in dated:
        yield Dated(
            session=one.session, year=one.year, first=one.first, last=one.last - day
        )


def _year(year: SchoolYear, sessions: list[Dated]) -> Record:
    """Return a school year: as its own session says, else from its terms."""
    own = [one for one in sessions if one.session.kind == "schoolyear"] or sessions
    fields: dict[str, object] = {
        "kind": "year",
        "start_year": year.start,
        "first_date": min(one.first for one in own),
        "last_date": max(one.last for one in own),
    }
    return Record(row=own[0].session.row, target=Target.CALENDAR, fields=fields)


def _terms(sessions: list[Dated]) -> Iterator[Item]:
    """Return terms; the same one given for every school is one, two of a name are refused."""
    known: dict[str, tuple[date, date]] = {}
    for one in (one for one in sessions if one.session.kind in _TERMS):
        session = one.session
        days = known.setdefault(session.title, (one.first, one.last))
        if days != (one.first, one.last) or not session.title:
            yield Refusal(
                row=session.row,
                column="title",
                value=session.title[:200],
                reason="Another term of this school year bears this name.",
                remedy="Give each term of a school year a name of its own.",
            )
            continue
        fields: dict[str, object] = {
            "kind": "term",
            "start_year": one.year.start,
            "name": session.title,
            "first_date": one.first,
            "last_date": one.last,
        }
        yield Record(row=session.row, target=Target.CALENDAR, fields=fields)
