"""Uploaded zips and XML stay in memory: they may hold students, and disks remember.

Django writes large uploads to temporary files. What could be OneRoster or Ed-Fi is kept
from that: it waits in memory until its staff are read out of it. What is too large for
memory is dropped unread, with the way to load it from where it lies.
"""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

from schoolward.exchange.sheets.limits import MEGABYTE


ZIP_MOST = 100 * MEGABYTE
"""The largest zip that waits in memory."""

_ENDINGS = (".zip", ".xlsx", ".ods", ".xml", ".xml.gz")


class Kept(InMemoryUploadedFile):
    """An upload in memory; `problem` says why it was dropped, when it was."""

    problem = ""


class ZipsInMemory(FileUploadHandler):
    """Takes uploads that begin as a zip does, and XML; leaves all others to the next."""

    _content: BytesIO | None = None
    _is_too_large = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Take a file that its name tells of, before a temporary file is made for it."""
        super().new_file(*args, **kwargs)
        if _is_named(self.file_name):
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Keep the piece of a zip, or hand it on."""
        if start == 0:
            self._is_too_large = False
            is_ours = raw_data[:2] == b"PK" or _is_named(self.file_name)
            self._content = BytesIO() if is_ours else None
            if is_ours and not _is_named(self.file_name):
                self._close_the_others()
        if self._content is None:
            return raw_data
        if start + len(raw_data) > ZIP_MOST:
            self._is_too_large = True
            self._content = BytesIO()
        elif not self._is_too_large:
            self._content.write(raw_data)
        return None

    def _close_the_others(self) -> None:
        """Close the empty files that later handlers opened for what is kept here.

        A file known by its name never reached them; theirs would be an earlier one.
        """
        for handler in getattr(self.request, "upload_handlers", ()):
            opened = getattr(handler, "file", None)
            if handler is not self and opened is not None:
                opened.close()

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Return the zip, or an empty file that says why it was dropped."""
        content, self._content = self._content, None
        if content is None:
            return None
        content.seek(0)
        upload = Kept(
            file=content,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type or "application/zip",
            size=0 if self._is_too_large else file_size,
            charset=None,
        )
        upload.problem = (
            too_large(self.file_name or "The zip") if self._is_too_large else ""
        )
        return upload


def problem_of(upload: UploadedFile) -> str:
    """Return why an upload was dropped, as a sentence; empty when it was not."""
    return str(getattr(upload, "problem", ""))


def _is_named(file_name: str | None) -> bool:
    return (file_name or "").lower().endswith(_ENDINGS)


def too_large(name: str) -> str:
    """Return the sentence for a zip that cannot wait in memory."""
    return (
        f"{name} is larger than {ZIP_MOST // MEGABYTE} MB. It may hold students, so it is "
        "not written to this server’s disk. Load it from where it lies: schoolward import "
        "oneroster PATH, or edfi PATH. Or leave out the files that are not read."
    )
