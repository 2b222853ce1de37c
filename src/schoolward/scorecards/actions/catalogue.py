"""Adding indicators, writing new versions of their definitions, retiring them."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import date, datetime

from django.db import transaction

from schoolward.analytics import leases
from schoolward.audit.record import record
from schoolward.base.http import insist
from schoolward.district.models import Source
from schoolward.kernel.actor import Actor
from schoolward.scorecards import policies
from schoolward.scorecards.actions import shelves
from schoolward.scorecards.domain import IndicatorDraft, check_definition
from schoolward.scorecards.models import Definition, Indicator


REASON = "changing the catalogue"
RECKONED = frozenset(
    {"unit", "subject", "minimum_cell", "scale", "ordinal_level", "guards_extremes"}
)
"""The parts of a definition that change what is reckoned or withheld."""


def ensure_indicators(
    drafts: Iterable[IndicatorDraft], *, source: Source, by: Actor, at: datetime
) -> dict[str, Indicator]:
    """Add the indicators that are not there; what a district edited stays as it is.

    Raises:
        DefinitionError: A definition contradicts itself.
    """
    wanted = {draft.key: draft for draft in drafts}
    with transaction.atomic():
        rows = Indicator.objects.unscoped(reason=REASON).filter(key__in=wanted)
        known = {row.key: row for row in rows}
        for key, draft in wanted.items():
            if key not in known:
                known[key] = _add(draft, source=source, by=by, at=at)
    return known


def define_indicator(
    draft: IndicatorDraft, *, source: Source | None, by: Actor, at: datetime
) -> Indicator:
    """Add one indicator to the catalogue.

    Raises:
        RefusedError: The actor does not keep the catalogue.
        DefinitionError: The definition contradicts itself.
    """
    insist(policies.can_define(by))
    with transaction.atomic():
        return _add(draft, source=source, by=by, at=at)


def _add(
    draft: IndicatorDraft, *, source: Source | None, by: Actor, at: datetime
) -> Indicator:
    check_definition(draft)
    row = Indicator(source=source, defined_at=at)
    _take_over(row, draft)
    row.save()
    _keep_definition(row, by=by, at=at, why="")
    record("scorecards.indicator.defined", by=by, at=at, target=row)
    return row


def _take_over(row: Indicator, draft: IndicatorDraft) -> None:
    for field in fields(draft):
        setattr(row, field.name, getattr(draft, field.name))
    row.scale = list(draft.scale)
    row.guards_extremes = draft.does_guard_extremes


def _keep_definition(row: Indicator, *, by: Actor, at: datetime, why: str) -> None:
    Definition.objects.create(
        indicator=row,
        version=row.version,
        says=asdict(row.draft) | {"source": row.source_id},
        why=why,
        written_by=by.person_id or None,
        written_by_name=by.name,
        written_at=at,
    )


def change_indicator(  # noqa: PLR0913
    indicator: Indicator,
    *,
    draft: IndicatorDraft,
    source: Source | None,
    why: str,
    by: Actor,
    at: datetime,
    today: date,
) -> Indicator:
    """Write a new version of a definition; values that it touches are reckoned anew.

    Raises:
        RefusedError: The actor does not keep the catalogue.
        DefinitionError: The definition contradicts itself, or renames the key.
    """
    insist(policies.can_define(by))
    check_definition(draft)
    changes = _changes(indicator, draft, source)
    if not changes:
        return indicator

    def write() -> None:
        _write_version(
            indicator, draft, source=source, changes=changes, why=why, by=by, at=at
        )

    if RECKONED.isdisjoint(changes):
        with transaction.atomic():
            write()
        return indicator
    with leases.lease():
        built = shelves.build(
            [draft],
            shelves.paths_of(shelves.files_in_use(), [indicator.key]),
            version=shelves.version(),
            today=today,
        )
        shelves.put_in_use(built, at=at, change=write)
    return indicator


def _changes(
    indicator: Indicator, draft: IndicatorDraft, source: Source | None
) -> list[str]:
    before = indicator.draft
    found = [
        field.name
        for field in fields(draft)
        if getattr(draft, field.name) != getattr(before, field.name)
    ]
    if indicator.source_id != (source.pk if source else None):
        found.append("source")
    return found


def _write_version(  # noqa: PLR0913
    indicator: Indicator,
    draft: IndicatorDraft,
    *,
    source: Source | None,
    changes: Sequence[str],
    why: str,
    by: Actor,
    at: datetime,
) -> None:
    rows = Indicator.objects.unscoped(reason=REASON).select_for_update()
    locked = rows.get(pk=indicator.pk)
    _take_over(locked, draft)
    locked.key, locked.source, locked.version = (
        indicator.key,
        source,
        locked.version + 1,
    )
    locked.save()
    _keep_definition(locked, by=by, at=at, why=why)
    record(
        "scorecards.indicator.changed",
        by=by,
        at=at,
        target=locked,
        version=locked.version,
        changes=", ".join(changes),
        why=why,
    )
    indicator.refresh_from_db(from_queryset=Indicator.objects.unscoped(reason=REASON))


@transaction.atomic
def retire_indicator(
    indicator: Indicator, *, why: str, by: Actor, at: datetime
) -> Indicator:
    """Take an indicator out of use; its values stay and can be looked up.

    Raises:
        RefusedError: The actor does not keep the catalogue.
    """
    insist(policies.can_define(by))
    indicator.is_active = False
    indicator.save(update_fields=["is_active"])
    record("scorecards.indicator.retired", by=by, at=at, target=indicator, why=why)
    return indicator


@transaction.atomic
def revive_indicator(indicator: Indicator, *, by: Actor, at: datetime) -> Indicator:
    """Take an indicator back into use.

    Raises:
        RefusedError: The actor does not keep the catalogue.
    """
    insist(policies.can_define(by))
    indicator.is_active = True
    indicator.save(update_fields=["is_active"])
    record("scorecards.indicator.revived", by=by, at=at, target=indicator)
    return indicator
