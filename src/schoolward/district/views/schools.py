"""Keeping schools: opening, correcting, renaming, moving, merging, closing."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from schoolward.base import clock
from schoolward.base.http import ActorRequest, answer, insist
from schoolward.district import actions, forms, policies, queries, search
from schoolward.district.actions import Trail
from schoolward.district.domain import in_words
from schoolward.district.models import EntryKind, School
from schoolward.district.tables import manage as tables
from schoolward.district.tables import records
from schoolward.district.views.asking import Done, FormPage, ask, sent
from schoolward.kernel.actor import Actor


PAGE = 60


@require_GET
def manage_schools(request: ActorRequest) -> HttpResponse:
    """List schools to keep, by name or as searched."""
    insist(policies.can_reassign(request.actor))
    form = forms.SchoolFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    found = _found(request, asked)
    page = {
        "form": form,
        "table": tables.schools(found.items) if found.items else None,
        "next": f"?after={found.next_cursor}" if found.next_cursor else "",
        "may_manage": policies.can_manage(request.actor),
    }
    return answer(request, "district/schools.html", page)


def _found(
    request: ActorRequest, asked: dict[str, Any]
) -> queries.Page[queries.SchoolLine]:
    day = clock.today()
    if words := asked.get("q"):
        hits = search.search(request.actor, words, kinds=[EntryKind.SCHOOL], limit=PAGE)
        return queries.Page(queries.school_lines([hit.pk for hit in hits], day=day))
    return queries.kept_schools(
        request.actor,
        day=day,
        after=request.GET.get("after", ""),
        level=asked.get("level", ""),
        with_closed=asked.get("closed", False),
    )


@require_GET
def school_kept(request: ActorRequest, pk: int) -> HttpResponse:
    """Show everything dated about a school, and what can be done to it."""
    insist(policies.can_reassign(request.actor))
    school = _school(request, pk)
    record = queries.school_record(pk)
    may_manage = bool(policies.can_manage(request.actor))
    today = clock.today()
    page = {
        "school": school,
        "head": queries.school_head(pk, day=today),
        "may_manage": may_manage,
        "appoint_url": f"{reverse('district:appoint')}?school={pk}",
        "posts": records.posts(record.posts, may_manage=may_manage, about="place"),
        "memberships": records.spans(
            record.memberships, label="Networks", heading="Network"
        ),
        "supervisions": records.spans(
            record.supervisions,
            label="ILDs",
            heading="ILD",
            to="district:person_kept",
        ),
        "assignments": records.services(
            record.assignments, may_end=may_manage, today=today
        ),
        "names": records.spans(record.names, label="Former names", heading="Name"),
    }
    return answer(request, "district/school.html", page)


def _school(request: ActorRequest, pk: int) -> School:
    return get_object_or_404(School.objects.visible_to(request.actor), pk=pk)


def _kept(school: School) -> str:
    return reverse("district:school_kept", args=[school.pk])


def _page(school: School, title: str, submit: str, **more: str) -> FormPage:
    page = FormPage(
        title=title, submit=submit, back=_kept(school), back_label=school.name
    )
    return replace(page, **more)  # type: ignore[arg-type]


@require_http_methods(["GET", "POST"])
def school_add(request: ActorRequest) -> HttpResponse:
    """Open a school."""
    insist(policies.can_manage(request.actor))
    form = forms.NewSchool(sent(request))
    page = FormPage(
        title="Open a school",
        submit="Open the school",
        back=reverse("district:manage_schools"),
        back_label="Schools",
    )

    def act() -> Done:
        made = actions.open_school(
            by=request.actor, at=clock.now(), **form.cleaned_data
        )
        return Done(f"{made} is a school of the district.", _kept(made))

    return ask(request, form, page=page, act=act)


@require_http_methods(["GET", "POST"])
def school_change(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a school's facts."""
    insist(policies.can_manage(request.actor))
    school = _school(request, pk)
    initial = {name: getattr(school, name) for name in forms.SchoolFacts.base_fields}
    form = forms.SchoolFacts(sent(request), initial=initial)
    page = _page(school, f"Correct the facts of {school}", "Save the facts")

    def act() -> Done:
        actions.change_school(
            school, by=request.actor, at=clock.now(), **form.cleaned_data
        )
        return Done(f"The facts of {school} are saved.", _kept(school))

    return ask(request, form, page=page, act=act)


