"""A school's own words: its profile and its goals."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schoolward.base import clock
from schoolward.base.http import ActorRequest, answer, insist
from schoolward.district import actions, forms, policies, queries
from schoolward.district.actions import Trail
from schoolward.district.domain import RuleError
from schoolward.district.models import Goal, ProfileField, School
from schoolward.district.views.asking import Done, FormPage, ask, sent, went
from schoolward.kernel.asked import whole_number
from schoolward.kernel.schoolyear import SchoolYear
from schoolward.ui.messages import done


YEARS = range(1900, 2100)
"""School years that goals may be asked of."""


@require_http_methods(["GET", "POST"])
def edit_profile(request: ActorRequest, pk: int) -> HttpResponse:
    """Write the parts of a school's profile; each is saved on its own."""
    school = _school(request, pk)
    insist(policies.can_edit_profile(request.actor, pk))
    refused = forms.Part(sent(request)) if request.method == "POST" else None
    if refused and refused.is_valid() and _wrote(request, school, refused):
        return redirect("district:edit_profile", pk)
    head = queries.school_head(pk, day=clock.today())
    page = {
        "school": school,
        "head": head,
        "checked": _checked(head),
        "parts": [(part, _part_form(part, refused)) for part in queries.profile(pk)],
        "on_behalf": request.actor.behalf_at(pk),
    }
    return answer(
        request, "district/profile.html", page, status=422 if refused else 200
    )


def _checked(head: queries.SchoolHead | None) -> str:
    day = head.checked_date if head else None
    return f"Looked over {day:%b %-d, %Y}" if day else "Nobody looked these over yet"


def _wrote(request: ActorRequest, school: School, form: forms.Part) -> bool:
    """Save a part, or note on its form why that cannot be."""
    field = ProfileField(form.cleaned_data["field"])
    text = form.cleaned_data["text"]
    try:
        actions.write_profile(
            school, field=field, text=text, by=request.actor, at=clock.now()
        )
    except RuleError as refusal:
        form.add_error("text", str(refusal))
        return False
    done(request, f"{field.label} is saved.")
    return True


def _part_form(part: queries.ProfilePart, refused: forms.Part | None) -> forms.Part:
    if refused and refused.data.get("field") == part.field:
        return refused
    initial = {"field": part.field, "text": part.text}
    return forms.Part(initial=initial, auto_id=f"id_{part.field}_%s")


@require_GET
def profile_history(request: ActorRequest, pk: int) -> HttpResponse:
    """Show everything that was written in a school's profile."""
    school = _school(request, pk)
    insist(policies.can_open_page(request.actor, pk))
    page = {"school": school, "parts": queries.profile_history(pk)}
    return answer(request, "district/profile_history.html", page)


@require_POST
def check_school(request: ActorRequest, pk: int) -> HttpResponse:
    """Note that the school's facts were looked over and are right."""
    school = _school(request, pk)
    insist(policies.can_edit_profile(request.actor, pk))
    actions.check_school(school, by=request.actor, at=clock.now())
    done(request, f"The facts of {school} are looked over.")
    return redirect("district:edit_profile", pk)


def _school(request: ActorRequest, pk: int) -> School:
    insist(policies.can_see_directory(request.actor))
    return get_object_or_404(School.objects.visible_to(request.actor), pk=pk)


def _goals_of(pk: int, start_year: int) -> str:
    return f"{reverse('district:goals', args=[pk])}?year={SchoolYear(start_year)}"


def _asked_year(request: ActorRequest) -> int:
    text = request.GET.get("year") or request.POST.get("year") or ""
    start = whole_number(text[:4])
    return start if start in YEARS else SchoolYear.of(clock.today()).start


