"""From what a person chose to a delivery, whatever the format."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from schoolward.exchange.choices import Choices
from schoolward.exchange.delivery import Delivery, FileFacts
from schoolward.exchange.domain import (
    MapError,
    Target,
    UnclearValueError,
    UnreadableFileError,
)
from schoolward.exchange.edfi.delivery import open_delivery as open_edfi
from schoolward.exchange.map_format import read_map
from schoolward.exchange.mapping.fit import fit, plain
from schoolward.exchange.mapping.read import deliver
from schoolward.exchange.maps import Crosswalk, Map
from schoolward.exchange.oneroster.delivery import open_delivery as open_oneroster
from schoolward.exchange.sheets.limits import Limits
from schoolward.exchange.sheets.read import digest_of, open_sheet
from schoolward.exchange.values import key_of, school_year_of
from schoolward.kernel.schoolyear import SchoolYear


OPENERS = {"oneroster": open_oneroster, "edfi": open_edfi}


@contextmanager
def opened(choices: Choices, *, today: date, limits: Limits) -> Iterator[Delivery]:
    """Open a file as it was chosen.

    Raises:
        UnreadableFileError: It cannot be read.
        MapError: Its map cannot be followed or does not fit.
        QuestionError: It can be read in more than one way.
    """
    if opener := OPENERS.get(choices.target):
        with opener(
            choices.path,
            name=choices.name,
            limits=limits,
            as_of=choices.as_of,
            today=today,
            answers=choices.answers,
        ) as delivery:
            yield delivery
        return
    map_ = read_map(choices.map_text, name=choices.map_name)
    if map_.target is not Target(choices.target):
        msg = f"The map {map_.name} is for {map_.target}, not for {choices.target}."
        raise MapError(msg)
    with open_sheet(
        choices.path, name=choices.name, limits=limits, reading=map_.reading
    ) as sheet:
        delivery = deliver(
            sheet,
            map_,
            file=facts_of(choices),
            as_of=choices.as_of,
            today=today,
            crosswalk=crosswalk_of(choices, map_, limits=limits),
        )
        if map_.year.each_row and map_.target is Target.INDICATORS:
            year = latest_year(choices, map_, limits=limits)
            delivery = replace(
                delivery, school_year=str(year), as_of=choices.as_of or year.first_day
            )
        yield delivery


def latest_year(choices: Choices, map_: Map, *, limits: Limits) -> SchoolYear:
    """Return the latest school year in a file whose rows have their own.

    It stands for the file: of two files that say different things of one year, the one
    that reaches further is the later.

    Raises:
        UnreadableFileError: No row has a year that can be read.
    """
    texts: set[str] = set()
    with open_sheet(
        choices.path, name=choices.name, limits=limits, reading=map_.reading
    ) as sheet:
        heading = fit(map_, sheet.headings, name=choices.name).year_heading
        for row in sheet.rows:
            texts.add(row.values.get(heading, ""))
    years: list[SchoolYear] = []
    for text in texts:
        with suppress(UnclearValueError):
            years.append(school_year_of(text, spelling=map_.year.spelling))
    if not years:
        msg = (
            f"No row of {choices.name} has a school year that can be read. Say in the "
            "map what its year means: year.spelling."
        )
        raise UnreadableFileError(msg)
    return max(years)


def facts_of(choices: Choices) -> FileFacts:
    """Return a file's name, size and digest."""
    path = choices.path
    if not path.is_file():
        return FileFacts(name=choices.name, size=0, sha256="")
    return FileFacts(
        name=choices.name, size=path.stat().st_size, sha256=digest_of(path)
    )


def crosswalk_of(choices: Choices, map_: Map, *, limits: Limits) -> dict[str, str]:
    """Read the crosswalk, when one was given and the map names its columns.

    Raises:
        UnreadableFileError: It cannot be read, or lacks the columns.
    """
    if not choices.crosswalk:
        return {}
    if map_.crosswalk is None:
        msg = f"The map {map_.name} does not use a crosswalk. Leave --crosswalk out."
        raise MapError(msg)
    return _read_crosswalk(Path(choices.crosswalk), map_.crosswalk, limits=limits)


def _read_crosswalk(path: Path, says: Crosswalk, *, limits: Limits) -> dict[str, str]:
    with open_sheet(path, limits=limits) as sheet:
        places = {plain(heading): heading for heading in sheet.headings}
        start = places.get(plain(says.from_column))
        end = places.get(plain(says.to_column))
        if start is None or end is None:
            wanted = f"“{says.from_column}” and “{says.to_column}”"
            msg = f"{path.name} has not both columns {wanted}. Give the crosswalk file."
            raise UnreadableFileError(msg)
        pairs = (
            (key_of(row.values[start]), key_of(row.values[end])) for row in sheet.rows
        )
        return {one: other for one, other in pairs if one not in {"", "0"} and other}
