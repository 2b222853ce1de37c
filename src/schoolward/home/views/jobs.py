"""Long work: what runs, what failed, and how to stop it or start it again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST

from schoolward.base import clock
from schoolward.base.http import ActorRequest, answer
from schoolward.home import actions, work
from schoolward.home.tables import jobs as tables
from schoolward.kernel.asked import whole_number
from schoolward.kernel.seats import Seat


ALL_JOBS = "Everybody's long work: what runs, what failed, what is done."
OWN_JOBS = "The long work you asked for: what runs, what failed, what is done."


@require_GET
def jobs(request: ActorRequest) -> HttpResponse:
    """List the jobs a person asked for; all of them for administrators."""
    state = request.GET.get("state", "")
    number = whole_number(request.GET.get("page"), otherwise=1)
    sees_all = request.actor.holds(Seat.ADMINISTRATOR)
    found = work.jobs_of(request.actor, state=state, page=number)
    page = {
        "found": found,
        "table": tables.jobs(list(found)),
        "tabs": work.tabs(state),
        "lede": ALL_JOBS if sees_all else OWN_JOBS,
        "is_moving": any(line.is_open for line in found),
    }
    return answer(request, "home/jobs.html", page, fragment="list")


@require_GET
def job(request: ActorRequest, pk: int) -> HttpResponse:
    """Show one job: how far it is, what it said, what went wrong."""
    row = get_object_or_404(work.visible(request.actor), pk=pk)
    page = {"job": work.line_of(row)}
    return answer(request, "home/job.html", page, fragment="state")


@require_POST
def retry(request: ActorRequest, pk: int) -> HttpResponse:
    """Put a failed or stopped job back in the line."""
    row = get_object_or_404(work.visible(request.actor), pk=pk)
    again = actions.retry_job(row, by=request.actor, at=clock.now())
    messages.success(request, "The job waits in the line again.")
    return redirect(
        "home:job" if again.pk == pk else "home:jobs", *([pk] if again.pk == pk else [])
    )


@require_POST
def stop(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask a job to stop."""
    row = get_object_or_404(work.visible(request.actor), pk=pk)
    actions.stop_job(row, by=request.actor, at=clock.now())
    messages.success(request, "The job stops at its next safe place.")
    return redirect("home:job", pk)
