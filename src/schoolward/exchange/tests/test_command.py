"""`schoolward import`: what it prints, and the code it leaves with."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from schoolward.audit.models import Load, LoadState
from schoolward.district.models import School
from schoolward.exchange.tests.conftest import SCHOOLS_MAP


pytestmark = pytest.mark.django_db
HEAD = "ID,Name,Phone,Network\n"


@pytest.fixture
def files(tmp_path):
    """Return a function that writes a file and returns its path."""

    def write(name, text):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


@pytest.fixture
def map_path(files):
    return files("ours.toml", SCHOOLS_MAP)


def run(*arguments):
    """Run the command; return its exit code and what it printed."""
    out = StringIO()
    code = 0
    try:
        call_command("import", *arguments, stdout=out, skip_checks=True)
    except SystemExit as left:
        code = left.code
    return code, out.getvalue()


def run_json(*arguments):
    code, said = run(*arguments, "--json")
    return code, json.loads(said)


def schools():
    return School.objects.unscoped(reason="a test looks").count()


def test_a_clean_load_leaves_with_0(files, map_path):
    path = files("SY1819.csv", HEAD + "1,Ames,,North\n")

    code, told = run_json("schools", path, "--map", map_path)

    assert (code, told["new"], told["as_of"]) == (0, 1, "2018-07-01")
    assert told["refused"] == []
    assert Load.objects.get(pk=told["load"]).state == LoadState.LOADED


def test_refusals_leave_with_3_and_good_rows_load(files, map_path):
    path = files("SY1819.csv", HEAD + "1,Ames,,\n,Bell,,\n")

    code, told = run_json("schools", path, "--map", map_path)

    assert (code, told["new"], schools()) == (3, 1, 1)
    assert told["refused"][0]["row"] == 3


def test_a_dry_run_changes_nothing(files, map_path):
    path = files("SY1819.csv", HEAD + "1,Ames,,\n")

    code, told = run_json("schools", path, "--map", map_path, "--dry-run")

    assert (code, told["load"], told["new"], schools()) == (0, None, 1, 0)


def test_the_guard_leaves_with_4_and_can_be_answered(files, map_path):
    many = "".join(f"{n},School {n},,\n" for n in range(20))
    run("schools", files("SY1718.csv", HEAD + many), "--map", map_path)
    fewer = files("SY1819.csv", HEAD + "".join(many.splitlines(keepends=True)[:10]))

    code, told = run_json("schools", fewer, "--map", map_path)

    assert code == 4
    assert "--allow-change" in told["problem"]
    assert run("schools", fewer, "--map", map_path, "--allow-change")[0] == 0


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.pdf", "%PDF-1.7", "PDF"),
        ("a.csv", "", "is empty"),
        ("a.csv", "Other,Columns\n1,2\n", "has no column “ID”"),
    ],
)
def test_what_cannot_be_read_leaves_with_5(files, map_path, name, content, sentence):
    code, told = run_json("schools", files(name, content), "--map", map_path)

    assert code == 5
    assert sentence in told["problem"]


def test_an_unknown_map_leaves_with_5_and_lists_the_known(files):
    code, said = run("schools", files("a.csv", HEAD), "--map", "nowhere")

    assert code == 5
    assert "chicago-profile" in said


def test_a_question_leaves_with_4_and_says_how_to_answer(files, map_path):
    path = files("schools.csv", HEAD + "1,Ames,,\n")

    code, said = run("schools", path, "--map", map_path)

    assert code == 4
    assert "--as-of" in said
    assert run("schools", path, "--map", map_path, "--as-of", "2018-07-01")[0] == 0


def test_without_a_map_columns_are_proposed(files):
    path = files("SY1819.csv", "School Number,School Name\n1,Ames\n2,Bell\n")

    assert run("schools", path)[0] == 0
    assert schools() == 2


def test_undo_takes_a_load_back(files, map_path):
    path = files("SY1819.csv", HEAD + "1,Ames,,\n")
    _, told = run_json("schools", path, "--map", map_path)

    code, undone = run_json("undo", str(told["load"]))

    assert (code, undone["state"], schools()) == (0, "undone", 0)
    assert run("undo", str(told["load"]))[0] == 4
