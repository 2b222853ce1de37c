"""Making a plan so in one transaction, and taking it back: one statement for each table.

The rows wait as JSON in one table. PostgreSQL turns JSON into typed rows by itself;
SQLite takes the values out by name. Ids are reserved beforehand, so that rows can refer
to each other before any of them is there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

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
from schoolward.exchange.changes import DELETE, INSERT, UPDATE, RowChange, label_of
from schoolward.exchange.models import Origin, Sighting, SourceDay, StagedChange


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
    batch: list[StagedChange] = []
    for change in changes:
        batch.append(_staged(load_id, change))
        if len(batch) == _BATCH:
            count += _flush(batch)
    return count + _flush(batch)


def _flush(batch: list[StagedChange]) -> int:
    count = len(batch)
    StagedChange.objects.bulk_create(batch)
    batch.clear()
    return count


def _staged(load_id: int, change: RowChange) -> StagedChange:
    return StagedChange(
        load_id=load_id,
        table=change.table,
        operation=change.operation,
        row_id=change.row_id,
        before=change.before,
        after=change.after,
    )


def forget(load_id: int) -> None:
    """Drop the plan of a load that will not be made so, in short transactions."""
    while True:
        rows = StagedChange.objects.filter(load_id=load_id).values_list("pk")
        some = [row[0] for row in rows[:_BATCH]]
        if not some:
            return
        StagedChange.objects.filter(pk__in=some).delete()


def make_so(load_id: int, *, columns: dict[str, list[str]]) -> None:
    """Write every row of a plan; the caller holds the transaction.

    Args:
        load_id: Whose plan.
        columns: For each table, the columns that updates change.
    """
    for model in reversed(MODELS):
        _delete(load_id, model, DELETE)
    for model in MODELS:
        _update(load_id, model, columns.get(label_of(model), []), source="after")
        _insert(load_id, model, INSERT, source="after")


def take_back(load_id: int, *, columns: dict[str, list[str]]) -> None:
    """Undo every row of a plan that was made so; the caller holds the transaction."""
    for model in reversed(MODELS):
        _delete(load_id, model, INSERT)
    for model in MODELS:
        _update(load_id, model, columns.get(label_of(model), []), source="before")
        _insert(load_id, model, DELETE, source="before")


def _quote(*names: str) -> list[str]:
    return [connection.ops.quote_name(name) for name in names]


def _where(alias: str = "s") -> str:
    table, operation = _quote("table", "operation")
    return f"{alias}.load_id = %s AND {alias}.{table} = %s AND {alias}.{operation} = %s"


def _run(sql: str, arguments: Sequence[str | int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(arguments))
        return int(cursor.rowcount)


def _ledger() -> str:
    return _quote(StagedChange._meta.db_table)[0]


def _delete(load_id: int, model: type[models.Model], operation: str) -> None:
    (table,) = _quote(model._meta.db_table)
    _run(
        f"DELETE FROM {table} WHERE id IN "  # noqa: S608
        f"(SELECT s.row_id FROM {_ledger()} s WHERE {_where()})",
        [load_id, label_of(model), operation],
    )


def _columns(model: type[models.Model]) -> list[str]:
    return [one.column for one in model._meta.concrete_fields]


def _insert(
    load_id: int, model: type[models.Model], operation: str, *, source: str
) -> None:
    (table,) = _quote(model._meta.db_table)
    names = _quote(*_columns(model))
    values = ", ".join(_taken(name, source) for name in _columns(model))
    _run(
        f"INSERT INTO {table} ({', '.join(names)}) "  # noqa: S608
        f"SELECT {values} FROM {_ledger()} s {_typed(table, source)} WHERE {_where()}",
        [load_id, label_of(model), operation],
    )


def _update(
    load_id: int, model: type[models.Model], columns: Sequence[str], *, source: str
) -> None:
    if not columns:
        return
    (table,) = _quote(model._meta.db_table)
    sets = ", ".join(
        f"{name} = CASE WHEN {_has(column, source)} THEN {_taken(column, source)} "
        f"ELSE x.{name} END"
        for column, name in zip(columns, _quote(*columns), strict=True)
    )
    _run(
        f"UPDATE {table} AS x SET {sets} FROM {_ledger()} s "  # noqa: S608
        f"{_typed(table, source)} WHERE s.row_id = x.id AND {_where()}",
        [load_id, label_of(model), UPDATE],
    )


def _typed(table: str, source: str) -> str:
    """Return the join that turns JSON into a typed row, where the database can."""
    if connection.vendor != "postgresql":
        return ""
    return f"CROSS JOIN LATERAL jsonb_populate_record(NULL::{table}, s.{source}) r"


def _taken(column: str, source: str) -> str:
    """Return the value of a column out of the JSON."""
    if connection.vendor == "postgresql":
        return f"r.{_quote(column)[0]}"
    return f"json_extract(s.{source}, '$.{column}')"


def _has(column: str, source: str) -> str:
    """Return the condition that the JSON names a column."""
    if connection.vendor == "postgresql":
        return f"jsonb_exists(s.{source}, '{column}')"
    return f"json_type(s.{source}, '$.{column}') IS NOT NULL"


def overwritten(load_id: int) -> dict[str, int]:
    """Return how many rows a load wrote that somebody changed or removed since.

    Returns:
        Counts by the plural of the row's name, such as {"posts": 2}.
    """
    found: dict[str, int] = {}
    for model in MODELS:
        for operation in (INSERT, UPDATE):
            if count := _count_overwritten(load_id, model, operation):
                name = str(model._meta.verbose_name_plural)
                found[name] = found.get(name, 0) + count
    return found


def _count_overwritten(load_id: int, model: type[models.Model], operation: str) -> int:
    (table,) = _quote(model._meta.db_table)
    differs = " OR ".join(
        f"({_has(column, 'after')} AND {_distinct(column)})"
        for column in _columns(model)
    )
    sql = (
        f"SELECT COUNT(*) FROM {_ledger()} s {_typed(table, 'after')} "  # noqa: S608
        f"LEFT JOIN {table} x ON x.id = s.row_id WHERE {_where()} "
        f"AND (x.id IS NULL OR {differs})"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [load_id, label_of(model), operation])
        return int(cursor.fetchone()[0])


def _distinct(column: str) -> str:
    mine, written = f"x.{_quote(column)[0]}", _taken(column, "after")
    if connection.vendor == "postgresql":
        return f"{mine} IS DISTINCT FROM {written}"
    return f"{mine} IS NOT {written}"


def leaning(load_id: int) -> dict[str, int]:
    """Return how many rows of others point at rows that a load inserted.

    Returns:
        Counts by the plural of the pointing row's name, such as {"users": 1}.
    """
    found: dict[str, int] = {}
    for model in MODELS:
        for other, column in _pointing(model):
            if count := _count_leaning(load_id, model, other, column):
                name = str(other._meta.verbose_name_plural)
                found[name] = found.get(name, 0) + count
    return found


def _pointing(model: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Return the tables and columns that point at a model."""
    for relation in model._meta.related_objects:
        other = relation.related_model
        if not relation.many_to_many and not isinstance(other, str):
            yield other, relation.field.column


def _count_leaning(
    load_id: int, model: type[models.Model], other: type[models.Model], column: str
) -> int:
    table, key = _quote(other._meta.db_table, column)
    sql = (
        f"SELECT COUNT(*) FROM {table} o WHERE o.{key} IN "  # noqa: S608
        f"(SELECT s.row_id FROM {_ledger()} s WHERE {_where()}) AND NOT EXISTS "
        f"(SELECT 1 FROM {_ledger()} w WHERE w.row_id = o.id AND {_where('w')})"
    )
    mine, theirs = label_of(model), other._meta.label_lower
    with connection.cursor() as cursor:
        cursor.execute(sql, [load_id, mine, INSERT, load_id, theirs, INSERT])
        return int(cursor.fetchone()[0])
