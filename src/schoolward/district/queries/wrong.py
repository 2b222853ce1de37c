"""Reports of wrong facts: those one has to answer, those one made, those of a school."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from schoolward.district import policies
from schoolward.district.models import WrongFact, WrongFactState
from schoolward.district.queries.links import PersonLink, PlaceLink, link_of
from schoolward.kernel.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongFactRow:
    """A report as its readers see it.

    Attributes:
        owner: Who answers, in words: a person, a unit, or who keeps the records.
        may_answer: Whether the person who reads may answer.
    """

    pk: int
    school: PlaceLink
    fact: str
    shown: str
    said: str
    said_by: PersonLink
    said_at: datetime
    source: str
    owner: str
    state: str
    state_label: str
    answer: str
    answered_by: str
    answered_at: datetime | None
    may_answer: bool

    @property
    def title(self) -> str:
        """Return the fact and its school."""
        return f"{self.fact}, {self.school.name}"

    @property
    def tone(self) -> str:
        """Return how its state is shown: open ones wait for somebody."""
        tones = {WrongFactState.OPEN: "watch", WrongFactState.MENDED: "good"}
        return tones.get(WrongFactState(self.state), "quiet")


def wrong_facts_for(
    actor: Actor, *, state: str = WrongFactState.OPEN, limit: int = 100
) -> tuple[WrongFactRow, ...]:
    """Return the reports that an actor is to answer, the oldest first.

    Those who keep the records answer what no steward and no unit owns.
    """
    mine = Q(owner=actor.person_id) | Q(
        owner__isnull=True, owner_unit__in=actor.unit_ids
    )
    if actor.holds(*policies.MANAGERS):
        mine |= Q(owner__isnull=True, owner_unit__isnull=True)
    rows = WrongFact.objects.visible_to(actor).filter(mine, state=state)
    return _rows(actor, rows.order_by("said_at")[:limit])


def wrong_facts_by(actor: Actor, *, limit: int = 50) -> tuple[WrongFactRow, ...]:
    """Return the reports that an actor made, the newest first."""
    rows = WrongFact.objects.visible_to(actor).filter(said_by=actor.person_id)
    return _rows(actor, rows.order_by("-said_at")[:limit])


def wrong_facts_of(
    actor: Actor, school_id: int, *, limit: int = 50
) -> tuple[WrongFactRow, ...]:
    """Return the reports about a school, open ones first."""
    rows = WrongFact.objects.visible_to(actor).filter(school=school_id)
    newest = rows.order_by("-said_at")[:limit]
    found = _rows(actor, newest)
    return tuple(sorted(found, key=lambda row: row.state != WrongFactState.OPEN))


def wrong_fact(actor: Actor, pk: int) -> WrongFactRow | None:
    """Return one report, if the actor may read it."""
    found = _rows(actor, WrongFact.objects.visible_to(actor).filter(pk=pk))
    return next(iter(found), None)


def _rows(actor: Actor, rows: Iterable[WrongFact]) -> tuple[WrongFactRow, ...]:
    names = ("school", "said_by", "source", "owner", "owner_unit", "answered_by")
    joined = rows.select_related(*names)  # type: ignore[attr-defined]
    return tuple(_row(actor, row) for row in joined)


def _row(actor: Actor, row: WrongFact) -> WrongFactRow:
    may = policies.can_answer_wrong(
        actor, owner_id=row.owner_id, owner_unit_id=row.owner_unit_id
    )
    return WrongFactRow(
        pk=row.pk,
        school=PlaceLink(row.school_id, row.school.name),
        fact=row.fact,
        shown=row.shown,
        said=row.said,
        said_by=link_of(row.said_by),
        said_at=row.said_at,
        source=row.source.name if row.source else "",
        owner=str(row.owner or row.owner_unit or "those who keep the records"),
        state=row.state,
        state_label=row.get_state_display(),
        answer=row.answer,
        answered_by=str(row.answered_by or ""),
        answered_at=row.answered_at,
        may_answer=bool(may) and row.state == WrongFactState.OPEN,
    )
