"""A lock is one process's at a time, and ends with the process."""

import multiprocessing
import os
import signal
import time
from pathlib import Path

from schoolward.base import locks


def test_lock_is_taken_once(tmp_path):
    path = tmp_path / "locks" / "one"

    with locks.held(path) as mine, locks.held(path) as theirs:
        assert mine
        assert not theirs
        assert not locks.is_free(path)

    assert locks.is_free(path)


def test_shared_lock_is_held_by_many_and_keeps_one_who_wants_it_alone_out(tmp_path):
    path = tmp_path / "one"

    with (
        locks.held(path, shared=True) as first,
        locks.held(path, shared=True) as second,
    ):
        assert first
        assert second
        with locks.held(path) as alone:
            assert not alone


def _hold(path: Path) -> None:
    locks.keep(path)
    time.sleep(60)


def test_lock_of_a_killed_process_is_free(tmp_path):
    path = tmp_path / "one"
    process = multiprocessing.get_context("spawn").Process(target=_hold, args=(path,))
    process.start()
    while locks.is_free(path):
        time.sleep(0.05)

    os.kill(process.pid, signal.SIGKILL)
    process.join()

    assert locks.is_free(path)
