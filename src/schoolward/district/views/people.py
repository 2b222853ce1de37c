"""Keeping people: their rows, their delegates, and two rows of one person."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schoolward.base import clock
from schoolward.base.http import ActorRequest, answer, insist
from schoolward.district import actions, forms, policies, queries, search
from schoolward.district.domain import RuleError
from schoolward.district.models import Delegation, EntryKind, Merge, Person
from schoolward.district.tables import manage as tables
from schoolward.district.tables import records
from schoolward.district.views.asking import Done, FormPage, ask, sent
from schoolward.ui.messages import done


PAGE = 50
MERGES = {
    "merge": actions.merge_people,
    "dismiss": actions.dismiss_merge,
    "undo": actions.undo_merge,
}


@require_GET
def manage_people(request: ActorRequest) -> HttpResponse:
    """List people to keep, by name or as searched."""
    insist(policies.can_manage(request.actor))
    form = forms.PeopleFilter(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    found = _found(request, asked)
    page = {
        "form": form,
        "table": tables.people(found.items) if found.items else None,
        "next": f"?after={found.next_cursor}" if found.next_cursor else "",
    }
    return answer(request, "district/people.html", page)


def _found(
    request: ActorRequest, asked: dict[str, Any]
) -> queries.Page[queries.PersonLine]:
    day = clock.today()
    if words := asked.get("q"):
        kinds = [EntryKind.PERSON]
        hits = search.search(request.actor, words, kinds=kinds, limit=PAGE)
        rows = Person.objects.visible_to(request.actor).in_bulk([h.pk for h in hits])
        people = [rows[hit.pk] for hit in hits if hit.pk in rows]
        return queries.Page(queries.person_lines(people, day=day))
    return queries.people(
        request.actor,
        day=day,
        after=request.GET.get("after", ""),
        limit=PAGE,
        seat=asked.get("seat", ""),
    )


@require_GET
def person_kept(request: ActorRequest, pk: int) -> HttpResponse:
    """Show a person's posts, schools and delegates, and what can be done."""
    insist(policies.can_reassign(request.actor))
    person = _person(request, pk)
    may_manage = bool(policies.can_manage(request.actor))
    posts = queries.posts_of(pk)
    found = queries.person_page(pk, day=clock.today())
    page = {
        "person": person,
        "found": found,
        "appoint_url": f"{reverse('district:appoint')}?person={pk}",
        "may_manage": may_manage,
        "may_delegate": bool(policies.can_delegate(request.actor, pk)),
        "posts": records.posts(posts, may_manage=may_manage, about="person")
        if posts
        else None,
    }
    return answer(request, "district/person.html", page)


def _person(request: ActorRequest, pk: int) -> Person:
    rows = Person.objects.visible_to(request.actor).select_related("merged_into")
    return get_object_or_404(rows, pk=pk)


def _kept(pk: int) -> str:
    return reverse("district:person_kept", args=[pk])


@require_http_methods(["GET", "POST"])
def person_add(request: ActorRequest) -> HttpResponse:
    """Add a person."""
    insist(policies.can_manage(request.actor))
    form = forms.PersonFacts(sent(request))
    page = FormPage(
        title="Add a person",
        submit="Add the person",
        back=reverse("district:manage_people"),
        back_label="People",
        lede="They can do nothing until they hold a post.",
    )

    def act() -> Done:
        made = actions.add_person(by=request.actor, at=clock.now(), **form.cleaned_data)
        return Done(f"{made} is on record.", _kept(made.pk))

    return ask(request, form, page=page, act=act)


