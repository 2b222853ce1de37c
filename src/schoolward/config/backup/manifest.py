"""The first thing a restore reads: what a backup holds and which version wrote it."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any


FORMAT = 1
NAME = "manifest.json"


class BackupError(Exception):
    """A backup cannot be written or brought back; the text says why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What one table held: rows, their checksum, and the highest id ever given."""

    rows: int
    checksum: str
    last_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What one file held."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds."""

    format: int = FORMAT
    version: str
    made_at: str
    database: str
    district: str
    is_demo: bool
    migrations: list[str]
    tables: dict[str, Table] = field(default_factory=dict)
    files: dict[str, Member] = field(default_factory=dict)

    @property
    def row_count(self) -> int:
        """Return how many rows there are in all tables."""
        return sum(table.rows for table in self.tables.values())

    @property
    def byte_count(self) -> int:
        """Return how large the files are together."""
        return sum(member.bytes for member in self.files.values())


def to_json(manifest: Manifest) -> str:
    """Write a manifest down."""
    return json.dumps(asdict(manifest), indent=1, ensure_ascii=False)


def from_json(text: bytes) -> Manifest:
    """Read a manifest.

    Raises:
        BackupError: It is of a later format, or no manifest at all.
    """
    try:
        told: dict[str, Any] = json.loads(text)
        if told["format"] > FORMAT:
            msg = (
                f"This backup is of format {told['format']}; this version reads up to "
                f"{FORMAT}. Install Schoolward {told['version']} or later."
            )
            raise BackupError(msg)
        tables = {name: Table(**table) for name, table in told.pop("tables").items()}
        files = {name: Member(**member) for name, member in told.pop("files").items()}
        return Manifest(**told, tables=tables, files=files)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        msg = f"The backup's list of contents cannot be read ({error})."
        raise BackupError(msg) from error
