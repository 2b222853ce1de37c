"""Looks at the home: whether it can be written, who reads it, how much room is left."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from schoolward.config.doctor.findings import Finding, fine, look, wrong
from schoolward.config.keys import KEY_FILE


GIGABYTE = 1024**3
LEAST_FREE, LITTLE_FREE = GIGABYTE, 5 * GIGABYTE


def look_at_home(home: Path) -> Iterator[Finding]:
    """Yield what is found about the home folder."""
    if not home.is_dir() or not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        yield wrong(
            "home",
            says=f"{home} is missing or cannot be written by this user.",
            remedy=f"install -d -m 700 -o USER {home}, or set SCHOOLWARD_HOME.",
        )
        return
    yield fine("home", says=str(home))
    yield _room(shutil.disk_usage(home).free)
    yield from _open_to_others(home)


def _room(free: int) -> Finding:
    says = f"{free / GIGABYTE:.1f} GB are free."
    if free < LEAST_FREE:
        return wrong(
            "disk", says=says, remedy="Make room: loads and backups will fail."
        )
    if free < LITTLE_FREE:
        return look("disk", says=says, remedy="Make room before the next large load.")
    return fine("disk", says=says)


def _open_to_others(home: Path) -> Iterator[Finding]:
    for name in (KEY_FILE, "schoolward.sqlite3"):
        path = home / name
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & stat.S_IROTH:
            if _is_closed(home):
                continue
            yield look(
                "home",
                says=f"Every user of this machine can read {name}.",
                remedy=f"chmod 700 {home}",
            )
            return


def _is_closed(home: Path) -> bool:
    return not stat.S_IMODE(home.stat().st_mode) & stat.S_IXOTH
