"""What every change of a load leaves behind: its event, the search index, kept answers."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.utils.timezone import localdate

from schoolward.audit.models import Load
from schoolward.audit.record import record
from schoolward.base import jobs
from schoolward.district import search
from schoolward.district.models import EntryKind
from schoolward.exchange.arriving import drop
from schoolward.exchange.models import KeptAnswer, Staging
from schoolward.kernel.actor import Actor


AT_ONCE = 3000
"""Rows that enter the search index with the load; more than these go by a job."""


def told(verb: str, load: Load, *, by: Actor, at: datetime) -> None:
    """Record what was done to a load, with its counts."""
    record(
        verb,
        by=by,
        at=at,
        target=load,
        file=load.file_name,
        new=load.new_count,
        changed=load.changed_count,
        ended=load.ended_count,
        refused=load.refused_count,
    )


def keep_answers(staging: Staging) -> None:
    """Keep what was answered about an issuer's files, so that it is asked only once."""
    ids = staging.tallies.get("ids", "")
    rows = [
        KeptAnswer(
            ids=ids, name=name[:80], subject=subject[:200], answer=str(answer)[:200]
        )
        for (name, _, subject), answer in (
            (told.partition(":"), answer) for told, answer in staging.answers.items()
        )
    ]
    KeptAnswer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["ids", "name", "subject"],
        update_fields=["answer"],
    )


def follow_up(staging: Staging, *, at: datetime) -> None:
    """Do what follows a load and may come a moment later."""
    _index(staging.tallies.get("touched", {}), at=at)
    if staging.tallies.get("touched"):
        jobs.later("scorecards.refresh", key="refresh")


def _index(touched: Mapping[str, list[list[int]]], *, at: datetime) -> None:
    """Let the search know new and changed names: few at once, many by jobs."""
    for kind, ranges in touched.items():
        count = sum(last - first + 1 for first, last in ranges)
        if count <= AT_ONCE:
            ids = [one for first, last in ranges for one in range(first, last + 1)]
            search.index_rows(EntryKind(kind), ids, day=localdate(at))
            continue
        whole = [[ranges[0][0], ranges[-1][1]]] if len(ranges) > 20 else ranges
        for first, last in whole:
            jobs.later("district.search.index", kind=kind, first=first, last=last)


def drop_file(staging: Staging) -> None:
    """Delete the uploaded file of a load that is over."""
    if staging.keeps_file:
        drop(Path(staging.path))