@require_http_methods(["GET", "POST"])
def person_change(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a person's name or how to reach them."""
    insist(policies.can_manage(request.actor))
    person = _person(request, pk)
    initial = {name: getattr(person, name) for name in forms.PersonFacts.base_fields}
    form = forms.PersonFacts(sent(request), initial=initial)
    page = FormPage(
        title="Correct name and address",
        submit="Save the person",
        back=_kept(pk),
        back_label=person.display_name,
    )

    def act() -> Done:
        saved = actions.change_person(
            person, by=request.actor, at=clock.now(), **form.cleaned_data
        )
        return Done(f"{saved} is saved.", _kept(pk))

    return ask(request, form, page=page, act=act)


@require_http_methods(["GET", "POST"])
def transfer(request: ActorRequest, pk: int) -> HttpResponse:
    """Hand all schools of an ILD to another."""
    insist(policies.can_reassign(request.actor))
    person = _person(request, pk)
    form = forms.Transfer(sent(request), actor=request.actor)
    page = FormPage(
        title="Hand over all schools",
        submit="Hand them over",
        back=_kept(pk),
        back_label=person.display_name,
        lede=f"Every school that {person} supervises on that day.",
    )

    def act() -> Done:
        asked = form.cleaned_data
        moved = actions.transfer_schools(
            person, by=request.actor, at=clock.now(), **asked
        )
        says = f"{len(moved)} schools go to {asked['to'] or 'nobody'}."
        return Done(says, _kept(pk))

    return ask(request, form, page=page, act=act)


@require_http_methods(["GET", "POST"])
def delegates(request: ActorRequest, pk: int) -> HttpResponse:
    """Show and name who may act for a person."""
    insist(policies.can_delegate(request.actor, pk))
    person = _person(request, pk)
    form = forms.Delegate(
        sent(request), actor=request.actor, initial={"start_date": clock.today()}
    )
    here = reverse("district:delegates", args=[pk])
    page = FormPage(
        title="Who may act for you" if pk == request.actor.person_id else "Delegates",
        submit="Let them act",
        back=reverse("home:person", args=[pk]),
        back_label=person.display_name,
        lede="A delegate reaches the same schools and is always recorded as acting on "
        "behalf. They gain no seat and see nothing else.",
        template="district/delegates.html",
        more={"delegations": queries.delegations_of(pk), "today": clock.today()},
    )

    def act() -> Done:
        wanted = Delegation(person=person, **form.cleaned_data)
        made = actions.name_delegate(wanted, by=request.actor, at=clock.now())
        return Done(f"{made.delegate} may act for {person}.", here)

    return ask(request, form, page=page, act=act)


@require_POST
def delegation_end(request: ActorRequest, pk: int) -> HttpResponse:
    """End a delegation today."""
    rows = Delegation.objects.visible_to(request.actor)
    row = get_object_or_404(rows.select_related("person", "delegate"), pk=pk)
    insist(policies.can_delegate(request.actor, row.person_id))
    actions.end_delegation(row, on=clock.today(), by=request.actor, at=clock.now())
    done(request, f"{row.delegate} no longer acts for {row.person}.")
    return redirect("district:delegates", row.person_id)


@require_GET
def merges(request: ActorRequest) -> HttpResponse:
    """List pairs of rows that may be one person."""
    insist(policies.can_manage(request.actor))
    return answer(request, "district/merges.html", {"merges": queries.merges()})


@require_http_methods(["GET", "POST"])
def merge_propose(request: ActorRequest) -> HttpResponse:
    """Propose that two rows are one person."""
    insist(policies.can_manage(request.actor))
    form = forms.ProposeMerge(sent(request), actor=request.actor)
    page = FormPage(
        title="Propose a merge",
        submit="Propose it",
        back=reverse("district:merges"),
        back_label="One person, two rows",
        lede="Nothing changes until somebody confirms it on the list.",
    )

    def act() -> Done:
        actions.propose_merge(by=request.actor, at=clock.now(), **form.cleaned_data)
        return Done("The pair is on the list.", reverse("district:merges"))

    return ask(request, form, page=page, act=act)


@require_POST
def merge_decide(request: ActorRequest, pk: int, how: str) -> HttpResponse:
    """Merge a pair, keep it apart, or undo its merge."""
    insist(policies.can_manage(request.actor))
    rows = Merge.objects.visible_to(request.actor).select_related("kept", "other")
    merge = get_object_or_404(rows, pk=pk)
    try:
        told = MERGES[how](merge, by=request.actor, at=clock.now())
    except RuleError as refusal:
        done(request, str(refusal))
    else:
        state = told.get_state_display().lower()
        done(request, f"{merge.kept} and {merge.other}: {state}.")
    return redirect("district:merges")
