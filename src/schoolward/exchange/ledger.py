"""The plan of a load: its rows wait as JSON in one table until the load makes them so.

Ids are reserved beforehand, so that rows can refer to each other before any of them is
there.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import connection, models, transaction

from schoolward.district.models import (
    Assignment,
    DayException,
    ExternalId,
    Membership,
    Merge,
    Network,
    Person,
    Post,
    School,
    SchoolName,
    SchoolYear,
    Source,
    Supervision,
    Term,
    Unit,
)
from schoolward.exchange.changes import RowChange
from schoolward.exchange.models import Origin, Sighting, SourceDay
from schoolward.exchange.plan_sql import ledger, quoted, run


MODELS: tuple[type[models.Model], ...] = (
    Source,
    Network,
    Unit,
    School,
    Person,
    ExternalId,
    SchoolName,
    Membership,
    Supervision,
    Assignment,
    Post,
    Merge,
    SchoolYear,
    Term,
    DayException,
    Sighting,
    Origin,
    SourceDay,
)
"""Tables a load may write, each after those it refers to."""

_BATCH = 2000


@dataclass(slots=True)
class Ids:
    """Ids for new rows, reserved in the database in growing blocks."""

    _waiting: dict[type[models.Model], list[int]] = field(default_factory=dict)
    _block: dict[type[models.Model], int] = field(default_factory=dict)

    def next(self, model: type[models.Model]) -> int:
        """Return the id of the next row of a model."""
        waiting = self._waiting.setdefault(model, [])
        if not waiting:
            size = self._block.get(model, 50)
            waiting.extend(reversed(reserve(model, size)))
            self._block[model] = min(size * 4, 20_000)
        return waiting.pop()


def reserve(model: type[models.Model], count: int) -> list[int]:
    """Return ids that no other row of a model will get."""
    if connection.vendor == "postgresql":
        return _reserved_postgresql(model, count)
    return _reserved_sqlite(model, count)


def _reserved_postgresql(model: type[models.Model], count: int) -> list[int]:
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def _reserved_sqlite(model: type[models.Model], count: int) -> list[int]:
    table = model._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        quoted = connection.ops.quote_name(table)
        cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {quoted}")  # noqa: S608
        last = max(row[0] if row else 0, cursor.fetchone()[0])
        if row:
            cursor.execute(
                "UPDATE sqlite_sequence SET seq = %s WHERE name = %s",
                [last + count, table],
            )
        else:
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)",
                [table, last + count],
            )
    return list(range(last + 1, last + count + 1))


def write(load_id: int, changes: Iterator[RowChange]) -> int:
    """Keep the plan of a load, in short transactions; return how many rows it has."""
    count = 0
    while batch := [_staged(load_id, one) for one in islice(changes, _BATCH)]:
        with transaction.atomic():
            _flush(batch)
        count += len(batch)
    return count


def _staged(load_id: int, change: RowChange) -> tuple[Any, ...]:
    return (
        load_id,
        change.table,
        change.operation,
        change.row_id,
        None if change.before is None else json.dumps(change.before),
        None if change.after is None else json.dumps(change.after),
    )


def _flush(batch: list[tuple[Any, ...]]) -> None:
    """Write rows past the ORM, which takes longer over 600,000 of them than all else."""
    columns = "load_id", "table", "operation", "row_id", "before", "after"
    into = f"{ledger()} ({', '.join(quoted(*columns))})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in batch:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {into} VALUES ({marks})", batch)  # noqa: S608


def forget(load_id: int) -> None:
    """Drop the plan of a load that will not be made so, in short transactions."""
    some = f"SELECT id FROM {ledger()} WHERE load_id = %s LIMIT {_BATCH}"  # noqa: S608
    while run(f"DELETE FROM {ledger()} WHERE id IN ({some})", [load_id]):  # noqa: S608
        pass
