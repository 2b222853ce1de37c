"""Sealing a file with a passphrase: AES-256-GCM in chunks, the key by scrypt.

Each chunk's nonce holds its number and whether it is the last, so that chunks cannot be
left out, moved or cut off unseen. Chunks have one size, so a reader can jump.
"""

import io
import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt


MAGIC = b"SCHOOLWARD SEALED 1\n"
SALT_BYTES, PREFIX_BYTES, TAG_BYTES = 16, 7, 16
CHUNK = 64 * 1024
SCRYPT_COST = 2**16
HEAD_BYTES = len(MAGIC) + SALT_BYTES + PREFIX_BYTES


class SealError(Exception):
    """The passphrase does not fit, or the file is damaged."""


def is_sealed(file: BinaryIO) -> bool:
    """Return whether a file begins as a sealed one; leaves it at its beginning."""
    file.seek(0)
    head = file.read(len(MAGIC))
    file.seek(0)
    return head == MAGIC


class Sealer(io.RawIOBase):
    """Writes what it is given to a file, sealed; close it to write the last chunk."""

    def __init__(self, file: BinaryIO, *, passphrase: str) -> None:
        """Begin the file with what a reader needs besides the passphrase."""
        super().__init__()
        salt, self._prefix = os.urandom(SALT_BYTES), os.urandom(PREFIX_BYTES)
        self._head = MAGIC + salt + self._prefix
        self._cipher = AESGCM(_key(passphrase, salt))
        self._file, self._waiting, self._number = file, bytearray(), 0
        file.write(self._head)

    def writable(self) -> bool:
        """Return that it can be written to."""
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Take bytes; whole chunks go to the file at once."""
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def close(self) -> None:
        """Seal the last chunk."""
        if not self.closed:
            self._seal(bytes(self._waiting), is_last=True)
        super().close()

    def _seal(self, data: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, is_last=is_last)
        self._file.write(self._cipher.encrypt(nonce, data, self._head))
        self._number += 1


class Opener(io.RawIOBase):
    """Reads a sealed file as if it were not, from any place in it."""

    def __init__(self, file: BinaryIO, *, passphrase: str) -> None:
        """Try the passphrase on the last chunk, which also proves that none is missing.

        Raises:
            SealError: The passphrase does not fit, or the file is damaged.
        """
        super().__init__()
        file.seek(0)
        self._head = file.read(HEAD_BYTES)
        salt = self._head[len(MAGIC) : len(MAGIC) + SALT_BYTES]
        self._prefix = self._head[-PREFIX_BYTES:]
        self._cipher = AESGCM(_key(passphrase, salt))
        self._file, self._at = file, 0
        sealed = file.seek(0, io.SEEK_END) - HEAD_BYTES
        self._last = max(0, (sealed - 1) // (CHUNK + TAG_BYTES))
        self._size = sealed - (self._last + 1) * TAG_BYTES
        self._open_number, self._open = -1, b""
        self._load(self._last)

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def seekable(self) -> bool:
        """Return that it can be read from any place."""
        return True

    def tell(self) -> int:
        """Return where the next byte is read."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Go to a place."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}
        self._at = start[whence] + offset
        return self._at

    def readinto(self, buffer: bytearray, /) -> int:  # type: ignore[override]
        """Read up to the end of a chunk."""
        if self._at >= self._size:
            return 0
        number, within = divmod(self._at, CHUNK)
        self._load(number)
        piece = self._open[within : within + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def _load(self, number: int) -> None:
        if number == self._open_number:
            return
        self._file.seek(HEAD_BYTES + number * (CHUNK + TAG_BYTES))
        sealed = self._file.read(CHUNK + TAG_BYTES)
        nonce = _nonce(self._prefix, number, is_last=number == self._last)
        try:
            self._open = self._cipher.decrypt(nonce, sealed, self._head)
        except InvalidTag as error:
            msg = "The passphrase does not fit, or the file is damaged."
            raise SealError(msg) from error
        self._open_number = number


def _key(passphrase: str, salt: bytes) -> bytes:
    derivation = Scrypt(salt=salt, length=32, n=SCRYPT_COST, r=8, p=1)
    return derivation.derive(passphrase.encode())


def _nonce(prefix: bytes, number: int, *, is_last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([is_last])
