"""The drawings of Lucide, read once from the vendored files and drawn inline."""

import re
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe


FOLDER = Path(__file__).resolve().parent / "static" / "vendor" / "lucide" / "icons"
_SVG = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


class UnknownIconError(LookupError):
    """A template names an icon that is not vendored."""

    def __init__(self, name: str) -> None:
        """Say which icon, and where icons are kept."""
        super().__init__(f"No icon {name!r} in {FOLDER.name}; see vendor/README.md.")


def names() -> list[str]:
    """Return the names of all icons, in order."""
    return sorted(path.stem for path in FOLDER.glob("*.svg"))


@cache
def strokes(name: str) -> SafeString:
    """Return what an icon's drawing holds, to stand inside an <svg>.

    Raises:
        UnknownIconError: There is no such icon.
    """
    path = FOLDER / f"{name}.svg"
    found = _SVG.search(path.read_text()) if path.is_file() else None
    if found is None:
        raise UnknownIconError(name)
    lines = (line.strip() for line in found[1].splitlines())
    return mark_safe("".join(lines))  # noqa: S308 - our own vendored file
