"""Where a backup's passphrase comes from: standard input or the environment."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError


def add_argument(parser: ArgumentParser) -> None:
    """Let a command take a passphrase."""
    parser.add_argument(
        "--passphrase-stdin",
        action="store_true",
        help="Read the passphrase that seals the file from standard input "
        "(otherwise SCHOOLWARD_BACKUP_PASSPHRASE, or none).",
    )


def asked_for(options: dict[str, Any]) -> str:
    """Return the passphrase, empty when there is none.

    Raises:
        CommandError: Standard input was empty.
    """
    if not options["passphrase_stdin"]:
        return str(settings.SCHOOLWARD_BACKUP_PASSPHRASE)
    passphrase = sys.stdin.readline().rstrip("\n")
    if not passphrase:
        msg = "Standard input held no passphrase."
        raise CommandError(msg)
    return passphrase
