"""Interchanges without what is not wanted: what an upload leaves behind for its job.

The upload is read in memory. Only the entities and elements that are read are written:
no birth dates, race, sex, wages or credentials of staff, and no students.
"""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from schoolward.exchange.bundles import Bundle, Member, open_bundle
from schoolward.exchange.domain import UnreadableFileError
from schoolward.exchange.edfi.delivery import find_interchanges
from schoolward.exchange.edfi.entities import Node, Reading, entities, interchange_of
from schoolward.exchange.sheets.limits import Limits


_NAMESPACE = "http://ed-fi.org/"


def is_edfi(upload: BinaryIO, *, name: str) -> bool:
    """Return whether an uploaded file is one of Ed-Fi's interchanges, or holds some."""
    try:
        with open_bundle(upload, name=name) as bundle:
            return any(_is_interchange(bundle, member) for member in bundle.members)
    except UnreadableFileError:
        return False
    finally:
        upload.seek(0)


def _is_interchange(bundle: Bundle, member: Member) -> bool:
    if not member.file_name.endswith((".xml", ".xml.gz")):
        return False
    try:
        interchange_of(bundle, member)
    except UnreadableFileError:
        return False
    return True


def keep_filtered(
    upload: BinaryIO, folder: Path, *, name: str, limits: Limits | None = None
) -> Path:
    """Write the part of uploaded interchanges that may be kept.

    Returns:
        The path of a zip that reads as the upload did.

    Raises:
        UnreadableFileError: The upload holds no interchange that can be read; nothing
            is left.
    """
    path = folder / f"{Path(name).stem or 'interchanges'}.zip"
    try:
        with open_bundle(upload, name=name, limits=limits) as bundle:
            found = find_interchanges(bundle)
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                for interchange, members in found.members.items():
                    for number, member in enumerate(members, start=1):
                        pieces = _written(bundle, member, found.version, interchange)
                        _write(archive, f"{interchange}-{number}.xml", pieces)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _write(archive: zipfile.ZipFile, file_name: str, pieces: Iterator[bytes]) -> None:
    """Write a member that always bears the same time, so that equal bundles hash alike."""
    entry = zipfile.ZipInfo(file_name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(entry, "w") as file:
        file.writelines(pieces)


def _written(
    bundle: Bundle, member: Member, version: str, interchange: str
) -> Iterator[bytes]:
    root = f"Interchange{interchange}"
    yield f"<{root} xmlns={quoteattr(_NAMESPACE + version)}>\n".encode()
    reading = Reading(name=f"{bundle.name}: {member.file_name}")
    for entity in entities(bundle, member, reading=reading, whole=True):
        yield (_spelled(entity.node) + "\n").encode()
    yield f"</{root}>\n".encode()


def _spelled(node: Node) -> str:
    """Return a node as XML."""
    names = (("id", node.key), ("ref", node.ref))
    attributes = "".join(f" {key}={quoteattr(text)}" for key, text in names if text)
    inner = "".join(map(_spelled, node.parts)) or escape(node.text)
    return f"<{node.tag}{attributes}>{inner}</{node.tag}>"
