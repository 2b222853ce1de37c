"""Members of a zip, unpacked by hand so that none can lie about its size."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from schoolward.exchange.domain import UnreadableFileError
from schoolward.exchange.sheets.limits import Limits
from schoolward.exchange.sheets.streams import CHUNK, too_large


_LOCAL_HEADER = struct.Struct("<4s22xHH")


def members(file: BinaryIO, *, name: str, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """Return what the zip says it holds, having checked the sum of sizes.

    Raises:
        UnreadableFileError: It is damaged, protected, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableFileError(damaged(name)) from error
    if sum(info.file_size for info in infos) > limits.unpacked_bytes:
        raise UnreadableFileError(too_large(name, limits.unpacked_bytes))
    if any(info.flag_bits & 0x1 for info in infos):
        msg = f"{name} is protected by a password. Save it without one."
        raise UnreadableFileError(msg)
    return {info.filename: info for info in infos}


def unpack(file: BinaryIO, info: zipfile.ZipInfo, *, name: str) -> Iterator[bytes]:
    """Return the content of one member, piece by piece.

    Raises:
        UnreadableFileError: It is damaged, or larger than it says.
    """
    left = info.file_size
    try:
        for piece in _pieces(file, info):
            left -= len(piece)
            if left < 0:
                raise UnreadableFileError(damaged(name))
            yield piece
    except (zlib.error, struct.error, OSError, ValueError) as error:
        if isinstance(error, UnreadableFileError):
            raise
        raise UnreadableFileError(damaged(name)) from error


def _pieces(file: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    file.seek(info.header_offset)
    _, name_length, extra_length = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    file.seek(name_length + extra_length, 1)
    if info.compress_type == zipfile.ZIP_STORED:
        yield from _raw(file, info.compress_size)
    elif info.compress_type == zipfile.ZIP_DEFLATED:
        yield from _inflated(file, info.compress_size)
    else:
        msg = "unknown packing"
        raise ValueError(msg)


def _raw(file: BinaryIO, left: int) -> Iterator[bytes]:
    while left > 0:
        piece = file.read(min(CHUNK, left))
        if not piece:
            return
        left -= len(piece)
        yield piece


def _inflated(file: BinaryIO, compressed: int) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    for piece in _raw(file, compressed):
        waiting = piece
        while waiting:
            yield inflate.decompress(waiting, CHUNK)
            waiting = inflate.unconsumed_tail
            if inflate.eof:
                return


def damaged(name: str) -> str:
    """Return the sentence for a damaged zip or workbook."""
    return f"{name} is damaged and cannot be unpacked. Save it again."
