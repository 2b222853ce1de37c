"""One page per school, and its card in the directory."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from schoolward.base import clock
from schoolward.base.http import ActorRequest, answer, insist
from schoolward.district import policies, queries
from schoolward.district.queries import SchoolHead
from schoolward.home import panels
from schoolward.home.tables import service
from schoolward.home.visits import Visit
from schoolward.home.words import count_of
from schoolward.kernel.actor import Actor


@require_GET
def school(request: ActorRequest, pk: int) -> HttpResponse:
    """Show a school's page to those who lead, supervise or serve it."""
    head = _head(request.actor, pk)
    decision = policies.can_open_page(request.actor, pk)
    card = reverse("home:who", args=[pk])
    insist(decision, link=card, link_text=f"{head.name} in the directory")
    then = request.GET.get("network_as") == "then"
    visit = Visit(
        actor=request.actor,
        head=head,
        day=clock.today(),
        network_as="then" if then else "today",
        every="every" in request.GET,
    )
    page = {
        "head": head,
        "today": visit.day,
        "reason": decision.reason,
        "may_edit_profile": visit.may_edit_profile,
        "columns": panels.shown(visit),
    }
    return answer(request, "home/school.html", page)


@require_GET
def who(request: ActorRequest, pk: int) -> HttpResponse:
    """Show who leads a school and who does what for it, to everyone with a post."""
    head = _head(request.actor, pk)
    found = queries.who_serves(pk, day=clock.today())
    page = {
        "head": head,
        "today": clock.today(),
        "table": service.servers(found, head=head) if found else None,
        "meta": count_of(sum(not one.is_vacant for one in found), "name"),
        "may_open": policies.can_open_page(request.actor, pk),
    }
    return answer(request, "home/who.html", page)


def _head(actor: Actor, pk: int) -> SchoolHead:
    insist(policies.can_see_directory(actor))
    head = queries.school_head(pk, day=clock.today())
    if head is None:
        raise Http404
    return head
