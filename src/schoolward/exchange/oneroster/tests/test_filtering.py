"""What an upload leaves behind reads as the upload did, and holds no student."""

import zipfile
from datetime import date

import pytest

from schoolward.district.tests.factories import ExternalIdFactory, PersonFactory
from schoolward.exchange.domain import UnreadableFileError
from schoolward.exchange.oneroster import filtering
from schoolward.exchange.oneroster.delivery import open_delivery
from schoolward.exchange.oneroster.tests.bundles import (
    SECRETS,
    bundle_1_1,
    bundle_1_2,
    in_folder,
    manifest,
    zipped,
)
from schoolward.exchange.sheets.limits import Limits


pytestmark = pytest.mark.django_db


def delivered(path):
    with open_delivery(
        path,
        name="bundle.zip",
        limits=Limits(),
        as_of=date(2026, 7, 1),
        today=date(2026, 11, 19),
        answers={"principals": "a1"},
    ) as delivery:
        items = [
            {"item": type(one).__name__, **getattr(one, "fields", {"said": str(one)})}
            for one in delivery.items
            if type(one).__name__ != "Refusal"
        ]
        return items, delivery.ignored_columns, delivery.ids, delivery.complete


@pytest.mark.parametrize("bundle", [bundle_1_1, bundle_1_2])
def test_filtered_bundle_reads_as_the_upload_did(bundle, tmp_path):
    files = bundle(
        orgs=bundle()["orgs.csv"].replace("identifier", "identifier,ext_x", 1)
    )
    whole = tmp_path / "whole"
    whole.mkdir()
    in_folder(whole, files)

    kept = filtering.keep_filtered(zipped(files), tmp_path, name="bundle.zip")

    assert _sorted(delivered(kept)) == _sorted(delivered(whole))


def _sorted(told):
    items, *rest = told
    return sorted(map(str, items)), *rest


@pytest.mark.parametrize("bundle", [bundle_1_1, bundle_1_2])
def test_filtered_bundle_holds_no_student_family_or_password(bundle, tmp_path):
    kept = filtering.keep_filtered(zipped(bundle()), tmp_path, name="bundle.zip")

    with zipfile.ZipFile(kept) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "Ana" in content or "Anita" in content
    assert not [word for word in SECRETS if word in content]


def test_equal_uploads_leave_equal_files(tmp_path):
    one = filtering.keep_filtered(zipped(bundle_1_2()), tmp_path, name="a.zip")
    two = filtering.keep_filtered(zipped(bundle_1_2()), tmp_path, name="b.zip")

    assert one.read_bytes() == two.read_bytes()


def test_upload_that_cannot_be_read_leaves_nothing(tmp_path):
    files = bundle_1_1(users="sourcedId,givenName,familyName\nstu-9001,Ondine,Q\n")

    with pytest.raises(UnreadableFileError):
        filtering.keep_filtered(zipped(files), tmp_path, name="bundle.zip")

    assert not list(tmp_path.iterdir())


def test_people_known_from_before_are_kept_of_a_delta(tmp_path):
    person = PersonFactory()
    ExternalIdFactory(source="lakeside-sis", kind="person", value="a1", person=person)
    files = bundle_1_1(
        users="sourcedId,status,role,givenName,familyName\na1,tobedeleted,,,\nstu-9001,tobedeleted,,,\n",
        manifest=manifest("1.1", users="delta"),
    )

    kept = filtering.keep_filtered(zipped(files), tmp_path, name="bundle.zip")

    items, *_ = delivered(kept)
    assert {"item": "Record", "person_id": "a1", "gone": True} in items


def test_bundle_is_known_by_its_files_and_left_at_its_start():
    upload = zipped(bundle_1_1())

    assert filtering.is_oneroster(upload)
    assert upload.tell() == 0
    assert not filtering.is_oneroster(zipped({"xl/workbook.xml": ""}))
    assert not filtering.is_oneroster(zipped({}))
