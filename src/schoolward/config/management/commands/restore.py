"""`schoolward restore FILE`: what a backup holds, brought back and proven."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from schoolward.base import locks, terminal
from schoolward.config import installation
from schoolward.config.backup import passphrase
from schoolward.config.backup.manifest import BackupError, Manifest
from schoolward.config.backup.restoring import restore


class Command(BaseCommand):
    help = "Bring back what a backup holds, and prove it."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="A file that `backup` wrote.")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="Give up what this home holds. Without it, only an empty home is filled.",
        )
        passphrase.add_argument(parser)
        parser.add_argument("--json", action="store_true", help="Answer in JSON.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Keep servers and workers away, then bring everything back."""
        sealed_by = passphrase.asked_for(options)
        with locks.held(installation.running_lock()) as alone:
            if not alone:
                msg = (
                    "A server or a worker of this home runs. Stop `schoolward serve` and "
                    "`schoolward worker`, then restore."
                )
                raise CommandError(msg)
            manifest = _restore(options, sealed_by)
        told = _told(manifest)
        self.stdout.write(json.dumps(told) if options["json"] else _words(told))


def _restore(options: dict[str, Any], sealed_by: str) -> Manifest:
    try:
        with terminal.bar("Restoring") as step:
            return restore(
                options["file"].expanduser().resolve(),
                passphrase=sealed_by,
                replace=options["replace"],
                step=lambda what, rows: step(rows, doing=what),
            )
    except (BackupError, OSError) as error:
        raise CommandError(str(error)) from error


def _told(manifest: Manifest) -> dict[str, Any]:
    return {
        "district": manifest.district,
        "version": manifest.version,
        "made_at": manifest.made_at,
        "is_demo": manifest.is_demo,
        "tables": len(manifest.tables),
        "rows": manifest.row_count,
        "files": len(manifest.files),
        "home": str(settings.SCHOOLWARD_HOME),
    }


def _words(told: dict[str, Any]) -> str:
    kind = "the demo district " if told["is_demo"] else ""
    return (
        f"Restored {kind}{told['district']} as it was on {told['made_at']} "
        f"(Schoolward {told['version']}) into {told['home']}.\n"
        f"Proven by count and checksum: {told['rows']:,} rows of {told['tables']} tables, "
        f"{told['files']} files.\nEveryone signs in anew. Start `schoolward serve` and "
        "`schoolward worker`."
    )
