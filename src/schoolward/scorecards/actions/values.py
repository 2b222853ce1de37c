"""Loading values, and withdrawing a load's.

Whoever loads has been permitted by the caller. `stage_values` is slow and writes files
that no row names; `commit_values` is quick and names them in the caller's transaction.
A process killed between the two leaves what was there before, and files to be swept.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from schoolward.analytics import leases, warehouse
from schoolward.audit.record import record
from schoolward.district.models import Source
from schoolward.kernel.actor import Actor
from schoolward.scorecards.actions import shelves
from schoolward.scorecards.domain import IndicatorDraft, LoadOutcome, ValueRow
from schoolward.scorecards.measures.staging import Origin, StagedFacts, stage_facts
from schoolward.scorecards.models import FactFile, FactFileState, Indicator


REASON = "values are held against the whole catalogue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A load's values, written but not in use.

    Attributes:
        outcome: What the load does: for a preview, a guard, a dry run.
        origin: Where the values come from.
        facts: The written file.
        built: The shelf made with it; None when there is nothing to change.
        lease: Keeps both from being swept until they are in use or discarded.
    """

    outcome: LoadOutcome
    origin: Origin
    facts: StagedFacts
    built: shelves.Built | None
    lease: leases.Lease


def stage_values(  # noqa: PLR0913
    rows: Iterable[ValueRow],
    *,
    load_id: int,
    source: Source,
    file_year: str,
    today: date,
    drafts: Iterable[IndicatorDraft] = (),
    say: shelves.Say = None,
) -> Staged:
    """Write a load's values and the shelf that shows them, without putting either in use.

    Args:
        rows: The values, read once, as they come.
        load_id: The row of the load in `audit`.
        source: Where the values come from.
        file_year: The school year of the file, such as 2018-19.
        today: The day whose networks are "today".
        drafts: Indicators that the catalogue may not have yet; what it has wins.
        say: Told what is being done.
    """
    origin = Origin(load_id=load_id, source_id=source.pk, file_year=file_year)
    lease = leases.Lease()
    try:
        seen, files = shelves.version(), shelves.files_in_use(besides=load_id)
        catalogue = Indicator.objects.unscoped(reason=REASON)
        known_drafts = {draft.key: draft for draft in drafts}
        known_drafts |= {row.key: row.draft for row in catalogue}
        facts = stage_facts(
            rows,
            shapes={key: draft.shape for key, draft in known_drafts.items()},
            origin=origin,
            fact_paths=shelves.paths_of(files),
        )
        built = None
        if facts.path is not None:
            known = shelves.paths_of(files, facts.keys)
            built = shelves.build(
                [known_drafts[key] for key in facts.keys],
                [*known, facts.path],
                version=seen,
                today=today,
                say=say,
            )
    except BaseException:
        lease.release()
        raise
    return Staged(
        outcome=facts.outcome, origin=origin, facts=facts, built=built, lease=lease
    )


def commit_values(staged: Staged, *, by: Actor, at: datetime) -> FactFile | None:
    """Put a staged load in use; None when it said nothing that was not known.

    Call it in the transaction that makes the load's row LOADED.
    """
    if staged.built is None or staged.facts.path is None:
        staged.lease.release()
        return None
    named: list[FactFile] = []
    shelves.put_in_use(
        staged.built,
        at=at,
        change=lambda: named.append(_name_file(staged, by=by, at=at)),
    )
    transaction.on_commit(staged.lease.release)
    return named[0]


def _name_file(staged: Staged, *, by: Actor, at: datetime) -> FactFile:
    path, origin = staged.facts.path, staged.origin
    if path is None:
        msg = "There is no file to name."
        raise ValueError(msg)
    file = FactFile.objects.create(
        path=str(path.relative_to(warehouse.root())),
        load_id=origin.load_id,
        source_id=origin.source_id,
        file_year=origin.file_year,
        sha256=warehouse.digest(path),
        byte_count=path.stat().st_size,
        row_count=staged.outcome.fact_count,
        indicator_keys=list(staged.facts.keys),
        named_at=at,
    )
    record(
        "scorecards.values.loaded",
        by=by,
        at=at,
        target=file,
        load=origin.load_id,
        facts=file.row_count,
        new=staged.outcome.new,
        changed=staged.outcome.changed,
    )
    return file


def discard(staged: Staged) -> None:
    """Throw a staged load away: after a dry run, or when the guard stopped it."""
    if staged.facts.path is not None:
        staged.facts.path.unlink(missing_ok=True)
    if staged.built is not None and staged.built.path:
        leases.remove(warehouse.root() / staged.built.path)
    staged.lease.release()


def load_values(
    rows: Iterable[ValueRow],
    *,
    load_id: int,
    source: Source,
    file_year: str,
    by: Actor,
    at: datetime,
) -> LoadOutcome:
    """Load values in one call: good ones load although others are refused."""
    staged = stage_values(
        rows,
        load_id=load_id,
        source=source,
        file_year=file_year,
        today=timezone.localtime(at).date(),
    )
    commit_values(staged, by=by, at=at)
    return staged.outcome


def _nothing() -> None:
    """Do nothing more."""


def undo_values(
    load_id: int, *, by: Actor, at: datetime, also: Callable[[], object] = _nothing
) -> int:
    """Withdraw a load's values: what earlier files said holds again.

    Args:
        load_id: The row of the load in `audit`.
        by: Who undoes it.
        at: When.
        also: Done in the same transaction, such as marking the load undone.

    Returns:
        How many facts were withdrawn; 0 when the load had none in use.
    """
    file = FactFile.objects.filter(load_id=load_id, state=FactFileState.NAMED).first()
    if file is None:
        also()
        return 0
    today = timezone.localtime(at).date()
    with leases.lease():
        seen, files = shelves.version(), shelves.files_in_use(besides=load_id)
        built = shelves.build(
            _drafts(file.indicator_keys),
            shelves.paths_of(files, file.indicator_keys),
            version=seen,
            today=today,
        )

        def change() -> None:
            _withdraw(file, by=by, at=at)
            also()

        shelves.put_in_use(built, at=at, change=change)
    return file.row_count


def _drafts(keys: Sequence[str]) -> list[IndicatorDraft]:
    rows = Indicator.objects.unscoped(reason=REASON).filter(key__in=keys)
    return [row.draft for row in rows.order_by("key")]


def _withdraw(file: FactFile, *, by: Actor, at: datetime) -> None:
    file.state, file.undone_at = FactFileState.UNDONE, at
    file.save(update_fields=["state", "undone_at"])
    record(
        "scorecards.values.undone",
        by=by,
        at=at,
        target=file,
        load=file.load_id,
        facts=file.row_count,
    )
