"""Making a plan so in one transaction, and taking it back: one statement for each table.

SQLite lets nobody else write meanwhile, so what can be done before is done before: the
rows to insert are taken out of the JSON into temporary tables, and the flip copies them.
On PostgreSQL others write on; there the rows are read out of the JSON as they are needed.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, models

from schoolward.exchange.changes import DELETE, INSERT, UPDATE, label_of
from schoolward.exchange.ledger import MODELS
from schoolward.exchange.plan_sql import (
    columns_of,
    has,
    ledger,
    quoted,
    row,
    run,
    table_of,
    taken,
    typed,
    where,
)


ROOM_KIB = 256 * 1024
"""Pages that SQLite may hold in memory during a flip; few of them are read twice."""

SOURCES = {INSERT: "after", DELETE: "before"}


class PlanChangedError(RuntimeError):
    """The plan is not the one that was made ready."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A plan whose rows lie ready to be inserted.

    Attributes:
        load_id: Whose plan.
        operation: Whose rows will be inserted: those of "insert" to make the plan so,
            those of "delete" to take it back.
        state: By which it is known whether the plan is still the same.
        unpacked: Where the rows of a table lie, quoted, as far as they lie ready.
    """

    load_id: int
    operation: str
    state: tuple[int, ...]
    unpacked: dict[type[models.Model], str]

    def insist_unchanged(self) -> None:
        """Refuse to go on with a plan that was written anew meanwhile.

        Raises:
            PlanChangedError: It was.
        """
        if _state_of(self.load_id) != self.state:
            raise PlanChangedError


def _state_of(load_id: int) -> tuple[int, ...]:
    """Return what differs between two plans of a load: ids are never given twice."""
    return row(
        f"SELECT COUNT(*), COALESCE(MAX(id), 0) FROM {ledger()} s WHERE s.load_id = %s",  # noqa: S608
        [load_id],
    )


@contextmanager
def ready(load_id: int, *, operation: str = INSERT) -> Iterator[Ready]:
    """Have a plan's rows lie ready while the block runs; begin the transaction inside.

    Args:
        load_id: Whose plan.
        operation: "insert" before `make_so`, "delete" before `take_back`.
    """
    state = _state_of(load_id)
    if connection.vendor != "sqlite":
        yield Ready(load_id, operation, state, {})
        return
    unpacked: dict[type[models.Model], str] = {}
    room = row("PRAGMA cache_size")[0]
    run(f"PRAGMA cache_size = -{ROOM_KIB}")
    try:
        for model in MODELS:
            unpacked[model] = _unpack(load_id, model, operation)
        yield Ready(load_id, operation, state, unpacked)
    finally:
        for place in unpacked.values():
            run(f"DROP TABLE {place}")
        run(f"PRAGMA cache_size = {room}")


def _unpack(load_id: int, model: type[models.Model], operation: str) -> str:
    """Take rows out of the JSON into a temporary table, and return its name."""
    place = f"temp.{quoted('ready_' + model._meta.db_table)[0]}"
    columns = columns_of(model)
    values = ", ".join(
        f"{taken(column, SOURCES[operation])} AS {name}"
        for column, name in zip(columns, quoted(*columns), strict=True)
    )
    run(
        f"CREATE TABLE {place} AS SELECT {values} FROM {ledger()} s WHERE {where()}",  # noqa: S608
        [load_id, label_of(model), operation],
    )
    return place


def make_so(plan: Ready, *, columns: dict[str, list[str]]) -> None:
    """Write every row of a plan; the caller holds the transaction.

    Args:
        plan: The plan, made ready for "insert".
        columns: For each table, the columns that updates change.

    Raises:
        PlanChangedError: The plan was written anew since it was made ready.
    """
    plan.insist_unchanged()
    for model in reversed(MODELS):
        _delete(plan.load_id, model, DELETE)
    for model in MODELS:
        _update(plan.load_id, model, columns.get(label_of(model), []), source="after")
        _insert(plan, model)


def take_back(plan: Ready, *, columns: dict[str, list[str]]) -> None:
    """Undo every row of a plan that was made so; the caller holds the transaction.

    Args:
        plan: The plan, made ready for "delete".
        columns: For each table, the columns that updates changed.

    Raises:
        PlanChangedError: The plan is gone since it was made ready.
    """
    plan.insist_unchanged()
    for model in reversed(MODELS):
        _delete(plan.load_id, model, INSERT)
    for model in MODELS:
        _update(plan.load_id, model, columns.get(label_of(model), []), source="before")
        _insert(plan, model)


def _delete(load_id: int, model: type[models.Model], operation: str) -> None:
    run(
        f"DELETE FROM {table_of(model)} WHERE id IN "  # noqa: S608
        f"(SELECT s.row_id FROM {ledger()} s WHERE {where()})",
        [load_id, label_of(model), operation],
    )


def _insert(plan: Ready, model: type[models.Model]) -> None:
    table, columns = table_of(model), columns_of(model)
    names = ", ".join(quoted(*columns))
    if model in plan.unpacked:
        place = plan.unpacked[model]
        run(f"INSERT INTO {table} ({names}) SELECT {names} FROM {place}")  # noqa: S608
        return
    source = SOURCES[plan.operation]
    values = ", ".join(taken(column, source) for column in columns)
    run(
        f"INSERT INTO {table} ({names}) SELECT {values} "  # noqa: S608
        f"FROM {ledger()} s {typed(table, source)} WHERE {where()}",
        [plan.load_id, label_of(model), plan.operation],
    )


def _update(
    load_id: int, model: type[models.Model], columns: Sequence[str], *, source: str
) -> None:
    if not columns:
        return
    table = table_of(model)
    sets = ", ".join(
        f"{name} = CASE WHEN {has(column, source)} THEN {taken(column, source)} "
        f"ELSE x.{name} END"
        for column, name in zip(columns, quoted(*columns), strict=True)
    )
    run(
        f"UPDATE {table} AS x SET {sets} FROM {ledger()} s "  # noqa: S608
        f"{typed(table, source)} WHERE s.row_id = x.id AND {where()}",
        [load_id, label_of(model), UPDATE],
    )
