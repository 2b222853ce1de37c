"""Leases: while one is held, no file that is younger than it is swept.

A lease is a file that its process keeps locked. The system lets go of the lock when the
process ends, however it ends, so a lease never outlives its holder.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from schoolward.analytics.warehouse import folder


LEASES = "leases"


class Lease:
    """A claim on every file of the warehouse that is written or read from now on."""

    def __init__(self) -> None:
        """Take the claim; try again if a sweeper took it for an abandoned one."""
        self._take()
        while not self.path.exists():
            os.close(self._handle)
            self._take()
        self._is_held = True

    def _take(self) -> None:
        self.path = folder(LEASES) / uuid4().hex
        self._handle = os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(self._handle, fcntl.LOCK_EX)

    def release(self) -> None:
        """Give the claim up; once is enough."""
        if self._is_held:
            self._is_held = False
            self.path.unlink(missing_ok=True)
            os.close(self._handle)


@contextmanager
def lease() -> Iterator[Lease]:
    """Hold a claim for a while."""
    held = Lease()
    try:
        yield held
    finally:
        held.release()


def oldest() -> float | None:
    """Return when the oldest lease still held was taken, in seconds of the system."""
    taken = [moment for path in folder(LEASES).iterdir() if (moment := _taken(path))]
    return min(taken, default=None)


def _taken(path: Path) -> float | None:
    """Return when a lease was taken; one whose holder is gone is removed."""
    try:
        handle = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return os.fstat(handle).st_mtime
    else:
        path.unlink(missing_ok=True)
        return None
    finally:
        os.close(handle)


def sweep(*, named: frozenset[str], before: float) -> list[str]:
    """Remove the files that no row names and that nobody may still need.

    Args:
        named: Paths, relative to the warehouse, of files and folders that rows name.
        before: Only what was last touched before this, in seconds of the system; a
            held lease moves it further back.

    Returns:
        What was removed, relative to the warehouse.
    """
    held = oldest()
    limit = before if held is None else min(before, held)
    swept: list[str] = []
    for kind in ("facts", "shelves", "work"):
        base = folder(kind)
        for path in sorted(base.iterdir()):
            name = f"{kind}/{path.name}"
            if name not in named and _youngest(path) < limit:
                remove(path)
                swept.append(name)
    return swept


def _youngest(path: Path) -> float:
    """Return when a file, or the youngest file of a folder, was last touched."""
    inside = path.iterdir() if path.is_dir() else ()
    return max([path.stat().st_mtime, *(one.stat().st_mtime for one in inside)])


def remove(path: Path) -> None:
    """Remove a file or a folder of files of the warehouse."""
    if not path.is_dir():
        path.unlink(missing_ok=True)
        return
    for file in path.iterdir():
        file.unlink(missing_ok=True)
    path.rmdir()
