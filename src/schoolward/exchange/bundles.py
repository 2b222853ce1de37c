"""Files that come together, in a folder or a zip, opened in place and never unpacked to disk.

A member is found by its name and read as a stream that stops at a limit. Nothing is ever
written, so a path such as `../../etc` could not do harm; it is refused all the same, as
is a zip whose own directory is too large to be true.
"""

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from gzip import GzipFile
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from schoolward.exchange.delivery import FileFacts
from schoolward.exchange.domain import UnreadableFileError
from schoolward.exchange.sheets.limits import MEGABYTE, Limits
from schoolward.exchange.sheets.read import digest_of
from schoolward.exchange.sheets.streams import CHUNK, too_large


DIRECTORY_MOST = 4 * MEGABYTE
MEMBERS_MOST = 10_000
_END = struct.Struct("<4s4x2H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_TAIL = 66_000
_IN_ZIP_64 = 0xFFFFFFFF
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, OSError)
_UNREADABLE = (*_DAMAGE, NotImplementedError, RuntimeError, ValueError, IndexError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file of a bundle.

    Attributes:
        path: Where it lies in the bundle, with forward slashes.
        size: How many bytes it says it has when unpacked.
        opened: Opens it; ask the bundle, which meters it.
    """

    path: str
    size: int
    opened: Callable[[], AbstractContextManager[BinaryIO]] = field(
        repr=False, compare=False
    )

    @property
    def file_name(self) -> str:
        """Return its name without folders, in lower case."""
        return PurePosixPath(self.path).name.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """An open folder or zip.

    Attributes:
        name: The bundle as the person knows it.
        members: Its files, without the ones that operating systems add.
        limits: How large a member may be.
    """

    name: str
    members: tuple[Member, ...]
    limits: Limits

    def by_file_name(self) -> Mapping[str, Member]:
        """Return the members by their names in lower case, whatever folder they lie in.

        Raises:
            UnreadableFileError: Two members bear one name.
        """
        found: dict[str, Member] = {}
        for member in self.members:
            if member.file_name in found:
                msg = (
                    f"{self.name} holds {member.file_name} twice, in two folders. "
                    "Keep one export in it."
                )
                raise UnreadableFileError(msg)
            found[member.file_name] = member
        return found

    @contextmanager
    def open(self, member: Member) -> Iterator[io.BufferedReader]:
        """Open a member as a metered stream; one that is packed by gzip is unpacked.

        Raises:
            UnreadableFileError: It is damaged, protected or larger than allowed; also
                raised while it is read.
        """
        most = self.limits.unpacked_bytes
        name = f"{self.name}: {member.file_name}"
        if member.size > most:
            raise UnreadableFileError(too_large(name, most))
        with ExitStack() as stack:
            try:
                source = stack.enter_context(member.opened())
            except _UNREADABLE as error:
                raise UnreadableFileError(_cannot_open(name, error)) from error
            if member.file_name.endswith(".gz"):
                source = stack.enter_context(GzipFile(fileobj=source))  # type: ignore[assignment]
            yield io.BufferedReader(_Metered(source, name=name, most=most), CHUNK)


@contextmanager
def open_bundle(
    source: Path | BinaryIO, *, name: str = "", limits: Limits | None = None
) -> Iterator[Bundle]:
    """Open a folder, a zip, or one file as a bundle of itself.

    Args:
        source: Where it lies, or the file itself as a stream that can seek.
        name: The bundle as the person knows it; its own name when empty.
        limits: How large a member may be.

    Raises:
        UnreadableFileError: It is missing, damaged, or not what a bundle can be.
    """
    limits = limits or Limits()
    if isinstance(source, Path):
        name = name or source.name
        with _opened_path(source, name=name) as members:
            yield Bundle(name=name, members=members, limits=limits)
    else:
        name = name or "The bundle"
        with _opened_stream(source, name=name) as members:
            yield Bundle(name=name, members=members, limits=limits)


def facts_of(path: Path, *, name: str) -> FileFacts:
    """Return size and hash of a file, or of all files in a folder."""
    if path.is_file():
        return FileFacts(name=name, size=path.stat().st_size, sha256=digest_of(path))
    files = sorted(one for one in path.rglob("*") if one.is_file())
    whole = hashlib.sha256()
    for one in files:
        whole.update(f"{one.relative_to(path)}\0{digest_of(one)}\n".encode())
    size = sum(one.stat().st_size for one in files)
    return FileFacts(name=name, size=size, sha256=whole.hexdigest())


@contextmanager
def _opened_path(path: Path, *, name: str) -> Iterator[tuple[Member, ...]]:
    if path.is_dir():
        yield _in_folder(path, name=name)
        return
    if not path.is_file():
        msg = f"There is no file or folder {name}. Check its name and where it lies."
        raise UnreadableFileError(msg)
    try:
        file = path.open("rb")
    except OSError as error:
        msg = f"{name} cannot be opened: {error.strerror}. Check who may read it."
        raise UnreadableFileError(msg) from error
    with file:
        if file.read(2) == b"PK":
            with _opened_zip(file, name=name) as members:
                yield members
        else:
            size = path.stat().st_size
            yield (Member(path=path.name, size=size, opened=lambda: path.open("rb")),)


def _in_folder(folder: Path, *, name: str) -> tuple[Member, ...]:
    home = folder.resolve()
    paths = [path for path in sorted(folder.glob("*")) if not _is_extra(path.name)]
    paths += [
        path
        for inner in paths
        if inner.is_dir()
        for path in sorted(inner.glob("*"))
        if not _is_extra(path.name)
    ]
    files = [path for path in paths[: MEMBERS_MOST + 1] if path.is_file()]
    if len(files) > MEMBERS_MOST:
        raise UnreadableFileError(_too_many(name))
    for path in files:
        if not path.resolve().is_relative_to(home):
            raise UnreadableFileError(_outside(name))
    return tuple(
        Member(
            path=path.relative_to(folder).as_posix(),
            size=path.stat().st_size,
            opened=lambda path=path: path.open("rb"),  # type: ignore[misc]
        )
        for path in files
    )


@contextmanager
def _opened_stream(file: BinaryIO, *, name: str) -> Iterator[tuple[Member, ...]]:
    """Open a file that is held in memory; the caller closes it."""
    content = _Kept(file)
    if content.begins() == b"PK":
        with _opened_zip(file, name=name) as members:
            yield members
    else:
        size = file.seek(0, io.SEEK_END)
        yield (Member(path=name, size=size, opened=content.again),)


class _Kept:
    """A stream that is read again from its start, and never closed by its readers."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def begins(self) -> bytes:
        self._file.seek(0)
        return self._file.read(2)

    @contextmanager
    def again(self) -> Iterator[BinaryIO]:
        self._file.seek(0)
        yield self._file


@contextmanager
def _opened_zip(file: BinaryIO, *, name: str) -> Iterator[tuple[Member, ...]]:
    with ExitStack() as stack:
        try:
            _check_directory(file, name=name)
            archive = stack.enter_context(zipfile.ZipFile(file))
        except UnreadableFileError:
            raise
        except _UNREADABLE as error:
            raise UnreadableFileError(_damaged(name)) from error
        yield _in_zip(archive, name=name)


def _in_zip(archive: zipfile.ZipFile, *, name: str) -> tuple[Member, ...]:
    members: list[Member] = []
    for info in archive.infolist():
        path = info.filename.replace("\\", "/")
        if _leads_out(path):
            raise UnreadableFileError(_outside(name))
        if info.is_dir() or any(_is_extra(part) for part in path.split("/")):
            continue
        opened = lambda info=info: archive.open(info)  # noqa: E731
        members.append(Member(path=path, size=info.file_size, opened=opened))  # type: ignore[arg-type]
    return tuple(members)


def _leads_out(path: str) -> bool:
    return path.startswith("/") or path[1:2] == ":" or ".." in path.split("/")


def _is_extra(part: str) -> bool:
    return part.startswith((".", "__MACOSX")) or part in {"Thumbs.db", "desktop.ini"}


def _check_directory(file: BinaryIO, *, name: str) -> None:
    """Refuse a zip whose directory is larger than that of any real bundle.

    The directory is read into memory whole, so its size is looked at first.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    place = tail.rfind(b"PK\x05\x06")
    if place < 0:
        raise UnreadableFileError(_damaged(name))
    _, _, entries, directory, _, _ = _END.unpack_from(tail, place)
    locator = place - _LOCATOR.size
    if locator >= 0 and tail[locator : locator + 4] == b"PK\x06\x07":
        entries, directory = _directory_64(file, tail, locator)
    file.seek(0)
    if entries > MEMBERS_MOST or directory > DIRECTORY_MOST:
        raise UnreadableFileError(_too_many(name))


def _directory_64(file: BinaryIO, tail: bytes, locator: int) -> tuple[int, int]:
    _, _, offset, _ = _LOCATOR.unpack_from(tail, locator)
    file.seek(offset)
    found = _END_64.unpack(file.read(_END_64.size))
    return int(found[7]), int(found[8])


class _Metered(io.RawIOBase):
    """A stream that stops with a sentence when it is damaged or gives too much."""

    def __init__(self, source: BinaryIO, *, name: str, most: int) -> None:
        super().__init__()
        self._source = source
        self._name = name
        self._most = self._left = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            piece = self._source.read(len(buffer))
        except _UNREADABLE as error:
            raise UnreadableFileError(_cannot_open(self._name, error)) from error
        self._left -= len(piece)
        if self._left < 0:
            raise UnreadableFileError(too_large(self._name, self._most))
        buffer[: len(piece)] = piece
        return len(piece)


def _cannot_open(name: str, error: Exception) -> str:
    if isinstance(error, RuntimeError) and "password" in str(error):
        return f"{name} is protected by a password. Save it without one."
    return _damaged(name)


def _damaged(name: str) -> str:
    return f"{name} is damaged and cannot be unpacked. Export it again."


def _too_many(name: str) -> str:
    return (
        f"{name} holds more than {MEMBERS_MOST:,} files, so it is not an export. "
        "Choose the zip or folder that the system exported."
    )


def _outside(name: str) -> str:
    return (
        f"{name} holds a file whose path leads out of it. Export it again, and do not "
        "load it when you do not know where it comes from."
    )
