"""Lists of schools: everyone's directory, narrowed by name, level, network, ILD or "mine"."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from schoolward.district import policies, queries, search
from schoolward.district.models import EntryKind, Level
from schoolward.district.queries import SchoolLine
from schoolward.kernel.actor import Actor


A_PAGE = 50
LEVELS = dict(Level.choices)
MOST_FOUND = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a reader of the list asked for.

    Attributes:
        words: Part of a name, misspelled or former.
        level: A level's key.
        network_id: Only schools of this network.
        ild_id: Only schools of this ILD.
        mine: Only schools the reader leads, acts for, supervises or serves.
        after: The cursor of the part before.
    """

    words: str = ""
    level: str = ""
    network_id: int | None = None
    ild_id: int | None = None
    mine: bool = False
    after: str = ""

    @property
    def is_narrow(self) -> bool:
        """Return whether few schools can match, so that all are listed at once."""
        return bool(self.words or self.ild_id or self.mine)

    @property
    def is_narrowed(self) -> bool:
        """Return whether anything was asked for at all."""
        return bool(self.is_narrow or self.level or self.network_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schools:
    """A part of the list of schools, and which of them the reader may open."""

    lines: Sequence[SchoolLine]
    open_to: frozenset[int]
    next_cursor: str | None = None


def schools(actor: Actor, wanted: Wanted, *, day: date) -> Schools:
    """Return the schools a reader asked for, in a constant number of queries."""
    if wanted.is_narrow:
        return _shown(actor, _narrow(actor, wanted, day=day))
    page = queries.school_page_of(
        actor,
        day=day,
        after=wanted.after,
        limit=A_PAGE,
        network_id=wanted.network_id,
        level=wanted.level,
    )
    return _shown(actor, page.items, next_cursor=page.next_cursor)


def _shown(
    actor: Actor, lines: Iterable[SchoolLine], *, next_cursor: str | None = None
) -> Schools:
    own = own_ids(actor)
    told = [
        replace(line, tie=policies.tie(actor, line.pk) if line.pk in own else "")
        for line in lines
    ]
    return Schools(
        lines=told,
        open_to=frozenset(
            line.pk for line in told if policies.can_open_page(actor, line.pk)
        ),
        next_cursor=next_cursor,
    )


def own_ids(actor: Actor) -> frozenset[int]:
    """Return the schools a person leads, acts for, supervises or serves by name."""
    return (
        actor.led_school_ids
        | actor.acted_school_ids
        | actor.supervised_school_ids
        | actor.served_school_ids
    )


def _narrow(actor: Actor, wanted: Wanted, *, day: date) -> list[SchoolLine]:
    if wanted.words:
        found = _found(actor, wanted.words, day=day)
    elif wanted.mine:
        found = list(queries.schools_of(actor, day=day))
    else:
        under = queries.supervisors_on(day)
        ids = {school for school, ild in under.items() if ild == wanted.ild_id}
        found = list(queries.school_lines(ids, day=day))
    own = own_ids(actor)
    return [line for line in found if _matches(line, wanted, own)]


def _found(actor: Actor, words: str, *, day: date) -> list[SchoolLine]:
    """Return schools by name, the best first."""
    hits = search.search(actor, words, kinds=(EntryKind.SCHOOL,), limit=MOST_FOUND)
    lines = {
        line.pk: line for line in queries.school_lines([h.pk for h in hits], day=day)
    }
    ranked = dict.fromkeys(hit.pk for hit in hits)
    return [lines[pk] for pk in ranked if pk in lines]


def _matches(line: SchoolLine, wanted: Wanted, own: frozenset[int]) -> bool:
    network_id = line.network.pk if line.network else None
    ild_id = line.ild.pk if line.ild else None
    asked = (
        (wanted.mine, line.pk in own),
        (wanted.network_id, network_id == wanted.network_id),
        (wanted.ild_id, ild_id == wanted.ild_id),
        (wanted.level, line.level_label == LEVELS.get(wanted.level)),
    )
    return all(holds for is_asked, holds in asked if is_asked)
