"""What each panel of a school's page shows, asked of the rooms below."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.urls import reverse

from schoolward.district import queries
from schoolward.district.models import WrongFactState
from schoolward.district.queries.ahead import days_ahead
from schoolward.home import few
from schoolward.home.tables import goals as goal_tables
from schoolward.home.tables import indicators as indicator_tables
from schoolward.home.tables.service import own_title
from schoolward.home.visits import Visit
from schoolward.home.words import count_of
from schoolward.kernel.schoolyear import SchoolYear
from schoolward.scorecards import queries as scorecards


LATELY = timedelta(days=120)
"""How far back "lately" reaches: about a term."""

MOST_CHANGES = 8
MOST_DAYS = 6


def serving(visit: Visit) -> Mapping[str, Any]:
    """Show the ILD and each unit's person, and the posts nobody holds."""
    servers = [
        replace(one, title=own_title(one))
        for one in queries.who_serves(visit.school_id, day=visit.day)
    ]
    people = {one.person.pk for one in servers if one.person}
    vacant = sum(one.is_vacant for one in servers)
    missing = f", {count_of(vacant, 'place')} vacant" if vacant else ""
    meta = count_of(len(people), "person", plural="people") + missing
    return {"servers": servers, "meta": meta if servers else ""}


def goals(visit: Visit) -> Mapping[str, Any]:
    """Show the goals of this school year."""
    year = SchoolYear.of(visit.day)
    rows = queries.goals(visit.school_id, start_year=year.start)
    agreed = max((row.agreed_date for row in rows if row.agreed_date), default=None)
    return {
        "title": f"Goals for {year.label}",
        "agreed": agreed,
        "rows": rows,
        "table": goal_tables.goals(rows, head=visit.head),
        "may_edit": visit.may_edit_goals,
    }


def profile(visit: Visit) -> Mapping[str, Any]:
    """Show what the school's people say of it, and who wrote last."""
    parts = queries.profile(visit.school_id)
    moments = [part.written_at for part in parts if part.written_at]
    newest = max(moments, default=None)
    last = next((part for part in parts if newest and part.written_at == newest), None)
    return {"parts": parts, "last": last, "may_edit": visit.may_edit_profile}


def about(visit: Visit) -> Mapping[str, Any]:
    """Show the directory's facts, each with its way to say that it is wrong."""
    head = visit.head
    is_link = head.website.startswith(("https://", "http://"))
    return {
        "website": head.website if is_link else "",
        "may_confirm": visit.may_edit_profile,
    }


def days(visit: Visit) -> Mapping[str, Any] | None:
    """Show the days ahead on which this school differs from the rule."""
    ahead = days_ahead(visit.school_id, day=visit.day, limit=MOST_DAYS)
    return {"ahead": ahead} if ahead else None


def lately(visit: Visit) -> Mapping[str, Any]:
    """Show what changed at the school in the last months."""
    since = visit.day - LATELY
    changes = queries.lately(visit.school_id, since=since, day=visit.day)
    return {"changes": changes[:MOST_CHANGES], "since": since}


def reports(visit: Visit) -> Mapping[str, Any] | None:
    """Show the open reports that a fact of this school is wrong; none, no panel."""
    told = queries.wrong_facts_of(visit.actor, visit.school_id)
    rows = [row for row in told if row.state == WrongFactState.OPEN]
    return {"rows": rows, "meta": f"{len(rows)} open"} if rows else None


def indicators(visit: Visit) -> Mapping[str, Any]:
    """Show each indicator with its trend, its network and the district beside it."""
    network = visit.head.network
    found = scorecards.school_indicators(
        visit.school_id,
        network_id=network.pk if network else None,
        network_as=visit.network_as,
        most=None if visit.every else few.MOST + 1,
    )
    rows, is_cut = few.cut(found, every=visit.every)
    here = reverse("home:school", args=[visit.school_id])
    return {
        "rows": rows,
        "table": indicator_tables.of_school(rows, head=visit.head),
        "trends": indicator_tables.trends(rows, place=visit.head.name),
        "meta": few.told(rows, is_cut=is_cut),
        "every_url": f"{here}?every=yes#indicators" if is_cut else "",
        "is_then": visit.network_as == "then",
        "is_today": visit.network_as == "today",
        "then_url": f"{here}?network_as=then#indicators",
        "today_url": f"{here}#indicators",
    }
