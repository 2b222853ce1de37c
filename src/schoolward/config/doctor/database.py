"""Looks at the database: whether it answers, fits this version, and is set up well."""

import sqlite3
from collections.abc import Iterator

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

from schoolward.config import installation
from schoolward.config.backup import versions
from schoolward.config.doctor.findings import Finding, fine, look, wrong


def look_at_database() -> Iterator[Finding]:
    """Yield what is found about the database; only the first thing when it is away."""
    try:
        yield fine("database", says=_name_and_version())
    except DatabaseError as error:
        yield wrong(
            "database",
            says=f"It does not answer: {' '.join(str(error).split())}",
            remedy="Start it, or mend DATABASE_URL.",
        )
        return
    yield from _fit()
    if connection.vendor == "sqlite":
        yield from _write_ahead_log()
    yield from _cache_table()


def _name_and_version() -> str:
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        path = connection.settings_dict["NAME"]
        return f"SQLite {sqlite3.sqlite_version} in {path}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        [version] = cursor.fetchone()
    return f"PostgreSQL {version}, database {connection.settings_dict['NAME']}"


def _fit() -> Iterator[Finding]:
    unknown = sorted(
        f"{app}.{name}"
        for app, name in set(MigrationRecorder(connection).applied_migrations())
        - versions.known()
    )
    if unknown:
        yield wrong(
            "version",
            says=f"The database was changed by a newer version ({unknown[-1]}).",
            remedy="Install that version, or restore the backup it made before.",
        )
    pending = installation.pending_migrations()
    if pending:
        yield wrong(
            "version",
            says=f"The database lacks {len(pending)} changes of this version.",
            remedy="schoolward upgrade",
        )
    if not pending and not unknown:
        yield fine("version", says="The database fits this version.")


def _write_ahead_log() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        [mode] = cursor.fetchone()
    if mode not in {"wal", "memory"}:
        yield wrong(
            "database",
            says=f"SQLite writes in {mode} mode; people will wait for each other.",
            remedy="Keep the home on a local disk: SQLite's log fails on network disks.",
        )


def _cache_table() -> Iterator[Finding]:
    try:
        cache.get("schoolward-doctor")
    except DatabaseError:
        yield wrong(
            "cache",
            says="The table that counts failed sign-ins is missing.",
            remedy="schoolward upgrade",
        )


def look_at_district() -> Iterator[Finding]:
    """Yield what is found about the district and its time zone."""
    district = installation.district()
    if district is None:
        yield wrong(
            "district",
            says="There is none yet.",
            remedy="schoolward init --name … --admin …, or schoolward demo",
        )
        return
    yield fine("district", says=f"{district}, {district.time_zone}")
    if installation.is_demo():
        yield from _demo()


def _demo() -> Iterator[Finding]:
    listens = settings.SCHOOLWARD_LISTEN
    if connection.vendor != "sqlite" or listens not in installation.LOOPBACK:
        yield wrong(
            "demo",
            says="A demo district can be reached from elsewhere, or is in PostgreSQL.",
            remedy="Serve it from SQLite on 127.0.0.1 only, or start a real district.",
        )
    else:
        yield look(
            "demo",
            says="This is the simulated district; its clock stands still.",
            remedy="For a real one choose another SCHOOLWARD_HOME and run schoolward init.",
        )
