"""A bundle as a delivery: what is loaded from it, from which day, under whose ids."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from schoolward.exchange.bundles import facts_of
from schoolward.exchange.delivery import Delivery, SourceRef
from schoolward.exchange.domain import Item, Target
from schoolward.exchange.earlier import (
    NOTHING,
    Earlier,
    earlier_of,
    kept_answers,
    same_file_day,
    was_loaded,
)
from schoolward.exchange.oneroster import layouts, places, principals
from schoolward.exchange.oneroster.manifest import Manifest
from schoolward.exchange.oneroster.people import Posting, Where
from schoolward.exchange.oneroster.principals import Answer
from schoolward.exchange.oneroster.roster import Roster, open_roster
from schoolward.exchange.oneroster.terms import Sessions, read_sessions
from schoolward.exchange.sheets.limits import Limits
from schoolward.kernel.schoolyear import SchoolYear


TARGET = "oneroster"
ADMINISTRATOR = "administrator"
"""The question whose answers are kept: what an administrator of a school is."""


@contextmanager
def open_delivery(
    path: Path,
    *,
    name: str,
    limits: Limits,
    as_of: date | None,
    today: date,
    answers: Mapping[str, str],
) -> Iterator[Delivery]:
    """Open a bundle to be loaded.

    Args:
        path: A folder or a zip.
        name: The bundle as the person knows it.
        limits: How large each file in it may be.
        as_of: From which day its rows hold; None means find out.
        today: The present day.
        answers: What was answered to the question who is a principal.

    Raises:
        UnreadableFileError: It is no bundle that can be read.
        PrincipalsQuestionError: It is not known which administrators are principals.
    """
    with open_roster(path, name=name, limits=limits) as roster:
        ids = issuer_of(roster.manifest)
        sessions = read_sessions(roster.sessions())
        year = sessions.year_on(today) or SchoolYear.of(today)
        kept = kept_answers(ids, name=ADMINISTRATOR)
        decided = _decided(roster, answers, kept)
        file = facts_of(path, name=name)
        known_day = as_of or same_file_day(file.sha256)
        day = known_day or _day(roster, ids, year=year, today=today)
        earlier = earlier_of(ids) if _is_delta(roster) else NOTHING
        yield Delivery(
            target=TARGET,
            format=f"OneRoster {roster.manifest.version}",
            file=file,
            source=SourceRef(key=_source_key(ids), name=roster.manifest.system or ids),
            ids=ids,
            as_of=day,
            school_year=str(year),
            items=_items(roster, sessions, earlier, decided=decided, as_of=day),
            complete=_complete(roster),
            emails_are_verified=True,
            answers=_new_answers(decided, kept),
            notes=roster.manifest.notes,
            ignored_columns=roster.ignored,
        )


def _new_answers(decided: Mapping[str, str], kept: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that are not kept yet."""
    return {
        f"{ADMINISTRATOR}:{one}": answer
        for one, answer in decided.items()
        if kept.get(one) != answer
    }


def issuer_of(manifest: Manifest) -> str:
    """Return under which name the ids of a bundle are kept: its system's."""
    word = re.sub(r"[^a-z0-9]+", "-", manifest.system.lower()).strip("-")
    return word[:60] or TARGET


def _source_key(ids: str) -> str:
    return ids if ids == TARGET else f"{TARGET}:{ids}"


def _decided(
    roster: Roster, answers: Mapping[str, str], kept: Mapping[str, str]
) -> dict[str, Answer]:
    if roster.manifest.holds(layouts.ROLES.file_name):
        return {}
    asked = principals.administrators(roster)
    return principals.decide(asked, answers=answers, kept=kept)


def _day(roster: Roster, ids: str, *, year: SchoolYear, today: date) -> date:
    """Return the day from which rows hold when nobody says.

    The first bundle of a school year tells how the year began; later ones, and files
    of changes, tell what has changed by today.
    """
    is_current = SchoolYear.of(today) == year
    is_later = _is_delta(roster) or was_loaded(_source_key(ids), school_year=str(year))
    return today if is_current and is_later else year.first_day


def _is_delta(roster: Roster) -> bool:
    read = (layouts.USERS, layouts.ROLES, layouts.ORGS)
    return any(roster.is_delta(layout) for layout in read)


def _complete(roster: Roster) -> frozenset[Target]:
    """Return for what the bundle is whole: only there does absence mean an end."""
    has_orgs = roster.manifest.holds(layouts.ORGS.file_name)
    has_users = roster.manifest.holds(layouts.USERS.file_name)
    if _is_delta(roster):
        return frozenset()
    found = {Target.SCHOOLS, Target.UNITS} if has_orgs else set()
    return frozenset(found | ({Target.PEOPLE} if has_users else set()))


def _items(
    roster: Roster,
    sessions: Sessions,
    earlier: Earlier,
    *,
    decided: Mapping[str, Answer],
    as_of: date,
) -> Iterator[Item]:
    yield from places.items(roster.orgs)
    posting = Posting(
        places=_places(roster, earlier),
        decided=decided,
        is_delta=_is_delta(roster),
        as_of=as_of,
        of_many=earlier.of_many,
    )
    yield from posting.items(roster.staff(known=earlier.people))
    yield from roster.passed_over.asides()
    yield from sessions.items()


def _places(roster: Roster, earlier: Earlier) -> dict[str, Where]:
    kept = {"school": places.Place.SCHOOL, "unit": places.Place.UNIT}
    before: dict[str, Where] = {
        one: (kept[kind], one) for one, kind in earlier.places.items() if kind in kept
    }
    here = {one: places.place_of(org, roster.orgs) for one, org in roster.orgs.items()}
    return {**before, **here}
