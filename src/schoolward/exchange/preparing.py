"""Preparing a load: reading, checking and planning into staging, in short transactions."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from schoolward.audit.models import Event, Load, LoadState
from schoolward.district.models import Merge, Network, Person, School, Unit
from schoolward.exchange import facts, ledger
from schoolward.exchange.choices import Choices
from schoolward.exchange.delivery import Delivery
from schoolward.exchange.domain import (
    Aside,
    Counts,
    Item,
    Record,
    Refusal,
    Target,
    guard_reason,
)
from schoolward.exchange.models import Refused, Staging
from schoolward.exchange.opening import opened
from schoolward.exchange.planning.planner import Planner
from schoolward.exchange.sheets.limits import limits_of


KEPT_REFUSALS = 5000
NAMESAKES_MOST = 500
_BATCH = 500
Progress = Callable[[int], None]


@dataclass(slots=True)
class Reception:
    """What comes in while a delivery is read: refusals kept, rows counted.

    Attributes:
        load_id: The load.
        progress: Told how many rows were read.
        stopping: Raises when a person asked that the work stop.
    """

    load_id: int
    progress: Progress
    refused: int = 0
    aside: Counter[str] = field(default_factory=Counter)
    _waiting: list[Refused] = field(default_factory=list)
    _read: int = 0

    def refuse(self, refusal: Refusal) -> None:
        """Keep a refusal; beyond a number only count it."""
        self.refused += 1
        if self.refused <= KEPT_REFUSALS:
            self._waiting.append(_row_of(self.load_id, refusal))
        if len(self._waiting) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        Refused.objects.bulk_create(self._waiting)
        self._waiting.clear()

    def records(self, items: Iterator[Item]) -> Iterator[Record]:
        """Pass records on; keep refusals and count the rows set aside."""
        for item in items:
            self._read += 1
            if self._read % 1000 == 0:
                self.progress(self._read)
            if isinstance(item, Refusal):
                self.refuse(item)
            elif isinstance(item, Aside):
                self.aside[item.reason] += item.count
            else:
                yield item


def _row_of(load_id: int, refusal: Refusal) -> Refused:
    return Refused(
        load_id=load_id,
        row=refusal.row,
        column=refusal.column[:200],
        value=refusal.value[:200].replace("\x00", ""),
        reason=refusal.reason[:400].replace("\x00", ""),
        remedy=refusal.remedy[:400],
    )


def mark() -> int:
    """Return a number that moves whenever the district or a load changes."""
    events = Event.objects.filter(verb__startswith="district.")
    events |= Event.objects.filter(verb__startswith="exchange.load.")
    last = events.order_by("-pk").values_list("pk", flat=True).first()
    return int(last or 0)


def prepare(load: Load, choices: Choices, *, at: datetime, progress: Progress) -> Load:
    """Read a file into the staging of a load, and say what it would do.

    Raises:
        UnreadableFileError: The file cannot be read.
        MapError: The map cannot be followed.
        QuestionError: A person must answer something first.
    """
    today = localdate(at)
    limits = limits_of(settings.SCHOOLWARD_UPLOAD_BYTES)
    start = mark()
    reception = Reception(load.pk, progress)
    with opened(choices, today=today, limits=limits) as delivery:
        _describe(load, delivery)
        if delivery.target == Target.INDICATORS:
            told = _read_values(load, delivery, reception, today=today)
        else:
            told = _read_directory(load, delivery, reception, at=at)
    reception.flush()
    counts, notes, tallies = told
    reason = guard_reason(
        counts,
        ended_share=settings.SCHOOLWARD_GUARD_ENDED,
        changed_share=settings.SCHOOLWARD_GUARD_CHANGED,
    )
    _keep(load, counts, reception, notes, reason)
    Staging.objects.filter(load_id=load.pk).update(
        mark=start,
        guard_reason=reason,
        answers=dict(delivery.answers),
        tallies=tallies | {"ids": delivery.ids, "aside": dict(reception.aside)},
    )
    return load


def _describe(load: Load, delivery: Delivery) -> None:
    load.format = delivery.format[:24]
    load.file_size = delivery.file.size
    load.sha256 = delivery.file.sha256
    load.map_name = delivery.map_name[:120]
    load.source_key = delivery.source.key[:80]
    load.school_year = delivery.school_year
    load.as_of_date = delivery.as_of
    load.ignored_columns = list(delivery.ignored_columns)
    load.save()


Told = tuple[Counts, list[str], dict[str, Any]]


def _read_directory(
    load: Load, delivery: Delivery, reception: Reception, *, at: datetime
) -> Told:
    """Plan what a delivery says of schools, people and the calendar."""
    planner = Planner(delivery, refuse=reception.refuse)
    latest = delivery.as_of
    days: set[date] = set()
    for record in reception.records(iter(delivery.items)):
        planner.read(record)
        if record.day is not None and record.day not in days:
            days.add(record.day)
            latest = max(days)
    load.as_of_date = latest
    plan = planner.finish()
    notes = [*delivery.notes, *plan.notes]
    notes += _propose_merges(planner, delivery, at=at)
    changes = plan.changes
    ledger.write(load.pk, iter(changes))
    touched = {
        one._meta.model_name: sorted(
            {*changes.inserted_ids(one), *changes.changed_ids(one)}
        )
        for one in (School, Network, Unit, Person)
    }
    tallies = {"columns": changes.columns(), "touched": _spans_of(touched)}
    return plan.counts, notes, tallies


def _propose_merges(planner: Planner, delivery: Delivery, *, at: datetime) -> list[str]:
    """Plan a proposal for each new person who bears a known person's name."""
    if "persons" not in planner.__dict__:
        return []
    changes = planner.plan.changes
    pairs = [
        (known, new)
        for known, new in planner.persons.namesakes
        if not changes.is_new(Person, known)
    ]
    for known, new in pairs[:NAMESAKES_MOST]:
        changes.insert(
            Merge,
            kept_id=known,
            other_id=new,
            reason=f"Both bear the same name ({delivery.source.name})."[:200],
            proposed_at=at.isoformat(),
        )
    if not pairs:
        return []
    return [
        f"{len(pairs)} new people bear the name of someone known: look at the merges."
    ]


