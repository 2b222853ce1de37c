"""The highest id each table ever gave, so that a restore never gives one out twice.

The audit record names rows by id; an id that came back for another row would lie.
"""

from typing import Any

from django.db import connections, models


AUTO_FIELDS = (models.AutoField, models.BigAutoField, models.SmallAutoField)


def last_id(model: type[models.Model], *, using: str) -> int:
    """Return the highest id a table ever gave, 0 when it gives none."""
    if not isinstance(model._meta.pk, AUTO_FIELDS):
        return 0
    connection = connections[using]
    read = _sqlite_last if connection.vendor == "sqlite" else _postgresql_last
    with connection.cursor() as cursor:
        return read(cursor, model)


def set_last_id(model: type[models.Model], last: int, *, using: str) -> None:
    """Let a table go on counting after an id."""
    if last <= 0:
        return
    table = model._meta.db_table
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last]
            )
        else:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
                [_quoted(connection, table), _key_column(model), last],
            )


def _sqlite_last(cursor: Any, model: type[models.Model]) -> int:
    table = model._meta.db_table
    cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
    row = cursor.fetchone()
    return int(row[0]) if row else 0


def _postgresql_last(cursor: Any, model: type[models.Model]) -> int:
    table = _quoted(cursor.db, model._meta.db_table)
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, _key_column(model)])
    [sequence] = cursor.fetchone()
    if sequence is None:
        return 0
    cursor.execute(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608 - a name from the catalogue
    last, is_called = cursor.fetchone()
    return int(last) if is_called else 0


def _key_column(model: type[models.Model]) -> str:
    return str(model._meta.pk.column)


def _quoted(connection: Any, table: str) -> str:
    return str(connection.ops.quote_name(table))
