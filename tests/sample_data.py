"""Real public files to test on; they stay outside the project and tests skip without them."""

import os
from pathlib import Path

import pytest


ROOT = Path(__file__).resolve().parent.parent
FOLDERS = (
    Path(os.environ.get("SCHOOLWARD_SAMPLE_DATA", "/nonexistent")),
    ROOT.parent / "shared" / "data",
)


def sample(name: str) -> Path:
    """Return the path of a sample file, or skip the test with a clear line."""
    for folder in FOLDERS:
        if (folder / name).exists():
            return folder / name
    pytest.skip(
        f"{name} is not here; set SCHOOLWARD_SAMPLE_DATA to the folder that holds it."
    )
