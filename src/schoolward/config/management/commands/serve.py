"""`schoolward serve`: the pages and the API, by granian."""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from schoolward.config import installation, statics


log = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = "Serve the pages and the API."
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Check that it can serve, then become the web server."""
        installation.insist_on_migrations()
        installation.insist_on_safe_demo()
        installation.say_running()
        statics.collect()
        log.info("serve.started", address=settings.SCHOOLWARD_URL)
        connections.close_all()
        os.execve(sys.executable, command_line(), environment())


def environment() -> dict[str, str]:
    """Return the web processes' environment: they alone pool connections."""
    district = installation.district()
    zone = {"SCHOOLWARD_TIME_ZONE": district.time_zone} if district else {}
    connections.close_all()
    return {**os.environ, **zone, "SCHOOLWARD_POOL": "yes"}


def command_line() -> list[str]:
    """Return granian's command line."""
    granian = shutil.which("granian", path=str(Path(sys.executable).parent))
    if granian is None:
        msg = "granian is not installed beside this Python. Install Schoolward again."
        raise CommandError(msg)
    chosen = {
        "--interface": "wsgi",
        "--host": settings.SCHOOLWARD_LISTEN,
        "--port": settings.SCHOOLWARD_PORT,
        "--workers": settings.SCHOOLWARD_WORKERS,
        "--blocking-threads": 4,
        "--log-level": "warning",
        # A worker told to stop while it still starts does not hear it.
        "--workers-kill-timeout": 10,
    }
    pairs = [str(word) for pair in chosen.items() for word in pair]
    flags = ["--no-ws", "--respawn-failed-workers"]
    target = "schoolward.config.wsgi:application"
    return [sys.executable, granian, *pairs, *flags, target]
