"""What all parts of a plan share: the delivery, the changes, the counts, the refusals."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db import models

from schoolward.district.models import ExternalId, Source
from schoolward.exchange.changes import Changes
from schoolward.exchange.delivery import Delivery
from schoolward.exchange.domain import Counts, Record, Refusal
from schoolward.exchange.models import SourceDay
from schoolward.exchange.planning import state
from schoolward.exchange.timeline import Held


T = TypeVar("T")


@dataclass(slots=True)
class Plan:
    """A plan in the making.

    Attributes:
        delivery: What is being loaded.
        changes: The rows it would write.
        refuse: Keeps a refusal.
        counts: What it does, so far.
        notes: What a person should know, as sentences.
    """

    delivery: Delivery
    changes: Changes
    refuse: Callable[[Refusal], None]
    counts: Counts = field(default_factory=Counts)
    notes: list[str] = field(default_factory=list)

    @property
    def source_key(self) -> str:
        """Return the key of the source the facts come from."""
        return self.delivery.source.key

    def day_of(self, record: Record) -> date:
        """Return the day from which a record holds."""
        return record.day or self.delivery.as_of

    def refuse_record(
        self, record: Record, *, column: str, reason: str, remedy: str
    ) -> None:
        """Refuse a whole record."""
        value = str(record.fields.get(column) or "")[:200]
        self.refuse(
            Refusal(
                row=record.row, column=column, value=value, reason=reason, remedy=remedy
            )
        )

    def keep_source(self) -> None:
        """Make sure that there is a row for the source, so that someone can answer for it."""
        source = self.delivery.source
        if not any(state.rows_of(Source, "id", key=source.key)):
            self.changes.insert(Source, key=source.key, name=source.name[:200])

    def keep_day(self, target: str, day: date, known: list[date]) -> None:
        """Remember that the source told everything of a day."""
        if day not in known:
            self.changes.insert(
                SourceDay, source_key=self.source_key, target=target, day=day
            )
            known.append(day)
            known.sort()

    def keep_id(self, ids: state.Ids, ref: tuple[str, str], **belongs: Any) -> bool:
        """Keep what the issuer calls a row, unless it is known; return whether it is new."""
        if not ref[1] or ref in ids.known:
            return False
        kind, value = ref
        self.changes.insert(
            ExternalId,
            source=self.delivery.ids,
            kind=kind,
            value=value[:120],
            **belongs,
        )
        ids.known[ref] = next(iter(belongs.values()))
        return True

    def write_spans(
        self,
        model: type[models.Model],
        before: list[Held[T]],
        after: list[Held[T]],
        *,
        row_of: Callable[[Held[T]], dict[str, Any]],
    ) -> list[Held[T]]:
        """Plan what makes stored spans say what is wanted.

        Args:
            model: The table.
            before: The stored spans; each has its row.
            after: The wanted spans.
            row_of: The columns of a span besides its days.

        Returns:
            The wanted spans, each with its row.
        """
        stored = {span.key: span for span in before}
        kept = {span.key for span in after}
        for span in before:
            if span.key not in kept:
                days = {"start_date": span.start, "end_date": span.end}
                self.changes.delete(model, span.key, row=row_of(span) | days)
        return [self._written(model, stored, span, row_of) for span in after]

    def _written(
        self,
        model: type[models.Model],
        stored: dict[int, Held[T]],
        span: Held[T],
        row_of: Callable[[Held[T]], dict[str, Any]],
    ) -> Held[T]:
        days = {"start_date": span.start, "end_date": span.end}
        if span.key:
            old = stored[span.key]
            was = {"start_date": old.start, "end_date": old.end}
            self.changes.update(model, span.key, before=was, **days)
            return span
        row_id = self.changes.insert(model, **row_of(span), **days)
        return Held(span.start, span.end, span.value, row_id)
