"""What goes into a backup, and in which order."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any

from django.apps.registry import Apps
from django.conf import settings
from django.db import connections, models

from schoolward import __version__
from schoolward.config.backup import rows, sequences, versions, warehouse
from schoolward.config.backup.manifest import (
    NAME,
    BackupError,
    Manifest,
    Member,
    Table,
    to_json,
)


KEY = "keys/secret.key"
PIECE_BYTES = 1024 * 1024
Step = Callable[[str, int], None]
"""Told what is at work and how many rows or bytes were done."""


@dataclass
class Filling:
    """An archive that is being filled from one snapshot."""

    archive: zipfile.ZipFile
    using: str
    registry: Apps
    step: Step
    tables: dict[str, Table] = field(default_factory=dict)
    files: dict[str, Member] = field(default_factory=dict)

    def fill(self, *, at: datetime) -> Manifest:
        """Put in tables, files, the key, and last the list of all of it."""
        for model in rows.tables(self.registry):
            self._add_table(model)
        for name in warehouse.named_files(self.registry, using=self.using):
            self._add_file(name)
        self._add_member(KEY, io.BytesIO(settings.SECRET_KEY.encode()))
        manifest = self._manifest(at=at)
        self.archive.writestr(NAME, to_json(manifest))
        return manifest

    def _add_table(self, model: type[models.Model]) -> None:
        label, tally = model._meta.label_lower, rows.Tally()
        with self._open(f"tables/{label}", zipfile.ZIP_DEFLATED) as member:
            names = [column.attname for column in rows.columns(model)]
            member.write(json.dumps(names).encode() + b"\n")
            for line in rows.lines(model, using=self.using):
                member.write(line + b"\n")
                tally.add(line)
                if tally.count % rows.ROWS_AT_ONCE == 0:
                    self.step(label, rows.ROWS_AT_ONCE)
        self.step(label, tally.count % rows.ROWS_AT_ONCE)
        last = sequences.last_id(model, using=self.using)
        self.tables[label] = Table(
            rows=tally.count, checksum=tally.checksum, last_id=last
        )

    def _add_file(self, name: str) -> None:
        try:
            with (warehouse.folder() / name).open("rb") as file:
                self._add_member(f"warehouse/{name}", file)
        except FileNotFoundError as error:
            msg = (
                f"{name} is named by a row but is not in the warehouse. "
                "`schoolward doctor` lists all that are missing."
            )
            raise BackupError(msg) from error

    def _add_member(self, name: str, file: IO[bytes]) -> None:
        digest, count = hashlib.sha256(), 0
        with self._open(name, zipfile.ZIP_STORED) as member:
            for piece in pieces(file):
                member.write(piece)
                digest.update(piece)
                count += len(piece)
        self.files[name] = Member(bytes=count, sha256=digest.hexdigest())
        self.step(name, 0)

    def _open(self, name: str, compression: int) -> IO[bytes]:
        info = zipfile.ZipInfo(name)
        info.compress_type = compression
        return self.archive.open(info, "w", force_zip64=True)

    def _manifest(self, *, at: datetime) -> Manifest:
        district = self._rows("district", "District").first()
        had = versions.applied(using=self.using)
        return Manifest(
            version=__version__,
            made_at=at.isoformat(),
            database=connections[self.using].vendor,
            district=str(district.name) if district else "",
            is_demo=self._rows("base", "DemoMark").exists(),
            migrations=sorted(f"{app}.{name}" for app, name in had),
            tables=self.tables,
            files=self.files,
        )

    def _rows(self, app: str, model: str) -> Any:
        return self.registry.get_model(app, model)._base_manager.using(self.using)


def pieces(file: IO[bytes]) -> Iterable[bytes]:
    """Yield a file in pieces."""
    return iter(lambda: file.read(PIECE_BYTES), b"")
