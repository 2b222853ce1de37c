"""Serving and working: refusals, clean ends, and jobs whose process is killed."""

import json
import os
import re
import signal
import socket
import urllib.error
import urllib.request
from http.client import HTTPResponse

import pytest

from tests.operations.homes import PASSWORD, Home, running, wait_until


pytestmark = pytest.mark.slow

LATER = "from schoolward.base import jobs\nprint(jobs.later('operations.{name}').pk)"
STATE = (
    "import json\nfrom schoolward.base.models import Job\n"
    "print(json.dumps(list(Job.objects.values('state', 'attempts', 'log'))))"
)


def jobs_of(home: Home) -> list[dict]:
    return json.loads(home.python(STATE))


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def get(port: int, path: str) -> HTTPResponse | urllib.error.HTTPError | None:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", headers={"Host": "localhost"}
    )
    try:
        return urllib.request.urlopen(request, timeout=20)  # noqa: S310 - this machine
    except urllib.error.HTTPError as answer:
        return answer
    except OSError:
        return None


def test_init_founds_a_district_once(empty_home):
    words = ("init", "--name", "Lake", "--admin", "ana@example.org", "--password-stdin")

    told = empty_home.json(*words, stdin=PASSWORD)

    assert told["administrator"] == "ana@example.org"
    assert "already Lake" in empty_home.run(*words, stdin=PASSWORD, code=1)


def test_init_refuses_a_password_that_is_too_short(empty_home):
    words = ("init", "--name", "Lake", "--admin", "ana@example.org", "--password-stdin")

    assert "12 characters" in empty_home.run(*words, stdin="short\n", code=1)


@pytest.mark.parametrize("command", ["serve", "worker", "backup"])
def test_command_refuses_tables_of_another_version(sqlite_home, command):
    sqlite_home.run("migrate", "exchange", "zero", "--skip-checks")
    words = [command, str(sqlite_home.path / "b.zip")][
        : 2 if command == "backup" else 1
    ]

    assert "schoolward upgrade" in sqlite_home.run(*words, code=1)


def test_serve_answers_and_ends_when_told_to(home):
    port = free_port()
    home.extra["PORT"] = str(port)

    with running(home, "serve") as process:
        wait_until(lambda: get(port, "/healthz") is not None)
        page = get(port, "/account/login/")
        assert page is not None
        styles = re.search(r'href="(/static/[^"]+\.css)"', page.read().decode())
        assert styles is not None
        answer = get(port, styles.group(1))
        assert answer is not None
        assert "immutable" in answer.headers["Cache-Control"]
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)

    assert process.returncode == 0
    assert get(port, "/healthz") is None


def test_serve_refuses_a_demo_that_others_could_reach(sqlite_home):
    sqlite_home.python(
        "from datetime import date, datetime, UTC\n"
        "from schoolward.base.models import DemoMark\n"
        "DemoMark.objects.create(pk=1, built_at=datetime(2026, 1, 1, tzinfo=UTC), "
        "today=date(2026, 11, 19), seed=1)"
    )
    sqlite_home.extra["SCHOOLWARD_LISTEN"] = "0.0.0.0"  # noqa: S104 - what is refused

    assert "demo" in sqlite_home.run("serve", code=1)


def test_worker_does_every_job_once(home):
    for _ in range(3):
        home.python(
            LATER.format(name="count") + "\n" + "jobs.later('operations.count')\n" * 9
        )

    with running(home, "worker"):
        wait_until(lambda: {job["state"] for job in jobs_of(home)} == {"done"})

    assert len(jobs_of(home)) == 30
    assert {job["attempts"] for job in jobs_of(home)} == {1}


def test_worker_puts_back_a_job_whose_process_was_killed(home):
    home.python(LATER.format(name="sleep"))

    with running(home, "worker"):
        wait_until(lambda: "pid" in jobs_of(home)[0]["log"])
        os.kill(int(jobs_of(home)[0]["log"].split()[-1]), signal.SIGKILL)
        wait_until(lambda: jobs_of(home)[0]["state"] == "done")

    assert jobs_of(home)[0]["attempts"] == 2


def test_worker_puts_back_what_was_at_work_when_all_of_it_was_killed(sqlite_home):
    sqlite_home.python(LATER.format(name="sleep"))
    first = sqlite_home.start("worker")
    wait_until(lambda: "pid" in jobs_of(sqlite_home)[0]["log"])
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate()

    with running(sqlite_home, "worker"):
        wait_until(lambda: jobs_of(sqlite_home)[0]["state"] == "done")

    assert jobs_of(sqlite_home)[0]["attempts"] == 2


def test_doctor_finds_what_is_wrong_and_says_so_by_its_exit_code(sqlite_home):
    assert sqlite_home.json("doctor")["findings"]
    sqlite_home.extra |= {
        "SCHOOLWARD_URL": "http://schoolward.example.org",
        "SCHOOLWARD_MAIL_URL": f"smtp://user:hunter2@127.0.0.1:{free_port()}",
    }

    process = sqlite_home.start("doctor", "--json")
    out, _ = process.communicate(timeout=120)

    assert process.returncode == 1
    assert "hunter2" not in out
    wrong = {
        one["subject"]
        for one in json.loads(out)["findings"]
        if one["health"] == "wrong"
    }
    assert wrong == {"address", "mail"}


def test_doctor_lists_every_setting_even_when_one_cannot_be_read(sqlite_home):
    sqlite_home.extra["SCHOOLWARD_MINIMUM_CELL"] = "2"

    process = sqlite_home.start("doctor")
    out, _ = process.communicate(timeout=120)

    assert process.returncode == 1
    assert "“2” is not a whole number from 5 to 1000" in out
    assert "SCHOOLWARD_HOME" in out
