"""Saving maps under a name, and deleting them."""

from datetime import datetime

from django.db import transaction

from schoolward.audit.record import record
from schoolward.base.http import insist
from schoolward.exchange import policies
from schoolward.exchange.domain import MapError
from schoolward.exchange.map_format import read_map
from schoolward.exchange.models import SavedMap
from schoolward.exchange.shipped import shipped_names
from schoolward.kernel.actor import Actor


def save_map(*, name: str, text: str, by: Actor, at: datetime) -> SavedMap:
    """Save a map under a name; a map of that name is replaced.

    Raises:
        MapError: The text cannot be followed, or the name is that of a shipped map.
    """
    insist(policies.can_load(by))
    if name in shipped_names():
        msg = f"{name} is the name of a map that ships. Choose another name."
        raise MapError(msg)
    map_ = read_map(text, name=name)
    saved, _ = SavedMap.objects.unscoped(
        reason="a map is saved by its name"
    ).update_or_create(
        name=name,
        defaults={
            "target": map_.target.value,
            "text": text,
            "saved_by": by.person_id or None,
            "saved_by_name": by.name,
            "saved_at": at,
        },
    )
    record("exchange.map.saved", by=by, at=at, target=saved, of=map_.target.value)
    return saved


def delete_map(saved: SavedMap, *, by: Actor, at: datetime) -> None:
    """Delete a saved map; loads keep the text they were read by."""
    insist(policies.can_load(by))
    with transaction.atomic():
        record("exchange.map.deleted", by=by, at=at, target=saved, name=saved.name)
        saved.delete()
