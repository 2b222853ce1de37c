"""From a bundle to people in the district; and nowhere a student, a family or a password."""

import io
import json
import logging
import tempfile
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from schoolward.access.tests.factories import client_for
from schoolward.audit.models import Load
from schoolward.base import clock
from schoolward.district.models import ExternalId, Person, Post, School, Term, Unit
from schoolward.exchange.models import KeptAnswer
from schoolward.exchange.oneroster.tests.bundles import (
    SECRETS,
    USERS_1_1,
    bundle_1_1,
    bundle_1_2,
    in_folder,
    manifest,
    zipped,
)
from schoolward.exchange.tests.test_pages import work
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def places(settings, tmp_path, monkeypatch):
    """Give the test a home and a temporary folder of its own."""
    home, temporary = tmp_path / "home", tmp_path / "tmp"
    home.mkdir()
    temporary.mkdir()
    settings.SCHOOLWARD_HOME = home
    settings.FILE_UPLOAD_TEMP_DIR = str(temporary)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 19))
    return tmp_path


def imported(path, *arguments) -> tuple[int, dict]:
    """Load a bundle by the command; return its exit code and what it printed."""
    out, code = io.StringIO(), 0
    try:
        call_command("import", "oneroster", str(path), *arguments, "--json", stdout=out)
    except SystemExit as left:
        code = int(left.code or 0)
    return code, json.loads(out.getvalue())


def folder_of(places, files, name="bundle"):
    folder = places / "given" / name
    folder.mkdir(parents=True)
    return in_folder(folder, files)


def posts() -> set[tuple[str, str, str]]:
    rows = Post.objects.unscoped(reason="test").filter(end_date=None)
    return {
        (
            post.person.display_name,
            post.seat,
            (post.school or post.unit).name,
        )
        for post in rows.select_related("person", "school", "unit")
        if post.person
    }


def names() -> set[str]:
    rows = Person.objects.unscoped(reason="test")
    return set(rows.values_list("display_name", flat=True))


def database() -> str:
    """Return every cell of every table as one text."""
    cells: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            cells += [str(cell) for row in cursor.fetchall() for cell in row]
    return "\n".join(cells)


def disk(*folders) -> bytes:
    """Return the content of every file, zips unpacked by reading their members raw."""
    found = b""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                found += path.read_bytes() + path.name.encode()
    return found


def assert_no_secret(places, logged: str) -> None:
    everywhere = database() + logged
    kept = disk(places / "home", places / "tmp")

    assert "Diaz" in everywhere
    assert not [word for word in SECRETS if word in everywhere]
    assert not [word for word in SECRETS if word.encode() in kept]


def test_a_bundle_of_1_1_loads_once_it_is_said_who_is_principal(places):
    folder = folder_of(places, bundle_1_1())

    code, told = imported(folder)
    assert (code, told["answer"]) == (4, "principals")
    assert set(told["options"]) == {"a1", "a2", "a3"}
    assert not School.objects.unscoped(reason="test").exists()

    code, told = imported(folder, "--answer", "principals=a1,a2")

    assert (code, told["refused"]) == (0, [])
    assert names() == {"Ana Diaz", "Bo Kim", "Cy Lee", "Di Ray", "Ed Tan"}
    assert posts() == {
        ("Ana Diaz", "principal", "Lincoln High School"),
        ("Bo Kim", "principal", "Park Elementary School"),
        ("Cy Lee", "unit_staff", "Lakeside District"),
        ("Di Ray", "unit_staff", "Facilities"),
    }
    facilities = Unit.objects.unscoped(reason="test").get(name="Facilities")
    assert facilities.parent.name == "Lakeside District"
    assert Term.objects.unscoped(reason="test").count() == 2


def test_one_person_at_two_schools_is_one_and_known_by_both_ids(places):
    imported(folder_of(places, bundle_1_1()), "--answer", "principals=a1")

    ids = ExternalId.objects.unscoped(reason="test").filter(
        person__display_name="Ed Tan", source="lakeside-sis"
    )
    assert set(ids.values_list("value", flat=True)) >= {"t1", "t1b"}


