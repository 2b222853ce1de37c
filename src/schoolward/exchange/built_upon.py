"""What was built upon a load since: rows changed by other means, rows that point at its own."""

from collections.abc import Iterator

from django.db import connection, models

from schoolward.exchange.changes import INSERT, UPDATE, label_of
from schoolward.exchange.ledger import MODELS
from schoolward.exchange.plan_sql import (
    columns_of,
    has,
    ledger,
    quoted,
    row,
    table_of,
    taken,
    typed,
    where,
)


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
    table = table_of(model)
    differs = " OR ".join(
        f"({has(column, 'after')} AND {_distinct(column)})"
        for column in columns_of(model)
    )
    sql = (
        f"SELECT COUNT(*) FROM {ledger()} s {typed(table, 'after')} "  # noqa: S608
        f"LEFT JOIN {table} x ON x.id = s.row_id WHERE {where()} "
        f"AND (x.id IS NULL OR {differs})"
    )
    return row(sql, [load_id, label_of(model), operation])[0]


def _distinct(column: str) -> str:
    mine, written = f"x.{quoted(column)[0]}", taken(column, "after")
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
    table, key = quoted(other._meta.db_table, column)
    sql = (
        f"SELECT COUNT(*) FROM {table} o WHERE o.{key} IN "  # noqa: S608
        f"(SELECT s.row_id FROM {ledger()} s WHERE {where()}) AND NOT EXISTS "
        f"(SELECT 1 FROM {ledger()} w WHERE w.row_id = o.id AND {where('w')})"
    )
    mine, theirs = label_of(model), other._meta.label_lower
    return row(sql, [load_id, mine, INSERT, load_id, theirs, INSERT])[0]
