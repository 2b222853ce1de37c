"""Uploads that may hold students wait in memory and never touch a disk."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import RequestFactory

from schoolward.exchange import upload
from schoolward.exchange.oneroster.tests.bundles import SECRETS, bundle_1_1, zipped


@pytest.fixture(autouse=True)
def _temporary(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0


def sent(name: str, content: bytes):
    file = SimpleUploadedFile(name, content)
    return RequestFactory().post("/imports/", {"file": file}).FILES["file"]


def large_bundle() -> bytes:
    rows = "".join(f"x{n},student,s1,Ondine,Quillfeather{n}\n" for n in range(20_000))
    users = "sourcedId,role,orgSourcedIds,givenName,familyName\n" + rows
    content = io.BytesIO()
    content.write(zipped(bundle_1_1(users=users)).getvalue())
    return content.getvalue()


def test_zip_waits_in_memory_and_nothing_of_it_is_written(tmp_path):
    content = large_bundle()

    got = sent("bundle.zip", content)

    assert got.read() == content
    assert upload.problem_of(got) == ""
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) == 0


def test_zip_under_another_name_waits_in_memory_too():
    handler = upload.ZipsInMemory()
    handler.new_file("file", "schools.csv", "text/csv", 10)

    assert handler.receive_data_chunk(b"PK\x03\x04", 0) is None
    assert handler.file_complete(4).read() == b"PK\x03\x04"


@pytest.mark.parametrize("name", ["StaffAssociation.xml", "StaffAssociation.xml.gz"])
def test_xml_waits_in_memory(name, tmp_path):
    got = sent(name, b"<?xml version='1.0'?><a>" + b"x" * 200_000)

    assert not isinstance(got, TemporaryUploadedFile)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) == 0


def test_other_files_go_the_usual_way():
    got = sent("schools.csv", b"School_ID,Name\n" * 20_000)

    assert isinstance(got, TemporaryUploadedFile)
    got.close()


def test_zip_too_large_for_memory_is_dropped_with_the_way_to_load_it(
    monkeypatch, tmp_path
):
    monkeypatch.setattr(upload, "ZIP_MOST", 100_000)

    got = sent("bundle.zip", large_bundle() + b"x" * 200_000)

    assert got.read() == b""
    assert "schoolward import oneroster PATH" in upload.problem_of(got)
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) == 0


def test_no_secret_is_in_the_bundle_by_accident_of_packing():
    assert not [word for word in SECRETS if word.encode() in large_bundle()]
