"""Jobs to watch."""

import os
import time

from schoolward.base import jobs


@jobs.register("operations.count")
def count(run: jobs.Run) -> None:
    """Do next to nothing, with a row to show for it."""
    run.progress(1, total=1)


@jobs.register("operations.sleep")
def sleep(run: jobs.Run) -> None:
    """Sleep long at the first attempt; be done at once at the second."""
    run.say(f"pid {os.getpid()}")
    if run.job.attempts == 1:
        time.sleep(300)
