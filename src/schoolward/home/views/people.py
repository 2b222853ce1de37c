"""The directory of people."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from schoolward.audit.policies import can_export_person
from schoolward.base import clock
from schoolward.base.http import ActorRequest, answer, insist
from schoolward.district import policies, queries, search
from schoolward.district.models import EntryKind
from schoolward.home import forms
from schoolward.home.days.records import address
from schoolward.home.tables import people as tables
from schoolward.home.words import count_of
from schoolward.kernel.actor import Actor


MOST_FOUND = 60


@require_GET
def people(request: ActorRequest) -> HttpResponse:
    """List the people who hold a post, narrowed as asked."""
    insist(policies.can_see_directory(request.actor))
    today = clock.today()
    units = queries.unit_names(day=today)
    form = forms.PeopleFilter(
        request.GET, units=[(str(pk), name) for pk, name in units]
    )
    asked = form.cleaned_data if form.is_valid() else {}
    page = {
        "form": form,
        "is_narrowed": any(asked.values()),
        "clear": reverse("home:people"),
        "imports_url": address("exchange:imports"),
        **_found(request, asked),
    }
    return answer(request, "home/people.html", page)


def _found(request: ActorRequest, asked: dict[str, str]) -> dict[str, object]:
    if asked.get("q"):
        hits = search.search(
            request.actor,
            asked["q"],
            kinds=(EntryKind.PERSON,),
            limit=MOST_FOUND,
        )
        count = count_of(len(hits), "person", plural="people")
        return {"hits": hits, "count": count}
    after = request.GET.get("after", "")
    found = queries.people(
        request.actor,
        day=clock.today(),
        after=after,
        seat=asked.get("seat", ""),
        unit_id=int(asked.get("unit") or 0) or None,
    )
    count = count_of(len(found.items), "person", plural="people")
    return {
        "table": tables.directory(found.items),
        "next": _after(request, found.next_cursor),
        "first": _after(request, "") if after else "",
        "count": f"{count} on this page" if found.next_cursor else count,
    }


def _after(request: ActorRequest, cursor: str | None) -> str:
    if cursor is None:
        return ""
    query = request.GET.copy()
    query.pop("after", None)
    if cursor:
        query["after"] = cursor
    return f"?{query.urlencode()}"


def _held(actor: Actor, person_id: int) -> str:
    """Return where what is held about a person is shown, to those who may see it."""
    may = can_export_person(actor, person_id)
    return reverse("audit:person", args=[person_id]) if may else ""


@require_GET
def person(request: ActorRequest, pk: int) -> HttpResponse:
    """Show a person: their posts, the schools they serve, how to reach them."""
    insist(policies.can_see_directory(request.actor))
    shown = queries.person_page(pk, day=clock.today())
    if shown is None:
        raise Http404
    page = {
        "shown": shown,
        "today": clock.today(),
        "reach": tables.reach(shown.person.email, shown.person.phone),
        "posts": tables.posts(
            shown.person.posts, label=f"Posts of {shown.person.name}"
        ),
        "earlier": tables.posts(
            shown.earlier, label=f"Earlier and later posts of {shown.person.name}"
        ),
        "serves": tables.services(shown),
        "held_url": _held(request.actor, pk),
    }
    return answer(request, "home/person.html", page)
