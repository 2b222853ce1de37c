"""Undoing a load, giving one up, and sweeping what broke off."""

from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from schoolward.audit.models import Load, LoadState
from schoolward.base.http import insist
from schoolward.exchange import built_upon, facts, flip, ledger, policies
from schoolward.exchange.actions import traces
from schoolward.exchange.actions.errors import LoadRefusedError
from schoolward.exchange.actions.loads import OVER, clear
from schoolward.exchange.arriving import drop, uploads
from schoolward.exchange.changes import DELETE
from schoolward.exchange.domain import Target
from schoolward.exchange.models import Staging
from schoolward.kernel.actor import Actor


def undo(load: Load, *, by: Actor, at: datetime) -> Load:
    """Take back what a load wrote, as long as nothing was built on it.

    Raises:
        LoadRefusedError: It is not loaded, a later load stands on it, or somebody
            changed what it wrote; the text says what to do.
    """
    insist(policies.can_load(by))
    _insist_loaded(load)
    if load.target == Target.INDICATORS:
        facts.undo(load.pk, by=by, at=at, also=lambda: _mark_undone(load, by=by, at=at))
    else:
        _undo_rows(load, by=by, at=at)
    load.refresh_from_db()
    ledger.forget(load.pk)
    traces.follow_up(Staging.objects.get(load_id=load.pk), at=at)
    return load


def _insist_loaded(load: Load) -> None:
    if load.state != LoadState.LOADED:
        state = load.get_state_display().lower()
        msg = f"Load #{load.pk} cannot be undone: {state}."
        raise LoadRefusedError(msg)


def _undo_rows(load: Load, *, by: Actor, at: datetime) -> None:
    with flip.ready(load.pk, operation=DELETE) as plan, transaction.atomic():
        _insist_loaded(Load.objects.select_for_update().get(pk=load.pk))
        _refuse_built_upon(load)
        staging = Staging.objects.get(load_id=load.pk)
        flip.take_back(plan, columns=staging.tallies.get("columns", {}))
        _mark_undone(load, by=by, at=at)


def _mark_undone(load: Load, *, by: Actor, at: datetime) -> None:
    row = Load.objects.select_for_update().get(pk=load.pk)
    _insist_loaded(row)
    row.state, row.undone_at = LoadState.UNDONE, at
    row.save(update_fields=["state", "undone_at"])
    traces.told("exchange.load.undone", row, by=by, at=at)


def _refuse_built_upon(load: Load) -> None:
    after = Q(loaded_at__gt=load.loaded_at)
    after |= Q(loaded_at=load.loaded_at, pk__gt=load.pk)
    later = Load.objects.filter(after, state=LoadState.LOADED)
    newest = later.order_by("-loaded_at").first()
    if newest is not None:
        msg = f"Load #{newest.pk} ({newest.file_name}) came after it. Undo that one first."
        raise LoadRefusedError(msg)
    for found, what in (
        (built_upon.overwritten(load.pk), "was changed since by other means"),
        (
            built_upon.leaning(load.pk),
            "was written since that belongs to what it brought",
        ),
    ):
        if found:
            told = ", ".join(f"{count} {name}" for name, count in found.items())
            msg = (
                f"Load #{load.pk} cannot be undone: {told} {what}. Correct it by hand."
            )
            raise LoadRefusedError(msg)


def discard(load: Load, *, by: Actor, at: datetime) -> Load:
    """Give up a load that was prepared; nothing that people see changes.

    Raises:
        LoadRefusedError: It was loaded already.
    """
    insist(policies.can_load(by))
    with transaction.atomic():
        load = Load.objects.select_for_update().get(pk=load.pk)
        if load.state in {LoadState.LOADED, LoadState.UNDONE, LoadState.LOADING}:
            msg = f"Load #{load.pk} is {load.get_state_display().lower()} already."
            raise LoadRefusedError(msg)
        load.state = LoadState.DISCARDED
        load.save(update_fields=["state"])
        traces.told("exchange.load.discarded", load, by=by, at=at)
    clear(load)
    traces.drop_file(Staging.objects.get(load_id=load.pk))
    return load


def sweep(*, before: datetime) -> int:
    """Give up loads that broke off before a moment; return how many.

    A process that was killed leaves its staging behind and nothing else: what people
    see changes in the one transaction of the load, or not at all.
    """
    broken = Load.objects.filter(
        state__in=[LoadState.STAGING, LoadState.LOADING], begun_at__lt=before
    )
    count = 0
    for load in broken:
        clear(load)
        load.state = LoadState.FAILED
        load.problem = "It broke off while it was read. Load the file again."
        load.save(update_fields=["state", "problem"])
        count += 1
    return count


def sweep_uploads() -> int:
    """Delete uploaded files whose load is over or was never begun; return how many."""
    open_loads = Load.objects.exclude(state__in=OVER).values_list("pk", flat=True)
    kept = Staging.objects.filter(load_id__in=list(open_loads), keeps_file=True)
    folders = {Path(path).parent for path in kept.values_list("path", flat=True)}
    swept = [one for one in uploads().iterdir() if one not in folders]
    for folder in swept:
        drop(folder / "file")
    return len(swept)
