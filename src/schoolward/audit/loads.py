"""Reading the rows of loads: what waits for somebody, and what came in last."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from schoolward.audit.models import Load, LoadState


WAITING = (LoadState.STAGED, LoadState.GUARDED, LoadState.FAILED)
"""States in which a load goes no further until somebody looks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadLine:
    """One load as a list shows it."""

    pk: int
    target: str
    file_name: str
    source_key: str
    as_of_date: date
    state: str
    state_label: str
    begun_at: datetime
    begun_by_name: str
    new_count: int
    changed_count: int
    ended_count: int
    refused_count: int
    problem: str

    @property
    def is_guarded(self) -> bool:
        """Return whether the guard stopped it."""
        return self.state == LoadState.GUARDED


def waiting_loads(*, limit: int = 20) -> tuple[LoadLine, ...]:
    """Return the loads that wait for somebody, newest first."""
    return _lines(Load.objects.filter(state__in=WAITING), limit=limit)


def loads_with_refusals(*, limit: int = 20) -> tuple[LoadLine, ...]:
    """Return the loads that were loaded although rows were refused, newest first."""
    rows = Load.objects.filter(state=LoadState.LOADED, refused_count__gt=0)
    return _lines(rows, limit=limit)


def last_loads(*, limit: int = 5) -> tuple[LoadLine, ...]:
    """Return the loads that came in last, newest first."""
    return _lines(Load.objects.filter(state=LoadState.LOADED), limit=limit)


def _lines(rows: QuerySet[Load], *, limit: int) -> tuple[LoadLine, ...]:
    return tuple(_line(row) for row in rows.order_by("-begun_at")[:limit])


def _line(row: Load) -> LoadLine:
    return LoadLine(
        pk=row.pk,
        target=row.target,
        file_name=row.file_name,
        source_key=row.source_key,
        as_of_date=row.as_of_date,
        state=row.state,
        state_label=LoadState(row.state).label,
        begun_at=row.begun_at,
        begun_by_name=row.begun_by_name,
        new_count=row.new_count,
        changed_count=row.changed_count,
        ended_count=row.ended_count,
        refused_count=row.refused_count,
        problem=row.problem,
    )
