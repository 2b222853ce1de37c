"""Which letters the bytes of a text file stand for."""

import codecs
from collections.abc import Iterable

from charset_normalizer import from_bytes

from schoolward.exchange.domain import UnreadableFileError


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS = (
    "mac_roman",
    "cp1250",
    "cp1251",
    "cp850",
    "cp437",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_kr",
    "euc_jp",
)
_SAMPLE = 64 * 1024
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})


def find_encoding(chunks: Iterable[bytes], *, name: str) -> str:
    """Return the encoding of a text, having looked at all of it.

    UTF-8 is taken when every byte agrees; a byte-order mark decides for the Unicode
    encodings; else Western European, which Excel in the United States writes, unless
    a byte has no meaning there.

    Args:
        chunks: The whole content, piece by piece.
        name: The file as the person knows it.

    Raises:
        UnreadableFileError: It is not text.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    tail, first, utf8 = b"", b"", True
    unusual = bytearray()
    for chunk in chunks:
        if not first:
            first = chunk[:_SAMPLE]
            marked = _marked(first, name=name)
            if marked:
                return marked
        utf8 = utf8 and _decodes(decoder, chunk)
        if not utf8 and len(unusual) < _SAMPLE:
            unusual += _unusual_lines(tail + chunk)
        tail = chunk[-64:]
    if utf8 and _decodes(decoder, b"", final=True):
        return "utf-8"
    return _eight_bit(bytes(unusual) or first, name=name)


def _marked(first: bytes, *, name: str) -> str:
    for mark, encoding in _MARKS:
        if first.startswith(mark):
            return encoding
    if b"\x00" in first:
        return _unmarked_utf16(first, name=name)
    _refuse_controls(first, name=name)
    return ""


def _unmarked_utf16(first: bytes, *, name: str) -> str:
    even, odd = first[0::2].count(0), first[1::2].count(0)
    half = len(first) / 2
    if odd > half * 0.6 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.6 and odd < half * 0.05:
        return "utf-16-be"
    raise UnreadableFileError(_not_text(name))


def _refuse_controls(first: bytes, *, name: str) -> None:
    controls = len(first) - len(first.translate(None, _CONTROLS))
    if controls > len(first) * 0.01:
        raise UnreadableFileError(_not_text(name))


def _not_text(name: str) -> str:
    return f"{name} is not a table: its content is not text. Choose a CSV, XLSX or ODS file."


def _decodes(
    decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False
) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _unusual_lines(chunk: bytes) -> bytes:
    """Return the lines that hold bytes beyond ASCII; only these tell encodings apart."""
    return b"\n".join(line for line in chunk.splitlines() if not line.isascii())


def _eight_bit(sample: bytes, *, name: str) -> str:
    try:
        sample.decode("cp1252")
    except UnicodeDecodeError:
        found = from_bytes(sample, cp_isolation=list(_OTHERS)).best()
    else:
        return "cp1252"
    if found is None:
        msg = (
            f"{name} is written in an encoding that is not known. "
            "Save it as “CSV UTF-8”."
        )
        raise UnreadableFileError(msg)
    return found.encoding
