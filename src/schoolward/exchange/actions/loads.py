"""Beginning, preparing and making a load so, at one moment or not at all."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from schoolward.audit.models import Load, LoadState
from schoolward.base.http import insist
from schoolward.exchange import facts, flip, ledger, policies
from schoolward.exchange.actions import traces
from schoolward.exchange.actions.errors import (
    GuardedError,
    LoadRefusedError,
    StaleError,
)
from schoolward.exchange.choices import Choices, choices_of
from schoolward.exchange.domain import (
    MapError,
    QuestionError,
    Target,
    UnreadableFileError,
)
from schoolward.exchange.models import Refused, Staging
from schoolward.exchange.preparing import Progress, mark, prepare
from schoolward.kernel.actor import Actor


TRIES = 3
STALE = "The district changed since this load was prepared. Prepare it again."
READY = (LoadState.STAGED, LoadState.GUARDED)
OVER = (LoadState.LOADED, LoadState.UNDONE, LoadState.DISCARDED)
READING_PROBLEMS = (UnreadableFileError, MapError, QuestionError)


def begin(choices: Choices, *, keeps_file: bool, by: Actor, at: datetime) -> Load:
    """Write the row of a load that is about to be prepared.

    Args:
        choices: The file and how to read it.
        keeps_file: Whether the file is ours to delete when the load is over.
        by: Who loads.
        at: When.
    """
    insist(policies.can_load(by))
    with transaction.atomic():
        load = Load.objects.create(
            target=choices.target,
            format="",
            file_name=choices.name[:255],
            sha256="",
            map_name=choices.map_name,
            as_of_date=choices.as_of or localdate(at),
            begun_by=by.person_id or None,
            begun_by_name=by.name,
            begun_at=at,
        )
        Staging.objects.create(
            load_id=load.pk,
            path=str(choices.path),
            keeps_file=keeps_file,
            choices=choices.as_json(),
        )
    return load


def stage(
    load: Load, *, by: Actor, at: datetime, progress: Progress = lambda _: None
) -> Load:
    """Read, check and plan a load; nothing that people see changes.

    Raises:
        UnreadableFileError: The file cannot be read; the load is kept as not loaded.
        MapError: The map cannot be followed.
        QuestionError: A person must answer something first.
        LoadRefusedError: It was loaded already, or given up.
    """
    insist(policies.can_load(by))
    _insist_open(load)
    choices = choices_of(Staging.objects.get(load_id=load.pk).choices)
    clear(load)
    load.state, load.problem = LoadState.STAGING, ""
    load.save(update_fields=["state", "problem"])
    try:
        return prepare(load, choices, at=at, progress=progress)
    except BaseException as error:
        _fail(load, error)
        raise


def _insist_open(load: Load) -> None:
    """Refuse to plan a load anew that is over: the plan it was made by undoes it."""
    if load.state in OVER:
        state = load.get_state_display().lower()
        msg = f"Load #{load.pk} is {state} already. Load the file as a new one."
        raise LoadRefusedError(msg)


def _fail(load: Load, error: BaseException) -> None:
    """Keep why a load broke off; what it staged goes."""
    told = str(error) if isinstance(error, READING_PROBLEMS) else ""
    clear(load)
    load.state = LoadState.FAILED
    load.problem = told or "It broke off while it was read. Load the file again."
    load.save(update_fields=["state", "problem"])
    asked = {}
    if isinstance(error, QuestionError):
        asked = {"answer": error.answer, "options": error.options}
    Staging.objects.filter(load_id=load.pk).update(question=asked)


def clear(load: Load) -> None:
    """Drop what was staged for a load, in short transactions."""
    facts.release(load.pk)
    ledger.forget(load.pk)
    Refused.objects.filter(load_id=load.pk).delete()


def load_staged(
    load: Load, *, by: Actor, at: datetime, allow_change: bool = False
) -> Load:
    """Make a prepared load so, in one transaction.

    Args:
        load: The load.
        by: Who loads.
        at: When.
        allow_change: The answer to the guard: yes, so much is meant to change.

    Raises:
        GuardedError: The guard stops it and nobody answered.
        StaleError: The district changed since; prepare it again.
        LoadRefusedError: It is not ready, or was loaded already.
    """
    insist(policies.can_load(by))
    _check_ready(
        Load.objects.get(pk=load.pk),
        Staging.objects.get(load_id=load.pk),
        allow_change=allow_change,
    )
    try:
        with flip.ready(load.pk) as plan, transaction.atomic():
            load = Load.objects.select_for_update().get(pk=load.pk)
            staging = Staging.objects.select_for_update().get(load_id=load.pk)
            _check_ready(load, staging, allow_change=allow_change)
            flip.make_so(plan, columns=staging.tallies.get("columns", {}))
            facts.commit(load.pk, by=by, at=at)
            _mark_loaded(load, staging, by=by, at=at)
    except (IntegrityError, flip.PlanChangedError, facts.SourceTakenError) as error:
        raise StaleError(STALE) from error
    traces.follow_up(staging, at=at)
    traces.drop_file(staging)
    return load


def load_staged_anew(
    load: Load, *, by: Actor, at: datetime, allow_change: bool = False
) -> Load:
    """Make a prepared load so; prepare it again when the district changed meanwhile.

    Raises:
        GuardedError: The guard stops it and nobody answered.
        LoadRefusedError: It is not ready, or the district changes all the time.
    """
    for _ in range(TRIES):
        try:
            return load_staged(load, by=by, at=at, allow_change=allow_change)
        except StaleError:
            load = stage(load, by=by, at=at)
    msg = (
        "The district changed each time the load was prepared. Load it in a quiet hour."
    )
    raise LoadRefusedError(msg)


def _check_ready(load: Load, staging: Staging, *, allow_change: bool) -> None:
    if load.state not in READY:
        msg = f"Load #{load.pk} is not ready: {load.get_state_display().lower()}."
        raise LoadRefusedError(msg)
    if staging.guard_reason and not allow_change:
        raise GuardedError(staging.guard_reason)
    if staging.mark != mark() or not _is_staged_here(load):
        raise StaleError(STALE)


def _is_staged_here(load: Load) -> bool:
    """Return whether this process holds what the load needs; rows are held by all."""
    return load.target != Target.INDICATORS or facts.is_held(load.pk)


def _mark_loaded(load: Load, staging: Staging, *, by: Actor, at: datetime) -> None:
    load.state, load.loaded_at = LoadState.LOADED, at
    load.save(update_fields=["state", "loaded_at"])
    traces.told("exchange.load.loaded", load, by=by, at=at)
    traces.keep_answers(staging)
