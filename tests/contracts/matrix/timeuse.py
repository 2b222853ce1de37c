"""Lines of one's own time: open to everyone with a post, and only for what is theirs."""

from datetime import UTC, datetime
from typing import Any

from schoolward.access.tests.factories import AT
from schoolward.timeuse.models import (
    Calendar,
    CalendarEvent,
    CalendarKind,
    OwnRule,
    SortingRule,
)
from tests.contracts.matrix import KEEPERS, MEMBERS, door
from tests.contracts.world import World


def of_the_ild(world: World) -> dict[str, Any]:
    """Give an address the calendar of the school's ILD."""
    made = Calendar.objects.create(
        person=world.person("ild"),
        kind=CalendarKind.FILE,
        name="Work",
        sha256="0" * 64,
        window_start=datetime(2026, 7, 1, tzinfo=UTC),
        window_end=datetime(2027, 7, 1, tzinfo=UTC),
        loaded_at=AT,
    )
    return {"pk": made.pk}


def event_of_the_ild(world: World) -> dict[str, Any]:
    """Give an address an event in that calendar."""
    made = CalendarEvent.objects.create(
        calendar_id=of_the_ild(world)["pk"],
        uid="a",
        instance_key="20260901",
        starts_at=datetime(2026, 9, 1, tzinfo=UTC),
        ends_at=datetime(2026, 9, 2, tzinfo=UTC),
        all_day=True,
        status="confirmed",
        is_busy=True,
        is_private=False,
        title="Visit",
    )
    return {"pk": made.pk}


def own_rule_of_the_ild(world: World) -> dict[str, Any]:
    """Give an address a rule that the school's ILD made."""
    made = OwnRule.objects.create(
        person=world.person("ild"), title="visit", category="visit", made_at=AT
    )
    return {"pk": made.pk}


def a_shared_rule(_world: World) -> dict[str, Any]:
    """Give an address a rule of the district."""
    made = SortingRule.objects.create(
        position=10,
        name="Visits",
        category="visit",
        words=["visit"],
        principals="any",
        at_school=False,
        from_unit=False,
    )
    return {"pk": made.pk}


OWNER = frozenset({"ild"})

DOORS = {
    "timeuse:week": door(MEMBERS),
    "timeuse:bring": door(MEMBERS),
    "timeuse:calendar": door(OWNER, args=of_the_ild),
    "timeuse:remove": door(OWNER, args=of_the_ild),
    "timeuse:correct": door(
        OWNER, args=event_of_the_ild, data={"category": "one_on_one"}
    ),
    "timeuse:rules": door(MEMBERS),
    "timeuse:drop": door(OWNER, args=own_rule_of_the_ild),
    "timeuse:adopt": door(KEEPERS),
    "timeuse:new_rule": door(KEEPERS),
    "timeuse:rule": door(KEEPERS, args=a_shared_rule),
    "timeuse:remove_rule": door(KEEPERS, args=a_shared_rule),
}
