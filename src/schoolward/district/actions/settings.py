"""The district's own choices, and who answers for its sources."""

from datetime import datetime

from django.db import transaction

from schoolward.audit.record import record
from schoolward.base.http import insist
from schoolward.district import policies
from schoolward.district.actions.rows import Detail, change, locked
from schoolward.district.domain import RuleError
from schoolward.district.models import District, Source
from schoolward.kernel.actor import Actor


@transaction.atomic
def change_district(
    district: District, *, by: Actor, at: datetime, **details: Detail
) -> District:
    """Change the district's name, time zone, or whether it is small (M13).

    Raises:
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    district = locked(district)
    change(district, details, verb="district.settings.changed", by=by, at=at)
    return district


@transaction.atomic
def add_source(key: str, *, by: Actor, at: datetime, **details: Detail) -> Source:
    """Add a source of facts.

    Raises:
        RuleError: There is one with this key.
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    rows = Source.objects.unscoped(reason="whether the key is taken")
    if rows.filter(key=key).exists():
        msg = f"There is a source with the key {key} already. Choose another key."
        raise RuleError(msg)
    source = Source.objects.create(key=key, **details)
    record("district.source.added", by=by, at=at, target=source)
    return source


@transaction.atomic
def change_source(
    source: Source, *, by: Actor, at: datetime, **details: Detail
) -> Source:
    """Change what a source is called and who answers for it.

    Raises:
        RefusedError: The actor does not keep the district's records.
    """
    insist(policies.can_manage(by))
    source = locked(source)
    change(source, details, verb="district.source.changed", by=by, at=at)
    return source
