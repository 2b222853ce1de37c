"""The files of the warehouse as a backup sees them: those that rows name."""

from collections.abc import Iterator
from pathlib import Path

from django.apps.registry import Apps
from django.conf import settings


def folder() -> Path:
    """Return where the warehouse lies."""
    return Path(settings.SCHOOLWARD_HOME) / "warehouse"


def named_files(registry: Apps, *, using: str) -> list[str]:
    """Return the names of the files that a snapshot's rows name, within the folder."""
    facts = _paths(registry, "FactFile", using)
    shelves = _paths(registry, "Shelf", using)
    return sorted({*facts, *(name for shelf in shelves for name in _within(shelf))})


def _paths(registry: Apps, model: str, using: str) -> list[str]:
    rows = registry.get_model("scorecards", model)._base_manager.using(using)
    return list(rows.values_list("path", flat=True))


def _within(shelf: str) -> Iterator[str]:
    for path in (folder() / shelf).rglob("*"):
        if path.is_file():
            yield path.relative_to(folder()).as_posix()
