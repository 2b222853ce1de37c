"""A home in a folder of its own, and commands run in it as a person would."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest


ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ.get(
    "TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres"
)
PASSWORD = "a long walk to school"


@dataclass
class Home:
    """One installation."""

    path: Path
    database_url: str = ""
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment of its commands."""
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            "SCHOOLWARD_HOME": str(self.path),
            "DATABASE_URL": self.database_url,
            "DJANGO_SETTINGS_MODULE": "tests.operations.settings",
            "PYTHONWARNINGS": "ignore",
            **self.extra,
        }

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command and go on."""
        return subprocess.Popen(
            [sys.executable, "-m", "schoolward.config.cli", *words],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *words: str, stdin: str = "", code: int = 0) -> str:
        """Run a command to its end; return what it answered, or what it complained of."""
        process = self.start(*words)
        out, err = process.communicate(stdin, timeout=300)
        assert process.returncode == code, (
            f"{words}: {process.returncode}\n{out}\n{err}"
        )
        return out if code == 0 else err or out

    def json(self, *words: str, stdin: str = "", code: int = 0) -> dict:
        """Run a command that answers in JSON."""
        return json.loads(self.run(*words, "--json", stdin=stdin, code=code))

    def python(self, script: str) -> str:
        """Run lines of Python that know this home's rows."""
        return self.run("shell", "--verbosity", "0", "-c", script).strip()

    def found(self, name: str = "Lake") -> "Home":
        """Run `init`."""
        words = ("--name", name, "--admin", "ana@example.org", "--password-stdin")
        self.run("init", *words, "--time-zone", "America/New_York", stdin=PASSWORD)
        return self


@contextmanager
def running(home: Home, *words: str) -> Iterator[subprocess.Popen[str]]:
    """Run a command for the length of a block; it and its children end afterwards."""
    process = home.start(*words)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()


def wait_until(claim: Callable[[], bool], *, seconds: float = 60) -> None:
    """Wait until a claim holds."""
    end = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < end, "It did not come true in time."
        time.sleep(0.2)


@contextmanager
def database() -> Iterator[str]:
    """Make a database on the PostgreSQL server for the length of a block."""
    try:
        server = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("no PostgreSQL answers; set TEST_DATABASE_URL to one")
    name = f"schoolward_{uuid4().hex[:12]}"
    with server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(SERVER)._replace(path=f"/{name}").geturl()
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
