"""A backup is one moment, whole, and comes back the same into either database."""

import json
import os
import shutil
import signal
import subprocess
import time
import zipfile
from pathlib import Path

import pytest

from schoolward.config.backup.reading import opened
from tests.operations.homes import Home, running, wait_until


pytestmark = pytest.mark.slow

PEOPLE = """
from datetime import date, datetime, UTC
from decimal import Decimal
from schoolward.audit.models import Event
from schoolward.district.models import Person, Post, School, Unit
school = School.objects.create(name="École “Ñandú” №7\\u2028", latitude=41.88, longitude=-87.0)
unit = Unit.objects.create(name="Facilities")
people = Person.objects.bulk_create(Person(display_name=f"Person {n}", given_name="\\\\ \\t \\" \\u00e9") for n in range(2500))
Post.objects.bulk_create(Post(person=one, seat="unit_staff", unit=unit, fte=Decimal("0.50"), start_date=date(2020, 7, 1)) for one in people)
Post.objects.create(seat="principal", school=school, start_date=date(2021, 7, 1), end_date=date(2022, 7, 1))
Event.objects.create(verb="a.b.c", happened_at=datetime(2026, 1, 2, 3, 4, 5, 600001, UTC), facts={"b": 1.0, "a": 1e21, "c": [0.1, None, True, "x"], "e": 1e-7})
last = Person.objects.create(display_name="Gone")
gone = last.pk
Person._base_manager.filter(pk=gone).delete()
print(gone)
"""
NEXT_ID = """
from schoolward.district.models import Person
print(Person.objects.create(display_name="New").pk)
"""


def contents(path: Path, passphrase: str = "") -> dict:
    with opened(path, passphrase=passphrase) as backup:
        tables = backup.manifest.tables.items()
        return {label: (table.rows, table.checksum) for label, table in tables}


def test_backup_is_the_same_through_postgresql_and_back(
    sqlite_home, postgresql_home, empty_home, tmp_path
):
    gone = int(sqlite_home.python(PEOPLE))
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    sealed = ("--passphrase-stdin",)

    told = sqlite_home.json("backup", str(first), *sealed, stdin="open sesame\n")
    postgresql_home.run("restore", str(first), *sealed, stdin="open sesame\n")
    postgresql_home.run("backup", str(second))
    empty_home.run("restore", str(second))

    assert told["rows"] > 5000
    assert b"Facilities" not in first.read_bytes()
    assert contents(first, "open sesame") == contents(second)
    assert int(postgresql_home.python(NEXT_ID)) == gone + 1
    assert int(empty_home.python(NEXT_ID)) == gone + 1
    key = sqlite_home.path / "secret.key"
    assert (empty_home.path / "secret.key").read_text() == key.read_text()


WRITER = """
from datetime import datetime, UTC
from django.db import transaction
from schoolward.audit.models import Event
AT = datetime(2026, 1, 2, tzinfo=UTC)
n = 0
while True:
    n += 1
    with transaction.atomic():
        Event.objects.create(verb="pair.first", target_id=str(n), happened_at=AT)
        Event.objects.create(verb="pair.second", target_id=str(n), happened_at=AT)
"""
PAIRS = """
from schoolward.audit.models import Event
first = set(Event.objects.filter(verb="pair.first").values_list("target_id", flat=True))
second = set(Event.objects.filter(verb="pair.second").values_list("target_id", flat=True))
print(len(first), first == second)
"""


def test_backup_taken_during_writes_holds_one_moment(home, empty_home, tmp_path):
    file = tmp_path / "busy.zip"
    home.python(PEOPLE)

    with running(home, "shell", "--verbosity", "0", "-c", WRITER):
        wait_until(lambda: int(home.python(PAIRS).split()[0]) > 20)
        home.run("backup", str(file))
        during = int(home.python(PAIRS).split()[0])
    empty_home.run("restore", str(file))

    count, are_paired = empty_home.python(PAIRS).split()
    assert are_paired == "True"
    assert 20 < int(count) < during


def test_backup_refuses_to_write_over_a_file(sqlite_home, tmp_path):
    file = tmp_path / "there.zip"
    file.write_text("mine")

    assert "already there" in sqlite_home.run("backup", str(file), code=1)
    assert file.read_text() == "mine"


