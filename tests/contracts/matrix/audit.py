"""Lines of the audit room."""

from typing import Any

from schoolward.access.tests.factories import AT
from schoolward.audit.models import LegalHold
from tests.contracts.matrix import ADMINISTRATOR, door
from tests.contracts.world import World


OFFICER = frozenset({"records_officer"})


def of_class(_world: World) -> dict[str, Any]:
    return {"key": "security"}


def a_hold(world: World) -> dict[str, Any]:
    hold = LegalHold.objects.create(
        reason="Matrix",
        school_id=world.school.pk,
        placed_by=world.person("records_officer").pk,
        placed_by_name="Officer",
        placed_at=AT,
    )
    return {"pk": hold.pk}


def a_person(world: World) -> dict[str, Any]:
    return {"person_id": world.person("chief").pk}


DOORS = {
    "audit:events": door(OFFICER, ADMINISTRATOR),
    "audit:retention": door(OFFICER, ADMINISTRATOR),
    "audit:period": door(OFFICER, args=of_class),
    "audit:dispose": door(OFFICER, args=of_class),
    "audit:holds": door(
        OFFICER,
        ADMINISTRATOR,
        post=OFFICER,
        data={"reason": "A suit", "record_class": "security"},
    ),
    "audit:lift": door(OFFICER, args=a_hold),
    "audit:person": door(OFFICER, {"chief"}, args=a_person),
    "audit:person_export": door(OFFICER, {"chief"}, args=a_person),
    "audit:forget": door(OFFICER, args=a_person),
}
