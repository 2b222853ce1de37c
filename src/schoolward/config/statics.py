"""Styles, scripts and fonts under names that change with their content.

`schoolward serve` collects them into the home once per version, so a browser may keep
each for ever. Before that, in tests and while developing, they bear their plain names.
"""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage


class NamedByContent(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Storage that uses hashed names once they were collected."""

    manifest_strict = False
    keep_only_hashed_files = True

    def stored_name(self, name: str) -> str:
        """Return the hashed name of a collected file, the plain one of any other."""
        if self.hash_key(self.clean_name(name)) not in self.hashed_files:
            return name
        hashed: str = super().stored_name(name)
        return hashed


def collect() -> bool:
    """Collect all files under hashed names, compressed; return whether it was needed."""
    mark = Path(settings.SCHOOLWARD_HOME) / "static-collected"
    wanted = _fingerprint()
    if mark.exists() and mark.read_text() == wanted:
        return False
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    mark.write_text(wanted)
    return True


def _fingerprint() -> str:
    """Return a hash of every file's name, size and time of change."""
    found = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda pair: str(pair[0])):
            status = Path(storage.path(name)).stat()
            found.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return found.hexdigest()
