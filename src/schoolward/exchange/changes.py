"""What a load would write, gathered row by row before anything is written."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.db import models


Values = dict[str, Any]
INSERT, UPDATE, DELETE = "insert", "update", "delete"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that is inserted, updated or deleted, with its columns as JSON holds them."""

    table: str
    operation: str
    row_id: int
    before: Values | None
    after: Values | None


@dataclass(slots=True)
class Changes:
    """Rows to insert, update and delete; a later change of a row joins an earlier one.

    Attributes:
        next_id: Gives the id of the next row of a model, reserved in the database.
    """

    next_id: Callable[[type[models.Model]], int]
    _inserted: dict[str, dict[int, Values]] = field(default_factory=dict)
    _updated: dict[str, dict[int, tuple[Values, Values]]] = field(default_factory=dict)
    _deleted: dict[str, dict[int, Values]] = field(default_factory=dict)

    def insert(self, model: type[models.Model], **values: Any) -> int:
        """Plan a new row; fields that are not given take the model's default.

        Returns:
            The id the row will have.
        """
        row_id = self.next_id(model)
        given = {name: plain(one) for name, one in values.items()}
        row = {"id": row_id} | _defaults(model) | given
        self._inserted.setdefault(label_of(model), {})[row_id] = row
        return row_id

    def update(
        self,
        model: type[models.Model],
        row_id: int,
        *,
        before: Mapping[str, Any],
        **new: Any,
    ) -> bool:
        """Plan other values for a row; values that are the same already are left out.

        Args:
            model: The table.
            row_id: The row.
            before: What the columns named in `new` hold now.
            new: What they are to hold.

        Returns:
            Whether anything differs.
        """
        table = label_of(model)
        changed = {name: one for name, one in new.items() if before[name] != one}
        if row_id in self._inserted.get(table, {}):
            fresh = self._inserted[table][row_id]
            fresh.update({name: plain(one) for name, one in changed.items()})
            return bool(changed)
        if changed:
            rows = self._updated.setdefault(table, {})
            old, later = rows.setdefault(row_id, ({}, {}))
            for name, one in changed.items():
                old.setdefault(name, plain(before[name]))
                later[name] = plain(one)
        return bool(changed)

    def delete(self, model: type[models.Model], row_id: int, *, row: Values) -> None:
        """Plan that a row goes; `row` holds all its columns."""
        table = label_of(model)
        if self._inserted.get(table, {}).pop(row_id, None) is not None:
            return
        whole = {"id": row_id} | {name: plain(one) for name, one in row.items()}
        changed = self._updated.get(table, {}).pop(row_id, None)
        self._deleted.setdefault(table, {})[row_id] = whole | (
            changed[0] if changed else {}
        )

    def is_new(self, model: type[models.Model], row_id: int) -> bool:
        """Return whether a row is planned to be inserted."""
        return row_id in self._inserted.get(label_of(model), {})

    def is_changed(self, model: type[models.Model], row_id: int) -> bool:
        """Return whether a row is planned to be updated."""
        return row_id in self._updated.get(label_of(model), {})

    def columns(self) -> dict[str, list[str]]:
        """Return for each table the columns that any update changes."""
        return {
            table: sorted({name for _, new in rows.values() for name in new})
            for table, rows in self._updated.items()
        }

    def inserted_ids(self, model: type[models.Model]) -> list[int]:
        """Return the ids of the rows to insert."""
        return list(self._inserted.get(label_of(model), {}))

    def changed_ids(self, model: type[models.Model]) -> list[int]:
        """Return the ids of the rows to update."""
        return list(self._updated.get(label_of(model), {}))

    def __iter__(self) -> Iterator[RowChange]:
        """Return every change."""
        for table, fresh in self._inserted.items():
            for row_id, row in fresh.items():
                yield RowChange(table, INSERT, row_id, None, row)
        for table, rows in self._updated.items():
            for row_id, (before, after) in rows.items():
                kept = {name: one for name, one in after.items() if before[name] != one}
                if kept:
                    old = {name: before[name] for name in kept}
                    yield RowChange(table, UPDATE, row_id, old, kept)
        for table, gone in self._deleted.items():
            for row_id, row in gone.items():
                yield RowChange(table, DELETE, row_id, row, None)


def label_of(model: type[models.Model]) -> str:
    """Return how a table is named in the ledger."""
    return model._meta.label_lower


def plain(value: Any) -> Any:
    """Return a value as JSON holds it and both databases read it back."""
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


@cache
def _defaults(model: type[models.Model]) -> Values:
    """Return what the columns of a new row hold when nothing else is said."""
    fields = [one for one in model._meta.concrete_fields if not one.primary_key]
    return {one.attname: plain(one.get_default()) for one in fields}
