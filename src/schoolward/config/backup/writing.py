"""Writing a backup while people go on working."""

import hashlib
import io
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from django.apps.registry import Apps

from schoolward.config.backup import versions
from schoolward.config.backup.filling import Filling, Step
from schoolward.config.backup.manifest import BackupError, Manifest
from schoolward.config.backup.sealing import Sealer
from schoolward.config.backup.snapshots import snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A finished backup."""

    path: Path
    manifest: Manifest
    byte_count: int
    sha256: str
    is_sealed: bool


class Counted(io.RawIOBase):
    """Passes on what is written, counting and hashing it; never goes back."""

    def __init__(self, target: IO[bytes]) -> None:
        """Stand before a target."""
        super().__init__()
        self.target, self.count, self.hash = target, 0, hashlib.sha256()

    def writable(self) -> bool:
        """Return that it can be written to."""
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Pass on bytes."""
        self.target.write(data)
        self.hash.update(data)
        self.count += len(data)
        return len(data)


def write(
    path: Path, *, passphrase: str, now: Callable[[], datetime], step: Step
) -> Written:
    """Write everything this installation holds into one file.

    Args:
        path: Where to; nothing may be there yet.
        passphrase: Seals the file; empty leaves it open.
        now: Tells the time.
        step: Told of progress.

    Raises:
        BackupError: Something is at the path, or a file of the warehouse is missing.
    """
    if path.exists():
        msg = f"{path} is already there. Choose another name, or move it away."
        raise BackupError(msg)
    registry = versions.models_after(versions.applied(using="default"))
    row = registry.get_model("base", "Backup")._base_manager.create(
        begun_at=now(), path=str(path), is_encrypted=bool(passphrase)
    )
    with _told_on(row, now=now), _partial(path) as file:
        sink = Counted(file)
        manifest = _fill(sink, registry, passphrase=passphrase, at=now(), step=step)
        row.byte_count, row.sha256 = sink.count, sink.hash.hexdigest()
    return Written(
        path=path,
        manifest=manifest,
        byte_count=row.byte_count,
        sha256=row.sha256,
        is_sealed=bool(passphrase),
    )


@contextmanager
def _told_on(row: Any, *, now: Callable[[], datetime]) -> Iterator[None]:
    """Keep on the backup's row how it ended."""
    try:
        yield
    except BaseException as error:
        row.problem = str(error) or type(error).__name__
        raise
    finally:
        row.ended_at = now()
        row.save(update_fields=["ended_at", "problem", "byte_count", "sha256"])


@contextmanager
def _partial(path: Path) -> Iterator[BinaryIO]:
    """Open a file that only its owner reads and that bears its name once it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.rename(path)
    finally:
        partial.unlink(missing_ok=True)


def _fill(
    sink: Counted, registry: Apps, *, passphrase: str, at: datetime, step: Step
) -> Manifest:
    plain = cast("BinaryIO", sink)
    target = Sealer(plain, passphrase=passphrase) if passphrase else sink
    with snapshot() as using, zipfile.ZipFile(target, "w") as archive:
        filling = Filling(archive=archive, using=using, registry=registry, step=step)
        manifest = filling.fill(at=at)
    target.close()
    return manifest
