"""How both databases read a plan that waits as JSON in one table.

PostgreSQL turns JSON into typed rows by itself; SQLite takes the values out by name.
"""

from collections.abc import Sequence

from django.db import connection, models

from schoolward.exchange.models import StagedChange


def quoted(*names: str) -> list[str]:
    """Return names as the database writes them."""
    return [connection.ops.quote_name(name) for name in names]


def table_of(model: type[models.Model]) -> str:
    """Return a model's table, quoted."""
    return quoted(model._meta.db_table)[0]


def ledger() -> str:
    """Return the table of plans, quoted."""
    return table_of(StagedChange)


def columns_of(model: type[models.Model]) -> list[str]:
    """Return every column of a model's table."""
    return [one.column for one in model._meta.concrete_fields]


def where(alias: str = "s") -> str:
    """Return the condition for one load's rows of one table and operation."""
    table, operation = quoted("table", "operation")
    return f"{alias}.load_id = %s AND {alias}.{table} = %s AND {alias}.{operation} = %s"


def run(sql: str, arguments: Sequence[str | int] = ()) -> int:
    """Run a statement and return how many rows it reached."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(arguments))
        return int(cursor.rowcount)


def row(sql: str, arguments: Sequence[str | int] = ()) -> tuple[int, ...]:
    """Return the only row that a question has."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(arguments))
        return tuple(cursor.fetchone())


def typed(table: str, source: str) -> str:
    """Return the join that turns JSON into a typed row, where the database can."""
    if connection.vendor != "postgresql":
        return ""
    return f"CROSS JOIN LATERAL jsonb_populate_record(NULL::{table}, s.{source}) r"


def taken(column: str, source: str) -> str:
    """Return the value of a column out of the JSON."""
    if connection.vendor == "postgresql":
        return f"r.{quoted(column)[0]}"
    return f"json_extract(s.{source}, '$.{column}')"


def has(column: str, source: str) -> str:
    """Return the condition that the JSON names a column."""
    if connection.vendor == "postgresql":
        return f"jsonb_exists(s.{source}, '{column}')"
    return f"json_type(s.{source}, '$.{column}') IS NOT NULL"
