"""Making shelves and putting them in use, together with what they were made from.

The slow step writes a shelf that no row names; the quick one names it in the caller's
transaction. When facts or definitions changed in between, the shelf is made again.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import F

from schoolward.analytics import leases, warehouse
from schoolward.audit.models import OPEN_LOADS, Load
from schoolward.audit.record import record
from schoolward.base import jobs
from schoolward.base.models import Backup
from schoolward.district import queries as district
from schoolward.kernel.actor import Actor
from schoolward.kernel.schoolyear import SchoolYear
from schoolward.kernel.spans import Span
from schoolward.scorecards.domain import IndicatorDraft, minimum_of
from schoolward.scorecards.measures import shelving
from schoolward.scorecards.measures.rollups import Definition as Reckoned
from schoolward.scorecards.measures.shelf import MadeShelf
from schoolward.scorecards.measures.shelving import ShelfPlan
from schoolward.scorecards.models import (
    FactFile,
    FactFileState,
    Indicator,
    Shelf,
    Warehouse,
)


REASON = "reckoning reads the whole catalogue"
MOST_SHELVES = 6
"""A page opens one file of each shelf; beyond this they are made into one by a job."""

KEPT_SECONDS = 3600
"""How long a file that nothing names any more stays, for pages that still read it."""

Say = Callable[[str], None] | None
Change = Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A shelf on disk that no row names yet.

    Attributes:
        keys: Its indicators.
        path: Its folder, relative to the warehouse; "" when there is nothing to show.
        made: What is on it; None when there is nothing to show.
        version: The version of the warehouse it was made from.
        today: The day whose networks are "today".
    """

    keys: tuple[str, ...]
    path: str
    made: MadeShelf | None
    version: int
    today: date


def version() -> int:
    """Return the warehouse's version: it rises with every change of what is shown."""
    row, _made = Warehouse.objects.get_or_create(pk=1)
    return row.version


def files_in_use(*, besides: int = 0) -> list[FactFile]:
    """Return the fact files in use, leaving one load's out."""
    rows = FactFile.objects.filter(state=FactFileState.NAMED)
    return list(rows.exclude(load_id=besides).order_by("load_id"))


def paths_of(files: Iterable[FactFile], keys: Sequence[str] = ()) -> list[Path]:
    """Return the paths of files that speak of these indicators; of all without keys."""
    wanted = set(keys)
    return [
        warehouse.root() / file.path
        for file in files
        if not wanted or wanted.intersection(file.indicator_keys)
    ]


def build(
    drafts: Sequence[IndicatorDraft],
    fact_paths: Sequence[Path],
    *,
    version: int,
    today: date,
    say: Say = None,
) -> Built:
    """Make a shelf of some indicators from some fact files."""
    keys = tuple(draft.key for draft in drafts)
    nothing = Built(keys=keys, path="", made=None, version=version, today=today)
    if not fact_paths or not keys:
        return nothing
    plan = _plan(drafts, fact_paths, today=today)
    if not plan.then:
        return nothing
    path = f"{warehouse.SHELF_FOLDER}/{uuid4().hex}"
    made = shelving.make_shelf(plan, warehouse.root() / path, progress=say)
    return Built(keys=keys, path=path, made=made, version=version, today=today)


def _plan(
    drafts: Sequence[IndicatorDraft], fact_paths: Sequence[Path], *, today: date
) -> ShelfPlan:
    spans = [
        (row.school_id, row.network_id, Span(row.start_date, row.end_date))
        for row in district.membership_table()
    ]
    periods = shelving.periods_of(fact_paths, [draft.key for draft in drafts])
    return ShelfPlan(
        fact_paths=fact_paths,
        definitions=[_reckoned(draft) for draft in drafts],
        then={period: _members(spans, last_day(period)) for period in periods},
        today=_members(spans, today),
        earlier=_shelves_in_use([draft.key for draft in drafts]),
    )


def _shelves_in_use(keys: Sequence[str]) -> dict[str, Path]:
    rows = Indicator.objects.unscoped(reason=REASON).filter(key__in=keys)
    shelved = rows.exclude(shelf=None).values_list("key", "shelf__path")
    return {key: warehouse.root() / path for key, path in shelved}


def last_day(period: str) -> date:
    """Return a period's last day, whose networks are those of then."""
    return SchoolYear.parse(period).last_day


def _members(spans: Iterable[tuple[int, int, Span]], day: date) -> dict[int, int]:
    return {school: network for school, network, span in spans if day in span}


