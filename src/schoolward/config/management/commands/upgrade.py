"""`schoolward upgrade`: back up, bring the database to this version, say how to go back."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from schoolward import __version__
from schoolward.base import clock, terminal
from schoolward.config import installation
from schoolward.config.backup.manifest import BackupError
from schoolward.config.backup.writing import write


class Command(BaseCommand):
    help = "Back up, then bring the database to this version."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--no-backup",
            action="store_true",
            help="Change the database without a backup; only if you made one yourself.",
        )
        parser.add_argument("--json", action="store_true", help="Answer in JSON.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Back up what is there, migrate, and say how to go back."""
        pending = _pending()
        path = None
        if pending and not options["no_backup"] and installation.has_tables():
            path = _back_up()
        try:
            installation.migrate()
        except DatabaseError as error:
            msg = f"The database refused a change: {error}\n{_way_back(path)}"
            raise CommandError(msg) from error
        told = {
            "version": __version__,
            "changes": pending,
            "backup": str(path) if path else None,
        }
        self.stdout.write(json.dumps(told) if options["json"] else _words(told, path))


def _pending() -> list[str]:
    try:
        return installation.pending_migrations()
    except DatabaseError as error:
        msg = f"The database does not answer: {error}\nRun `schoolward doctor`."
        raise CommandError(msg) from error


def _back_up() -> Path:
    day = clock.real_now()
    name = f"before-{__version__}-{day:%Y%m%d-%H%M%S}.zip"
    path = Path(settings.SCHOOLWARD_HOME) / "backups" / name
    sealed_by = settings.SCHOOLWARD_BACKUP_PASSPHRASE
    try:
        with terminal.bar("Backing up") as step:
            write(
                path,
                passphrase=sealed_by,
                now=clock.real_now,
                step=lambda what, rows: step(rows, doing=what),
            )
    except (BackupError, OSError, DatabaseError) as error:
        msg = (
            f"Nothing was changed, since no backup could be written: {error}\n"
            "Mend that, or back up yourself and say --no-backup."
        )
        raise CommandError(msg) from error
    return path


def _way_back(path: Path | None) -> str:
    if path is None:
        return "To go back: install the earlier version and restore your own backup."
    return (
        "To go back: stop `schoolward serve` and `schoolward worker`, install the "
        f"earlier version, then run\n  schoolward restore --replace {path}"
    )


def _words(told: dict[str, Any], path: Path | None) -> str:
    if not told["changes"]:
        return f"The database already fits version {__version__}."
    return (
        f"The database fits version {__version__} now; {len(told['changes'])} changes "
        f"were made.\n{_way_back(path)}"
    )
