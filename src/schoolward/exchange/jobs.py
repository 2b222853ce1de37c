"""Loads that run in the worker, the watched folder, and what broken-off loads leave."""

from datetime import time, timedelta

from django.conf import settings

from schoolward.access.actors import actor_for
from schoolward.audit.models import Load
from schoolward.base import clock, jobs
from schoolward.exchange import actions, facts, watching
from schoolward.exchange.domain import MapError, QuestionError, UnreadableFileError
from schoolward.kernel.actor import SYSTEM, Actor


BROKEN_AFTER = timedelta(hours=6)
UNREADABLE = (UnreadableFileError, MapError, QuestionError)


def _actor(run: jobs.Run) -> Actor:
    """Return who asked, with what their posts of today let them do."""
    person_id = run.job.asked_by
    if person_id is None:
        return SYSTEM
    return actor_for(person_id, name=run.job.asked_by_name, today=clock.today())


@jobs.register("exchange.prepare")
def prepare(run: jobs.Run, *, load_id: int) -> None:
    """Read a file and work out what loading it would do."""
    load = Load.objects.get(pk=load_id)
    run.progress(0, doing=f"Reading {load.file_name}")
    try:
        load = actions.stage(
            load, by=_actor(run), at=clock.now(), progress=run.progress
        )
    except (actions.LoadRefusedError, *UNREADABLE) as problem:
        run.say(str(problem))
        return
    finally:
        facts.release(load_id)
    run.say(
        f"{load.new_count} new, {load.changed_count} changed, {load.ended_count} ended."
    )


@jobs.register("exchange.load")
def load_file(run: jobs.Run, *, load_id: int, allow_change: bool = False) -> None:
    """Load a file that was looked at."""
    load = Load.objects.get(pk=load_id)
    if load.state not in actions.READY:
        run.say(
            f"Load #{load.pk} is {load.get_state_display().lower()}; nothing to do."
        )
        return
    run.progress(0, doing=f"Loading {load.file_name}")
    try:
        load = actions.load_staged_anew(
            load, by=_actor(run), at=clock.now(), allow_change=allow_change
        )
    except (actions.LoadRefusedError, *UNREADABLE) as problem:
        run.say(str(problem))
        return
    finally:
        facts.release(load_id)
    run.say(
        f"{load.new_count} new, {load.changed_count} changed, {load.ended_count} ended."
    )


@jobs.register("exchange.undo")
def undo(run: jobs.Run, *, load_id: int) -> None:
    """Undo a load."""
    load = Load.objects.get(pk=load_id)
    run.progress(0, doing=f"Undoing the load of {load.file_name}")
    try:
        actions.undo(load, by=_actor(run), at=clock.now())
    except actions.LoadRefusedError as problem:
        run.say(str(problem))


@jobs.register("exchange.watch", nightly_at=time(1, 30))
def watch(run: jobs.Run) -> None:
    """Load what lies in the watched folder, and write to the analysts of what stopped."""
    if not settings.SCHOOLWARD_WATCH:
        run.say("No folder is watched: SCHOOLWARD_WATCH is empty.")
        return
    told = watching.load_all(
        settings.SCHOOLWARD_WATCH,
        at=clock.now(),
        say=run.say,
        progress=lambda name: run.progress(0, doing=f"Loading {name}"),
    )
    watching.write_to_analysts(told, today=clock.today())


@jobs.register("exchange.sweep", nightly_at=time(3, 40))
def sweep(run: jobs.Run) -> None:
    """Give up loads that broke off, and delete files that belong to no open load."""
    count = actions.sweep(before=clock.real_now() - BROKEN_AFTER)
    files = actions.sweep_uploads()
    run.say(f"{count} loads that broke off were given up; {files} files were deleted.")
