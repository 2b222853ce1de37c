"""Looks at what is kept: files of the warehouse against rows, and backups."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.apps import apps

from schoolward.base.models import Backup
from schoolward.config import installation
from schoolward.config.backup import warehouse
from schoolward.config.doctor.findings import Finding, fine, look, wrong
from schoolward.scorecards.models import FactFile


OLD = timedelta(days=2)


def look_at_warehouse() -> Iterator[Finding]:
    """Yield whether each file that a row names is there, at its size."""
    rows = FactFile.objects.values_list("path", "byte_count")
    missing, other = [], []
    for name, byte_count in rows:
        path = warehouse.folder() / name
        if not path.exists():
            missing.append(name)
        elif path.stat().st_size != byte_count:
            other.append(name)
    if missing or other:
        yield wrong(
            "warehouse",
            says=f"{len(missing)} files are missing and {len(other)} are not as they were "
            f"written, first {(missing + other)[0]}.",
            remedy="Restore the last backup, or undo and load their files again.",
        )
        return
    named = set(warehouse.named_files(apps, using="default"))
    loose = [path for path in _present() if path not in named]
    yield fine(
        "warehouse",
        says=f"{len(named)} files, each named by a row; {len(loose)} to be swept.",
    )


def _present() -> list[str]:
    folder = warehouse.folder()
    return [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file()
    ]


def look_at_backups(*, at: datetime) -> Iterator[Finding]:
    """Yield when the last backup was made and whether it is whole."""
    last = Backup.objects.exclude(ended_at=None).order_by("-begun_at").first()
    if installation.is_demo():
        return
    if last is None:
        yield look(
            "backup",
            says="None was made yet.",
            remedy="schoolward backup FILE every night; see docs/how-to/backup.md.",
        )
    elif last.problem:
        yield wrong(
            "backup",
            says=f"The last one, to {last.path}, failed: {last.problem}",
            remedy="Mend that and run schoolward backup again.",
        )
    elif at - last.begun_at > OLD:
        yield look(
            "backup",
            says=f"The last one is of {last.begun_at:%Y-%m-%d}.",
            remedy="See why the nightly backup does not run: docs/how-to/backup.md.",
        )
    else:
        yield fine("backup", says=f"{last.begun_at:%Y-%m-%d %H:%M} UTC to {last.path}")
