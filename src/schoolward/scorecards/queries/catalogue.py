"""The catalogue, the shelves its values stand on, and the files of facts."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from schoolward.analytics import warehouse
from schoolward.district.models import Source
from schoolward.scorecards.domain import Subject, Unit, minimum_of
from schoolward.scorecards.measures.reading import OpenShelf
from schoolward.scorecards.models import (
    Definition,
    FactFile,
    FactFileState,
    Indicator,
    Shelf,
)
from schoolward.scorecards.readings import IndicatorLine, SourceLine


REASON = "definitions and what is reckoned from them are open to every member"


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """The catalogue with the shelves in use, read by a few questions to the database, however many there are.

    Attributes:
        lines: The indicators asked for, by key, in order of name.
        shelves: The shelves their values stand on.
        contents: By key, what its shelf says of its periods and groups.
    """

    lines: dict[str, IndicatorLine]
    shelves: tuple[OpenShelf, ...]
    contents: dict[str, dict[str, dict[str, int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WarehouseFile:
    """A fact file that a backup must take."""

    path: str
    sha256: str
    byte_count: int
    row_count: int
    load_id: int


def open_catalogue(*, active_only: bool = True, key: str = "") -> Open:
    """Return the catalogue and the shelves in use.

    A shelf that was made when smaller groups could be shown than now is left closed
    until it is made anew.
    """
    # Hundreds of indicators share a few sources and shelves: each is read once.
    rows = Indicator.objects.unscoped(reason=REASON).prefetch_related(
        "shelf", "source__unit", "source__steward"
    )
    rows = rows.filter(is_active=True) if active_only else rows
    rows = rows.filter(key=key) if key else rows
    found = list(rows.order_by("name", "key"))
    shelves: dict[int, tuple[Shelf, set[str]]] = {}
    for row in found:
        if row.shelf and row.shelf.minimum_cell >= settings.SCHOOLWARD_MINIMUM_CELL:
            shelves.setdefault(row.shelf.pk, (row.shelf, set()))[1].add(row.key)
    return Open(
        lines={row.key: line_of(row) for row in found},
        shelves=tuple(_opened(shelf, keys) for shelf, keys in shelves.values()),
        contents={
            key: shelf.contents.get(key, {})
            for shelf, keys in shelves.values()
            for key in keys
        },
    )


def _opened(shelf: Shelf, keys: set[str]) -> OpenShelf:
    return OpenShelf(
        folder=warehouse.root() / shelf.path, bounds=shelf.bounds, keys=frozenset(keys)
    )


def line_of(row: Indicator) -> IndicatorLine:
    """Return a row of the catalogue as it is shown."""
    subject = Subject(row.subject)
    return IndicatorLine(
        key=row.key,
        name=row.name,
        question=row.question,
        unit=row.unit,
        unit_label=Unit(row.unit).label,
        direction=row.direction,
        source=_source_of(row.source),
        caveats=row.caveats,
        formula=row.formula,
        decimals=row.decimals,
        scale=tuple(row.scale),
        is_active=row.is_active,
        subject=row.subject,
        minimum=minimum_of(
            subject, own=row.minimum_cell, setting=settings.SCHOOLWARD_MINIMUM_CELL
        ),
        ordinal_level=row.ordinal_level,
        guards_extremes=row.guards_extremes,
        version=row.version,
    )


def _source_of(source: Source | None) -> SourceLine | None:
    if source is None:
        return None
    owner = source.unit or source.steward
    return SourceLine(key=source.key, name=source.name, owner=str(owner or ""))


def catalogue(*, active_only: bool = True) -> tuple[IndicatorLine, ...]:
    """Return every indicator in order of name."""
    return tuple(open_catalogue(active_only=active_only).lines.values())


def indicator(key: str) -> IndicatorLine | None:
    """Return one indicator, in use or retired; None when there is none of this key."""
    return open_catalogue(active_only=False, key=key).lines.get(key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Of what an indicator has values.

    Attributes:
        line: The indicator.
        periods: Its school years, the first first.
        groups: Its groups; "" is all.
    """

    line: IndicatorLine
    periods: tuple[str, ...]
    groups: tuple[str, ...]


def coverage(key: str) -> Coverage | None:
    """Return an indicator, in use or retired, with its periods and groups."""
    opened = open_catalogue(active_only=False, key=key)
    line = opened.lines.get(key)
    if line is None:
        return None
    contents = opened.contents.get(key, {})
    return Coverage(
        line=line,
        periods=tuple(sorted(contents.get("periods", {}))),
        groups=tuple(sorted(contents.get("groups", []))),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a definition."""

    number: int
    why: str
    written_by: str
    written_at: datetime


def versions_of(key: str) -> tuple[Version, ...]:
    """Return the versions of a definition, the newest first."""
    rows = Definition.objects.filter(indicator__key=key).order_by("-version")
    return tuple(
        Version(
            number=row.version,
            why=row.why,
            written_by=row.written_by_name,
            written_at=row.written_at,
        )
        for row in rows
    )


def warehouse_files() -> tuple[WarehouseFile, ...]:
    """Return the fact files that rows name, undone ones among them: all a backup takes."""
    rows = FactFile.objects.filter(state__in=FactFileState.values).order_by("pk")
    return tuple(
        WarehouseFile(
            path=row.path,
            sha256=row.sha256,
            byte_count=row.byte_count,
            row_count=row.row_count,
            load_id=row.load_id,
        )
        for row in rows
    )
