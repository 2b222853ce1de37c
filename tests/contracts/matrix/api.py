"""Lines of the api room: what programs may ask, with a token."""

from typing import Any

from schoolward.access.tests.factories import AT
from schoolward.audit.models import Load
from schoolward.district.tests.factories import SourceFactory
from schoolward.scorecards.models import Indicator
from tests.contracts.matrix import ANYONE, KEEPERS, MEMBERS, NEAR, WHOLE, door
from tests.contracts.world import World


def of_school(world: World) -> dict[str, Any]:
    return {"id": str(world.school.pk)}


def a_load(_world: World) -> dict[str, Any]:
    load = Load.objects.create(
        target="schools",
        format="text",
        file_name="schools.csv",
        sha256="0" * 64,
        as_of_date=AT.date(),
        begun_at=AT,
    )
    return {"id": str(load.pk)}


def an_indicator(_world: World) -> dict[str, Any]:
    indicator = Indicator.objects.create(
        key="attendance",
        name="Attendance",
        question="Who comes?",
        unit="share",
        source=SourceFactory(),
        defined_at=AT,
    )
    return {"key": indicator.key}


DOORS = {
    "healthz": door(ANYONE),
    "api:openapi-json": door(ANYONE),
    "api:api-root": door(),
    "api:nothing": door(),
    "api:schools": door(MEMBERS),
    "api:school": door(NEAR, WHOLE, {"unit_lead"}, args=of_school),
    "api:networks": door(MEMBERS),
    "api:units": door(MEMBERS),
    "api:people": door(MEMBERS),
    "api:posts": door(MEMBERS),
    "api:calendar": door(MEMBERS),
    "api:search": door(MEMBERS, query={"q": "Ames"}),
    "api:indicators": door(MEMBERS),
    "api:values": door(MEMBERS, args=an_indicator),
    "api:imports": door(KEEPERS),
    "api:import": door(KEEPERS, args=a_load),
}