@require_http_methods(["GET", "POST"])
def school_rename(request: ActorRequest, pk: int) -> HttpResponse:
    """Give a school another name."""
    insist(policies.can_manage(request.actor))
    school = _school(request, pk)
    form = forms.Rename(sent(request), initial={"on": clock.today()})
    page = _page(
        school,
        f"Rename {school}",
        "Rename the school",
        lede=f"{school} stays findable under its present name.",
    )

    def act() -> Done:
        actions.rename_school(
            school, by=request.actor, at=clock.now(), **form.cleaned_data
        )
        name = form.cleaned_data["name"]
        return Done(f"{school} is called {name} now.", _kept(school))

    return ask(request, form, page=page, act=act)


@require_http_methods(["GET", "POST"])
def school_close(request: ActorRequest, pk: int) -> HttpResponse:
    """Close a school."""
    insist(policies.can_manage(request.actor))
    school = _school(request, pk)
    form = forms.OnDay(sent(request))
    page = _page(
        school,
        f"Close {school}",
        "Close the school",
        warning="Its posts, its network, its ILD and everyone who serves it by name "
        "end on that day. This cannot be taken back in one step.",
    )

    def act() -> Done:
        actions.close_school(
            school, by=request.actor, at=clock.now(), **form.cleaned_data
        )
        return Done(
            f"{school} closes on {in_words(form.cleaned_data['on'])}.", _kept(school)
        )

    return ask(request, form, page=page, act=act)


@require_http_methods(["GET", "POST"])
def school_merge(request: ActorRequest, pk: int) -> HttpResponse:
    """Merge a school into another."""
    insist(policies.can_manage(request.actor))
    school = _school(request, pk)
    form = forms.MergeInto(sent(request), actor=request.actor)
    page = _page(
        school,
        f"Merge {school} into another school",
        "Merge the school",
        warning="It closes on that day, and its page leads to the other school. This "
        "cannot be taken back in one step.",
    )

    def act() -> Done:
        actions.merge_school(
            school, by=request.actor, at=clock.now(), **form.cleaned_data
        )
        into = form.cleaned_data["into"]
        return Done(f"{school} merges into {into}.", _kept(school))

    return ask(request, form, page=page, act=act)


@require_http_methods(["GET", "POST"])
def school_move(request: ActorRequest, pk: int) -> HttpResponse:
    """Put a school into another network from a day on."""
    insist(policies.can_reassign(request.actor))
    school = _school(request, pk)
    form = forms.MoveSchool(sent(request))
    page = _page(
        school,
        f"Move {school} to another network",
        "Move the school",
        lede="Days before keep their network, so past numbers stay as they were read.",
    )

    def act() -> Done:
        asked = form.cleaned_data
        says = (
            f"{school} is in {asked['network'] or 'no network'} "
            f"from {in_words(asked['start'])}."
        )
        trail = Trail(
            says, "reassign", {"membership": {"school": school.pk}}, _kept(school)
        )
        _, kept = actions.keep_trail(
            lambda: actions.move_school(
                school, by=request.actor, at=clock.now(), **asked
            ),
            trail=trail,
        )
        return Done(says, _kept(school), kept)

    return ask(request, form, page=page, act=act)


@require_http_methods(["GET", "POST"])
def supervise(request: ActorRequest, pk: int) -> HttpResponse:
    """Name the ILD of a school's principal from a day on."""
    insist(policies.can_reassign(request.actor))
    school = _school(request, pk)
    form = forms.Supervise(
        sent(request), actor=request.actor, initial={"start": clock.today()}
    )
    page = _page(school, f"Name the ILD of {school}", "Name the ILD")

    def act() -> Done:
        return _supervised(school, form.cleaned_data, by=request.actor)

    return ask(request, form, page=page, act=act)


def _supervised(school: School, asked: dict[str, Any], *, by: Actor) -> Done:
    person = asked["person"]
    says = (
        f"{person or 'Nobody'} is the ILD of {school} from {in_words(asked['start'])}."
    )
    scope = {"supervision": {"school": school.pk}}
    _, kept = actions.keep_trail(
        lambda: actions.supervise(
            person, school=school, start=asked["start"], by=by, at=clock.now()
        ),
        trail=Trail(says, "reassign", scope, _kept(school)),
    )
    return Done(says, _kept(school), kept)