@require_GET
def goals(request: ActorRequest, pk: int) -> HttpResponse:
    """Show a school's goals of a year, and last year's that it may carry over."""
    school = _school(request, pk)
    insist(policies.can_open_page(request.actor, pk))
    start = _asked_year(request)
    year = SchoolYear(start)
    page = {
        "school": school,
        "year": year,
        "add_url": f"{reverse('district:goal_add', args=[pk])}?year={year}",
        "carry_url": f"{reverse('district:goals_carry', args=[pk])}?year={year}",
        "next_url": _goals_of(pk, start + 1),
        "last_url": _goals_of(pk, start - 1),
        "last_year": year.previous.label,
        "next_year": year.following.label,
        "goals": queries.goals(pk, start_year=start, with_ended=True),
        "offered": queries.offered_goals(pk, start_year=start),
        "may_edit": bool(policies.can_edit_goals(request.actor, pk)),
    }
    return answer(request, "district/goals.html", page)


def _goal_page(school: School, start_year: int, title: str, submit: str) -> FormPage:
    return FormPage(
        title=title,
        submit=submit,
        back=_goals_of(school.pk, start_year),
        back_label=f"Goals of {school}",
        template="district/goal.html",
        more={"school": school},
    )


@require_http_methods(["GET", "POST"])
def goal_add(request: ActorRequest, pk: int) -> HttpResponse:
    """Add a goal to a school's year."""
    school = _school(request, pk)
    insist(policies.can_edit_goals(request.actor, pk))
    start = _asked_year(request)
    form = forms.GoalFacts(sent(request))
    year = SchoolYear(start).label
    page = _goal_page(school, start, f"Add a goal for {year}", "Add the goal")

    def act() -> Done:
        actions.add_goal(
            school,
            start_year=start,
            by=request.actor,
            at=clock.now(),
            **form.cleaned_data,
        )
        return Done("The goal is added.", _goals_of(pk, start))

    return ask(request, form, page=page, act=act)


def _goal(request: ActorRequest, pk: int) -> Goal:
    insist(policies.can_see_directory(request.actor))
    rows = Goal.objects.visible_to(request.actor).select_related("school")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "POST"])
def goal_change(request: ActorRequest, pk: int) -> HttpResponse:
    """Change what a goal says or where it stands."""
    goal = _goal(request, pk)
    insist(policies.can_edit_goals(request.actor, goal.school_id))
    initial: dict[str, Any] = {
        name: getattr(goal, name) for name in forms.GoalFacts.base_fields
    }
    form = forms.GoalFacts(sent(request), initial=initial)
    page = _goal_page(goal.school, goal.start_year, "Change the goal", "Save the goal")

    def act() -> Done:
        actions.change_goal(goal, by=request.actor, at=clock.now(), **form.cleaned_data)
        return Done("The goal is saved.", _goals_of(goal.school_id, goal.start_year))

    return ask(request, form, page=page, act=act)


@require_POST
def goal_end(request: ActorRequest, pk: int) -> HttpResponse:
    """End a goal."""
    goal = _goal(request, pk)
    school_id = goal.school_id
    insist(policies.can_edit_goals(request.actor, school_id))
    back = _goals_of(school_id, goal.start_year)
    says = f"The goal “{goal.title}” has ended."
    try:
        _, kept = actions.keep_trail(
            lambda: actions.end_goal(goal, by=request.actor, at=clock.now()),
            trail=Trail(says, f"goals:{school_id}", {"goal": {"pk": pk}}, back),
        )
    except RuleError as refusal:
        return went(request, Done(str(refusal), back))
    return went(request, Done(says, back, kept))


@require_POST
def goals_carry(request: ActorRequest, pk: int) -> HttpResponse:
    """Carry chosen goals of the last year into this one."""
    _school(request, pk)
    insist(policies.can_edit_goals(request.actor, pk))
    start = _asked_year(request)
    chosen = [whole_number(text) for text in request.POST.getlist("goal")]
    rows = Goal.objects.visible_to(request.actor).filter(school=pk, pk__in=chosen)
    last = list(rows.filter(start_year=start - 1).select_related("school"))
    made = actions.carry_goals(last, start_year=start, by=request.actor, at=clock.now())
    goals = "One goal is" if len(made) == 1 else f"{len(made)} goals are"
    return went(request, Done(f"{goals} carried over.", _goals_of(pk, start)))
