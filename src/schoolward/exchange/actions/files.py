"""Where the file of a load lies, and its way to another folder."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

from django.db import transaction

from schoolward.exchange.choices import choices_of
from schoolward.exchange.models import Staging


def move(path: Path, *, to: Path) -> None:
    """Move a loaded file or folder; its loads know at every moment where it lies.

    The file is there twice while its loads are told of the new place, so that a process
    that is killed on the way leaves no load without its file.

    Args:
        path: Where it lies.
        to: Where it is to lie; nothing may lie there yet.
    """
    half = to.with_name(f".{to.name}.half")
    _forget(half)
    _twin(path.resolve(), half)
    half.rename(to)
    _tell(path, to)
    _forget(path)


@transaction.atomic
def _tell(path: Path, to: Path) -> None:
    """Tell every load of a file where it lies now."""
    for staging in Staging.objects.select_for_update().filter(path=str(path)):
        staging.path = str(to)
        staging.choices = replace(choices_of(staging.choices), path=to).as_json()
        staging.save(update_fields=["path", "choices"])


def _twin(path: Path, twin: Path) -> None:
    if path.is_dir():
        shutil.copytree(path, twin, copy_function=_linked)
    else:
        _linked(path, twin)


def _linked(path: str | Path, twin: str | Path) -> None:
    """Give a file a second name, or copy it where the disk or its owner forbids that."""
    try:
        os.link(path, twin)
    except OSError:
        shutil.copy2(path, twin)


def _forget(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
