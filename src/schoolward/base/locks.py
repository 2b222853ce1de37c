"""Locks that end with their process: whoever is killed lets go.

A lock is a file in the home that the kernel holds for a process, so it works the same
over SQLite and PostgreSQL, and no row has to be mended after a crash. All processes of
one installation share one home.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def held(path: Path, *, shared: bool = False) -> Iterator[bool]:
    """Hold a lock for the length of a block; yields whether it was free.

    Args:
        path: The lock's file; made when it is not there.
        shared: Whether others may hold it at the same time, also shared.
    """
    descriptor = _open(path)
    try:
        yield _take(descriptor, shared=shared)
    finally:
        os.close(descriptor)


def keep(path: Path) -> bool:
    """Hold a shared lock until the process ends, through `exec` and in its children."""
    descriptor = _open(path)
    fcntl.fcntl(descriptor, fcntl.F_SETFD, 0)
    return _take(descriptor, shared=True)


def is_free(path: Path) -> bool:
    """Return whether nobody holds the lock."""
    if not path.exists():
        return True
    with held(path) as free:
        return free


def _open(path: Path) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _take(descriptor: int, *, shared: bool) -> bool:
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