def _reckoned(draft: IndicatorDraft) -> Reckoned:
    return Reckoned(
        key=draft.key,
        unit=draft.unit,
        minimum=minimum_of(
            draft.subject,
            own=draft.minimum_cell,
            setting=settings.SCHOOLWARD_MINIMUM_CELL,
        ),
        guards_extremes=draft.does_guard_extremes,
        level_step=draft.shape.step_of(draft.ordinal_level),
    )


def put_in_use(built: Built, *, at: datetime, change: Change | None = None) -> None:
    """Show a shelf's values, and make the change that it already reckons with.

    Runs in the caller's transaction, or in one of its own. When the warehouse changed
    since the shelf was made, the shelf is made again after the change: rare, and the
    only case in which this is slow.

    Args:
        built: The shelf.
        at: When.
        change: Writes the rows that the shelf was made for.
    """
    with transaction.atomic():
        row = Warehouse.objects.select_for_update().get_or_create(pk=1)[0]
        is_overtaken = row.version != built.version
        if change is not None:
            change()
        if is_overtaken:
            built = _built_again(built, version=row.version)
        _name(built, at=at)
        Warehouse.objects.filter(pk=1).update(version=F("version") + 1)


def _built_again(built: Built, *, version: int) -> Built:
    rows = Indicator.objects.unscoped(reason=REASON).filter(key__in=built.keys)
    return build(
        [row.draft for row in rows],
        paths_of(files_in_use(), built.keys),
        version=version,
        today=built.today,
    )


def _name(built: Built, *, at: datetime) -> None:
    shelf = None
    if built.made is not None:
        shelf = Shelf.objects.create(
            path=built.path,
            bounds=list(built.made.bounds),
            contents=dict(built.made.contents),
            row_count=built.made.row_count,
            minimum_cell=settings.SCHOOLWARD_MINIMUM_CELL,
            today=built.today,
            made_at=at,
        )
    rows = Indicator.objects.unscoped(reason=REASON)
    rows.filter(key__in=built.keys).update(shelf=shelf)
    Shelf.objects.filter(indicators__isnull=True).delete()
    if Shelf.objects.count() > MOST_SHELVES:
        jobs.later("scorecards.refresh", key="shelves")


def refresh(
    *,
    today: date,
    by: Actor,
    at: datetime,
    keys: Sequence[str] | None = None,
    say: Say = None,
) -> int:
    """Reckon indicators anew, onto one shelf: after networks changed, every night.

    Args:
        today: The day whose networks are "today".
        by: Who asked.
        at: When.
        keys: The indicators; None for all.
        say: Told what is being done.

    Returns:
        How many indicators were reckoned.
    """
    with leases.lease():
        seen = version()
        rows = Indicator.objects.unscoped(reason=REASON).order_by("key")
        drafts = [row.draft for row in rows if keys is None or row.key in set(keys)]
        wanted = [draft.key for draft in drafts]
        paths = paths_of(files_in_use(), wanted)
        built = build(drafts, paths, version=seen, today=today, say=say)
        put_in_use(
            built,
            at=at,
            change=lambda: _told(by, at=at, count=len(wanted), today=today),
        )
    return len(wanted)


def _told(by: Actor, *, at: datetime, count: int, today: date) -> None:
    record("scorecards.shelves.made", by=by, at=at, indicators=count, today=str(today))


def rebuild(*, by: Actor, at: datetime, today: date) -> int:
    """Make every shelf anew from the facts, as after a restore."""
    return refresh(today=today, by=by, at=at)


def is_fresh(*, today: date) -> bool:
    """Return whether every shelf was made for today and for the minimum that holds."""
    stale = Shelf.objects.exclude(
        today=today, minimum_cell=settings.SCHOOLWARD_MINIMUM_CELL
    )
    return not stale.exists()


def sweep(*, at: datetime) -> list[str]:
    """Remove the files that no row names, unless a load or a backup may need them.

    Args:
        at: The true moment, as files know no other.

    Returns:
        What was removed, relative to the warehouse.
    """
    if Backup.objects.running(at=at).exists():
        return []
    open_since = (
        Load.objects.filter(state__in=OPEN_LOADS)
        .order_by("begun_at")
        .values_list("begun_at", flat=True)
        .first()
    )
    limit = min(at, open_since or at).timestamp() - KEPT_SECONDS
    files = FactFile.objects.values_list("path", flat=True)
    shelves = Shelf.objects.values_list("path", flat=True)
    return leases.sweep(named=frozenset(files) | frozenset(shelves), before=limit)
