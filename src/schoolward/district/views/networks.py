"""Keeping networks."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from schoolward.base import clock
from schoolward.base.http import ActorRequest, answer, insist
from schoolward.district import actions, forms, policies, queries
from schoolward.district.models import Network
from schoolward.district.tables import manage as tables
from schoolward.district.views.asking import Done, FormPage, ask, sent


@require_GET
def manage_networks(request: ActorRequest) -> HttpResponse:
    """List networks to keep."""
    insist(policies.can_manage(request.actor))
    lines = queries.networks(day=clock.today())
    page = {"table": tables.networks(lines) if lines else None}
    return answer(request, "district/networks.html", page)


def _page(title: str, submit: str, **more: Any) -> FormPage:
    return FormPage(
        title=title,
        submit=submit,
        back=reverse("district:manage_networks"),
        back_label="Networks",
        **more,
    )


@require_http_methods(["GET", "POST"])
def network_add(request: ActorRequest) -> HttpResponse:
    """Open a network."""
    insist(policies.can_manage(request.actor))
    form = forms.NetworkFacts(sent(request), initial={"supervised": True})

    def act() -> Done:
        made = actions.open_network(
            by=request.actor, at=clock.now(), **form.cleaned_data
        )
        return Done(f"{made} is open.", reverse("district:manage_networks"))

    return ask(request, form, page=_page("Open a network", "Open it"), act=act)


@require_http_methods(["GET", "POST"])
def network_change(request: ActorRequest, pk: int) -> HttpResponse:
    """Rename a network or correct what is known of it."""
    insist(policies.can_manage(request.actor))
    network = _network(request, pk)
    initial = {name: getattr(network, name) for name in forms.NetworkFacts.base_fields}
    form = forms.NetworkFacts(sent(request), initial=initial)
    page = _page(
        network.name,
        "Save the network",
        lede="An earlier name stays findable.",
        template="district/network.html",
        more={"network": network},
    )

    def act() -> Done:
        saved = actions.change_network(
            network, by=request.actor, at=clock.now(), **form.cleaned_data
        )
        return Done(f"{saved} is saved.", reverse("district:manage_networks"))

    return ask(request, form, page=page, act=act)


@require_http_methods(["GET", "POST"])
def network_close(request: ActorRequest, pk: int) -> HttpResponse:
    """Close a network that no school is in any more."""
    insist(policies.can_manage(request.actor))
    network = _network(request, pk)
    form = forms.OnDay(sent(request), initial={"on": clock.today()})
    page = _page(
        f"Close {network}",
        "Close the network",
        lede="Its past stays: schools, spans and numbers of its time are still read.",
    )

    def act() -> Done:
        actions.close_network(
            network, by=request.actor, at=clock.now(), **form.cleaned_data
        )
        return Done(f"{network} is closed.", reverse("district:manage_networks"))

    return ask(request, form, page=page, act=act)


def _network(request: ActorRequest, pk: int) -> Network:
    return get_object_or_404(Network.objects.visible_to(request.actor), pk=pk)
