"""What kind of file this is, by its first bytes, and a sentence for the wrong kind."""

from enum import StrEnum

from schoolward.exchange.domain import UnreadableFileError


class Wrapping(StrEnum):
    """How a table is wrapped."""

    TEXT = "text"
    GZIP = "gzip"
    ZIP = "zip"
    OLE = "old Excel"


_WRAPPINGS = (
    (b"\x1f\x8b", Wrapping.GZIP),
    (b"PK\x03\x04", Wrapping.ZIP),
    (b"PK\x05\x06", Wrapping.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Wrapping.OLE),
)
_SAVE_AS = "Open it where it was made and save it as CSV or XLSX."
_WRONG = (
    (b"%PDF", "a PDF document", "Ask its publisher for the table as CSV or XLSX."),
    (b"\x89PNG", "an image", "Ask for the table itself as CSV or XLSX."),
    (b"\xff\xd8\xff", "an image", "Ask for the table itself as CSV or XLSX."),
    (b"GIF8", "an image", "Ask for the table itself as CSV or XLSX."),
    (b"II*\x00", "an image", "Ask for the table itself as CSV or XLSX."),
    (b"MM\x00*", "an image", "Ask for the table itself as CSV or XLSX."),
    (b"BM", "an image", "Ask for the table itself as CSV or XLSX."),
    (b"{\\rtf", "a text document", _SAVE_AS),
    (b"SQLite format 3\x00", "a database", _SAVE_AS),
    (b"PAR1", "a Parquet file", _SAVE_AS),
    (b"7z\xbc\xaf\x27\x1c", "a packed folder", "Unpack it and load the file in it."),
    (b"Rar!", "a packed folder", "Unpack it and load the file in it."),
    (b"BZh", "packed with bzip2", "Unpack it, or pack it with gzip."),
    (b"\xfd7zXZ\x00", "packed with xz", "Unpack it, or pack it with gzip."),
    (b"\x28\xb5\x2f\xfd", "packed with zstd", "Unpack it, or pack it with gzip."),
    (b"\x7fELF", "a program", "Choose the file that holds the table."),
    (b"MZ\x90", "a program", "Choose the file that holds the table."),
)
_WRONG_TEXT = (
    ("begin:vcalendar", "a calendar", "Load it with `schoolward import calendar`."),
    ("<!doctype html", "a web page", "Download the table itself as CSV or XLSX."),
    ("<html", "a web page", "Download the table itself as CSV or XLSX."),
    ("<?xml", "an XML file", "Load Ed-Fi files with `schoolward import edfi`."),
    ("<interchange", "an XML file", "Load Ed-Fi files with `schoolward import edfi`."),
    ("<", "a marked-up text", "Download the table itself as CSV or XLSX."),
    ("{", "JSON", "Ask its publisher for the table as CSV or XLSX."),
    ("[", "JSON", "Ask its publisher for the table as CSV or XLSX."),
)


def wrapping_of(head: bytes, *, name: str) -> Wrapping:
    """Return how the table is wrapped.

    Args:
        head: The first bytes of the file, at least 16 where it has them.
        name: The file as the person knows it.

    Raises:
        UnreadableFileError: It is empty, or a kind of file that holds no table.
    """
    if not head:
        msg = f"{name} is empty. Export it again and check that it has rows."
        raise UnreadableFileError(msg)
    for magic, kind, remedy in _WRONG:
        if head.startswith(magic):
            raise UnreadableFileError(wrong_kind(name, kind, remedy))
    for magic, wrapping in _WRAPPINGS:
        if head.startswith(magic):
            return wrapping
    return Wrapping.TEXT


def check_text(start: str, *, name: str) -> None:
    """Refuse text that is plainly no table.

    Raises:
        UnreadableFileError: It is a web page, XML, JSON or a calendar.
    """
    begins = start.lstrip("\ufeff \t\r\n").lower()
    for opening, kind, remedy in _WRONG_TEXT:
        if begins.startswith(opening):
            raise UnreadableFileError(wrong_kind(name, kind, remedy))


def wrong_kind(name: str, kind: str, remedy: str) -> str:
    """Return the sentence for a file of the wrong kind."""
    return f"{name} is {kind}, not a table. {remedy}"
