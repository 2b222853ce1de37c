"""Keeping units, and who in them serves which school."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from schoolward.base import clock
from schoolward.base.http import ActorRequest, answer, insist
from schoolward.district import actions, forms, policies, queries
from schoolward.district.actions import Trail
from schoolward.district.models import Assignment, Unit
from schoolward.district.tables import manage as tables
from schoolward.district.tables import records
from schoolward.district.views.asking import Done, FormPage, ask, sent


@require_GET
def manage_units(request: ActorRequest) -> HttpResponse:
    """List units to keep, as a tree."""
    insist(policies.can_manage(request.actor))
    lines = queries.units(day=clock.today())
    page = {"table": tables.units(lines) if lines else None}
    return answer(request, "district/units.html", page)


@require_GET
def unit_kept(request: ActorRequest, pk: int) -> HttpResponse:
    """Show a unit's posts and who of it serves which school."""
    insist(policies.can_assign(request.actor, pk))
    unit = _unit(request, pk)
    today = clock.today()
    may_manage = bool(policies.can_manage(request.actor))
    posts = queries.unit_posts(pk, day=today)
    served = queries.unit_services(pk, day=today)
    page = {
        "unit": unit,
        "may_manage": may_manage,
        "appoint_url": f"{reverse('district:appoint')}?unit={pk}&seat=unit_staff",
        "posts": records.posts(posts, may_manage=may_manage, about="place")
        if posts
        else None,
        "services": records.services(served, may_end=True, today=today)
        if served
        else None,
    }
    return answer(request, "district/unit.html", page)


def _unit(request: ActorRequest, pk: int) -> Unit:
    return get_object_or_404(Unit.objects.visible_to(request.actor), pk=pk)


def _kept(unit_id: int) -> str:
    return reverse("district:unit_kept", args=[unit_id])


def _page(
    title: str, submit: str, *, unit: Unit | None = None, **more: Any
) -> FormPage:
    return FormPage(
        title=title,
        submit=submit,
        back=_kept(unit.pk) if unit else reverse("district:manage_units"),
        back_label=unit.name if unit else "Units",
        **more,
    )


@require_http_methods(["GET", "POST"])
def unit_add(request: ActorRequest) -> HttpResponse:
    """Open a unit."""
    insist(policies.can_manage(request.actor))
    form = forms.UnitFacts(sent(request))

    def act() -> Done:
        made = actions.open_unit(by=request.actor, at=clock.now(), **form.cleaned_data)
        return Done(f"{made} is open.", _kept(made.pk))

    return ask(request, form, page=_page("Open a unit", "Open it"), act=act)


@require_http_methods(["GET", "POST"])
def unit_change(request: ActorRequest, pk: int) -> HttpResponse:
    """Rename a unit, put it under another, or correct what is known of it."""
    insist(policies.can_manage(request.actor))
    unit = _unit(request, pk)
    names = ("name", "purpose", "email", "phone")
    initial = {name: getattr(unit, name) for name in names}
    initial["parent"] = unit.parent_id
    form = forms.UnitFacts(sent(request), but=pk, initial=initial)
    page = _page(f"Correct the facts of {unit}", "Save the unit", unit=unit)

    def act() -> Done:
        saved = actions.change_unit(
            unit, by=request.actor, at=clock.now(), **form.cleaned_data
        )
        return Done(f"{saved} is saved.", _kept(pk))

    return ask(request, form, page=page, act=act)


@require_http_methods(["GET", "POST"])
def unit_close(request: ActorRequest, pk: int) -> HttpResponse:
    """Close a unit in which nobody works any more."""
    insist(policies.can_manage(request.actor))
    unit = _unit(request, pk)
    form = forms.OnDay(sent(request), initial={"on": clock.today()})
    page = _page(f"Close {unit}", "Close the unit", unit=unit)

    def act() -> Done:
        actions.close_unit(unit, by=request.actor, at=clock.now(), **form.cleaned_data)
        return Done(f"{unit} is closed.", reverse("district:manage_units"))

    return ask(request, form, page=page, act=act)


@require_http_methods(["GET", "POST"])
def assign(request: ActorRequest, pk: int) -> HttpResponse:
    """Name who of a unit serves a school."""
    insist(policies.can_assign(request.actor, pk))
    unit = _unit(request, pk)
    form = forms.Assign(
        sent(request), actor=request.actor, initial={"start": clock.today()}
    )
    page = _page(f"Name who serves a school for {unit}", "Name them", unit=unit)

    def act() -> Done:
        asked = form.cleaned_data
        made = actions.assign(unit=unit, by=request.actor, at=clock.now(), **asked)
        return Done(f"{made.person} serves {made.school} for {unit}.", _kept(pk))

    return ask(request, form, page=page, act=act)


@require_http_methods(["GET", "POST"])
def assignment_end(request: ActorRequest, pk: int) -> HttpResponse:
    """End somebody's service for a school."""
    rows = Assignment.objects.visible_to(request.actor)
    joined = rows.select_related("person", "unit", "school")
    row = get_object_or_404(joined, pk=pk)
    insist(policies.can_assign(request.actor, row.unit_id))
    form = forms.OnDay(sent(request), initial={"on": clock.today()})
    page = _page(
        f"End {row.person}’s service for {row.school}", "End it", unit=row.unit
    )

    def act() -> Done:
        says = f"{row.person} no longer serves {row.school} for {row.unit}."
        right, scope = f"assign:{row.unit_id}", {"assignment": {"pk": pk}}
        _, kept = actions.keep_trail(
            lambda: actions.end_assignment(
                row, by=request.actor, at=clock.now(), **form.cleaned_data
            ),
            trail=Trail(says, right, scope, _kept(row.unit_id)),
        )
        return Done(says, _kept(row.unit_id), kept)

    return ask(request, form, page=page, act=act)
