"""Proposals by likeness, measured on files they were not tuned on."""

import tomllib
from importlib.resources import files

import pytest

from schoolward.exchange.domain import Target
from schoolward.exchange.likeness import propose


GOLD = files("schoolward.exchange") / "gold"


def golds(*, tuned):
    found = [
        tomllib.loads(one.read_text())
        for one in GOLD.iterdir()
        if one.name.endswith(".toml")
    ]
    return [one for one in found if one["tuned"] is tuned and "sample" not in one]


def pairs_of(gold):
    found = propose(Target(gold["target"]), gold["headings"], gold["cells"])
    return [(gold["fields"].get(one.heading, ""), one.field) for one in found]


@pytest.mark.parametrize(
    ("tuned", "right", "found"), [(True, 0.95, 0.95), (False, 0.8, 0.85)]
)
def test_proposals_are_right_often_enough(tuned, right, found):
    pairs = [pair for gold in golds(tuned=tuned) for pair in pairs_of(gold)]
    wanted = [(want, given) for want, given in pairs if want]

    assert sum(want == given for want, given in pairs) / len(pairs) >= right
    assert sum(want == given for want, given in wanted) / len(wanted) >= found


def test_each_field_is_proposed_once():
    found = propose(
        Target.SCHOOLS, ["School Name", "Name of School", "Campus Name"], {}
    )

    assert [one.field for one in found].count("name") == 1


def test_cells_that_do_not_look_like_the_field_speak_against_it():
    cells = {"Phone": ["yes", "no", "yes"]}

    assert propose(Target.SCHOOLS, ["Phone"], cells)[0].field == ""
    assert propose(Target.SCHOOLS, ["Phone"], {})[0].field == "phone"


def test_nothing_is_proposed_for_headings_without_meaning():
    assert [one.field for one in propose(Target.PEOPLE, ["zz9", "", "???"], {})] == [
        "",
        "",
        "",
    ]
