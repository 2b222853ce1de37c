"""The doctor tells a fault from a thing to look at, and hides secrets."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from schoolward.base.models import Backup, Job, JobState
from schoolward.config import installation
from schoolward.config.doctor import database, home, keeping, report, seen, service
from schoolward.config.doctor.findings import Health
from schoolward.district.models import District


AT = datetime(2026, 11, 19, 9, 0, tzinfo=UTC)


def health_of(found, subject: str) -> list[Health]:
    return [one.health for one in found if one.subject == subject]


def test_settings_hide_secrets_and_say_where_each_comes_from():
    told = seen.settings_seen({"DATABASE_URL": "postgres://u:hunter2@h/d"})

    by_name = {one.name: one for one in told}
    assert by_name["DATABASE_URL"].value == seen.HIDDEN
    assert by_name["DATABASE_URL"].origin == "environment"
    assert by_name["PORT"].origin == "default"


def test_settings_that_cannot_be_read_are_wrong_with_what_to_change():
    [found] = seen.problems(seen.settings_seen({"PORT": "eighty"}))

    assert found.health is Health.WRONG
    assert "PORT" in found.remedy


def test_home_that_cannot_be_written_is_wrong(tmp_path):
    assert health_of(home.look_at_home(tmp_path / "none"), "home") == [Health.WRONG]


def test_home_that_others_can_read_is_worth_a_look(tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "secret.key").write_text("key")
    (tmp_path / "secret.key").chmod(0o644)

    assert Health.LOOK in health_of(home.look_at_home(tmp_path), "home")

    tmp_path.chmod(0o700)
    assert health_of(home.look_at_home(tmp_path), "home") == [Health.FINE]


@pytest.mark.parametrize(
    ("gigabytes", "health"), [(0.5, "wrong"), (3, "look"), (50, "fine")]
)
def test_disk_is_judged_by_what_is_free(tmp_path, monkeypatch, gigabytes, health):
    free = int(gigabytes * home.GIGABYTE)
    usage = type("Usage", (), {"free": free})
    monkeypatch.setattr(home.shutil, "disk_usage", lambda _: usage)

    assert health_of(home.look_at_home(tmp_path), "disk") == [Health(health)]


@pytest.mark.parametrize(
    ("url", "hosts", "is_wrong"),
    [
        ("https://a.example.org", ["a.example.org"], False),
        ("https://a.example.org", [".example.org"], False),
        ("https://a.example.org", ["b.example.org"], True),
        ("http://a.example.org", ["a.example.org"], True),
        ("http://localhost:8000", ["localhost"], False),
    ],
)
def test_address_must_be_allowed_and_secure(settings, url, hosts, is_wrong):
    settings.SCHOOLWARD_URL, settings.ALLOWED_HOSTS = url, hosts

    assert report.is_broken(service.look_at_address()) is is_wrong


@pytest.mark.django_db
def test_database_fits_and_answers():
    assert not report.is_broken(database.look_at_database())


@pytest.mark.django_db
def test_district_is_missing_before_init():
    assert health_of(database.look_at_district(), "district") == [Health.WRONG]

    District.objects.create(pk=1, name="Lake", time_zone="America/Chicago")

    assert health_of(database.look_at_district(), "district") == [Health.FINE]


@pytest.mark.django_db
def test_worker_is_wrong_only_when_jobs_wait_for_it():
    beat = installation.worker_beat()
    beat.unlink(missing_ok=True)
    assert health_of(service.look_at_worker(at=AT), "worker") == [Health.LOOK]

    Job.objects.create(name="base.say", asked_at=AT)
    assert health_of(service.look_at_worker(at=AT), "worker") == [Health.WRONG]

    beat.parent.mkdir(parents=True, exist_ok=True)
    beat.touch()
    os.utime(beat, (AT.timestamp(), AT.timestamp()))
    assert health_of(service.look_at_worker(at=AT), "worker") == [Health.FINE]


@pytest.mark.django_db
def test_failed_jobs_of_the_week_are_worth_a_look():
    Job.objects.create(name="base.say", asked_at=AT, ended_at=AT, state=JobState.FAILED)

    assert health_of(service.look_at_worker(at=AT), "jobs") == [Health.LOOK]
    later = AT + timedelta(days=8)
    assert health_of(service.look_at_worker(at=later), "jobs") == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "health"),
    [
        ({}, "fine"),
        ({"problem": "No space left"}, "wrong"),
        ({"begun_at": AT - timedelta(days=5)}, "look"),
    ],
)
def test_backup_is_judged_by_the_last_one(changed, health):
    told = {"begun_at": AT, "ended_at": AT, "path": "/b.zip"}
    Backup.objects.create(**told | changed)

    found = keeping.look_at_backups(at=AT + timedelta(hours=1))

    assert health_of(found, "backup") == [Health(health)]


@pytest.mark.django_db
def test_warehouse_without_files_is_fine():
    assert health_of(keeping.look_at_warehouse(), "warehouse") == [Health.FINE]
