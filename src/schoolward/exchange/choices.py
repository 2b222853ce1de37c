"""What a person chose for a load: enough to prepare it again from the same file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any


TABLES = ("schools", "people", "indicators", "school-calendar")
BUNDLES = ("oneroster", "edfi")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """A load as it was asked for.

    Attributes:
        target: schools, people, indicators, school-calendar, oneroster or edfi.
        path: Where the file lies.
        name: The file as the person knows it.
        map_name: The map; empty means one is proposed by likeness.
        map_text: The map as it was written at that time.
        as_of: The day from which the file holds; None means as the file says.
        crosswalk: Where a second file lies that leads from id to id; empty for none.
        answers: What was answered to the reader's questions.
    """

    target: str
    path: Path
    name: str
    map_name: str = ""
    map_text: str = ""
    as_of: date | None = None
    crosswalk: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return plain values to keep."""
        return {
            "target": self.target,
            "path": str(self.path),
            "name": self.name,
            "map_name": self.map_name,
            "map_text": self.map_text,
            "as_of": self.as_of.isoformat() if self.as_of else "",
            "crosswalk": self.crosswalk,
            "answers": dict(self.answers),
        }


def choices_of(kept: Mapping[str, Any]) -> Choices:
    """Return choices from what was kept.

    >>> one = Choices(target="schools", path=Path("a.csv"), name="a.csv")
    >>> choices_of(one.as_json()) == one
    True
    """
    as_of = kept["as_of"]
    return Choices(
        target=kept["target"],
        path=Path(kept["path"]),
        name=kept["name"],
        map_name=kept["map_name"],
        map_text=kept["map_text"],
        as_of=date.fromisoformat(as_of) if as_of else None,
        crosswalk=kept["crosswalk"],
        answers=kept["answers"],
    )
