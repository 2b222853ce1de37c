"""Bytes of a file, unpacked while they are read and never more than allowed."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from schoolward.exchange.domain import UnreadableFileError
from schoolward.exchange.sheets.limits import MEGABYTE, Limits
from schoolward.exchange.sheets.sniff import Wrapping, wrapping_of


CHUNK = 256 * 1024


class MeteredReader(io.RawIOBase):
    """A stream that stops with a sentence once it has given more than allowed."""

    def __init__(self, source: BinaryIO, *, name: str, most: int) -> None:
        """Meter a source."""
        super().__init__()
        self._source = source
        self._name = name
        self._left = most
        self._most = most

    def readable(self) -> bool:
        """Return True: it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill a buffer, counting.

        Raises:
            UnreadableFileError: More came out than allowed, or it is damaged.
        """
        try:
            data = self._source.read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            msg = f"{self._name} is damaged: its packed content breaks off. Export it again."
            raise UnreadableFileError(msg) from error
        self._left -= len(data)
        if self._left < 0:
            raise UnreadableFileError(too_large(self._name, self._most))
        buffer[: len(data)] = data
        return len(data)


def too_large(name: str, most: int) -> str:
    """Return the sentence for a file that unpacks to too much."""
    return (
        f"{name} unpacks to more than {most // MEGABYTE} MB. Split it, or raise "
        "SCHOOLWARD_UPLOAD_MB."
    )


def check_size(path: Path, *, name: str, limits: Limits) -> None:
    """Refuse a file larger than may be uploaded.

    Raises:
        UnreadableFileError: It is larger, or not a file that can be read.
    """
    if not path.is_file():
        msg = f"There is no file {name}. Check its name and folder."
        raise UnreadableFileError(msg)
    if path.stat().st_size > limits.file_bytes:
        most = limits.file_bytes // MEGABYTE
        msg = (
            f"{name} is larger than {most} MB. Split it, or raise SCHOOLWARD_UPLOAD_MB."
        )
        raise UnreadableFileError(msg)


def head_of(path: Path, *, name: str) -> bytes:
    """Return the first bytes of a file.

    Raises:
        UnreadableFileError: It cannot be opened.
    """
    try:
        with path.open("rb") as file:
            return file.read(64)
    except OSError as error:
        msg = f"{name} cannot be opened: {error.strerror}. Check who may read it."
        raise UnreadableFileError(msg) from error


@contextmanager
def unpacked(path: Path, *, name: str, limits: Limits) -> Iterator[io.BufferedReader]:
    """Open a text file, gzip or not, metered.

    Raises:
        UnreadableFileError: The file is packed twice.
    """
    packed = wrapping_of(head_of(path, name=name), name=name) is Wrapping.GZIP
    source: BinaryIO
    with path.open("rb") as raw:
        source = gzip.GzipFile(fileobj=raw) if packed else raw  # type: ignore[assignment]
        reader = MeteredReader(source, name=name, most=limits.unpacked_bytes)
        yield io.BufferedReader(reader, CHUNK)
