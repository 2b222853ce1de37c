"""Finding the map that was asked for: shipped, saved, in a file, or proposed by likeness."""

from itertools import islice
from pathlib import Path

from schoolward.exchange.domain import MapError, Target, UnreadableFileError
from schoolward.exchange.fields import FIELDS
from schoolward.exchange.likeness import Proposal, propose, sample_of
from schoolward.exchange.map_writing import Draft, write_map
from schoolward.exchange.models import SavedMap
from schoolward.exchange.sheets.limits import Limits
from schoolward.exchange.sheets.read import Sheet, open_sheet
from schoolward.exchange.shipped import shipped_names, shipped_text
from schoolward.exchange.values import YearSpelling


PROPOSED = "proposed by likeness"
TASTED = 50


def map_text(choice: str) -> tuple[str, str]:
    """Return a map's name and text, by a shipped name, a saved name or a path.

    Raises:
        MapError: There is none; the sentence lists the names there are.
    """
    if choice in shipped_names():
        return choice, shipped_text(choice)
    saved = SavedMap.objects.unscoped(reason="a map is asked for by its name")
    if found := saved.filter(name=choice).first():
        return found.name, found.text
    path = Path(choice)
    if path.is_file():
        return path.stem, _text_of(path)
    known = ", ".join([*shipped_names(), *saved.values_list("name", flat=True)])
    msg = f"There is no map {choice}: it is neither a file nor one of {known}."
    raise MapError(msg)


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"The map {path.name} cannot be read as text. Save it as UTF-8."
        raise MapError(msg) from error


def proposed_text(path: Path, target: Target, *, name: str, limits: Limits) -> str:
    """Return a map that fills each field from the likest column.

    Raises:
        UnreadableFileError: No column is like enough to a field that is needed.
    """
    with open_sheet(path, name=name, limits=limits) as sheet:
        found, sample = proposals_of(sheet, target)
    columns = {one.heading: one.field for one in found if one.field}
    lacking = [
        field.label
        for field in FIELDS[target]
        if field.required and field.name not in columns.values()
    ]
    if lacking:
        msg = (
            f"No column of {name} looks like “{lacking[0]}”. Write a map for it, see "
            "docs/how-to/maps.md, or upload it in the browser and choose the column."
        )
        raise UnreadableFileError(msg)
    draft = Draft(
        name=f"{target}-by-likeness",
        target=target,
        columns=columns,
        source_name=f"Files of {target} without a map",
        spelling=YearSpelling.SCHOOL_YEAR,
        each_row=target is Target.INDICATORS and _has_years(columns, sample),
    )
    return write_map(draft)


def _has_years(columns: dict[str, str], sample: dict[str, list[str]]) -> bool:
    heading = next(
        (one for one, field in columns.items() if field == "school_year"), ""
    )
    return any(sample.get(heading, ()))


def proposals_of(
    sheet: Sheet, target: Target
) -> tuple[list[Proposal], dict[str, list[str]]]:
    """Return the proposal for each column, and the cells it was made from."""
    sample = sample_of(row.values for row in islice(sheet.rows, TASTED))
    return propose(target, sheet.headings, sample), sample
