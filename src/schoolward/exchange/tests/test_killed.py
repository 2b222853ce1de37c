"""A load that is killed leaves the old state or the new, never one between."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from schoolward.exchange import ledger
from schoolward.exchange.tests.conftest import SCHOOLS_MAP


ROWS = 600
HEAD = "ID,Name,Phone,Network\n"
SERVER = os.environ.get(
    "TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres"
)
SEEN = """
select split, count(*) from (
  select substr(n.name, 1, 5) as split from district_membership m
  join district_network n on n.id = m.network_id where m.end_date is null
) as now group by split
"""


def table(word):
    return HEAD + "".join(f"{n},School {n},,{word} {n % 9}\n" for n in range(ROWS))


class Installation:
    """A database of its own, reached by processes of its own."""

    def __init__(self, home, url, connect):
        self.home, self.connect = home, connect
        self.environ = os.environ | {
            "SCHOOLWARD_HOME": str(home),
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "schoolward.config.settings",
            "SCHOOLWARD_LOG_LEVEL": "ERROR",
            "PYTHONPATH": str(Path(ledger.__file__).parents[2]),
        }
        (home / "ours.toml").write_text(SCHOOLS_MAP)

    def begin(self, *arguments):
        command = [sys.executable, "-m", "django", *arguments, "--skip-checks"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, env=self.environ, **quiet)

    def run(self, *arguments):
        child = self.begin(*arguments)
        _, said = child.communicate(timeout=240)
        assert child.returncode == 0, said.decode()[-800:]

    def load(self, word, day):
        path = self.home / f"{word}.csv"
        path.write_text(table(word))
        options = ["--map", str(self.home / "ours.toml"), "--as-of", day]
        return ["import", "schools", str(path), *options, "--allow-change"]

    def ask(self, sql):
        with closing(self.connect()) as connection:
            return connection.execute(sql).fetchall()

    def seen(self):
        """Return what people see: how many schools are in networks of which name."""
        return dict(self.ask(SEEN))

    def staged(self):
        return self.ask("select count(*) from exchange_stagedchange")[0][0]


@pytest.fixture(params=["sqlite", "postgresql"])
def installation(request, tmp_path):
    """Return an empty, migrated installation on either database."""
    if request.param == "sqlite":
        database = tmp_path / "schoolward.sqlite3"
        made = Installation(tmp_path, "", lambda: sqlite3.connect(database, timeout=30))
        made.run("migrate", "-v0")
        yield made
        return
    name = f"killed_{uuid4().hex[:12]}"
    try:
        server = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        pytest.skip("No PostgreSQL answers; set TEST_DATABASE_URL.")
    with closing(server):
        server.execute(f"create database {name}")
        url = SERVER.rpartition("/")[0] + f"/{name}"
        try:
            made = Installation(tmp_path, url, lambda: psycopg.connect(url))
            made.run("migrate", "-v0")
            yield made
        finally:
            server.execute(f"drop database {name} with (force)")


@pytest.mark.slow
def test_a_killed_load_leaves_the_old_state_or_the_new(installation):
    installation.run(*installation.load("North", "2017-07-01"))
    old, new = {"North": ROWS}, {"South": ROWS}
    assert installation.seen() == old

    for delay in (0.0, 0.6):
        before = installation.staged()
        child = installation.begin(*installation.load("South", "2018-07-01"))
        wait_for_plan(installation, child, before=before)
        time.sleep(delay)
        child.send_signal(signal.SIGKILL)
        child.communicate()
        assert installation.seen() in (old, new)
        if installation.seen() == new:
            break

    if installation.seen() == old:
        installation.run(*installation.load("South", "2018-07-01"))
    assert installation.seen() == new


def wait_for_plan(installation, child, *, before):
    """Wait until the child has begun to write its plan, or is done."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        if installation.staged() > before or child.poll() is not None:
            return
        time.sleep(0.05)
