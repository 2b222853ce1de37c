"""Maps: which there are, what each says, and saving one's own."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schoolward.base import clock
from schoolward.base.http import ActorRequest, answer, insist
from schoolward.exchange import actions, forms, policies, queries, tables
from schoolward.exchange.domain import MapError
from schoolward.exchange.map_choice import map_text
from schoolward.exchange.models import SavedMap
from schoolward.exchange.shipped import shipped_names
from schoolward.ui.messages import done


@require_GET
def maps(request: ActorRequest) -> HttpResponse:
    """List the saved maps and the ones that ship."""
    insist(policies.can_see_loads(request.actor))
    page = {"table": tables.maps(queries.maps(request.actor))}
    return answer(request, "exchange/maps.html", page)


@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, name: str) -> HttpResponse:
    """Show a map as it is written; save it under its own name or another."""
    insist(policies.can_see_loads(request.actor))
    text = _text(request, name)
    ships = name in shipped_names()
    initial = {"text": text, "name": "" if ships else name}
    form = forms.MapText(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            saved = actions.save_map(
                by=request.actor, at=clock.now(), **form.cleaned_data
            )
        except MapError as problem:
            form.add_error("name", str(problem))
        else:
            done(request, f"The map {saved.name} was saved.")
            return redirect("exchange:map", saved.name)
    page = {"name": name, "form": form, "ships": ships}
    return answer(
        request, "exchange/map.html", page, status=422 if form.errors else 200
    )


def _text(request: ActorRequest, name: str) -> str:
    known = {one.name for one in queries.maps(request.actor)}
    if name not in known:
        raise Http404
    return map_text(name)[1]


@require_POST
def delete(request: ActorRequest, name: str) -> HttpResponse:
    """Delete a saved map."""
    insist(policies.can_load(request.actor))
    saved = get_object_or_404(SavedMap.objects.visible_to(request.actor), name=name)
    actions.delete_map(saved, by=request.actor, at=clock.now())
    done(request, f"The map {name} was deleted.")
    return redirect("exchange:maps")
