"""Appointing people, correcting posts and ending them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from schoolward.base import clock
from schoolward.base.http import ActorRequest, insist
from schoolward.district import actions, forms, policies, queries
from schoolward.district.actions import Trail
from schoolward.district.domain import in_words
from schoolward.district.models import Person, Post, School
from schoolward.district.tables.manage import placed
from schoolward.district.views.asking import Done, FormPage, ask, sent
from schoolward.kernel.asked import whole_number
from schoolward.kernel.seats import Seat


@require_http_methods(["GET", "POST"])
def appoint(request: ActorRequest) -> HttpResponse:
    """Appoint somebody to a post, or record that it is vacant."""
    insist(policies.can_manage(request.actor))
    form = forms.Appoint(sent(request), actor=request.actor, initial=_asked(request))
    page = FormPage(
        title="Appoint somebody",
        submit="Appoint",
        back=reverse("district:manage"),
        back_label="Keep the district",
        lede="A vacancy of the same seat ends with the appointment.",
    )

    def act() -> Done:
        superior = _superior(form)
        wanted = form.wanted(reports_to=superior)
        post = actions.appoint(wanted, by=request.actor, at=clock.now())
        return Done(f"{_said(post)}, from {in_words(post.start_date)}.", _home_of(post))

    return ask(request, form, page=page, act=act)


def _asked(request: ActorRequest) -> dict[str, Any]:
    """Return what the link that led here knows already."""
    asked = request.GET
    people = Person.objects.visible_to(request.actor)
    schools = School.objects.visible_to(request.actor)
    return {
        "person": people.filter(pk=whole_number(asked.get("person"))).first(),
        "school": schools.filter(pk=whole_number(asked.get("school"))).first(),
        "unit": whole_number(asked.get("unit")) or None,
        "network": whole_number(asked.get("network")) or None,
        "seat": asked.get("seat", "principal"),
        "start": clock.today(),
    }


def _superior(form: forms.Details) -> Post | None:
    person = form.cleaned_data.get("superior")
    day = form.cleaned_data.get("start") or clock.today()
    return queries.superior_post(person.pk, day=day) if person else None


def _home_of(post: Post) -> str:
    """Return the page on which a post is kept."""
    if post.school_id:
        return reverse("district:school_kept", args=[post.school_id])
    if post.unit_id:
        return reverse("district:unit_kept", args=[post.unit_id])
    if post.person_id:
        return reverse("district:person_kept", args=[post.person_id])
    return reverse("district:manage")


def _post(request: ActorRequest, pk: int) -> Post:
    rows = Post.objects.visible_to(request.actor).select_related(
        "person", "school", "unit", "network", "reports_to__person"
    )
    return get_object_or_404(rows, pk=pk)


def _said(post: Post) -> str:
    place = post.school or post.unit or post.network or "the district"
    seat = post.title or post.get_seat_display()
    return f"{post.person or 'Vacant'}, {placed(seat, str(place))}"


@require_http_methods(["GET", "POST"])
def post_change(request: ActorRequest, pk: int) -> HttpResponse:
    """Correct a post's title, capacity, superior, number or share of time."""
    insist(policies.can_manage(request.actor))
    post = _post(request, pk)
    names = ("title", "capacity", "position_number", "fte")
    initial: dict[str, Any] = {name: getattr(post, name) for name in names}
    initial["superior"] = post.reports_to.person if post.reports_to else None
    form = forms.Details(sent(request), actor=request.actor, initial=initial)
    page = FormPage(
        title="Correct the post",
        submit="Save the post",
        back=_home_of(post),
        back_label=_said(post),
    )

    def act() -> Done:
        details = {name: form.cleaned_data[name] for name in names}
        details["reports_to"] = _superior(form)
        actions.change_post(post, by=request.actor, at=clock.now(), **details)
        return Done("The post is saved.", _home_of(post))

    return ask(request, form, page=page, act=act)


@require_http_methods(["GET", "POST"])
def post_end(request: ActorRequest, pk: int) -> HttpResponse:
    """End a post."""
    insist(policies.can_manage(request.actor))
    post = _post(request, pk)
    insist(policies.can_fill(request.actor, Seat(post.seat)))
    form = forms.EndPost(sent(request), initial={"on": clock.today()})
    page = FormPage(
        title="End the post",
        submit="End the post",
        back=_home_of(post),
        back_label=_said(post),
        lede="Schools supervised or served in it end with it, and after a last post "
        "every delegation.",
    )

    def act() -> Done:
        says = f"The post of {_said(post)} ends on {in_words(form.cleaned_data['on'])}."
        _, kept = actions.keep_trail(
            lambda: actions.end_post(
                post, by=request.actor, at=clock.now(), **form.cleaned_data
            ),
            trail=Trail(says, f"fill:{post.seat}", _scope(post), _home_of(post)),
        )
        return Done(says, _home_of(post), kept)

    return ask(request, form, page=page, act=act)


def _scope(post: Post) -> dict[str, dict[str, int]]:
    """Return the rows that ending a post may touch."""
    place = {
        "school_id": post.school_id,
        "unit_id": post.unit_id,
        "network_id": post.network_id,
    }
    chairs: dict[str, Any] = {"seat": post.seat, **place}
    scope: dict[str, dict[str, Any]] = {"post": chairs}
    if post.person_id:
        own = {"person_id": post.person_id}
        scope |= {"supervision": own, "assignment": own, "delegation": own}
    return scope
