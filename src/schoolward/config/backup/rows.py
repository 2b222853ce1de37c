"""Rows as lines of JSON, the same from either database, and their checksum."""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from django.db import models
from django.db.models import Field
from django.utils.duration import duration_iso_string


LEFT_OUT_APPS = {"auth", "contenttypes", "sessions", "usersessions", "django_q"}
"""Made anew by the migrations, ended by a restore, or lined up again by the worker."""

LEFT_OUT_TABLES = {"base.backup"}
ROWS_AT_ONCE = 2000


@dataclass
class Tally:
    """How many lines there were, and a sum of their hashes that order does not change."""

    count: int = 0
    total: int = 0

    def add(self, line: bytes) -> None:
        """Count one line."""
        self.count += 1
        digest = int.from_bytes(hashlib.sha256(line).digest(), "big")
        self.total = (self.total + digest) % 2**256

    @property
    def checksum(self) -> str:
        """Return the sum in hexadecimal."""
        return f"{self.total:064x}"


def tables(registry: Apps) -> list[type[models.Model]]:
    """Return the models whose rows belong in a backup, sorted by label."""
    found = [
        model
        for model in registry.get_models(include_auto_created=True)
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.app_label not in LEFT_OUT_APPS
        and model._meta.label_lower not in LEFT_OUT_TABLES
    ]
    return sorted(found, key=lambda model: model._meta.label_lower)


def columns(model: type[models.Model]) -> list["Field[Any, Any]"]:
    """Return a table's own stored fields by name; their order differs by version."""
    stored = [f for f in model._meta.local_concrete_fields if not f.generated]
    return sorted(stored, key=lambda field: field.attname)


def lines(model: type[models.Model], *, using: str) -> Iterator[bytes]:
    """Yield each row as a line, by primary key, in bounded memory."""
    names = [field.attname for field in columns(model)]
    rows = model._base_manager.using(using).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield line_of(row)


def line_of(row: Iterable[Any]) -> bytes:
    """Return one row as a line of JSON without its line end."""
    plain = [_plain(value) for value in row]
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def names_of(head: bytes) -> list[str]:
    """Return the field names that a table's first line tells."""
    names: list[str] = json.loads(head)
    return names


def values_of(line: bytes, fields: list["Field[Any, Any]"]) -> list[Any]:
    """Return a line's values as Python objects, each as its field has them."""
    return [
        field.to_python(value)
        for field, value in zip(fields, json.loads(line), strict=True)
    ]


def _plain(value: Any) -> Any:
    for kinds, spell in SPELLINGS:
        if isinstance(value, kinds):
            return spell(value)
    return value


def _one_spelling(value: Any) -> Any:
    """Write numbers within JSON alike: PostgreSQL keeps 1e3 as 1000, SQLite as 1000.0."""
    if isinstance(value, dict):
        return {key: _one_spelling(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_one_spelling(inner) for inner in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


SPELLINGS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (str | int, lambda value: value),
    (datetime | date | time, lambda value: value.isoformat()),
    (Decimal | UUID, str),
    (timedelta, duration_iso_string),
    (bytes | memoryview, lambda value: base64.b64encode(bytes(value)).decode()),
    (dict | list, _one_spelling),
)
"""How each kind of value is written; the commonest first."""