def test_restore_refuses_what_it_cannot_bring_back(sqlite_home, tmp_path):
    file = tmp_path / "a.zip"
    sqlite_home.run("backup", str(file), "--passphrase-stdin", stdin="right\n")
    open_file = tmp_path / "open.zip"
    sqlite_home.run("backup", str(open_file))
    restore = ("restore", "--replace")
    name = sqlite_home.python

    newer = rewritten(open_file, "manifest.json", _from_the_future)
    assert "newer" in sqlite_home.run(*restore, str(newer), code=1)
    other = rewritten(open_file, "tables/district.district", _renamed)
    assert "does not hold what" in sqlite_home.run(*restore, str(other), code=1)
    wrong = sqlite_home.run(
        *restore, str(file), "--passphrase-stdin", stdin="wrong\n", code=1
    )
    assert "passphrase" in wrong
    assert "--replace" in sqlite_home.run("restore", str(open_file), code=1)
    assert name(DISTRICT) == "Lake"


DISTRICT = """
from schoolward.district.models import District
print(District.objects.get().name)
"""


def rewritten(source: Path, member: str, change) -> Path:
    """Copy a backup with one member changed."""
    target = source.with_name(f"{change.__name__}.zip")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            held = old.read(name)
            new.writestr(name, change(held) if name == member else held)
    return target


def _from_the_future(held: bytes) -> bytes:
    told = json.loads(held)
    told["version"] = "9.0.0"
    told["migrations"].append("district.0999_of_a_later_year")
    return json.dumps(told).encode()


def _renamed(held: bytes) -> bytes:
    return held.replace(b'"Lake"', b'"Pond"')


def test_restore_refuses_while_the_worker_runs(sqlite_home, tmp_path):
    file = tmp_path / "a.zip"
    sqlite_home.run("backup", str(file))

    with running(sqlite_home, "worker"):
        wait_until((sqlite_home.path / "locks" / "running").exists)
        time.sleep(1)
        refused = sqlite_home.run("restore", "--replace", str(file), code=1)

    assert "Stop" in refused


def test_restored_demo_stays_a_demo(sqlite_home, empty_home, tmp_path):
    file = tmp_path / "demo.zip"
    sqlite_home.python(
        "from datetime import date, datetime, UTC\n"
        "from schoolward.base.models import DemoMark\n"
        "DemoMark.objects.create(pk=1, built_at=datetime(2026, 1, 1, tzinfo=UTC), "
        "today=date(2026, 11, 19), seed=1)"
    )
    sqlite_home.run("backup", str(file))

    told = empty_home.json("restore", str(file))

    assert told["is_demo"]
    found = empty_home.json("doctor")["findings"]
    assert any(one["subject"] == "demo" for one in found)


def test_restore_killed_at_any_moment_leaves_the_old_or_the_new(home, tmp_path):
    file = tmp_path / "other.zip"
    other = Home(shutil.copytree(home.path, tmp_path / "other"))
    if home.database_url:
        shutil.rmtree(other.path)
        other.found("Pond")
    else:
        other.python(DISTRICT.replace("print(District.objects.get().name)", RENAME))
    other.run("backup", str(file))

    for seconds in (3.0, 5.0, 8.0):
        process = home.start("restore", "--replace", str(file))
        try:
            process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
        assert home.python(DISTRICT) in {"Lake", "Pond"}
    home.run("restore", "--replace", str(file))

    assert home.python(DISTRICT) == "Pond"


RENAME = 'District.objects.update(name="Pond")'


def test_upgrade_backs_up_the_old_tables_and_says_how_to_go_back(sqlite_home):
    sqlite_home.run("migrate", "exchange", "zero", "--skip-checks")

    told = sqlite_home.json("upgrade")

    assert told["changes"]
    assert "exchange.savedmap" not in contents(Path(told["backup"]))
    assert sqlite_home.json("upgrade")["changes"] == []
    sqlite_home.run("restore", "--replace", told["backup"])
    assert sqlite_home.python(DISTRICT) == "Lake"
