"""The signing key of an installation, kept in its home."""

import os
import secrets
from pathlib import Path


KEY_FILE = "secret.key"


def stored_key(home: Path) -> str:
    """Return the key in the home, making one at first use that only its owner can read."""
    path = home / KEY_FILE
    if not path.exists():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_once(path, secrets.token_urlsafe(50))
    return path.read_text().strip()


def _write_once(path: Path, key: str) -> None:
    """Write the key unless another process was quicker."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
