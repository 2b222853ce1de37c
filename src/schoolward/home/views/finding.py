"""Search over schools, people, units and networks."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from schoolward.base.http import ActorRequest, answer, insist
from schoolward.district import policies, search
from schoolward.district.models import EntryKind
from schoolward.home import found
from schoolward.home.words import count_of


@require_GET
def find(request: ActorRequest) -> HttpResponse:
    """Find places and people by name, misspelled or former; the best first."""
    insist(policies.can_see_directory(request.actor))
    words = request.GET.get("q", "").strip()[:100]
    kind = request.GET.get("kind", "")
    kinds = (EntryKind(kind),) if kind in EntryKind.values else ()
    hits = search.search(request.actor, words, kinds=kinds, limit=40)
    page = {
        "words": words,
        "kind": kind,
        "tabs": found.tabs(words, kind=kind),
        "hits": [found.line(hit, actor=request.actor) for hit in hits],
        "count": count_of(len(hits), "result") if words else "",
    }
    return answer(request, "home/search.html", page)
