"""What the descriptors of Ed-Fi mean to the district, from a table it can extend."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from schoolward.district.models import DayKind, Level
from schoolward.exchange.domain import MapError
from schoolward.kernel.seats import Seat


OWN_FILE = "edfi-descriptors.toml"
_SECTIONS: Mapping[str, frozenset[str] | None] = {
    "seats": frozenset(Seat),
    "central_seats": frozenset(Seat),
    "levels": frozenset(Level.values),
    "grades": None,
    "days": frozenset(DayKind.values),
    "closed": frozenset({"yes", "no"}),
    "groupings": frozenset({"yes", "no"}),
}
Section = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Descriptors:
    """Meanings by section."""

    sections: Mapping[str, Section]

    def meaning(self, section: str, descriptor: str) -> str:
        """Return what a descriptor means; empty when no table says.

        Args:
            section: A section of the table, such as "seats".
            descriptor: As the file writes it: a URI or a bare code.
        """
        table = self.sections.get(section, {})
        whole = descriptor.strip().casefold()
        return table.get(whole) or table.get(code_of(descriptor).casefold(), "")

    def says_yes(self, section: str, descriptor: str) -> bool:
        """Return whether a descriptor is one of a section's."""
        return self.meaning(section, descriptor) == "yes"


def code_of(descriptor: str) -> str:
    """Return the words of a descriptor without its address.

    >>> code_of("uri://ed-fi.org/TermDescriptor#Fall Semester")
    'Fall Semester'
    """
    return descriptor.strip().rpartition("#")[2].strip()


def read_descriptors(home: Path | None = None) -> Descriptors:
    """Return the shipped table with the district's own lines laid over it.

    Raises:
        MapError: The district's table cannot be read, or a line means nothing.
    """
    shipped = files("schoolward.exchange.edfi").joinpath("descriptors.toml")
    sections = _checked(tomllib.loads(shipped.read_text("utf-8")), name="descriptors")
    own = home / OWN_FILE if home else None
    if own and own.is_file():
        for section, table in _checked(_own(own), name=OWN_FILE).items():
            sections[section] = {**sections.get(section, {}), **table}
    return Descriptors(sections=sections)


def _own(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        msg = f"{OWN_FILE} cannot be read: {error}. Correct it or take it away."
        raise MapError(msg) from error


def _checked(tables: Mapping[str, Any], *, name: str) -> dict[str, Section]:
    return {
        section: _section(section, table, name=name)
        for section, table in tables.items()
    }


def _section(section: str, table: Any, *, name: str) -> Section:
    if section not in _SECTIONS or not isinstance(table, dict):
        have = ", ".join(_SECTIONS)
        msg = f"{name} has no use for “{section}”. Its sections are {have}."
        raise MapError(msg)
    allowed = _SECTIONS[section]
    for code, meaning in table.items():
        if allowed is not None and meaning not in allowed:
            words = ", ".join(sorted(allowed))
            msg = f"{name}, [{section}] {code}: “{meaning}” is not one of {words}."
            raise MapError(msg)
    return {code.casefold(): str(meaning) for code, meaning in table.items()}
