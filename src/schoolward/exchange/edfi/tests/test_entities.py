"""XML is read as a stream, without entities, and never more than a limit at once."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolward.exchange.bundles import open_bundle
from schoolward.exchange.domain import UnreadableFileError
from schoolward.exchange.edfi import entities as module
from schoolward.exchange.edfi.delivery import find_interchanges
from schoolward.exchange.edfi.entities import Reading, entities
from schoolward.exchange.edfi.filtering import is_edfi, keep_filtered
from schoolward.exchange.edfi.tests.interchanges import ED_FI, FILES, SECRETS, STAFF


OPEN, CLOSE = f"<InterchangeStaffAssociation {ED_FI}>", "</InterchangeStaffAssociation>"
quick = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


def read(content: bytes | str, name: str = "Staff.xml") -> list:
    """Return every entity of every interchange in some bytes."""
    content = content.encode() if isinstance(content, str) else content
    with open_bundle(io.BytesIO(content), name=name) as bundle:
        found = find_interchanges(bundle)
        return [
            entity
            for members in found.members.values()
            for member in members
            for entity in entities(bundle, member, reading=Reading(name="x"))
        ]


def problem_of(content: bytes | str) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read(content)
    return str(caught.value)


def packed(files: dict[str, str]) -> io.BytesIO:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    content.seek(0)
    return content


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    f"{OPEN}<Staff><StaffUniqueId>&b;</StaffUniqueId></Staff>{CLOSE}"
)
OUTSIDE = f'<!DOCTYPE x SYSTEM "file:///etc/passwd">{OPEN}{CLOSE}'


@pytest.mark.parametrize("content", [BOMB, OUTSIDE])
def test_document_types_and_entities_are_refused(content):
    assert "declares a document type or entities" in problem_of(content)


@pytest.mark.parametrize(
    "content", ["", "plain words", "<a/>", STAFF[: len(STAFF) // 2], "\x00\x01"]
)
def test_what_is_no_interchange_is_refused(content):
    assert problem_of(content)


def test_only_wanted_elements_of_wanted_entities_are_built():
    read_staff = repr(read(STAFF))

    assert "Ana" in read_staff
    assert not [word for word in SECRETS if word in read_staff]


def test_one_entity_that_never_ends_is_refused(monkeypatch):
    monkeypatch.setattr(module, "ENTITY_BYTES", 100_000)

    endless = f"{OPEN}<Staff><Name><FirstName>" + "x" * 400_000

    assert "larger than any" in problem_of(endless)


@pytest.mark.parametrize("part", ["<Name></Name>", "<Unwanted></Unwanted>"])
def test_one_entity_of_too_many_parts_is_refused_or_passed_over(part):
    content = f"{OPEN}<Staff>{part * 6_000}</Staff>{CLOSE}"

    if part == "<Name></Name>":
        assert "larger than any" in problem_of(content)
    else:
        assert len(read(content)) == 1


@pytest.mark.parametrize("tag", ["Name", "Unwanted"])
def test_elements_too_deep_are_refused(tag):
    deep = f"<{tag}>" * 60 + f"</{tag}>" * 60

    assert "larger than any" in problem_of(f"{OPEN}<Staff>{deep}</Staff>{CLOSE}")


def test_many_names_of_unknown_entities_are_refused():
    many = "".join(f"<X{number}/>" for number in range(6_000))

    assert "larger than any" in problem_of(f"{OPEN}{many}{CLOSE}")


def test_text_is_cut_and_memory_does_not_grow_with_it():
    (entity,) = read(
        f"{OPEN}<Staff><StaffUniqueId>{'9' * 50_000}</StaffUniqueId></Staff>{CLOSE}"
    )

    assert len(entity.node.value("StaffUniqueId")) <= module.TEXT_MOST


def test_a_bundle_of_student_files_alone_is_refused():
    students = f"<InterchangeStudentAttendance {ED_FI}></InterchangeStudentAttendance>"

    assert "none of the interchanges" in problem_of(students)


def test_filtered_upload_reads_as_the_upload_did_and_holds_nothing_private(tmp_path):
    upload = packed({**FILES, "Student.xml": "<InterchangeStudent/>"})

    kept = keep_filtered(upload, tmp_path, name="up.zip")

    with zipfile.ZipFile(kept) as archive:
        content = "".join(archive.read(name).decode() for name in archive.namelist())
    assert not [word for word in SECRETS if word in content]
    assert [str(one) for one in read(kept.read_bytes())] == [
        str(one) for one in read(upload.getvalue())
    ]


def test_upload_that_cannot_be_read_leaves_nothing(tmp_path):
    with pytest.raises(UnreadableFileError):
        keep_filtered(packed({"a.txt": "x"}), tmp_path, name="up.zip")

    assert not list(tmp_path.iterdir())


def test_interchanges_are_known_by_their_first_element():
    assert is_edfi(packed(FILES), name="up.zip")
    assert is_edfi(io.BytesIO(STAFF.encode()), name="Staff.xml")
    assert not is_edfi(io.BytesIO(b"<html/>"), name="page.xml")
    assert not is_edfi(io.BytesIO(b"a,b"), name="a.csv")
    assert not is_edfi(io.BytesIO(b"PK\x03\x04"), name="a.zip")


@quick
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_a_sentence(content):
    _read_or_refuse(content)


@quick
@given(place=st.integers(0, len(STAFF) - 1), byte=st.integers(0, 255))
def test_one_wrong_byte_is_read_or_refused_in_a_sentence(place, byte):
    content = bytearray(STAFF.encode())
    content[place] = byte

    _read_or_refuse(bytes(content))


@quick
@given(cut=st.integers(0, len(STAFF)))
def test_what_breaks_off_is_read_or_refused_in_a_sentence(cut):
    _read_or_refuse(STAFF[:cut].encode())


def _read_or_refuse(content: bytes) -> None:
    try:
        read(content)
    except UnreadableFileError as problem:
        assert str(problem).endswith(".")  # noqa: PT017
