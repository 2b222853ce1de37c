"""This room's work that runs later: reckoning anew, and sweeping the warehouse."""

from datetime import time

from schoolward.base import clock, jobs
from schoolward.kernel.actor import SYSTEM
from schoolward.scorecards import actions


@jobs.register("scorecards.refresh", nightly_at=time(2, 10), attempts=3)
def refresh(run: jobs.Run) -> None:
    """Reckon every indicator anew under the networks of today."""
    run.progress(0, doing="Reckoning indicators")
    count = actions.refresh(today=clock.today(), by=SYSTEM, at=clock.now(), say=run.say)
    run.say(f"{count} indicators were reckoned.")


@jobs.register("scorecards.sweep", nightly_at=time(3, 20), attempts=3)
def sweep(run: jobs.Run) -> None:
    """Remove files of the warehouse that nothing uses any more."""
    run.progress(0, doing="Looking for files that nothing names")
    swept = actions.sweep(at=clock.real_now())
    run.say(f"{len(swept)} files were removed.")
