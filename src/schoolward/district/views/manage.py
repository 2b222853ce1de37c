"""Keeping the district: the overview, its settings, its sources, and taking things back."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schoolward.base import clock, jobs
from schoolward.base.http import ActorRequest, answer, insist
from schoolward.district import actions, forms, policies, queries, search
from schoolward.district.domain import RuleError
from schoolward.district.models import District, EntryKind, Source
from schoolward.district.tables import manage as tables
from schoolward.district.views.asking import UNDO, Done, FormPage, ask, sent
from schoolward.ui.messages import done


HERE = "Keep the district"


@require_GET
def manage(request: ActorRequest) -> HttpResponse:
    """Show what there is to keep, and what waits for somebody."""
    insist(policies.can_reassign(request.actor) or policies.can_manage(request.actor))
    found = queries.keeping(request.actor, day=clock.today())
    page = {"found": found, "may_manage": policies.can_manage(request.actor)}
    return answer(request, "district/manage.html", page)


@require_http_methods(["GET", "POST"])
def settings(request: ActorRequest) -> HttpResponse:
    """Change the district's name, time zone, and whether it is small."""
    insist(policies.can_manage(request.actor))
    district = get_object_or_404(District, pk=1)
    initial = {
        "name": district.name,
        "time_zone": district.time_zone,
        "is_small": district.is_small,
    }
    form = forms.DistrictSettings(sent(request), initial=initial)
    page = FormPage(
        title="The district’s settings",
        submit="Save the settings",
        back=reverse("district:manage"),
        back_label=HERE,
        template="district/settings.html",
        more={"entry_count": search.entry_count()},
    )

    def act() -> Done:
        actions.change_district(
            district, by=request.actor, at=clock.now(), **form.cleaned_data
        )
        return Done("The settings are saved.", reverse("district:settings"))

    return ask(request, form, page=page, act=act)


@require_POST
def search_rebuild(request: ActorRequest) -> HttpResponse:
    """Have the search index built anew, in a job."""
    insist(policies.can_manage(request.actor))
    jobs.later("district.search.rebuild", by=request.actor, key="rebuild")
    done(request, "The search index is being built anew; the job’s page shows how far.")
    return redirect("district:settings")


@require_GET
def sources(request: ActorRequest) -> HttpResponse:
    """List where facts come from and who answers for them."""
    insist(policies.can_manage(request.actor))
    table = tables.sources(queries.sources())
    return answer(request, "district/sources.html", {"table": table})


@require_http_methods(["GET", "POST"])
def source_add(request: ActorRequest) -> HttpResponse:
    """Add a source of facts."""
    insist(policies.can_manage(request.actor))
    form = forms.NewSource(sent(request), actor=request.actor)
    page = _source_page("Add a source", "Add the source")

    def act() -> Done:
        made = actions.add_source(by=request.actor, at=clock.now(), **form.cleaned_data)
        return Done(f"{made} is a source.", reverse("district:sources"))

    return ask(request, form, page=page, act=act)


@require_http_methods(["GET", "POST"])
def source_change(request: ActorRequest, pk: int) -> HttpResponse:
    """Change what a source is called and who answers for it."""
    insist(policies.can_manage(request.actor))
    rows = Source.objects.visible_to(request.actor).select_related("steward")
    source = get_object_or_404(rows, pk=pk)
    initial = {
        "name": source.name,
        "unit": source.unit_id,
        "steward": source.steward,
        "note": source.note,
    }
    form = forms.SourceFacts(sent(request), actor=request.actor, initial=initial)
    page = _source_page(source.name, "Save the source")

    def act() -> Done:
        actions.change_source(
            source, by=request.actor, at=clock.now(), **form.cleaned_data
        )
        return Done(f"{source.name} is saved.", reverse("district:sources"))

    return ask(request, form, page=page, act=act)


def _source_page(title: str, submit: str) -> FormPage:
    return FormPage(
        title=title,
        submit=submit,
        back=reverse("district:sources"),
        back_label="Sources",
        lede="When a reader says that a fact is wrong, its source’s steward gets the "
        "report, else the leads of its unit, else those who keep the records.",
    )


@require_POST
def undo(request: ActorRequest, number: int) -> HttpResponse:
    """Take back what this visit has just done."""
    insist(policies.can_see_directory(request.actor))
    kept = request.session.get(UNDO, {})
    plain = kept.pop(str(number), None)
    if plain is None:
        raise Http404
    trail = actions.Trail(**plain)
    try:
        actions.take_back(trail, by=request.actor, at=clock.now())
    except RuleError as refusal:
        done(request, str(refusal))
    else:
        done(request, f"Taken back: {trail.says}")
    request.session[UNDO] = kept
    return redirect(trail.url)


@require_GET
def pick(request: ActorRequest, kind: str) -> HttpResponse:
    """Offer likely names to a field that chooses a person or a school."""
    insist(policies.can_see_directory(request.actor))
    if kind not in (EntryKind.PERSON, EntryKind.SCHOOL):
        raise Http404
    typed = request.GET.get(request.GET.get("field", ""), "")
    hits = search.search(request.actor, typed, kinds=[EntryKind(kind)], limit=8)
    return HttpResponse(forms.options(hits))
