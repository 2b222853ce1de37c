"""Lines of one's own time: open to everyone with a post, and only for what is theirs."""

from datetime import UTC, datetime
from typing import Any

from schoolward.access.tests.factories import AT
from schoolward.timeuse.models import Calendar, CalendarKind
from tests.contracts.matrix import MEMBERS, door
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


OWNER = frozenset({"ild"})

DOORS = {
    "timeuse:week": door(MEMBERS),
    "timeuse:bring": door(MEMBERS),
    "timeuse:calendar": door(OWNER, args=of_the_ild),
    "timeuse:remove": door(OWNER, args=of_the_ild),
}