def _spans_of(touched: dict[str | None, list[int]]) -> dict[str, list[list[int]]]:
    """Return ids as ranges, so that thousands of new rows take little room."""
    found: dict[str, list[list[int]]] = {}
    for noun, ids in touched.items():
        ranges: list[list[int]] = []
        for one in ids:
            if ranges and one - ranges[-1][1] <= 20:
                ranges[-1][1] = one
            else:
                ranges.append([one, one])
        found[noun or ""] = ranges
    return found


def _read_values(
    load: Load, delivery: Delivery, reception: Reception, *, today: date
) -> Told:
    """Hand the values of a delivery to the warehouse, unnamed until the load."""
    records = reception.records(iter(delivery.items))
    told = facts.stage(
        records, delivery, load_id=load.pk, refuse=reception.refuse, today=today
    )
    reception.refused += told.untold
    return told.counts, [*delivery.notes, *told.notes], {}


def _keep(
    load: Load, counts: Counts, reception: Reception, notes: list[str], reason: str
) -> None:
    load.new_count = counts.new
    load.changed_count = counts.changed
    load.ended_count = counts.ended
    load.unchanged_count = counts.unchanged
    load.refused_count = reception.refused
    load.skipped_count = reception.aside.total()
    load.notes = notes + [
        f"{count:,} rows were set aside: {words}"
        for words, count in reception.aside.items()
    ]
    load.state = LoadState.GUARDED if reason else LoadState.STAGED
    with transaction.atomic():
        load.save()
