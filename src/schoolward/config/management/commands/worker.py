"""`schoolward worker`: runs the jobs, and puts back what died."""

import os
import sys
from time import monotonic, sleep
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connections
from django_q.cluster import Cluster

from schoolward.base import jobs, nightly
from schoolward.config import installation


log = structlog.get_logger(__name__)
LOOK_SECONDS = 5.0


class Command(BaseCommand):
    help = "Run the jobs."
    requires_system_checks = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Start the cluster and look after it until it is told to stop."""
        installation.insist_on_migrations()
        _live_in_the_district_zone()
        installation.say_running()
        jobs.sweep_locks()
        jobs.line_up()
        log.info("worker.started", nightly=nightly.keep_schedules())
        # The cluster forks: no connection may be open before it does.
        connections.close_all()
        cluster = Cluster()
        cluster.start()
        _look_after(cluster)


def _live_in_the_district_zone() -> None:
    """Start anew in the district's time zone, so that 02:30 means its 02:30."""
    district = installation.district()
    if district and district.time_zone != settings.TIME_ZONE:
        connections.close_all()
        zone = {"SCHOOLWARD_TIME_ZONE": district.time_zone}
        line = [sys.executable, "-m", "schoolward.config.cli", "worker"]
        os.execve(sys.executable, line, {**os.environ, **zone})


def _look_after(cluster: Cluster) -> None:
    """Put back jobs whose process died, every few seconds."""
    looked = monotonic()
    while not cluster.has_stopped:
        sleep(0.2)
        if monotonic() - looked >= LOOK_SECONDS:
            looked = monotonic()
            _recover()


def _recover() -> None:
    beat = installation.worker_beat()
    beat.parent.mkdir(parents=True, exist_ok=True)
    beat.touch()
    try:
        jobs.recover()
    except DatabaseError as error:
        log.warning("worker.database_away", error=str(error))
        connections.close_all()
