"""Bringing rows back, and proving that they are the ones that were written."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.apps.registry import Apps
from django.core.management import call_command
from django.db import DatabaseError, connections, models, transaction
from django.db.migrations.executor import MigrationExecutor

from schoolward.config.backup import reading, rows, sequences, versions
from schoolward.config.backup.filling import Step
from schoolward.config.backup.manifest import BackupError, Manifest, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where rows are brought back to."""

    using: str
    step: Step

    @property
    def connection(self) -> Any:
        """Return the connection to it."""
        return connections[self.using]


def load(opened: reading.Opened, target: Target) -> None:
    """Fill an empty database with the rows of a backup and bring it to this version.

    The tables are first made as the backup's version had them, so that the backup of
    an earlier version is loaded as it was and then changed by the same migrations that
    would have changed it in place.

    Raises:
        BackupError: What is there afterwards is not what the backup says.
    """
    registry = _migrated(opened.manifest, target)
    found = {model._meta.label_lower: model for model in rows.tables(registry)}
    with transaction.atomic(using=target.using):
        _empty(found.values(), target)
        for label, table in opened.manifest.tables.items():
            if label not in found:
                msg = f"The backup holds a table {label} that its version did not have."
                raise BackupError(msg)
            _load_table(opened.archive, found[label], target)
            prove(found[label], table, using=target.using)
            sequences.set_last_id(found[label], table.last_id, using=target.using)
        target.connection.check_constraints()
    call_command("migrate", database=target.using, verbosity=0, interactive=False)
    call_command("createcachetable", database=target.using, verbosity=0)


def _migrated(manifest: Manifest, target: Target) -> Apps:
    """Make the tables as the backup's version had them; return its models."""
    had = [(app, name) for app, _, name in map(_parts, manifest.migrations)]
    MigrationExecutor(target.connection).migrate(versions.last_of(had))
    return versions.models_after(had)


def _parts(name: str) -> tuple[str, str, str]:
    return name.partition(".")


def _empty(found: Iterable[type[models.Model]], target: Target) -> None:
    """Drop what the migrations themselves put into new tables."""
    with target.connection.cursor() as cursor:
        for model in found:
            table = target.connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - a table's own name


def _load_table(
    archive: zipfile.ZipFile, model: type[models.Model], target: Target
) -> None:
    label = model._meta.label_lower
    fields = rows.columns(model)
    statement = _insertion(model, fields, target)
    with archive.open(f"tables/{label}") as member:
        _insist_on_columns(label, member.readline(), fields)
        for batch in _batches(member):
            values = [_stored(line, fields, target) for line in batch]
            _insert(label, statement, values, target)
            target.step(label, len(batch))


def _insist_on_columns(label: str, head: bytes, fields: list[Any]) -> None:
    names = [field.attname for field in fields]
    if rows.names_of(head) != names:
        msg = (
            f"The columns of {label} are not those of its version. The file is damaged."
        )
        raise BackupError(msg)


def _insertion(model: type[models.Model], fields: list[Any], target: Target) -> str:
    quote = target.connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})"  # noqa: S608 - names only


def _insert(label: str, statement: str, values: list[Any], target: Target) -> None:
    try:
        with target.connection.cursor() as cursor:
            cursor.executemany(statement, values)
    except (DatabaseError, ValueError) as error:
        msg = f"The database refused rows of {label}: {error}"
        raise BackupError(msg) from error


def _stored(line: bytes, fields: list[Any], target: Target) -> list[Any]:
    values = rows.values_of(line, fields)
    pairs = zip(fields, values, strict=True)
    return [field.get_db_prep_save(value, target.connection) for field, value in pairs]


def _batches(member: Iterable[bytes]) -> Iterator[list[bytes]]:
    remaining = iter(member)
    return iter(lambda: list(islice(remaining, rows.ROWS_AT_ONCE)), [])


def prove(model: type[models.Model], table: Table, *, using: str) -> None:
    """Go on when a table holds exactly the rows that were written.

    Raises:
        BackupError: The count or the checksum differs.
    """
    tally = rows.Tally()
    for line in rows.lines(model, using=using):
        tally.add(line)
    if (tally.count, tally.checksum) != (table.rows, table.checksum):
        msg = (
            f"{model._meta.label_lower} does not hold what the backup says: "
            f"{tally.count} rows of {table.rows}, checksum {tally.checksum[:12]} for "
            f"{table.checksum[:12]}. Nothing was changed."
        )
        raise BackupError(msg)
