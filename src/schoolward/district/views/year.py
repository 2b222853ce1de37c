"""The school calendar: years, terms, days, and the rollover."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schoolward.base import clock
from schoolward.base.http import ActorRequest, answer, insist
from schoolward.district import actions, forms, policies, queries
from schoolward.district.actions import Trail
from schoolward.district.domain import ProposedDay, in_words
from schoolward.district.models import DayException, SchoolYear
from schoolward.district.tables import year as tables
from schoolward.district.views.asking import Done, FormPage, ask, sent, went
from schoolward.kernel.schoolyear import SchoolYear as Year


TERM_LINES = 6


@require_GET
def calendar(request: ActorRequest, start_year: int | None = None) -> HttpResponse:
    """Show a school year with its terms, its days, and every month."""
    insist(policies.can_see_directory(request.actor))
    years = queries.school_years()
    wanted = start_year or queries.school_year_of(clock.today()).start
    found = queries.year_page(wanted)
    if found is None and start_year is not None:
        raise Http404
    page = {
        "years": years,
        "found": found,
        "label": Year(wanted).label,
        "table": tables.days(found.days) if found and found.days else None,
        "terms": tables.terms(found.terms) if found and found.terms else None,
        "months": tables.months(found) if found else (),
        "may_manage": bool(policies.can_manage(request.actor)),
    }
    return answer(request, "district/calendar.html", page)


def _back(start_year: int) -> str:
    return reverse("district:calendar_year", args=[start_year])


@require_http_methods(["GET", "POST"])
def rollover(request: ActorRequest) -> HttpResponse:
    """Begin the next school year from what the last one proposes."""
    insist(policies.can_manage(request.actor))
    proposal = queries.rollover_proposal()
    form = forms.Year(sent(request), initial=_year(proposal))
    terms = _terms(request, proposal.terms if proposal else ())
    days = _days(request, proposal.days if proposal else ())
    page = FormPage(
        title="Begin a school year",
        submit="Begin the year",
        back=reverse("district:calendar"),
        back_label="Calendar",
        lede="Proposed from the last year: look it over, then begin. Goals are not "
        "copied; every school is offered its own.",
        template="district/year_form.html",
        more={"terms": terms, "days": days},
    )

    def act() -> Done:
        plan = form.plan(
            terms=[line.plan for line in terms], days=[line.proposed for line in days]
        )
        year = actions.roll_over(plan, by=request.actor, at=clock.now())
        return Done(f"{year} has begun in the records.", _back(year.start_year))

    return _asked(request, form, (terms, days), page=page, act=act)


def _asked(
    request: ActorRequest,
    form: django_forms.Form,
    lines: Sequence[Any],
    *,
    page: FormPage,
    act: Any,
) -> HttpResponse:
    """Ask with lines of further fields, all of which must hold up."""
    if form.is_bound and not all(each.is_valid() for each in lines):
        form.is_valid()
        form.add_error(None, "Look over the lines below: a day or a name is missing.")
    return ask(request, form, page=page, act=act)


def _year(proposal: queries.Proposal | None) -> dict[str, Any]:
    if proposal is None:
        return {"year": str(Year.of(clock.today()))}
    year = str(Year(proposal.start_year))
    return {"year": year, "first": proposal.first, "last": proposal.last}


def _terms(request: ActorRequest, terms: Sequence[tuple[str, date, date]]) -> Any:
    known = [{"name": name, "first": one, "last": two} for name, one, two in terms]
    empty: list[dict[str, Any]] = [{}] * (TERM_LINES - len(known))
    return forms.TermLines(sent(request), initial=[*known, *empty], prefix="terms")


def _days(request: ActorRequest, days: Sequence[ProposedDay]) -> Any:
    known = [
        {
            "keep": True,
            "day": one.day,
            "name": one.name,
            "kind": one.kind,
            "office_is_open": one.office_is_open,
        }
        for one in days
    ]
    return forms.DayLines(sent(request), initial=known, prefix="days")


@require_http_methods(["GET", "POST"])
def year_change(request: ActorRequest, start_year: int) -> HttpResponse:
    """Change a year's first and last day and its terms."""
    insist(policies.can_manage(request.actor))
    rows = SchoolYear.objects.visible_to(request.actor)
    year = get_object_or_404(rows, start_year=start_year)
    found = queries.year_page(start_year)
    known = [(one.name, one.first, one.last) for one in found.terms] if found else []
    initial = {"year": str(year), "first": year.first_date, "last": year.last_date}
    form = forms.Year(sent(request), initial=initial)
    terms = _terms(request, known)
    page = FormPage(
        title=f"Change {year.year.label}",
        submit="Save the year",
        back=_back(start_year),
        back_label="Calendar",
        template="district/year_form.html",
        more={"terms": terms},
    )

    def act() -> Done:
        plan = form.plan(terms=[line.plan for line in terms])
        actions.change_year(year, plan=plan, by=request.actor, at=clock.now())
        return Done(f"{year} is saved.", _back(start_year))

    return _asked(request, form, (terms,), page=page, act=act)


@require_http_methods(["GET", "POST"])
def days_set(request: ActorRequest) -> HttpResponse:
    """Say what a day or several days are, for every school or for one."""
    insist(policies.can_manage(request.actor))
    form = forms.Days(sent(request), actor=request.actor)
    page = FormPage(
        title="Set days",
        submit="Set the days",
        back=reverse("district:calendar"),
        back_label="Calendar",
        lede="Monday to Friday within a school year are instructional unless said "
        "otherwise. A school’s own day outweighs the district’s.",
    )

    def act() -> Done:
        made = actions.set_days(
            form.days, mark=form.mark, by=request.actor, at=clock.now()
        )
        year = queries.school_year_of(made[0].day).start
        return Done(f"{len(made)} days are set.", _calendar_of(year))

    return ask(request, form, page=page, act=act)


def _calendar_of(start_year: int) -> str:
    there = any(year.start == start_year for year in queries.school_years())
    return _back(start_year) if there else reverse("district:calendar")


@require_POST
def day_clear(request: ActorRequest, pk: int) -> HttpResponse:
    """Let the rule hold again on a day."""
    insist(policies.can_manage(request.actor))
    rows = DayException.objects.visible_to(request.actor)
    row = get_object_or_404(rows.select_related("school"), pk=pk)
    back = _calendar_of(queries.school_year_of(row.day).start)
    says = f"{in_words(row.day)}: {row.name or row.get_kind_display()} is cleared."
    _, kept = actions.keep_trail(
        lambda: actions.clear_day(row, by=request.actor, at=clock.now()),
        trail=Trail(says, "manage", {"dayexception": {"pk": pk}}, back),
    )
    return went(request, Done(says, back, kept))
