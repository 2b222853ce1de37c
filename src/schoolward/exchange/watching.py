"""The watched folder: files that a schedule leaves there are loaded every night.

A file lies under the name of what it holds, and a table under the name of its map:
`schools/chicago-profile/profile.csv`, `oneroster/bundle.zip`. A file named
`crosswalk.csv` beside it is its crosswalk. What was loaded moves to `loaded/`, what the
guard or a problem stopped moves to `stopped/`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from schoolward.base import mail
from schoolward.district.models import Post
from schoolward.exchange import actions, facts
from schoolward.exchange.choices import BUNDLES, TABLES, Choices
from schoolward.exchange.domain import MapError, QuestionError, UnreadableFileError
from schoolward.exchange.map_choice import map_text
from schoolward.kernel.actor import SYSTEM
from schoolward.kernel.seats import Seat


LOADED, STOPPED = "loaded", "stopped"
CROSSWALK = "crosswalk.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file.

    Attributes:
        name: The file.
        load_id: Its load; 0 when it was not even begun.
        stopped: Why it was stopped, as a sentence; empty when it was loaded.
    """

    name: str
    load_id: int
    stopped: str = ""


def waiting(folder: Path) -> Iterator[tuple[str, str, Path]]:
    """Return what lies in a watched folder: what it holds, its map, and the path."""
    for target in BUNDLES:
        for path in sorted((folder / target).glob("*")):
            if not path.name.startswith("."):
                yield target, "", path
    for target in TABLES:
        for path in sorted((folder / target).glob("*/*")):
            if path.is_file() and path.name != CROSSWALK and path.name[0] != ".":
                yield target, path.parent.name, path


def load_all(
    watched: str,
    *,
    at: datetime,
    say: Callable[[str], None],
    progress: Callable[[str], None],
) -> list[Outcome]:
    """Load every waiting file; one that is stopped holds up no other."""
    folder = Path(watched).resolve()
    outcomes = []
    for target, map_name, path in list(waiting(folder)):
        progress(path.name)
        outcome = _load(target, map_name, path, at=at)
        _move(path, folder / (STOPPED if outcome.stopped else LOADED), at=at)
        say(outcome.stopped or f"{path.name} was loaded as load #{outcome.load_id}.")
        outcomes.append(outcome)
    return outcomes


def _load(target: str, map_name: str, path: Path, *, at: datetime) -> Outcome:
    load_id = 0
    try:
        choices = _choices(target, map_name, path)
        load = actions.begin(choices, keeps_file=False, by=SYSTEM, at=at)
        load_id = load.pk
        load = actions.stage(load, by=SYSTEM, at=at)
        actions.load_staged_anew(load, by=SYSTEM, at=at)
    except actions.GuardedError as problem:
        return Outcome(
            name=path.name, load_id=load_id, stopped=f"{path.name} waits: {problem}"
        )
    except (
        actions.LoadRefusedError,
        UnreadableFileError,
        MapError,
        QuestionError,
    ) as problem:
        return Outcome(name=path.name, load_id=load_id, stopped=str(problem))
    finally:
        facts.release(load_id)
    return Outcome(name=path.name, load_id=load_id)


def _choices(target: str, map_name: str, path: Path) -> Choices:
    name, text = map_text(map_name) if map_name else ("", "")
    crosswalk = path.parent / CROSSWALK
    return Choices(
        target=target,
        path=path,
        name=path.name,
        map_name=name,
        map_text=text,
        crosswalk=str(crosswalk) if map_name and crosswalk.exists() else "",
    )


def _move(path: Path, folder: Path, *, at: datetime) -> None:
    folder.mkdir(exist_ok=True)
    actions.move(path, to=_free(folder, f"{at:%Y-%m-%d-%H%M%S}", path.name))


def _free(folder: Path, moment: str, name: str) -> Path:
    """Return a place that nothing lies at: two maps may each bring a file of one name."""
    place, number = folder / f"{moment}-{name}", 2
    while place.exists():
        place = folder / f"{moment}-{number}-{name}"
        number += 1
    return place


def write_to_analysts(outcomes: list[Outcome], *, today: date) -> int:
    """Mail what was stopped to every analyst, else to the administrators."""
    stopped = [one for one in outcomes if one.stopped]
    if not stopped:
        return 0
    body = "\n\n".join(
        one.stopped
        + (f"\n{settings.SCHOOLWARD_URL}/imports/{one.load_id}/" if one.load_id else "")
        for one in stopped
    )
    subject = f"{len(stopped)} of last night's files were not loaded"
    return sum(_send(to, subject=subject, body=body) for to in _readers(today))


def _send(to: str, *, subject: str, body: str) -> bool:
    """Send one mail; a mail server that does not answer holds up no load."""
    try:
        return mail.send(to, subject=subject, body=body)
    except OSError:
        return False


def _readers(today: date) -> list[str]:
    posts = Post.objects.unscoped(reason="the analysts are written to").on(today)
    for seat in (Seat.ANALYST, Seat.ADMINISTRATOR):
        held = posts.filter(seat=seat, person__isnull=False).exclude(person__email="")
        if emails := sorted(set(held.values_list("person__email", flat=True))):
            return emails
    return []
