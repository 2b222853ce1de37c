"""The school calendar: which days are instructional, closed, or neither."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from schoolward.district import domain
from schoolward.district.models import DayException, DayKind, SchoolYear, Term
from schoolward.kernel import schoolyear


REASON = "the calendar is open to everyone"
CLOSED_KINDS = (DayKind.HOLIDAY, DayKind.BREAK, DayKind.CLOSED)


@dataclass(frozen=True, slots=True)
class TermLine:
    """A term with its first and last instructional day."""

    pk: int
    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DayLine:
    """A day that differs from the rule, for the district or for one school."""

    pk: int
    day: date
    kind: str
    kind_label: str
    name: str
    office_is_open: bool
    school_id: int | None
    school_name: str

    @property
    def title(self) -> str:
        """Return the day and what it is."""
        return f"{self.day:%a, %b %-d}: {self.name or self.kind_label}"

    @property
    def where(self) -> str:
        """Return for whom it holds."""
        return self.school_name or "Every school"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPage:
    """A school year with its terms and the days that differ."""

    pk: int
    year: schoolyear.SchoolYear
    first: date
    last: date
    terms: tuple[TermLine, ...]
    days: tuple[DayLine, ...]
    instructional_count: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """All that decides what days are: for the district, or for one school."""

    years: tuple[tuple[date, date], ...]
    district: dict[date, str]
    school: dict[date, str]

    def kind(self, day: date) -> domain.Day:
        """Return what a day is."""
        first, last = next(
            (span for span in self.years if span[0] <= day <= span[1]),
            (date.max, date.min),
        )
        rule = domain.DayRule(first, last, self.district, self.school)
        return domain.day_rule(day, rule)


def calendar_of(start: date, end: date, *, school_id: int | None = None) -> Calendar:
    """Return what decides the days from a first up to and with a last, in two queries."""
    years = SchoolYear.objects.unscoped(reason=REASON).filter(
        first_date__lte=end, last_date__gte=start
    )
    rows = DayException.objects.unscoped(reason=REASON).filter(day__range=(start, end))
    mine = (
        rows.filter(Q(school=None) | Q(school=school_id))
        if school_id
        else rows.filter(school=None)
    )
    found = list(mine.values_list("day", "kind", "school_id"))
    return Calendar(
        tuple(years.values_list("first_date", "last_date")),
        {day: kind for day, kind, school in found if school is None},
        {day: kind for day, kind, school in found if school is not None},
    )


def school_days(
    *, start: date, end: date, school_id: int | None = None
) -> tuple[date, ...]:
    """Return the instructional days from a first up to and with a last."""
    known = calendar_of(start, end, school_id=school_id)
    days = (start + timedelta(days=n) for n in range((end - start).days + 1))
    return tuple(day for day in days if known.kind(day) == domain.Day.INSTRUCTIONAL)


def instructional_days(*, start: date, end: date, school_id: int | None = None) -> int:
    """Count the instructional days from a first up to and with a last."""
    return len(school_days(start=start, end=end, school_id=school_id))


def day_kind(day: date, *, school_id: int | None = None) -> domain.Day:
    """Return what a day is, for the district or for one school."""
    return calendar_of(day, day, school_id=school_id).kind(day)


def closed_days(start: date, end: date) -> frozenset[date]:
    """Return the days on which the central office is closed, weekends aside.

    For `kernel.workdays`: holidays, breaks and closures whose row does not say that
    the office is open.
    """
    rows = DayException.objects.unscoped(reason=REASON).filter(
        school=None,
        day__range=(start, end),
        kind__in=CLOSED_KINDS,
        office_is_open=False,
    )
    return frozenset(rows.values_list("day", flat=True))


def school_week(day: date) -> int | None:
    """Return in which week of its school year a day lies, from 1; None outside a year.

    Weeks run Monday to Sunday; the first holds the first instructional day.
    """
    years = SchoolYear.objects.unscoped(reason=REASON)
    year = years.filter(first_date__lte=day, last_date__gte=day).first()
    if year is None:
        return None
    monday = year.first_date - timedelta(days=year.first_date.weekday())
    return (day - monday).days // 7 + 1


def school_year_of(day: date) -> schoolyear.SchoolYear:
    """Return the school year of a day: the recorded one, else the one turning on 1 July."""
    years = SchoolYear.objects.unscoped(reason=REASON)
    year = years.filter(first_date__lte=day, last_date__gte=day).first()
    return year.year if year else schoolyear.SchoolYear.of(day)


def school_years() -> tuple[schoolyear.SchoolYear, ...]:
    """Return the recorded school years, the latest first."""
    rows = SchoolYear.objects.unscoped(reason=REASON).order_by("-start_year")
    return tuple(row.year for row in rows)


def year_page(start_year: int, *, school_id: int | None = None) -> YearPage | None:
    """Return a school year with terms and days.

    Args:
        start_year: The calendar year it starts in.
        school_id: Count instructional days for this school; None for the district.
    """
    rows = SchoolYear.objects.unscoped(reason=REASON).filter(start_year=start_year)
    row = rows.prefetch_related(None).first()
    if row is None:
        return None
    terms = Term.objects.unscoped(reason=REASON).filter(school_year=row)
    return YearPage(
        pk=row.pk,
        year=row.year,
        first=row.first_date,
        last=row.last_date,
        terms=tuple(
            TermLine(one.pk, one.name, one.first_date, one.last_date)
            for one in terms.order_by("first_date")
        ),
        days=_days_of(row.year),
        instructional_count=instructional_days(
            start=row.first_date, end=row.last_date, school_id=school_id
        ),
    )


def _days_of(year: schoolyear.SchoolYear) -> tuple[DayLine, ...]:
    rows = DayException.objects.unscoped(reason=REASON).filter(
        day__range=(year.first_day, year.last_day)
    )
    ordered = rows.select_related("school").order_by("day", "school__name")
    return tuple(
        DayLine(
            pk=row.pk,
            day=row.day,
            kind=row.kind,
            kind_label=row.get_kind_display(),
            name=row.name,
            office_is_open=row.office_is_open,
            school_id=row.school_id,
            school_name=row.school.name if row.school else "",
        )
        for row in ordered
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the next school year may look like, from the last one."""

    start_year: int
    first: date
    last: date
    terms: Sequence[tuple[str, date, date]]
    days: Sequence[domain.ProposedDay]


def rollover_proposal() -> Proposal | None:
    """Propose the year after the latest recorded one; None when there is none yet.

    Schools' own days are not proposed: they were exceptions.
    """
    latest = next(iter(school_years()), None)
    page = year_page(latest.start) if latest else None
    if page is None:
        return None
    first, last = domain.shifted_year(page.first, page.last)
    return Proposal(
        start_year=page.year.following.start,
        first=first,
        last=last,
        terms=[
            (one.name, *domain.shifted_year(one.first, one.last)) for one in page.terms
        ],
        days=[_proposed(one) for one in page.days if one.school_id is None],
    )


def _proposed(line: DayLine) -> domain.ProposedDay:
    return domain.ProposedDay(
        day=domain.proposed_day(line.day, kind=line.kind),
        kind=line.kind,
        name=line.name,
        office_is_open=line.office_is_open,
    )
