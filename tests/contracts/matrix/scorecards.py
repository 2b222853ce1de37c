"""Lines of the catalogue of indicators."""

from typing import Any

from schoolward.access.tests.factories import AT
from schoolward.district.models import Source
from schoolward.kernel.actor import SYSTEM
from schoolward.scorecards import actions
from schoolward.scorecards.domain import IndicatorDraft, Unit
from tests.contracts.matrix import KEEPERS, MEMBERS, door
from tests.contracts.world import World


def an_indicator(_world: World) -> dict[str, Any]:
    source = Source.objects.create(key="matrix", name="Matrix")
    draft = IndicatorDraft(
        key="attendance",
        name="Attendance",
        question="Who comes?",
        unit=Unit.SHARE,
    )
    actions.ensure_indicators([draft], source=source, by=SYSTEM, at=AT)
    return {"key": "attendance"}


DOORS = {
    "scorecards:indicators": door(MEMBERS),
    "scorecards:define": door(KEEPERS),
    "scorecards:indicator": door(MEMBERS, args=an_indicator),
    "scorecards:indicator_csv": door(MEMBERS, args=an_indicator),
    "scorecards:change": door(KEEPERS, args=an_indicator),
    "scorecards:retire": door(KEEPERS, args=an_indicator),
    "scorecards:revive": door(KEEPERS, args=an_indicator),
}
