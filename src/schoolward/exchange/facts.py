"""The way of values into the warehouse: staged by files, named by the load's transaction.

What is staged belongs to the process that staged it. The command stages once and loads;
in the browser the look beforehand and the load are different jobs, and the second stages
again from the same file.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from schoolward.district.models import Source
from schoolward.exchange.delivery import Delivery, Indicator, SourceRef
from schoolward.exchange.domain import Counts, Record, Refusal
from schoolward.exchange.ledger import reserve
from schoolward.exchange.planning import state
from schoolward.exchange.values import Lack
from schoolward.kernel.actor import Actor
from schoolward.scorecards import actions as scorecards
from schoolward.scorecards.domain import (
    Direction,
    IndicatorDraft,
    State,
    Subject,
    Unit,
    ValueRow,
)
from schoolward.scorecards.models import Indicator as Catalogued


NOT_ENOUGH = frozenset(
    {
        "not enough data",
        "no data available",
        "incomplete data",
        "low response",
        "not rated",
    }
)
"""Marks that say a value was sought and there was too little for one."""

Refuse = Callable[[Refusal], None]


class SourceTakenError(RuntimeError):
    """Another load made the source's row first; the values must be staged again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Values that this process staged and may put in use.

    Attributes:
        staged: What the warehouse holds.
        drafts: What the catalogue is to say of new indicators.
        source: Where the values come from.
        source_id: The source's row, which may not be there yet.
    """

    staged: scorecards.Staged
    drafts: tuple[IndicatorDraft, ...]
    source: SourceRef
    source_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the values of a file would do.

    Attributes:
        counts: New, changed and unchanged values.
        untold: Refusals beyond those that were told one by one.
        notes: What a person should know, as sentences.
    """

    counts: Counts
    untold: int = 0
    notes: list[str] = field(default_factory=list)


_HELD: dict[int, Held] = {}


def stage(
    records: Iterator[Record],
    delivery: Delivery,
    *,
    load_id: int,
    refuse: Refuse,
    today: date,
) -> Told:
    """Stage the values of a delivery, and hold them for the load in this process.

    Args:
        records: One for each value.
        delivery: Where they come from.
        load_id: The load.
        refuse: Keeps a refusal.
        today: The day whose networks are "today".
    """
    release(load_id)
    drafts = tuple(draft_of(one) for one in delivery.indicators)
    source = Source(pk=_source_id(delivery.source.key), key=delivery.source.key)
    staged = scorecards.stage_values(
        ValueRows(records, delivery, refuse),
        load_id=load_id,
        source=source,
        file_year=delivery.school_year,
        today=today,
        drafts=drafts,
    )
    _HELD[load_id] = Held(
        staged=staged, drafts=drafts, source=delivery.source, source_id=source.pk
    )
    return _told(staged, refuse)


def _told(staged: scorecards.Staged, refuse: Refuse) -> Told:
    outcome = staged.outcome
    for one in outcome.refused:
        refuse(Refusal(**asdict(one)))
    notes = []
    if outcome.restated:
        notes.append(f"{outcome.restated:,} values restate those of an earlier file.")
    return Told(
        counts=Counts(
            new=outcome.new,
            changed=outcome.changed,
            unchanged=outcome.unchanged,
            weighty=outcome.changed,
        ),
        untold=outcome.refused_count - len(outcome.refused),
        notes=notes,
    )


def _source_id(key: str) -> int:
    rows = list(state.rows_of(Source, "id", key=key))
    return int(rows[0]["id"]) if rows else reserve(Source, 1)[0]


def draft_of(one: Indicator) -> IndicatorDraft:
    """Return an indicator of a map in the catalogue's terms."""
    return IndicatorDraft(
        key=one.key,
        name=one.name,
        question=one.question or f"How do the schools stand in “{one.name}”?"[:300],
        unit=Unit(one.unit),
        direction=Direction(one.direction),
        formula=one.formula,
        caveats=one.caveats,
        subject=Subject(one.subject),
        minimum_cell=one.minimum_cell,
        scale=one.scale,
        ordinal_level=one.ordinal_level,
        decimals=one.decimals,
    )


