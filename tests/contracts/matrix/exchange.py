"""Lines of the loading dock."""

from typing import Any

from schoolward.access.tests.factories import AT
from schoolward.audit.models import Load, LoadState
from schoolward.exchange.models import SavedMap, Staging
from tests.contracts.matrix import KEEPERS, door
from tests.contracts.world import World


def a_load(_world: World) -> dict[str, Any]:
    """Give an address a load that is over."""
    load = Load.objects.create(
        target="schools",
        format="CSV",
        file_name="schools.csv",
        sha256="0" * 64,
        as_of_date=AT.date(),
        begun_at=AT,
        state=LoadState.LOADED,
        loaded_at=AT,
    )
    Staging.objects.create(load_id=load.pk)
    return {"pk": load.pk}


def a_shipped_map(_world: World) -> dict[str, Any]:
    return {"name": "chicago-profile"}


def a_saved_map(world: World) -> dict[str, Any]:
    person = world.person("analyst")
    SavedMap.objects.create(
        name="ours", target="schools", text="", saved_by=person.pk, saved_at=AT
    )
    return {"name": "ours"}


DOORS = {
    "exchange:imports": door(KEEPERS),
    "exchange:new": door(KEEPERS),
    "exchange:maps": door(KEEPERS),
    "exchange:map": door(KEEPERS, args=a_shipped_map),
    "exchange:delete_map": door(KEEPERS, args=a_saved_map),
    "exchange:load": door(KEEPERS, args=a_load),
    "exchange:columns": door(KEEPERS, args=a_load),
    "exchange:question": door(KEEPERS, args=a_load),
    "exchange:make_so": door(KEEPERS, args=a_load),
    "exchange:again": door(KEEPERS, args=a_load),
    "exchange:stop": door(KEEPERS, args=a_load),
    "exchange:discard": door(KEEPERS, args=a_load),
    "exchange:undo": door(KEEPERS, args=a_load),
    "exchange:refusals": door(KEEPERS, args=a_load),
}
