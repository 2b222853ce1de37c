"""`schoolward demo`: build the simulated district, or show its sign-in links."""

import json
import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from rich.console import Console
from rich.progress import Progress

from schoolward.access import demo as links
from schoolward.base import clock
from schoolward.base.models import DemoMark
from schoolward.config import installation
from schoolward.config.demo.build import build
from schoolward.district.models import District
from schoolward.kernel.seats import Seat


SEED = 20261119


class Command(BaseCommand):
    help = "Build the simulated district in an empty home, or show its sign-in links."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=SEED, help="Another district.")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="Build the demo anew over an old one.",
        )
        parser.add_argument("--links", action="store_true", help="Only show the links.")
        parser.add_argument("--json", action="store_true", help="Answer in JSON.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Build the demo where there is none, then print one link per seat."""
        self._refuse_elsewhere()
        installation.migrate()
        if options["replace"] and DemoMark.objects.exists():
            _clear()
        if DemoMark.objects.exists() or options["links"]:
            found = links.links()
        elif District.objects.exists():
            msg = "This home holds a real district. Set SCHOOLWARD_HOME to another folder."
            raise CommandError(msg)
        else:
            found = _build(options["seed"], quiet=options["json"])
        self.stdout.write(_json(found) if options["json"] else _words(found))

    def _refuse_elsewhere(self) -> None:
        if connection.vendor != "sqlite":
            msg = "The demo is for the embedded database: unset DATABASE_URL first."
            raise CommandError(msg)


def _clear() -> None:
    """Empty a home that holds a demo, and nothing but a demo."""
    call_command("flush", interactive=False, verbosity=0)
    shutil.rmtree(Path(settings.SCHOOLWARD_HOME) / "warehouse", ignore_errors=True)
    clock.forget_standing_day()


def _build(seed: int, *, quiet: bool) -> dict[Seat, str]:
    console = Console(stderr=True, quiet=quiet)
    with Progress(console=console) as progress, transaction.atomic():
        task = progress.add_task("Building the simulated district")

        def told(what: str, done: int, total: int) -> None:
            text = f"Building the simulated district: {what}"
            progress.update(task, description=text, completed=done, total=total)

        return build(seed=seed, built_at=clock.real_now(), told=told)


def _json(found: dict[Seat, str]) -> str:
    told = {seat.value: settings.SCHOOLWARD_URL + path for seat, path in found.items()}
    return json.dumps({"url": settings.SCHOOLWARD_URL, "links": told})


def _words(found: dict[Seat, str]) -> str:
    if not found:
        return "There is no demo district that this computer alone reaches."
    lines = [
        f"  {seat.label:<20} {settings.SCHOOLWARD_URL}{path}"
        for seat, path in found.items()
    ]
    return "Sign in as:\n" + "\n".join(lines)