class ValueRows:
    """The records of a delivery as the warehouse takes them, streamed once."""

    def __init__(
        self, records: Iterator[Record], delivery: Delivery, refuse: Refuse
    ) -> None:
        """Read which id leads to which school, and what the catalogue calls things."""
        self._records = records
        self._refuse = refuse
        self._schools = state.ids_of(delivery.ids, "school")
        self._keys = {
            row["name"].casefold(): row["key"] for row in state.rows_of(Catalogued)
        }
        self._refused_row = 0

    def __iter__(self) -> Iterator[ValueRow]:
        """Return the values whose school is known."""
        for record in self._records:
            school_id = self._schools.find(record.fields["school_refs"])
            if school_id is None:
                self._refuse_school(record)
            else:
                yield self._row(record, school_id)

    def _refuse_school(self, record: Record) -> None:
        """Refuse a row once, however many values stand in it."""
        if record.row == self._refused_row:
            return
        self._refused_row = record.row
        shown = ", ".join(value for _, value in record.fields["school_refs"])
        self._refuse(
            Refusal(
                row=record.row,
                column=str(record.fields.get("school_heading") or ""),
                value=shown[:200],
                reason=f"No school is known by “{shown}”.",
                remedy="Load the schools of that year first, or correct the id.",
            )
        )

    def _row(self, record: Record, school_id: int) -> ValueRow:
        fields = record.fields
        lack = fields.get("lack")
        n = fields.get("n")
        return ValueRow(
            indicator=self._key(fields),
            period=fields["period"],
            place_id=school_id,
            group=fields["group"],
            state=_state(lack, fields["mark"]),
            value=fields["value"],
            numerator=fields.get("numerator"),
            denominator=fields.get("denominator"),
            n=None if n is None else round(n),
            text=fields["mark"],
            row=record.row,
            column=str(fields.get("column") or ""),
        )

    def _key(self, fields: Mapping[str, str]) -> str:
        """Return the indicator's key; a long file may give its name instead."""
        named = fields.get("indicator_name", "").casefold()
        return str(self._keys.get(named, fields["indicator"]))


def _state(lack: str | None, mark: str) -> State:
    """Return what a file says of a cell; a bound such as > 75% withholds the value."""
    if lack is None:
        return State.VALUE
    if lack == Lack.MISSING:
        enough = " ".join(mark.lower().split()) not in NOT_ENOUGH
        return State.MISSING if enough else State.NOT_ENOUGH
    return State.SUPPRESSED


def is_held(load_id: int) -> bool:
    """Return whether this process staged the values of a load."""
    return load_id in _HELD


def commit(load_id: int, *, by: Actor, at: datetime) -> None:
    """Put staged values in use, in the transaction that makes the load so.

    Raises:
        SourceTakenError: The source's row was made by another load meanwhile.
    """
    held = _HELD.pop(load_id, None)
    if held is None:
        return
    source, _ = Source.objects.unscoped(reason="a load names its source").get_or_create(
        key=held.source.key, defaults={"pk": held.source_id, "name": held.source.name}
    )
    if source.pk != held.source_id:
        scorecards.discard(held.staged)
        raise SourceTakenError
    scorecards.ensure_indicators(held.drafts, source=source, by=by, at=at)
    scorecards.commit_values(held.staged, by=by, at=at)


def release(load_id: int) -> None:
    """Let go of values that this process staged and will not put in use."""
    held = _HELD.pop(load_id, None)
    if held is not None:
        scorecards.discard(held.staged)


def undo(load_id: int, *, by: Actor, at: datetime, also: Callable[[], object]) -> None:
    """Withdraw a load's values; what `also` does happens at the same moment."""
    scorecards.undo_values(load_id, by=by, at=at, also=also)
