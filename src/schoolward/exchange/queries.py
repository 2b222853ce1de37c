"""Reads that answer what pages, commands and the API ask of loads and maps."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator

from schoolward.audit.models import Load, LoadState
from schoolward.base.models import Job, JobState
from schoolward.exchange import policies
from schoolward.exchange.choices import TABLES
from schoolward.exchange.models import Refused, SavedMap, Staging
from schoolward.exchange.shipped import shipped_map, shipped_names
from schoolward.kernel.actor import Actor


PER_PAGE = 50
COUNTED = {
    "indicators": "values",
    "schools": "schools",
    "people": "people and their posts",
    "school-calendar": "days",
}
OPEN_JOBS = (JobState.WAITING, JobState.RUNNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a load's job is.

    Attributes:
        job_id: The job.
        doing: What it does now.
        rows: Rows read so far.
        stop_asked: Whether a person asked it to stop.
    """

    job_id: int
    doing: str
    rows: int
    stop_asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadView:
    """A load as its page shows it."""

    pk: int
    target: str
    format: str
    file_name: str
    map_name: str
    source_key: str
    school_year: str
    as_of: date
    state: str
    state_label: str
    begun_at: datetime
    begun_by: str
    loaded_at: datetime | None
    undone_at: datetime | None
    new: int
    changed: int
    ended: int
    unchanged: int
    refused: int
    set_aside: int
    notes: tuple[str, ...]
    ignored_columns: tuple[str, ...]
    problem: str
    guard: str
    question: dict[str, Any]
    progress: Progress | None
    needs_map: bool
    is_last: bool

    @property
    def counted(self) -> str:
        """Return what its counts count."""
        return COUNTED.get(self.target, "records").capitalize()

    @property
    def year_shown(self) -> str:
        """Return its school year as pages write it."""
        return self.school_year.replace("-", "–")

    @property
    def is_ready(self) -> bool:
        """Return whether it waits for a person to load it."""
        return self.state in {LoadState.STAGED, LoadState.GUARDED} and not self.progress

    @property
    def is_loaded(self) -> bool:
        """Return whether it is in use."""
        return self.state == LoadState.LOADED

    @property
    def is_over(self) -> bool:
        """Return whether nothing more can be done with it, but to undo it."""
        return self.state in {LoadState.LOADED, LoadState.UNDONE, LoadState.DISCARDED}


def loads(actor: Actor, *, page: int) -> Page[Load]:
    """Return one page of loads, newest first, for those who may see them."""
    rows = Load.objects.filter(policies.dock_visible(actor)).order_by(
        "-begun_at", "-pk"
    )
    return Paginator(rows, PER_PAGE).get_page(page)


def load_of(actor: Actor, pk: int) -> Load | None:
    """Return a load, for those who may see it."""
    return Load.objects.filter(policies.dock_visible(actor), pk=pk).first()


def view_of(load: Load) -> LoadView:
    """Return what the page of a load shows."""
    staging = Staging.objects.filter(load_id=load.pk).first()
    return LoadView(
        pk=load.pk,
        target=load.target,
        format=load.format,
        file_name=load.file_name,
        map_name=load.map_name,
        source_key=load.source_key,
        school_year=load.school_year,
        as_of=load.as_of_date,
        state=load.state,
        state_label=LoadState(load.state).label,
        begun_at=load.begun_at,
        begun_by=load.begun_by_name,
        loaded_at=load.loaded_at,
        undone_at=load.undone_at,
        new=load.new_count,
        changed=load.changed_count,
        ended=load.ended_count,
        unchanged=load.unchanged_count,
        refused=load.refused_count,
        set_aside=load.skipped_count,
        notes=tuple(load.notes),
        ignored_columns=tuple(load.ignored_columns),
        problem=load.problem,
        guard=staging.guard_reason if staging else "",
        question=dict(staging.question) if staging else {},
        progress=progress_of(load.pk),
        needs_map=_needs_map(load, staging),
        is_last=_is_last(load),
    )


def _needs_map(load: Load, staging: Staging | None) -> bool:
    """Return whether a person has yet to say which column fills which field."""
    return bool(
        staging and load.target in TABLES and not staging.choices.get("map_text")
    )


def _is_last(load: Load) -> bool:
    loaded = Load.objects.filter(state=LoadState.LOADED)
    return (
        loaded.order_by("-loaded_at", "-pk").values_list("pk", flat=True).first()
        == load.pk
    )


def key_of(load_id: int) -> str:
    """Return the key under which a load's jobs run, one at a time."""
    return f"load-{load_id}"


def progress_of(load_id: int) -> Progress | None:
    """Return how far the job of a load is; None when none is open."""
    jobs = Job.objects.filter(key=key_of(load_id), state__in=OPEN_JOBS)
    job = jobs.order_by("-pk").first()
    if job is None:
        return None
    return Progress(
        job_id=job.pk,
        doing=job.doing or "Waiting for the worker",
        rows=job.done_count,
        stop_asked=job.stop_asked,
    )


def refusals(load_id: int, *, page: int) -> Page[Refused]:
    """Return one page of a load's refusals, in the order of the file."""
    rows = Refused.objects.filter(load_id=load_id).order_by("row", "pk")
    return Paginator(rows, PER_PAGE).get_page(page)


def every_refusal(load_id: int) -> Iterator[tuple[Any, ...]]:
    """Return a load's refusals as the rows of a table, for a download."""
    rows = Refused.objects.filter(load_id=load_id).order_by("row", "pk")
    columns = ("row", "column", "value", "reason", "remedy")
    return rows.values_list(*columns).iterator(chunk_size=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapLine:
    """A map as a list shows it."""

    name: str
    title: str
    target: str
    ships: bool
    saved_by: str = ""
    saved_at: datetime | None = None


def maps(actor: Actor) -> list[MapLine]:
    """Return the saved maps and the ones that ship."""
    saved = SavedMap.objects.visible_to(actor).order_by("name")
    lines = [
        MapLine(
            name=one.name,
            title="",
            target=one.target,
            ships=False,
            saved_by=one.saved_by_name,
            saved_at=one.saved_at,
        )
        for one in saved
    ]
    return lines + [
        MapLine(name=name, title=one.title, target=one.target.value, ships=True)
        for name in shipped_names()
        if (one := shipped_map(name))
    ]


def json_of(load: Load) -> dict[str, Any]:
    """Return what commands and the API print of a load."""
    staging = Staging.objects.filter(load_id=load.pk).first()
    rows = Refused.objects.filter(load_id=load.pk).order_by("row", "pk")
    return {
        "load": load.pk,
        "state": load.state,
        "new": load.new_count,
        "changed": load.changed_count,
        "ended": load.ended_count,
        "unchanged": load.unchanged_count,
        "refused": list(rows.values("row", "column", "value", "reason", "remedy")),
        "refused_count": load.refused_count,
        "set_aside": load.skipped_count,
        "ignored_columns": load.ignored_columns,
        "notes": load.notes,
        "guard": staging.guard_reason if staging else "",
        "school_year": load.school_year,
        "as_of": load.as_of_date.isoformat(),
    }
