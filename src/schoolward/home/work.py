"""Long work as people see it: who asked, how far it is, what it said."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.urls import reverse

from schoolward.base import jobs, policies
from schoolward.base.models import Job, JobState
from schoolward.kernel.actor import Actor
from schoolward.ui.tags.words import Tone


A_PAGE = 50
OPEN = (JobState.WAITING, JobState.RUNNING)
TONES: dict[str, Tone] = {
    JobState.WAITING: "quiet",
    JobState.RUNNING: "accent",
    JobState.DONE: "good",
    JobState.FAILED: "bad",
    JobState.STOPPED: "line",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class JobLine:
    """One job as a page shows it."""

    pk: int
    name: str
    title: str
    state: str
    state_label: str
    tone: Tone
    asked_by_name: str
    asked_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    doing: str
    done_count: int
    total_count: int | None
    share: float | None
    log: str
    problem: str
    attempts: int
    stop_asked: bool

    @property
    def is_open(self) -> bool:
        """Return whether it still waits or runs."""
        return self.state in OPEN

    @property
    def may_be_retried(self) -> bool:
        """Return whether it can be put back in the line."""
        return self.state in {JobState.FAILED, JobState.STOPPED}

    @property
    def progress(self) -> str:
        """Return how far it is, in words."""
        if self.total_count:
            return f"{self.done_count:,} of {self.total_count:,}"
        return f"{self.done_count:,} done" if self.done_count else ""

    @property
    def last_problem(self) -> str:
        """Return the last line of what went wrong."""
        lines = self.problem.strip().splitlines()
        return lines[-1] if lines else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One state to narrow the list to."""

    label: str
    url: str
    is_current: bool


def tabs(state: str) -> list[Tab]:
    """Return the states a list of jobs can be narrowed to."""
    here = reverse("home:jobs")
    return [
        Tab(
            label=label,
            url=f"{here}?state={key}" if key else here,
            is_current=key == state,
        )
        for key, label in (("", "All"), *JobState.choices)
    ]


def visible(actor: Actor) -> QuerySet[Job]:
    """Return the jobs an actor may see."""
    return Job.objects.filter(policies.jobs_visible(actor))


def jobs_of(actor: Actor, *, state: str = "", page: int = 1) -> Page[JobLine]:
    """Return a page of the jobs an actor may see: open ones first, then the newest."""
    rows = visible(actor)
    if state in JobState.values:
        rows = rows.filter(state=state)
    is_open = Case(
        When(state__in=OPEN, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    pages = Paginator(rows.order_by(is_open, "-pk"), A_PAGE)
    found = pages.get_page(page)
    lines = [line_of(job) for job in found]
    return Page(lines, found.number, cast("Paginator[JobLine]", pages))


def failed_jobs(actor: Actor, *, limit: int = 8) -> tuple[JobLine, ...]:
    """Return the jobs that failed and were not tried again, newest first."""
    rows = visible(actor).filter(state=JobState.FAILED).order_by("-pk")[:limit]
    return tuple(line_of(job) for job in rows)


def line_of(job: Job) -> JobLine:
    """Return a job as a page shows it."""
    return JobLine(
        pk=job.pk,
        name=job.name,
        title=jobs.title_of(job.name),
        state=job.state,
        state_label=JobState(job.state).label,
        tone=TONES[job.state],
        asked_by_name=job.asked_by_name or "On schedule",
        asked_at=job.asked_at,
        started_at=job.started_at,
        ended_at=job.ended_at,
        doing=job.doing,
        done_count=job.done_count,
        total_count=job.total_count,
        share=job.share,
        log=job.log,
        problem=job.problem,
        attempts=job.attempts,
        stop_asked=job.stop_asked,
    )
