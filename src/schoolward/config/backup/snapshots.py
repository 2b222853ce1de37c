"""One moment of the database, held still while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections, transaction
from psycopg import IsolationLevel


ALIAS = "snapshot"


@contextmanager
def snapshot() -> Iterator[str]:
    """Yield the alias of a connection that sees one moment only."""
    with second_connection(ALIAS, _options()), transaction.atomic(using=ALIAS):
        # The moment is that of the first read.
        with connections[ALIAS].cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM django_migrations")
        yield ALIAS


@contextmanager
def second_connection(
    alias: str, options: dict[str, Any], **changed: Any
) -> Iterator[None]:
    """Know the database under a second alias, with other options, for a while."""
    settings = {**connection.settings_dict, **changed, "OPTIONS": options}
    connections.databases[alias] = settings
    try:
        yield
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.databases[alias]


def _options() -> dict[str, Any]:
    options = dict(connection.settings_dict["OPTIONS"])
    options.pop("pool", None)
    if connection.vendor == "sqlite":
        # An immediate transaction would keep every writer waiting.
        return {**options, "transaction_mode": "DEFERRED"}
    return {**options, "isolation_level": IsolationLevel.REPEATABLE_READ}
