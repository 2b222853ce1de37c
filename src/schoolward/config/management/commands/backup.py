"""`schoolward backup FILE`: everything in one file, while people go on working."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from schoolward.base import clock, terminal
from schoolward.config import installation
from schoolward.config.backup import passphrase
from schoolward.config.backup.manifest import BackupError
from schoolward.config.backup.writing import Written, write


class Command(BaseCommand):
    help = "Write everything into one file, while serving."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="The file to write.")
        passphrase.add_argument(parser)
        parser.add_argument("--json", action="store_true", help="Answer in JSON.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write the file and say what it holds."""
        installation.insist_on_migrations()
        path = options["file"].expanduser().resolve()
        sealed_by = passphrase.asked_for(options)
        try:
            with terminal.bar("Backing up") as step:
                written = write(
                    path,
                    passphrase=sealed_by,
                    now=clock.real_now,
                    step=lambda what, rows: step(rows, doing=what),
                )
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        told = _told(written)
        self.stdout.write(json.dumps(told) if options["json"] else _words(told))


def _told(written: Written) -> dict[str, Any]:
    return {
        "file": str(written.path),
        "bytes": written.byte_count,
        "sha256": written.sha256,
        "sealed": written.is_sealed,
        "tables": len(written.manifest.tables),
        "rows": written.manifest.row_count,
        "files": len(written.manifest.files),
    }


def _words(told: dict[str, Any]) -> str:
    sealed = "sealed with the passphrase" if told["sealed"] else "not sealed"
    return (
        f"{told['file']}: {told['rows']:,} rows of {told['tables']} tables and "
        f"{told['files']} files in {told['bytes']:,} bytes, {sealed}.\n"
        f"SHA-256 {told['sha256']}\n"
        "Keep it where only administrators read: it holds the signing key."
    )
