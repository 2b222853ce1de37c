"""Bringing a backup back into a home: the old state until the end, then the new one."""

import hashlib
import os
from pathlib import Path

from django.conf import settings
from django.db import connection, connections, transaction

from schoolward.base import clock
from schoolward.config import installation
from schoolward.config.backup import reading, warehouse
from schoolward.config.backup.filling import KEY, Step, pieces
from schoolward.config.backup.loading import Target, load
from schoolward.config.backup.manifest import BackupError, Manifest
from schoolward.config.backup.snapshots import second_connection
from schoolward.config.keys import KEY_FILE


ALIAS = "restoring"
SUFFIX = ".restoring"


def restore(path: Path, *, passphrase: str, replace: bool, step: Step) -> Manifest:
    """Bring back everything a backup holds and prove it by counts and checksums.

    Files are laid down first and named by no row; then the rows change places in one
    step. A kill at any moment leaves the old state or the new.

    Args:
        path: The backup.
        passphrase: What seals it; empty when nothing does.
        replace: Whether what this home holds may be given up.
        step: Told of progress.

    Raises:
        BackupError: It cannot be read, the home is not empty, or the proof fails.
    """
    with reading.opened(path, passphrase=passphrase) as opened:
        if not replace:
            insist_on_empty_home()
        _lay_files(opened, step)
        bring_back = _into_sqlite if connection.vendor == "sqlite" else _into_postgresql
        bring_back(opened, step)
        _settle(opened.manifest)
    clock.forget_standing_day()
    return opened.manifest


def insist_on_empty_home() -> None:
    """Go on when nothing would be lost.

    Raises:
        BackupError: The home holds a district or files of a warehouse.
    """
    district = installation.district()
    connections["default"].close()
    holds = str(district) if district else ""
    if not holds and any(warehouse.folder().rglob("*.parquet")):
        holds = "files of a warehouse"
    if holds:
        msg = (
            f"This home holds {holds}. Restore into an empty one, or give it up with "
            "--replace; back it up first."
        )
        raise BackupError(msg)


def _lay_files(opened: reading.Opened, step: Step) -> None:
    """Put the files beside those of the old state, which they do not touch."""
    for name, member in opened.manifest.files.items():
        place = _place_of(name)
        step(name, 0)
        if place.exists() and _sha256(place) == member.sha256:
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_name(place.name + SUFFIX)
        _lay(opened, name, beside)
        if not place.exists():
            beside.rename(place)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _place_of(name: str) -> Path:
    if name == KEY:
        return Path(settings.SCHOOLWARD_HOME) / KEY_FILE
    return warehouse.folder() / name.removeprefix("warehouse/")


def _lay(opened: reading.Opened, name: str, target: Path) -> None:
    digest, expected = hashlib.sha256(), opened.manifest.files[name]
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with opened.archive.open(name) as member, os.fdopen(descriptor, "wb") as file:
        for piece in pieces(member):
            file.write(piece)
            digest.update(piece)
        file.flush()
        os.fsync(file.fileno())
    if digest.hexdigest() != expected.sha256:
        target.unlink()
        msg = f"{name} in the backup is damaged: its checksum differs."
        raise BackupError(msg)


def _into_sqlite(opened: reading.Opened, step: Step) -> None:
    """Build a new database beside the old one and let it take its place."""
    place = Path(connection.settings_dict["NAME"])
    beside = place.with_name(place.name + SUFFIX)
    _remove_database(beside)
    options = dict(connection.settings_dict["OPTIONS"])
    with second_connection(ALIAS, options, NAME=beside):
        load(opened, Target(using=ALIAS, step=step))
        _write_ahead_into(ALIAS)
    if place.exists():
        _write_ahead_into("default")
    connections["default"].close()
    if place.with_name(place.name + "-wal").exists():
        msg = "Another process has the database open. Stop it, then restore."
        raise BackupError(msg)
    beside.replace(place)


def _write_ahead_into(alias: str) -> None:
    """Move everything from the write-ahead log into the database file itself."""
    with connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections[alias].close()


def _remove_database(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _into_postgresql(opened: reading.Opened, step: Step) -> None:
    """Drop and rebuild all tables in one transaction."""
    with transaction.atomic():
        _drop_tables()
        load(opened, Target(using="default", step=step))


def _drop_tables() -> None:
    with connection.cursor() as cursor:
        found = connection.introspection.table_names(cursor)
        if found and "district_district" not in found:
            msg = (
                f"The database holds tables that are not Schoolward's ({found[0]} …). "
                "Give Schoolward a database of its own."
            )
            raise BackupError(msg)
        for name in found:
            table = connection.ops.quote_name(name)
            cursor.execute(f"DROP TABLE {table} CASCADE")


def _settle(manifest: Manifest) -> None:
    """Let the last files take their places, and drop those that no row names now."""
    kept = {_place_of(name) for name in manifest.files}
    for place in kept:
        beside = place.with_name(place.name + SUFFIX)
        if beside.exists():
            beside.replace(place)
    for path in warehouse.folder().rglob("*"):
        if path.is_file() and path not in kept:
            path.unlink()
