"""The directory of places: schools, networks, units, and the district itself."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from schoolward.base import clock
from schoolward.base.http import ActorRequest, answer, insist
from schoolward.district import policies, queries
from schoolward.home import forms, listing, rolled, sections
from schoolward.home.days import district as district_day
from schoolward.home.days.records import address
from schoolward.home.tables import district as district_tables
from schoolward.home.tables import people as people_tables
from schoolward.home.tables import schools as school_tables
from schoolward.home.tables import units as unit_tables
from schoolward.home.visits import Morning
from schoolward.home.words import count_of


@require_GET
def schools(request: ActorRequest) -> HttpResponse:
    """List the district's schools, narrowed as asked."""
    insist(policies.can_see_directory(request.actor))
    form = _school_filter(request)
    wanted = _wanted(request, form)
    found = listing.schools(request.actor, wanted, day=clock.today())
    next_url = _address(request, after=found.next_cursor) if found.next_cursor else ""
    page = {
        "form": form,
        "wanted": wanted,
        "found": found,
        "count": school_tables.found_words(len(found.lines), more=bool(next_url)),
        "table": school_tables.directory(found.lines, open_to=found.open_to),
        "is_all": not wanted.mine,
        "has_own": bool(listing.own_ids(request.actor)),
        "next": next_url,
        "first": _address(request) if wanted.after else "",
        "all_url": _address(request, mine=""),
        "mine_url": _address(request, mine="1"),
        "clear": reverse("home:schools"),
        "imports_url": address("exchange:imports"),
    }
    return answer(request, "home/schools.html", page)


def _school_filter(request: ActorRequest) -> forms.SchoolFilter:
    today = clock.today()
    networks = queries.networks(day=today)
    ilds = {ild.pk: ild.name for line in networks for ild in line.ilds}
    return forms.SchoolFilter(
        request.GET,
        networks=[(str(line.pk), line.name) for line in networks],
        ilds=[(str(pk), name) for pk, name in sorted(ilds.items(), key=lambda i: i[1])],
    )


def _wanted(request: ActorRequest, form: forms.SchoolFilter) -> listing.Wanted:
    asked = form.cleaned_data if form.is_valid() else {}
    return listing.Wanted(
        words=asked.get("q", ""),
        level=asked.get("level", ""),
        network_id=int(asked.get("network") or 0) or None,
        ild_id=int(asked.get("ild") or 0) or None,
        mine=bool(request.GET.get("mine")),
        after=request.GET.get("after", ""),
    )


def _address(request: ActorRequest, **changes: str) -> str:
    """Return this list's address with changes; a new question starts at the first page."""
    query = request.GET.copy()
    query.pop("after", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"


@require_GET
def networks(request: ActorRequest) -> HttpResponse:
    """List networks and groups, with their ILDs."""
    insist(policies.can_see_directory(request.actor))
    lines = queries.networks(day=clock.today())
    page = {
        "table": district_tables.networks(lines) if lines else None,
        "count": count_of(sum(line.supervised for line in lines), "network"),
    }
    return answer(request, "home/networks.html", page)


@require_GET
def network(request: ActorRequest, pk: int) -> HttpResponse:
    """Show a network: its ILDs, its schools, its indicators, who came and went."""
    insist(policies.can_see_directory(request.actor))
    shown = queries.network_page(pk, day=clock.today())
    if shown is None:
        raise Http404
    then = request.GET.get("network_as") == "then"
    asked = request.GET.getlist("indicator")
    figures = rolled.network_figures(
        request.actor, shown, then=then, asked=asked, every="every" in request.GET
    )
    page = {
        "network": shown,
        "today": clock.today(),
        "schools": school_tables.of_network(shown.schools, open_to=figures.open_to),
        "figures": figures,
        "then": then,
        "not_then": not then,
        "today_url": _address(request, network_as=""),
        "then_url": _address(request, network_as="then"),
        "every_url": _address(request, every="yes"),
        "clear": reverse("home:network", args=[pk]),
    }
    return answer(request, "home/network.html", page)


@require_GET
def district(request: ActorRequest) -> HttpResponse:
    """Show the district: ILDs' spans and distance, vacancies, units, indicators."""
    insist(policies.can_see_directory(request.actor))
    morning = Morning(actor=request.actor, day=clock.today(), at=clock.now())
    overview = morning.overview
    units_found = queries.units(day=morning.day)
    page = {
        "overview": overview,
        "title": overview.name or "District",
        "figures": district_day.in_numbers(morning).figures,
        "units": district_tables.units(units_found) if units_found else None,
        "sections": sections.shown(morning, sections=sections.DISTRICT),
        "networks": district_tables.networks(overview.networks)
        if overview.networks
        else None,
    }
    page |= sections.placed(page["sections"])  # type: ignore[arg-type]
    return answer(request, "home/district.html", page)


@require_GET
def units(request: ActorRequest) -> HttpResponse:
    """List the units of the central office with their leads."""
    insist(policies.can_see_directory(request.actor))
    lines = queries.units(day=clock.today())
    page = {
        "table": district_tables.units(lines) if lines else None,
        "count": count_of(len(lines), "unit"),
    }
    return answer(request, "home/units.html", page)


@require_GET
def unit(request: ActorRequest, pk: int) -> HttpResponse:
    """Show a unit: what it is for, its people, and who serves which school."""
    insist(policies.can_see_directory(request.actor))
    after = request.GET.get("after", "")
    shown = queries.unit_page(pk, day=clock.today(), after=after)
    if shown is None:
        raise Http404
    page = {
        "unit": shown,
        "today": clock.today(),
        "vacant_words": f"{count_of(shown.vacant_count, 'post')} vacant",
        "staff": people_tables.directory(shown.staff.items),
        "serves": unit_tables.serves(shown),
        "next": _address(request, after=shown.staff.next_cursor)
        if shown.staff.next_cursor
        else "",
        "first": _address(request) if after else "",
    }
    return answer(request, "home/unit.html", page)
