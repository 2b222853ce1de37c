"""Descriptors mean what the table says, and a district's own lines win."""

import pytest

from schoolward.exchange.domain import MapError
from schoolward.exchange.edfi.descriptors import OWN_FILE, code_of, read_descriptors


def test_a_code_is_known_by_itself_and_by_its_address():
    descriptors = read_descriptors()

    for written in (
        "Principal",
        "uri://ed-fi.org/StaffClassificationDescriptor#PRINCIPAL",
    ):
        assert descriptors.meaning("seats", written) == "principal"
    assert descriptors.meaning("seats", "Teacher") == ""


def test_a_district_adds_its_own_lines(tmp_path):
    (tmp_path / OWN_FILE).write_text(
        '[central_seats]\n"uri://lake.org/X#Network Chief" = "ild"\n'
        '[seats]\n"School Administrator" = "principal"\n'
    )

    descriptors = read_descriptors(tmp_path)

    assert (
        descriptors.meaning("central_seats", "uri://lake.org/X#Network Chief") == "ild"
    )
    assert descriptors.meaning("seats", "School Administrator") == "principal"
    assert descriptors.meaning("seats", "Principal") == "principal"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[chairs]\n"x" = "y"\n', "has no use for “chairs”"),
        ('[seats]\n"x" = "boss"\n', "“boss” is not one of"),
        ("[seats\n", "cannot be read"),
        ("seats = 1\n", "has no use for “seats”"),
    ],
)
def test_a_table_that_cannot_be_followed_is_refused_with_its_line(tmp_path, text, said):
    (tmp_path / OWN_FILE).write_text(text)

    with pytest.raises(MapError, match=said):
        read_descriptors(tmp_path)


def test_code_of_a_bare_code_is_itself():
    assert code_of(" Fall ") == "Fall"
