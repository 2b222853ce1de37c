"""What state this installation is in: founded, migrated, running, a demo."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from schoolward.base import locks
from schoolward.base.models import DemoMark
from schoolward.district.models import District


LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def pending_migrations() -> list[str]:
    """Return the migrations this version brings that the database lacks."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def insist_on_migrations() -> None:
    """Go on when the database fits this version.

    Raises:
        CommandError: It does not, or it cannot be reached.
    """
    try:
        pending = pending_migrations()
    except DatabaseError as error:
        msg = f"The database does not answer: {error}\nRun `schoolward doctor`."
        raise CommandError(msg) from error
    if pending:
        msg = (
            f"The database lacks {len(pending)} changes of this version. "
            "Run `schoolward upgrade` first, or `schoolward init` in a new home."
        )
        raise CommandError(msg)


def has_tables() -> bool:
    """Return whether any version was here before."""
    return bool(MigrationRecorder(connection).applied_migrations())


def migrate() -> None:
    """Bring the database to this version, with the table of the cache."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def district() -> District | None:
    """Return the district, or None before `schoolward init`."""
    try:
        return District.objects.first()
    except DatabaseError:
        return None


def is_demo() -> bool:
    """Return whether this is a simulated district."""
    try:
        return DemoMark.objects.exists()
    except DatabaseError:
        return False


def insist_on_safe_demo() -> None:
    """Go on unless a demo's sign-in links could be reached by others.

    Raises:
        CommandError: A demo on PostgreSQL, or listening beyond this machine.
    """
    if not is_demo():
        return
    listens = settings.SCHOOLWARD_LISTEN
    if connection.vendor != "sqlite" or listens not in LOOPBACK:
        msg = (
            "This is a demo district, whose sign-in links open every seat. It is served "
            "from SQLite on this machine only: unset DATABASE_URL and let "
            "SCHOOLWARD_LISTEN be 127.0.0.1, or start a real one with `schoolward init`."
        )
        raise CommandError(msg)


def running_lock() -> Path:
    """Return the lock that every serving and working process shares."""
    return Path(settings.SCHOOLWARD_HOME) / "locks" / "running"


def say_running() -> None:
    """Hold the running lock until this process and its children end."""
    if not locks.keep(running_lock()):
        msg = "A restore is under way. Start again when it is done."
        raise CommandError(msg)


def is_running() -> bool:
    """Return whether a server or a worker of this home runs."""
    return not locks.is_free(running_lock())


def worker_beat() -> Path:
    """Return the file that the worker touches every few seconds."""
    return Path(settings.SCHOOLWARD_HOME) / "locks" / "worker-beat"
