"""A file on its way from a browser into the folder of uploads, for its owner only."""

import shutil
from pathlib import Path
from typing import BinaryIO, cast
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from schoolward.exchange.domain import UnreadableFileError
from schoolward.exchange.edfi import filtering as edfi
from schoolward.exchange.oneroster import filtering as oneroster
from schoolward.exchange.sheets.limits import Limits, limits_of
from schoolward.exchange.upload import problem_of


PASTED = "pasted.tsv"


def uploads() -> Path:
    """Return the folder that holds files until their load is over, for its owner only."""
    folder: Path = settings.SCHOOLWARD_HOME / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def receive(upload: UploadedFile, *, target: str) -> Path:
    """Keep an upload until its load is over; student rows never reach the disk.

    Args:
        upload: What was sent.
        target: What it is to be loaded into.

    Raises:
        UnreadableFileError: It was too large, or is no file of this target.
    """
    name = Path(upload.name or "file").name
    _refuse_other_target(upload, target=target, name=name)
    folder = _folder()
    try:
        return _kept(upload, folder, target=target, name=name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _refuse_other_target(upload: UploadedFile, *, target: str, name: str) -> None:
    """Refuse a bundle of students as a mere table, before it lies on the disk.

    What it holds decides, not what it is called.

    Raises:
        UnreadableFileError: It was too large for memory, or is a bundle.
    """
    if problem := problem_of(upload):
        raise UnreadableFileError(problem)
    if target in {"oneroster", "edfi"}:
        return
    if oneroster.is_oneroster(_bytes(upload)):
        msg = f"{name} is a OneRoster bundle. Choose OneRoster as what it holds."
        raise UnreadableFileError(msg)
    if edfi.is_edfi(_bytes(upload), name=name):
        msg = f"{name} holds Ed-Fi interchanges. Choose Ed-Fi as what it holds."
        raise UnreadableFileError(msg)


def _kept(upload: UploadedFile, folder: Path, *, target: str, name: str) -> Path:
    if target == "oneroster":
        return oneroster.keep_filtered(
            _bytes(upload), folder, name=name, limits=_limits()
        )
    if target == "edfi":
        return edfi.keep_filtered(_bytes(upload), folder, name=name, limits=_limits())
    path = folder / name
    with path.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    return path


def _bytes(upload: UploadedFile) -> BinaryIO:
    """Return an upload as the readers of zips know it."""
    return cast("BinaryIO", upload)


def _limits() -> Limits:
    return limits_of(settings.SCHOOLWARD_UPLOAD_BYTES)


def receive_pasted(text: str) -> Path:
    """Keep pasted cells as a file until their load is over."""
    path = _folder() / PASTED
    path.write_text(text, encoding="utf-8", newline="")
    return path


def receive_beside(upload: UploadedFile, path: Path) -> Path:
    """Keep a second file, such as a crosswalk, beside the first.

    Raises:
        UnreadableFileError: It was too large for memory, or is a bundle of students.
    """
    name = Path(upload.name or "file").name
    _refuse_other_target(upload, target="crosswalk", name=name)
    beside = path.parent / f"beside-{name}"
    with beside.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)
    return beside


def _folder() -> Path:
    folder = uploads() / uuid4().hex
    folder.mkdir(mode=0o700)
    return folder


def drop(path: Path) -> None:
    """Delete an uploaded file with all that lies beside it; others are left alone."""
    if path.parent.parent == uploads():
        shutil.rmtree(path.parent, ignore_errors=True)
