"""Opening a backup and judging whether this version can bring it back."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import cast

from schoolward import __version__
from schoolward.config.backup import manifest as contents
from schoolward.config.backup import versions
from schoolward.config.backup.manifest import BackupError, Manifest
from schoolward.config.backup.sealing import Opener, SealError, is_sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A backup that can be read."""

    archive: zipfile.ZipFile
    manifest: Manifest


@contextmanager
def opened(path: Path, *, passphrase: str) -> Iterator[Opened]:
    """Open a backup for the length of a block.

    Raises:
        BackupError: It is missing, sealed with another passphrase, damaged, or written
            by a version that knows more than this one.
    """
    try:
        with path.open("rb") as file, _archive(file, passphrase) as archive:
            manifest = contents.from_json(archive.read(contents.NAME))
            insist_on_known(manifest)
            yield Opened(archive=archive, manifest=manifest)
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        msg = f"{path} is no backup of Schoolward, or it is damaged ({error})."
        raise BackupError(msg) from error
    except FileNotFoundError as error:
        msg = f"There is no file {path}."
        raise BackupError(msg) from error
    except SealError as error:
        raise BackupError(str(error)) from error


def _archive(file: io.BufferedReader, passphrase: str) -> zipfile.ZipFile:
    if not is_sealed(file):
        return zipfile.ZipFile(file)
    if not passphrase:
        msg = (
            "The backup is sealed. Give its passphrase by --passphrase-stdin or in "
            "SCHOOLWARD_BACKUP_PASSPHRASE."
        )
        raise BackupError(msg)
    opener = cast("io.FileIO", Opener(file, passphrase=passphrase))
    return zipfile.ZipFile(io.BufferedReader(opener))


def insist_on_known(manifest: Manifest) -> None:
    """Go on when this version knows all that the backup's version knew.

    Raises:
        BackupError: It was written by a newer version, or names files outside itself.
    """
    known = {f"{app}.{name}" for app, name in versions.known()}
    unknown = [name for name in manifest.migrations if name not in known]
    if unknown:
        msg = (
            f"This backup was written by Schoolward {manifest.version}, which is newer "
            f"than this one ({__version__}): it knows {unknown[0]}. "
            f"Install {manifest.version} or later, then restore."
        )
        raise BackupError(msg)
    for name in manifest.files:
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            msg = (
                f"The backup names a file outside itself ({name}) and is not restored."
            )
            raise BackupError(msg)
