"""Folders and zips: what is damaged, dangerous or missing is said in a sentence."""

import io
import zipfile

import pytest

from schoolward.exchange import bundles
from schoolward.exchange.bundles import open_bundle
from schoolward.exchange.domain import UnreadableFileError
from schoolward.exchange.oneroster.roster import open_roster
from schoolward.exchange.oneroster.tests.bundles import (
    bundle_1_1,
    in_folder,
    manifest,
    zipped,
)
from schoolward.exchange.sheets.limits import Limits


def problem_of(source, limits=None) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read_all(source, limits)
    return str(caught.value)


def read_all(source, limits) -> None:
    with open_roster(source, name="bundle.zip", limits=limits) as roster:
        list(roster.staff())
        list(roster.sessions())
        assert roster.orgs


def test_folder_reads_as_its_zip_does(tmp_path):
    in_folder(tmp_path, bundle_1_1())

    with open_roster(tmp_path) as folder, open_roster(zipped(bundle_1_1())) as packed:
        assert list(folder.staff()) == list(packed.staff())


def test_files_in_a_folder_inside_the_zip_are_found():
    files = {f"export/2026/{name}": text for name, text in bundle_1_1().items()}

    with open_roster(zipped(files)) as roster:
        assert len(list(roster.staff())) == 6


def test_what_operating_systems_add_is_not_seen():
    files = {**bundle_1_1(), "__MACOSX/users.csv": "x", ".DS_Store": "x"}

    with open_roster(zipped(files)) as roster:
        assert len(list(roster.staff())) == 6


@pytest.mark.parametrize("path", ["../users.csv", "/etc/users.csv", "C:/users.csv"])
def test_zip_whose_paths_lead_out_is_refused(path):
    assert "leads out of it" in problem_of(zipped({**bundle_1_1(), path: "x"}))


def test_folder_whose_link_leads_out_is_refused(tmp_path):
    outside = tmp_path / "outside.csv"
    outside.write_text("x")
    inside = tmp_path / "bundle"
    inside.mkdir()
    in_folder(inside, bundle_1_1())
    (inside / "roles.csv").symlink_to(outside)

    assert "leads out of it" in problem_of(inside)


def test_two_files_of_one_name_are_refused():
    files = {**bundle_1_1(), "old/users.csv": "x"}

    assert "users.csv twice" in problem_of(zipped(files))


def test_zip_that_unpacks_to_too_much_is_refused():
    files = bundle_1_1(users="sourcedId,role\n" + "0" * 3_000_000)

    assert "unpacks to more than 2 MB" in problem_of(
        zipped(files), Limits(unpacked_bytes=2 * 1024 * 1024)
    )


def test_zip_that_lies_about_a_size_is_refused():
    content = bytearray(zipped(bundle_1_1()).getvalue())
    place = content.rfind(b"PK\x01\x02")
    while b"users.csv" not in content[place : place + 60]:
        place = content.rfind(b"PK\x01\x02", 0, place)
    content[place + 24 : place + 28] = (10).to_bytes(4, "little")

    assert problem_of(io.BytesIO(bytes(content)))


def test_zip_with_too_large_a_directory_is_refused(monkeypatch):
    monkeypatch.setattr(bundles, "MEMBERS_MOST", 3)

    assert "more than 3 files" in problem_of(zipped(bundle_1_1()))


def test_damaged_zip_is_refused():
    content = zipped(bundle_1_1()).getvalue()

    assert "damaged" in problem_of(io.BytesIO(content[: len(content) // 2]))


def test_zip_with_a_damaged_member_is_refused():
    content = bytearray(zipped(bundle_1_1()).getvalue())
    start = content.find(b"users.csv") + 40
    content[start : start + 60] = bytes(60)

    assert "damaged" in problem_of(io.BytesIO(bytes(content)))


def test_zip_under_a_password_is_refused():
    content = bytearray(zipped(bundle_1_1()).getvalue())
    place = 0
    while (place := content.find(b"PK\x01\x02", place + 1)) > 0:
        content[place + 8] |= 1
    for place in (
        i for i in range(len(content)) if content[i : i + 4] == b"PK\x03\x04"
    ):
        content[place + 6] |= 1

    assert "password" in problem_of(io.BytesIO(bytes(content)))


def test_missing_path_is_refused(tmp_path):
    assert "There is no file or folder" in problem_of(tmp_path / "nothing.zip")


def test_file_that_is_no_zip_is_a_bundle_of_itself(tmp_path):
    path = tmp_path / "users.csv"
    path.write_text("sourcedId\n")

    with open_bundle(path) as bundle:
        assert [member.file_name for member in bundle.members] == ["users.csv"]
    assert "has no manifest.csv" in problem_of(path)


MANIFESTS = {
    "has no manifest.csv": None,
    "says OneRoster 2.0": manifest("2.0", users="bulk"),
    "does not say which version": "propertyName,value\nfile.users,bulk\n",
    "says “full” of users.csv": manifest("1.1", users="full"),
    "says that roles.csv is in the bundle": manifest("1.1", roles="bulk"),
    "neither orgs, users nor": manifest("1.1", users="absent"),
    "lacks the heading value": "propertyName\nx\n",
    "is empty": "\n",
}


@pytest.mark.parametrize(("said", "text"), MANIFESTS.items())
def test_manifest_that_disagrees_with_its_bundle_is_refused(said, text):
    files = bundle_1_1(manifest=text or "")
    if text is None:
        del files["manifest.csv"]

    assert said in problem_of(zipped(files))


def test_file_that_the_manifest_calls_absent_is_not_read_but_noted():
    files = bundle_1_1(manifest=manifest("1.1", users="absent", orgs="bulk"))

    with open_roster(zipped(files)) as roster:
        assert not list(roster.staff())
        assert roster.manifest.notes == (
            "users.csv is in the bundle but was not read: manifest.csv says that it is absent.",
            "academicsessions.csv is in the bundle but was not read: manifest.csv does not name it.",
        )


def test_versions_with_a_third_number_are_known():
    with open_roster(
        zipped(bundle_1_1(manifest=manifest("1.1.3", users="bulk")))
    ) as one:
        assert one.manifest.version == "1.1"


def test_quote_that_never_closes_is_refused_without_repeating_rows():
    users = (
        'sourcedId,role,orgSourcedIds,givenName,familyName\nstu-9001,student,s1,"Ondine,Q\n'
        + "x,y\n" * 600
    )

    problem = problem_of(zipped(bundle_1_1(users=users)))

    assert "never closed" in problem
    assert "Ondine" not in problem


def test_zip_64_is_read():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in bundle_1_1().items():
            with archive.open(name, "w", force_zip64=True) as member:
                member.write(text.encode())
    content.seek(0)

    with open_roster(content) as roster:
        assert len(list(roster.staff())) == 6


def test_zip_with_a_directory_of_the_64_bit_kind_is_looked_at_before_it_is_read():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for number in range(66_000):
            archive.writestr(f"{number}", b"")

    assert "more than 10,000 files" in problem_of(content)
