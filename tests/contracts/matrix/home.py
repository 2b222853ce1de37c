"""Lines of the home room."""

from typing import Any

from schoolward.base import clock
from schoolward.base.models import Job, JobState
from schoolward.district.models import Network
from tests.contracts.matrix import MEMBERS, NEAR, WHOLE, door, of_school
from tests.contracts.world import World


ASKER = frozenset({"chief", "administrator"})
"""Who asked for the job in question, and who sees every job."""


def a_network(_world: World) -> dict[str, Any]:
    return {"pk": Network.objects.create(name="Matrix network").pk}


def a_person(world: World) -> dict[str, Any]:
    return {"pk": world.person("chief").pk}


def a_unit(world: World) -> dict[str, Any]:
    return {"pk": world.unit.pk}


def a_job(world: World) -> dict[str, Any]:
    made = Job.objects.create(
        name="district.search.index",
        arguments={"kind": "person", "first": 0, "last": 0},
        asked_by=world.person("chief").pk,
        asked_at=clock.now(),
        state=JobState.FAILED,
    )
    return {"pk": made.pk}


DOORS = {
    "home:day": door(MEMBERS),
    "home:schools": door(MEMBERS),
    "home:school": door(NEAR, WHOLE, {"unit_lead"}, args=of_school),
    "home:who": door(MEMBERS, args=of_school),
    "home:networks": door(MEMBERS),
    "home:network": door(MEMBERS, args=a_network),
    "home:district": door(MEMBERS),
    "home:people": door(MEMBERS),
    "home:person": door(MEMBERS, args=a_person),
    "home:units": door(MEMBERS),
    "home:unit": door(MEMBERS, args=a_unit),
    "home:search": door(MEMBERS),
    "home:jobs": door(MEMBERS),
    "home:job": door(ASKER, args=a_job),
    "home:retry_job": door(ASKER, args=a_job),
    "home:stop_job": door(ASKER, args=a_job),
}
