"""A file comes in: upload or paste, then its columns, then what was left open."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from schoolward.audit.models import Load
from schoolward.base import clock
from schoolward.base.http import ActorRequest, answer, insist
from schoolward.exchange import actions, arriving, forms, policies, queries
from schoolward.exchange.choices import TABLES, Choices, choices_of
from schoolward.exchange.domain import MapError, Target, UnreadableFileError
from schoolward.exchange.map_choice import map_text, proposals_of
from schoolward.exchange.map_writing import write_map
from schoolward.exchange.models import Staging
from schoolward.exchange.sheets.limits import limits_of
from schoolward.exchange.sheets.read import open_sheet


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Take a file or pasted cells."""
    insist(policies.can_load(request.actor))
    maps = {one.name: one.target for one in queries.maps(request.actor)}
    form = forms.New(request.POST or None, request.FILES or None, maps=maps)
    if form.is_valid():
        try:
            load = _begun(request, form)
        except (UnreadableFileError, MapError) as problem:
            form.add_error("file", str(problem))
        else:
            return _next(request, load)
    page = {"form": form}
    status = 422 if form.errors else 200
    return answer(request, "exchange/new.html", page, status=status)


def _begun(request: ActorRequest, form: forms.New) -> Load:
    data = form.cleaned_data
    path = _kept(form, target=data["target"])
    name, text = map_text(data["map"]) if data["map"] else ("", "")
    crosswalk = data["crosswalk"]
    choices = Choices(
        target=data["target"],
        path=path,
        name=path.name,
        map_name=name,
        map_text=text,
        as_of=data["as_of"],
        crosswalk=str(arriving.receive_beside(crosswalk, path)) if crosswalk else "",
    )
    return actions.begin(choices, keeps_file=True, by=request.actor, at=clock.now())


def _kept(form: forms.New, *, target: str) -> Path:
    if form.upload is None:
        return arriving.receive_pasted(form.cleaned_data["text"])
    return arriving.receive(form.upload, target=target)


def _next(request: ActorRequest, load: Load) -> HttpResponse:
    """Go on to the columns when no map was chosen, else to the look beforehand."""
    if queries.view_of(load).needs_map:
        return redirect("exchange:columns", load.pk)
    actions.ask_to_prepare(load, by=request.actor)
    return redirect("exchange:load", load.pk)


def found(request: ActorRequest, pk: int) -> Load:
    """Return a load that the actor may change, or 404."""
    insist(policies.can_load(request.actor))
    load = queries.load_of(request.actor, pk)
    if load is None:
        raise Http404
    return load


@require_http_methods(["GET", "POST"])
def columns(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask which column fills which field; a proposal stands in each."""
    load = found(request, pk)
    if load.target not in TABLES or queries.view_of(load).is_over:
        return redirect("exchange:load", load.pk)
    choices = choices_of(Staging.objects.get(load_id=load.pk).choices)
    try:
        form = _form(request, choices)
    except UnreadableFileError as problem:
        return answer(
            request,
            "exchange/unreadable.html",
            {"load": load, "problem": problem},
            status=422,
        )
    if form.is_valid():
        _choose(request, load, form)
        return redirect("exchange:load", load.pk)
    page = {"load": load, "form": form}
    return answer(
        request, "exchange/columns.html", page, status=422 if form.errors else 200
    )


def _form(request: ActorRequest, choices: Choices) -> forms.Columns:
    limits = limits_of(settings.SCHOOLWARD_UPLOAD_BYTES)
    target = Target(choices.target)
    with open_sheet(choices.path, name=choices.name, limits=limits) as sheet:
        proposals, sample = proposals_of(sheet, target)
    return forms.Columns(
        request.POST or None, target=target, proposals=proposals, sample=sample
    )


def _choose(request: ActorRequest, load: Load, form: forms.Columns) -> None:
    draft = form.draft(fallback=f"{load.target}-by-hand")
    text = write_map(draft)
    at = clock.now()
    if form.cleaned_data["name"]:
        actions.save_map(name=draft.name, text=text, by=request.actor, at=at)
    actions.arrange(load, by=request.actor, at=at, map_name=draft.name, map_text=text)
    actions.ask_to_prepare(load, by=request.actor)


@require_http_methods(["GET", "POST"])
def question(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask what the file leaves open, then read it again."""
    load = found(request, pk)
    view = queries.view_of(load)
    if not view.question:
        return redirect("exchange:load", load.pk)
    form = forms.Answer(request.POST or None, question=view.question)
    if form.is_valid():
        _answer(request, load, form)
        return redirect("exchange:load", load.pk)
    page = {"load": view, "form": form}
    return answer(
        request, "exchange/question.html", page, status=422 if form.errors else 200
    )


def _answer(request: ActorRequest, load: Load, form: forms.Answer) -> None:
    choices = choices_of(Staging.objects.get(load_id=load.pk).choices)
    chosen: dict[str, Any] = {"answers": {**choices.answers, **form.answers}}
    if "as_of" in form.cleaned_data:
        chosen = {"as_of": form.cleaned_data["as_of"]}
    actions.arrange(load, by=request.actor, at=clock.now(), **chosen)
    actions.ask_to_prepare(load, by=request.actor)
