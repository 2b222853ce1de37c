"""Lines of the district room."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import models

from schoolward.access.tests.factories import AT, LONG_AGO
from schoolward.base import clock
from schoolward.district.models import (
    Assignment,
    DayException,
    Delegation,
    Goal,
    Merge,
    Network,
    Person,
    Post,
    SchoolYear,
    Source,
    WrongFact,
)
from tests.contracts.matrix import (
    ADMINISTRATOR,
    DELEGATE,
    KEEPERS,
    MEMBERS,
    NEAR,
    WHOLE,
    door,
    of_school,
)
from tests.contracts.world import World


PLANNERS = KEEPERS | {"deputy", "superintendent"}
"""Those who decide who supervises whom and which network a school is in."""
UNIT_LEAD = frozenset({"unit_lead"})
PAGE = NEAR | WHOLE | UNIT_LEAD
"""Those who may open the page of the school in question."""
GOALS = DELEGATE | {"principal", "assistant_principal", "ild"}
ASSIGNERS = KEEPERS | UNIT_LEAD
DAY = "2027-07-01"

Args = Callable[[World], dict[str, Any]]


def row(make: Callable[[World], models.Model]) -> Args:
    """Give an address a row that is made for it."""
    return lambda world: {"pk": make(world).pk}


def _today() -> dict[str, Any]:
    return {"start_date": clock.today() - timedelta(days=9)}


a_network = row(lambda _: Network.objects.create(name="Network 99"))
a_unit = row(lambda world: world.unit)
a_person = row(lambda world: world.person("chief"))
the_principal = row(lambda world: world.person("principal"))
a_source = row(lambda _: Source.objects.create(key="matrix", name="Matrix"))
an_assignment = row(
    lambda world: Assignment.objects.create(
        person=world.person("unit_staff"),
        unit=world.unit,
        school=world.other_school,
        **_today(),
    )
)
a_post = row(
    lambda world: Post.objects.create(
        seat="chief", person=world.person("board_member"), **_today()
    )
)
a_delegation = row(
    lambda world: Delegation.objects.create(
        person=world.person("principal"), delegate=world.person("chief"), **_today()
    )
)
a_merge = row(
    lambda world: Merge.objects.create(
        kept=world.person("chief"),
        other=Person.objects.create(display_name="Chief again"),
        reason="Matrix",
        proposed_at=AT,
    )
)
a_day = row(lambda _: DayException.objects.create(day=clock.today(), kind="holiday"))
a_goal = row(
    lambda world: Goal.objects.create(
        school=world.school, start_year=2026, title="Read", written_at=AT
    )
)
a_report = row(
    lambda world: WrongFact.objects.create(
        school=world.school,
        fact="Phone",
        said="It rings elsewhere.",
        said_by=world.person("principal"),
        said_at=AT,
    )
)


def a_year(_world: World) -> dict[str, Any]:
    start = clock.today().year + 9
    SchoolYear.objects.create(
        start_year=start,
        first_date=LONG_AGO.replace(year=start, month=8, day=20),
        last_date=LONG_AGO.replace(year=start + 1, month=6, day=10),
    )
    return {"start_year": start}


PLACES = {
    "district:manage": door(PLANNERS),
    "district:manage_schools": door(PLANNERS),
    "district:school_kept": door(PLANNERS, args=of_school),
    "district:school_add": door(KEEPERS, data={"name": "Oak", "level": "high"}),
    "district:school_change": door(KEEPERS, args=of_school, data={"level": "high"}),
    "district:school_rename": door(
        KEEPERS, args=of_school, data={"name": "Oak", "on": "2020-07-01"}
    ),
    "district:school_close": door(KEEPERS, args=of_school, data={"on": DAY}),
    "district:school_merge": door(KEEPERS, args=of_school, data={"on": DAY}),
    "district:school_move": door(PLANNERS, args=of_school, data={"start": DAY}),
    "district:supervise": door(PLANNERS, args=of_school, data={"start": DAY}),
    "district:manage_networks": door(KEEPERS),
    "district:network_add": door(KEEPERS, data={"name": "Network 98"}),
    "district:network_change": door(KEEPERS, args=a_network, data={"name": "North"}),
    "district:network_close": door(KEEPERS, args=a_network, data={"on": DAY}),
    "district:manage_units": door(KEEPERS),
    "district:unit_add": door(KEEPERS, data={"name": "Payroll"}),
    "district:unit_kept": door(ASSIGNERS, args=a_unit),
    "district:unit_change": door(KEEPERS, args=a_unit, data={"name": "Buildings"}),
    "district:unit_close": door(KEEPERS, args=a_unit, data={"on": DAY}),
    "district:assign": door(ASSIGNERS, args=a_unit),
    "district:assignment_end": door(ASSIGNERS, args=an_assignment, data={"on": DAY}),
}

PEOPLE = {
    "district:manage_people": door(KEEPERS),
    "district:person_add": door(KEEPERS, data={"display_name": "Ann Lee"}),
    "district:person_kept": door(PLANNERS, args=a_person),
    "district:person_change": door(
        KEEPERS, args=a_person, data={"display_name": "Ann Lee"}
    ),
    "district:transfer": door(PLANNERS, args=a_person, data={"start": DAY}),
    "district:delegates": door(ADMINISTRATOR, {"principal"}, args=the_principal),
    "district:delegation_end": door(ADMINISTRATOR, {"principal"}, args=a_delegation),
    "district:merges": door(KEEPERS),
    "district:merge_propose": door(KEEPERS),
    "district:merge_merge": door(KEEPERS, args=a_merge),
    "district:merge_dismiss": door(KEEPERS, args=a_merge),
    "district:merge_undo": door(KEEPERS, args=a_merge),
    "district:appoint": door(
        KEEPERS, data={"seat": "chief", "capacity": "regular", "start": DAY}
    ),
    "district:post_change": door(KEEPERS, args=a_post, data={"capacity": "acting"}),
    "district:post_end": door(KEEPERS, args=a_post, data={"on": DAY}),
}

YEARS = {
    "district:calendar": door(MEMBERS),
    "district:calendar_year": door(MEMBERS, args=a_year),
    "district:year_change": door(KEEPERS, args=a_year),
    "district:rollover": door(KEEPERS),
    "district:days_set": door(KEEPERS, data={"first": DAY, "kind": "holiday"}),
    "district:day_clear": door(KEEPERS, args=a_day),
}

SETTINGS = {
    "district:settings": door(
        KEEPERS, data={"name": "Matrix", "time_zone": "America/Denver"}
    ),
    "district:search_rebuild": door(KEEPERS),
    "district:sources": door(KEEPERS),
    "district:source_add": door(KEEPERS, data={"key": "new", "name": "New"}),
    "district:source_change": door(KEEPERS, args=a_source, data={"name": "Other"}),
    # Nobody has anything to take back in a fresh visit: 404 for all.
    "district:undo": door(args=lambda _: {"number": 1}),
    "district:pick": door(MEMBERS, args=lambda _: {"kind": "school"}),
}

SCHOOLS = {
    "district:edit_profile": door(
        NEAR, args=of_school, data={"field": "needs", "text": "Paint"}
    ),
    "district:profile_history": door(PAGE, args=of_school),
    "district:check_school": door(NEAR, args=of_school),
    "district:goals": door(PAGE, args=of_school),
    "district:goal_add": door(GOALS, args=of_school, data={"title": "Read"}),
    "district:goals_carry": door(GOALS, args=of_school),
    "district:goal_change": door(GOALS, args=a_goal, data={"title": "Read on"}),
    "district:goal_end": door(GOALS, args=a_goal),
    "district:report_wrong": door(
        PAGE, args=of_school, data={"fact": "Phone", "said": "It rings elsewhere."}
    ),
    "district:wrong_facts": door(MEMBERS),
    "district:wrong_fact": door(
        PAGE, post=KEEPERS, args=a_report, data={"state": "right", "answer": "Checked."}
    ),
}

DOORS = PLACES | PEOPLE | YEARS | SETTINGS | SCHOOLS
