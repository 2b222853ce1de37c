"""The school calendar: rolling the year over, terms, and days that differ from the rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.db import transaction

from schoolward.audit.record import record
from schoolward.base.http import insist
from schoolward.district import policies
from schoolward.district.actions.rows import locked
from schoolward.district.domain import ProposedDay, RuleError, in_words
from schoolward.district.models import DayException, School, SchoolYear, Term
from schoolward.kernel.actor import Actor


REASON = "the calendar around a change"


@dataclass(frozen=True, slots=True)
class TermPlan:
    """A term as it is wanted: its first and last instructional day."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class YearPlan:
    """A school year as it is wanted.

    Attributes:
        start_year: The calendar year it starts in.
        first: First instructional day.
        last: Last instructional day.
        terms: Its terms, in order.
        days: Days that differ from the rule for every school.
    """

    start_year: int
    first: date
    last: date
    terms: Sequence[TermPlan] = ()
    days: Sequence[ProposedDay] = ()


@transaction.atomic
def roll_over(plan: YearPlan, *, by: Actor, at: datetime) -> SchoolYear:
    """Begin a new school year with its terms and days.

    Goals are not copied: each school is offered its own of the last year.

    Raises:
        RuleError: The year is there already, or its days contradict each other or
            another year.
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    _refuse_year(plan)
    year = SchoolYear.objects.create(
        start_year=plan.start_year, first_date=plan.first, last_date=plan.last
    )
    _add_terms(year, plan.terms)
    _add_days(plan.days)
    record(
        "district.year.begun",
        by=by,
        at=at,
        target=year,
        first=str(plan.first),
        last=str(plan.last),
        terms=len(plan.terms),
        days=len(plan.days),
    )
    return year


def _add_terms(year: SchoolYear, terms: Sequence[TermPlan]) -> None:
    Term.objects.bulk_create(
        Term(
            school_year=year,
            name=one.name,
            first_date=one.first,
            last_date=one.last,
        )
        for one in terms
    )


def _add_days(days: Sequence[ProposedDay]) -> None:
    """Add district days that nobody set before."""
    rows = DayException.objects.unscoped(reason=REASON).filter(school=None)
    there = set(rows.values_list("day", flat=True))
    DayException.objects.bulk_create(
        DayException(
            day=one.day,
            kind=one.kind,
            name=one.name,
            office_is_open=one.office_is_open,
        )
        for one in days
        if one.day not in there
    )


def _refuse_year(plan: YearPlan, *, but: int = 0) -> None:
    if plan.last <= plan.first:
        msg = "Enter a last day after the first."
        raise RuleError(msg)
    years = SchoolYear.objects.unscoped(reason=REASON).exclude(pk=but)
    if years.filter(start_year=plan.start_year).exists():
        msg = f"The school year that starts in {plan.start_year} is there already."
        raise RuleError(msg)
    clash = years.filter(first_date__lte=plan.last, last_date__gte=plan.first).first()
    if clash is not None:
        msg = f"These days lie in {clash} too. Change one of the two years."
        raise RuleError(msg)
    _refuse_terms(plan)


def _refuse_terms(plan: YearPlan) -> None:
    terms = sorted(plan.terms, key=lambda one: one.first)
    if len({one.name for one in terms}) < len(terms):
        msg = "Two terms have one name. Give each a name of its own."
        raise RuleError(msg)
    for one in terms:
        if not plan.first <= one.first <= one.last <= plan.last:
            msg = f"{one.name} must begin and end within the year, from {in_words(plan.first)} to {in_words(plan.last)}."
            raise RuleError(msg)
    for one, following in pairwise(terms):
        if following.first <= one.last:
            msg = f"{following.name} begins before {one.name} ends."
            raise RuleError(msg)


@transaction.atomic
def change_year(
    year: SchoolYear, *, plan: YearPlan, by: Actor, at: datetime
) -> SchoolYear:
    """Change a year's first and last day and its terms.

    Raises:
        RuleError: Its days contradict each other or another year.
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    year = locked(year)
    _refuse_year(plan, but=year.pk)
    year.first_date, year.last_date = plan.first, plan.last
    year.save(update_fields=["first_date", "last_date"])
    Term.objects.unscoped(reason=REASON).filter(school_year=year).delete()
    _add_terms(year, plan.terms)
    record(
        "district.year.changed",
        by=by,
        at=at,
        target=year,
        first=str(plan.first),
        last=str(plan.last),
        terms=len(plan.terms),
    )
    return year


@dataclass(frozen=True, slots=True)
class DayMark:
    """What days are to be: for every school, or for one."""

    kind: str
    name: str = ""
    office_is_open: bool = False
    school: School | None = None


@transaction.atomic
def set_days(
    days: Sequence[date], *, mark: DayMark, by: Actor, at: datetime
) -> list[DayException]:
    """Set what days are, over what was set before.

    Args:
        days: One or more days.
        mark: What they are to be.
        by: Who acts.
        at: When.

    Raises:
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    rows = DayException.objects.unscoped(reason=REASON)
    rows.filter(school=mark.school, day__in=days).delete()
    made = DayException.objects.bulk_create(
        DayException(
            day=day,
            kind=mark.kind,
            name=mark.name,
            office_is_open=mark.office_is_open,
            school=mark.school,
        )
        for day in days
    )
    record(
        "district.days.set",
        by=by,
        at=at,
        target=mark.school,
        what=mark.kind,
        name=mark.name,
        days=", ".join(str(day) for day in days),
        where=mark.school.name if mark.school else "every school",
    )
    return made


@transaction.atomic
def clear_day(exception: DayException, *, by: Actor, at: datetime) -> None:
    """Let the rule hold again on a day.

    Raises:
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    exception = locked(exception)
    record(
        "district.days.cleared",
        by=by,
        at=at,
        target=exception.school,
        day=str(exception.day),
        what=exception.kind,
        name=exception.name,
        where=exception.school.name if exception.school else "every school",
    )
    exception.delete()