def test_the_same_bundle_twice_changes_nothing_and_asks_nothing(places):
    folder = folder_of(places, bundle_1_1())
    imported(folder, "--answer", "principals=a1,a2")
    before = posts()

    code, told = imported(folder)

    assert code == 0
    assert (told["new"], told["changed"], told["ended"]) == (0, 0, 0)
    assert posts() == before
    assert KeptAnswer.objects.count() == 3


def test_a_bundle_of_1_2_loads_without_a_question(places):
    code, told = imported(folder_of(places, bundle_1_2()))

    assert (code, told["refused"]) == (0, [])
    assert posts() == {
        ("Anita Diaz", "principal", "Lincoln High School"),
        ("Di Ray", "unit_staff", "Facilities"),
    }


def test_a_delta_ends_whom_it_deletes_and_leaves_the_others(places):
    imported(folder_of(places, bundle_1_1()), "--answer", "principals=a1,a2")
    header = USERS_1_1.splitlines()[0]
    width = header.count(",")
    gone = "a2,tobedeleted,2026-11-18T09:00:00Z" + "," * (width - 2)
    delta = {
        "manifest.csv": manifest("1.1", users="delta"),
        "users.csv": f"{header}\n{gone}\n",
    }

    code, told = imported(folder_of(places, delta, "delta"), "--allow-change")

    assert (code, told["refused"]) == (0, [])
    assert ("Bo Kim", "principal", "Park Elementary School") not in posts()
    assert ("Ana Diaz", "principal", "Lincoln High School") in posts()


@pytest.mark.parametrize("bundle", [bundle_1_1, bundle_1_2])
def test_no_student_family_or_password_is_kept_after_a_load_by_command(
    places, bundle, caplog
):
    caplog.set_level(logging.DEBUG)

    code, told = imported(
        folder_of(places, bundle()), "--answer", "principals=proposed"
    )

    assert code == 0
    assert told["set_aside"] >= 2
    assert_no_secret(places, caplog.text + json.dumps(told))


def test_no_student_family_or_password_is_kept_after_an_upload(places, caplog):
    caplog.set_level(logging.DEBUG)
    analyst = client_for(Seat.ANALYST)
    file = SimpleUploadedFile("bundle.zip", zipped(bundle_1_2()).getvalue())

    analyst.post(reverse("exchange:new"), {"target": "oneroster", "file": file})
    assert_no_secret_on_disk(places)
    work("exchange.prepare")
    load = Load.objects.get()
    analyst.post(reverse("exchange:make_so", args=[load.pk]))
    work("exchange.load")

    load.refresh_from_db()
    assert load.state == "loaded"
    assert "Anita Diaz" in names()
    assert_no_secret(places, caplog.text)


def assert_no_secret_on_disk(places) -> None:
    kept = disk(places / "home", places / "tmp")
    assert not [word for word in SECRETS if word.encode() in kept]


@pytest.mark.parametrize("name", ["bundle.zip", "schools.csv", "schools.xlsx"])
@pytest.mark.parametrize("field", ["file", "crosswalk"])
def test_a_bundle_sent_as_something_else_never_lies_on_the_disk(places, name, field):
    analyst = client_for(Seat.ANALYST)
    table = SimpleUploadedFile("schools.csv", b"ID,Name\n1,Ames\n")
    bundle = SimpleUploadedFile(name, _stored(bundle_1_1()))
    files = {"file": table, field: bundle}

    response = analyst.post(reverse("exchange:new"), {"target": "schools", **files})

    assert response.status_code == 422
    assert "OneRoster bundle" in response.content.decode()
    assert_no_secret_on_disk(places)
    assert not Load.objects.exists()


def _stored(files: dict[str, str]) -> bytes:
    """Return a zip whose members are not packed, so that names in it can be searched."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def test_the_search_for_secrets_finds_what_is_there(places):
    (places / "home" / "leak.txt").write_text(SECRETS[0])

    with pytest.raises(AssertionError):
        assert_no_secret_on_disk(places)
