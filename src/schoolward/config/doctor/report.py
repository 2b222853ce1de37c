"""All looks in order, and the report made of them."""

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings

from schoolward.config.doctor.database import look_at_database, look_at_district
from schoolward.config.doctor.findings import Finding, Health
from schoolward.config.doctor.home import look_at_home
from schoolward.config.doctor.keeping import look_at_backups, look_at_warehouse
from schoolward.config.doctor.seen import problems, settings_seen
from schoolward.config.doctor.service import (
    look_at_address,
    look_at_mail,
    look_at_worker,
)


def look_at_everything(*, at: datetime) -> Iterator[Finding]:
    """Yield everything found; what needs the tables only when they are there."""
    yield from problems(settings_seen(os.environ))
    yield from look_at_home(Path(settings.SCHOOLWARD_HOME))
    database = list(look_at_database())
    yield from database
    yield from look_at_address()
    yield from look_at_mail()
    if not is_broken(database):
        yield from look_at_district()
        yield from look_at_worker(at=at)
        yield from look_at_warehouse()
        yield from look_at_backups(at=at)


def is_broken(found: Iterable[Finding]) -> bool:
    """Return whether anything is wrong."""
    return any(one.health is Health.WRONG for one in found)


def in_words(found: list[Finding]) -> str:
    """Return the report for people."""
    settings_lines = [seen.as_words() for seen in settings_seen(os.environ)]
    lines = ["Settings", *settings_lines, "", "Findings"]
    lines += [finding.as_words() for finding in found]
    wrongs = sum(finding.health is Health.WRONG for finding in found)
    last = f"{wrongs} wrong." if wrongs else "Nothing is wrong."
    return "\n".join([*lines, "", last])
