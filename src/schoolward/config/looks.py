"""What the doctor would say, handed to the day of administrators."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from django.conf import settings

from schoolward.base import clock
from schoolward.config.doctor.database import look_at_district
from schoolward.config.doctor.findings import Finding, Health
from schoolward.config.doctor.home import look_at_home
from schoolward.config.doctor.keeping import look_at_backups, look_at_warehouse
from schoolward.config.doctor.seen import problems, settings_seen
from schoolward.config.doctor.service import look_at_address, look_at_worker
from schoolward.home import findings


DEMO = "demo"


@findings.register
def of_the_installation() -> Sequence[findings.Finding]:
    """Return what is not fine, for a page; that it is a demo, every page says already.

    Mail is left to the command: asking its server could keep a page waiting. That the
    tables fit this version is known, for `serve` refuses to start otherwise.
    """
    return [
        findings.Finding(
            what=one.says, remedy=one.remedy, is_grave=one.health is Health.WRONG
        )
        for one in _looks()
        if one.health is not Health.FINE and one.subject != DEMO
    ]


def _looks() -> Iterator[Finding]:
    at = clock.real_now()
    yield from problems(settings_seen(os.environ))
    yield from look_at_home(Path(settings.SCHOOLWARD_HOME))
    yield from look_at_address()
    yield from look_at_district()
    yield from look_at_worker(at=at)
    yield from look_at_warehouse()
    yield from look_at_backups(at=at)
