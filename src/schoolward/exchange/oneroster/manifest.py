"""What a bundle says of itself: its version, its source, and which files are in it how."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from schoolward.exchange.bundles import Bundle, Member
from schoolward.exchange.domain import UnreadableFileError
from schoolward.exchange.oneroster import layouts
from schoolward.exchange.oneroster.tables import everything, open_table


VERSIONS = ("1.1", "1.2")
FILTERED = "schoolward.filtered"
"""The property by which a filtered bundle says what was left out of it."""
KINDS_LEFT_OUT = ("students", "families", "others")
READ = (layouts.ORGS, layouts.USERS, layouts.ROLES, layouts.SESSIONS)


class Mode(StrEnum):
    """How a file is in the bundle."""

    ABSENT = "absent"
    BULK = "bulk"
    DELTA = "delta"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a bundle says of itself, checked against what is in it.

    Attributes:
        version: "1.1" or "1.2".
        system: The name of the system that exported it; may be empty.
        modes: How each file that is read is in the bundle, by its name.
        notes: What was odd, as sentences.
        left_out: Of a bundle that was filtered before, the rows by kind.
        ignored: Of a bundle that was filtered before, its vendor columns.
    """

    version: str
    system: str
    modes: Mapping[str, Mode]
    notes: tuple[str, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()

    def holds(self, file_name: str) -> bool:
        """Return whether a file is to be read."""
        return self.modes[file_name] is not Mode.ABSENT


def read_manifest(bundle: Bundle, members: Mapping[str, Member]) -> Manifest:
    """Read and check manifest.csv.

    Raises:
        UnreadableFileError: There is none, its version is not known, it promises a
            file that is not there, or nothing in the bundle is of use.
    """
    if layouts.MANIFEST.file_name not in members:
        msg = (
            f"{bundle.name} has no manifest.csv, so it cannot be told whether it is whole "
            "or holds only changes. Export it as OneRoster 1.1 or 1.2 CSV."
        )
        raise UnreadableFileError(msg)
    facts = _facts(bundle, members[layouts.MANIFEST.file_name])
    version = _version(bundle, facts.get("oneroster.version", ""))
    notes: list[str] = []
    modes = {
        layout.file_name: _mode(bundle, members, facts, layout.file_name, notes=notes)
        for layout in READ
    }
    if all(mode is Mode.ABSENT for mode in modes.values()):
        msg = (
            f"{bundle.name} holds neither orgs, users nor academicSessions. Export it "
            "with the rostering files."
        )
        raise UnreadableFileError(msg)
    system = facts.get("source.systemname", "")
    system = "" if system.lower() == "absent" else system[:80]
    left_out, ignored = _left_out(facts.get(FILTERED, ""))
    return Manifest(
        version=version,
        system=system,
        modes=modes,
        notes=tuple(notes),
        left_out=left_out,
        ignored=ignored,
    )


def _left_out(text: str) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return what a filtered bundle says was left out; nothing when it is unclear."""
    try:
        said = json.loads(text or "{}")
        counts = {kind: int(said.get(kind, 0)) for kind in KINDS_LEFT_OUT}
        return counts, tuple(str(one)[:120] for one in said.get("ignored", ()))[:1000]
    except (ValueError, TypeError, AttributeError):
        return {}, ()


def _facts(bundle: Bundle, member: Member) -> dict[str, str]:
    with open_table(bundle, member, layouts.MANIFEST) as table:
        return {
            line["propertyName"].lower(): line["value"]
            for line in table.lines(everything)
        }


def _version(bundle: Bundle, text: str) -> str:
    """Return the version; the binding 1.2.1 writes 1.2, some exporters write 1.2.1."""
    version = ".".join(text.lstrip("vV").split(".")[:2])
    if version in VERSIONS:
        return version
    said = f"says OneRoster {text[:20]}" if text else "does not say which version it is"
    msg = f"{bundle.name}: manifest.csv {said}. Export it as OneRoster 1.1 or 1.2 CSV."
    raise UnreadableFileError(msg)


def _mode(
    bundle: Bundle,
    members: Mapping[str, Member],
    facts: Mapping[str, str],
    file_name: str,
    *,
    notes: list[str],
) -> Mode:
    said = facts.get(f"file.{file_name.removesuffix('.csv')}", "").lower()
    if said not in {"", *Mode}:
        msg = (
            f"{bundle.name}: manifest.csv says “{said[:20]}” of {file_name}. It must say "
            "absent, bulk or delta; export the bundle again."
        )
        raise UnreadableFileError(msg)
    if file_name in members:
        if said in {"", Mode.ABSENT}:
            notes.append(_unannounced(file_name, said))
        return Mode(said) if said else Mode.ABSENT
    if said in {Mode.BULK, Mode.DELTA}:
        msg = (
            f"{bundle.name}: manifest.csv says that {file_name} is in the bundle, but it "
            "is not. Export the bundle again."
        )
        raise UnreadableFileError(msg)
    return Mode.ABSENT


def _unannounced(file_name: str, said: str) -> str:
    says = "says that it is absent" if said else "does not name it"
    return f"{file_name} is in the bundle but was not read: manifest.csv {says}."
