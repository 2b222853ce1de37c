"""From interchanges to the district, and nothing private of staff on the way."""

import io
import json
from datetime import date

import pytest
from django.core.management import call_command

from schoolward.base import clock
from schoolward.district.models import DayException, Membership, Person, Post, School
from schoolward.exchange.edfi.tests.interchanges import SECRETS, in_folder
from schoolward.exchange.oneroster.tests.test_load import database
from tests.sample_data import sample


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, monkeypatch):
    settings.SCHOOLWARD_HOME = tmp_path / "home"
    settings.SCHOOLWARD_HOME.mkdir()
    monkeypatch.setattr(clock, "today", lambda: date(2026, 11, 19))


def imported(path) -> tuple[int, dict]:
    out, code = io.StringIO(), 0
    try:
        call_command("import", "edfi", str(path), "--json", stdout=out)
    except SystemExit as left:
        code = int(left.code or 0)
    return code, json.loads(out.getvalue())


def count(model, **facts) -> int:
    return model.objects.unscoped(reason="test").filter(**facts).count()


@pytest.fixture
def given(tmp_path):
    folder = tmp_path / "given"
    folder.mkdir()
    return in_folder(folder)


def test_interchanges_load_into_the_district(given):
    code, told = imported(given)

    assert (code, told["refused"]) == (0, [])
    assert count(School) == 2
    assert count(Person) == 2
    assert count(Membership, network__name="North") == 1
    assert count(Post, seat="principal", person__isnull=True) == 1
    assert count(Post, seat="ild", person__display_name="Bo Kim") == 1
    assert count(DayException, school=None, kind="holiday") == 1
    assert count(DayException, school__isnull=False, kind="pd") == 1


def test_the_same_interchanges_twice_change_nothing(given):
    imported(given)

    code, told = imported(given)

    assert code == 0
    assert (told["new"], told["changed"], told["ended"]) == (0, 0, 0)


def test_an_assignment_that_begins_later_is_a_post_that_begins_later(given):
    path = given / "StaffAssociation.xml"
    begins = "<BeginDate>2025-07-01</BeginDate>"
    path.write_text(
        path.read_text().replace(begins, "<BeginDate>2027-01-04</BeginDate>")
    )

    code, told = imported(given)

    assert (code, told["refused"]) == (0, [])
    assert count(Post, seat="ild", start_date=date(2027, 1, 4), end_date=None) == 1
    _, again = imported(given)
    assert (again["new"], again["changed"], again["ended"]) == (0, 0, 0)


def test_private_facts_of_staff_are_in_no_table(given):
    imported(given)

    kept = database()
    assert "Diaz" in kept
    assert not [word for word in SECRETS if word in kept]


@pytest.mark.real
def test_grand_bend_loads_whole():
    code, told = imported(sample("edfi/EducationOrganization.xml.gz").parent)

    assert (code, told["refused"]) == (0, [])
    assert (count(School), count(Person)) == (3, 68)
    assert count(Post, seat="principal") == 3
