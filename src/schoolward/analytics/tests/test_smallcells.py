"""Small cells: what shows tells nothing of a group that is too few to show (law 2)."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolward.analytics.grid import dimension_of
from schoolward.analytics.smallcells import Cell, Rules, bounds, protect
from schoolward.analytics.tests.attacker import derivable, knowledge
from tests.sample_data import ROOT


TEN = Rules(minimum=10)
GROUPS = ("gender:female", "gender:male", "race:a", "race:b", "race:c", "ell:yes")


def school(number: int, **sizes: int) -> list[Cell]:
    """Build the cells of a school; `whole`, else `dimension_member`."""
    names = {key: "" if key == "whole" else key.replace("_", ":") for key in sizes}
    return [Cell(school=number, group=names[k], size=v) for k, v in sizes.items()]


def guarded(cells: list[Cell], minimum: int = 10) -> set[tuple[int, str]]:
    """Return the cells that are small, leave a small rest, or were withheld by the file."""
    wholes = {c.school: c.size for c in cells if c.group == ""}
    small = lambda size: 0 < size < minimum  # noqa: E731
    return {
        (c.school, c.group)
        for c in cells
        if c.withheld
        or small(c.size)
        or (c.group and c.school in wholes and small(wholes[c.school] - c.size))
    }


def test_nothing_is_withheld_where_no_group_is_small():
    cells = school(1, whole=60, gender_female=30, gender_male=30) + school(2, whole=50)

    found = protect(cells, rules=TEN, networks={1: 1, 2: 1}, today={1: 1, 2: 2})

    assert not found.schools
    assert not found.networks_then
    assert not found.networks_today
    assert not found.district


def test_group_of_none_shows_because_zero_is_not_small():
    cells = school(1, whole=60, gender_female=60, gender_male=0)

    assert not protect(cells, rules=TEN, networks={}).schools


def test_small_group_takes_a_second_group_of_its_school_and_of_a_neighbor_with_it():
    cells = [
        *school(1, whole=60, race_a=4, race_b=26, race_c=30),
        *school(2, whole=70, race_a=15, race_b=25, race_c=30),
        *school(3, whole=90, race_a=40, race_b=20, race_c=30),
    ]

    found = protect(cells, rules=TEN, networks={1: 1, 2: 1, 3: 1})

    assert found.schools == {
        (1, "race:a"),
        (1, "race:b"),
        (2, "race:a"),
        (2, "race:b"),
    }
    assert not found.networks_then


def test_small_school_is_not_the_network_minus_the_others():
    cells = [*school(1, whole=6), *school(2, whole=40), *school(3, whole=300)]

    found = protect(cells, rules=TEN, networks={1: 1, 2: 1, 3: 1})

    assert found.schools == {(1, ""), (2, "")}
    assert not found.networks_then


def test_only_school_of_a_network_takes_the_networks_sum_and_another_with_it():
    cells = [*school(1, whole=6), *school(2, whole=40), *school(3, whole=300)]

    found = protect(cells, rules=TEN, networks={1: 1, 2: 2, 3: 2})

    assert (1, "") in found.networks_then
    assert (2, "") in found.networks_then
    assert not found.district


def test_group_that_is_nearly_everyone_is_withheld_for_the_few_who_are_left():
    cells = [*school(1, whole=100, ell_yes=96), *school(2, whole=100, ell_yes=50)]

    found = protect(cells, rules=TEN, networks={1: 1, 2: 1})

    assert (1, "ell:yes") in found.schools


def test_small_groups_together_are_not_a_small_group_by_subtraction():
    cells = [
        *school(1, whole=60, race_a=3, race_b=4, race_c=53),
        *school(2, whole=60, race_a=20, race_b=20, race_c=20),
    ]

    found = protect(cells, rules=TEN, networks={1: 1, 2: 1})

    assert (1, "race:c") in found.schools


def test_school_that_changed_network_is_not_the_difference_of_two_sums():
    cells = [
        *school(1, whole=6),
        *school(2, whole=40),
        *school(3, whole=45),
        *school(4, whole=50),
        *school(5, whole=55),
    ]
    then = {1: 1, 2: 1, 3: 1, 4: 2, 5: 2}

    found = protect(cells, rules=TEN, networks=then, today=then | {1: 2})

    assert {(1, ""), (2, "")} <= found.networks_today
    assert not found.networks_then


def test_value_withheld_by_the_file_is_guarded_like_a_small_one():
    cells = [
        *school(1, whole=60, race_a=20, race_b=20),
        Cell(school=1, group="race:c", size=20, withheld=True),
        *school(2, whole=60, race_a=20, race_b=20, race_c=20),
    ]

    found = protect(cells, rules=TEN, networks={1: 1, 2: 1})
    known = knowledge(cells, found, networks={1: 1, 2: 1}, today={})

    assert (1, "race:c") not in derivable(known)


def test_extreme_share_is_guarded_and_its_count_can_be_another():
    rules = Rules(minimum=10, guards_extremes=True)
    cells = [
        Cell(school=1, group="", size=40, count=40),
        Cell(school=2, group="", size=50, count=20),
        Cell(school=3, group="", size=60, count=30),
    ]

    found = protect(cells, rules=rules, networks={1: 1, 2: 1, 3: 1})

    assert found.schools == {(1, ""), (2, "")}
    assert bounds(40) == (0.075, 0.925)


def test_school_of_one_grade_does_not_close_the_district():
    rules = Rules(minimum=10, guards_extremes=True)
    cells = [
        Cell(school=number, group=group, size=60, count=count)
        for number, count in ((1, 60), (2, 30), (3, 40))
        for group in ("", "grade:3")
    ]

    found = protect(cells, rules=rules, networks={})

    assert found.schools == {(1, ""), (1, "grade:3"), (2, ""), (2, "grade:3")}
    assert not found.district


def test_minimum_under_five_is_refused():
    with pytest.raises(ValueError, match="at least 5"):
        Rules(minimum=4)


sizes = st.sampled_from([0, 1, 2, 3, 5, 8, 9, 10, 12, 20, 35])


@st.composite
def tables(draw):
    """Draw schools with groups, some withheld by the file, in networks that change."""
    cells, then, today = [], {}, {}
    partition = draw(st.booleans())
    for number in range(1, draw(st.integers(1, 7)) + 1):
        groups = draw(st.sets(st.sampled_from(GROUPS), max_size=6))
        drawn = {group: draw(sizes) for group in sorted(groups)}
        sums = {}
        for group, size in drawn.items():
            sums[dimension_of(group)] = sums.get(dimension_of(group), 0) + size
        most = max(sums.values(), default=0)
        whole = most if partition else most + draw(sizes)
        if draw(st.integers(0, 9)) != 0:
            drawn[""] = whole
        for group, size in drawn.items():
            withheld = draw(st.integers(0, 14)) == 0
            cells.append(Cell(school=number, group=group, size=size, withheld=withheld))
        if draw(st.integers(0, 5)):
            then[number] = draw(st.integers(1, 3))
        if draw(st.integers(0, 5)):
            today[number] = (
                draw(st.integers(1, 3)) if draw(st.booleans()) else then.get(number, 1)
            )
    return cells, then, today


@settings(max_examples=60, deadline=None)
@given(tables())
def test_attacker_with_all_that_shows_cannot_work_out_a_guarded_cell(table):
    cells, then, today = table

    found = protect(cells, rules=TEN, networks=then, today=today)

    assert guarded(cells) <= found.schools
    known = knowledge(cells, found, networks=then, today=today)
    assert not derivable(known) & guarded(cells)


@settings(max_examples=40, deadline=None)
@given(tables())
def test_what_is_withheld_together_is_never_a_small_group(table):
    cells, then, _today = table

    found = protect(cells, rules=TEN, networks=then)

    by_network = {}
    for cell in cells:
        hidden = (cell.school, cell.group) in found.schools and not cell.withheld
        network = then.get(cell.school)
        if hidden and network and (network, cell.group) not in found.networks_then:
            key = (network, cell.group)
            by_network[key] = by_network.get(key, 0) + cell.size
    closed = {c.school for c in cells if c.withheld and c.group == ""}
    if not closed:
        assert not [size for size in by_network.values() if 0 < size < 10]


@settings(max_examples=30, deadline=None)
@given(tables(), st.randoms())
def test_order_of_the_cells_does_not_matter(table, chance):
    cells, then, today = table
    shuffled = list(cells)
    chance.shuffle(shuffled)

    one = protect(cells, rules=TEN, networks=then, today=today)
    two = protect(shuffled, rules=TEN, networks=then, today=today)

    assert derivable(knowledge(cells, one, networks=then, today=today)).isdisjoint(
        guarded(cells)
    )
    assert guarded(cells) <= two.schools


def test_worked_example_of_the_method_page_holds():
    text = (ROOT / "docs" / "method" / "small-cells.md").read_text()
    example = json.loads(re.search(r"```json\n(.+?)```", text, re.DOTALL)[1])
    table = {int(key): groups for key, groups in example["schools"].items()}
    cells = [
        Cell(school=number, group=group, size=size)
        for number, groups in table.items()
        for group, size in groups.items()
    ]

    found = protect(cells, rules=TEN, networks=dict.fromkeys(table, 1))

    withheld = {(int(number), group) for number, group in example["withheld"]}
    assert found.schools == withheld
    other = {
        (int(number), group): size
        for number, groups in example["swap"].items()
        for group, size in groups.items()
    }
    assert set(other) == withheld
    for number in (1, 2):
        assert _sum(other, 0, number) == sum(
            table[number][g] for _n, g in other if _n == number
        )
    for group in ("race:a", "race:b"):
        assert _sum(other, 1, group) == sum(
            table[n][group] for n, g in other if g == group
        )


def _sum(cells: dict, place: int, key: object) -> float:
    return sum(size for cell, size in cells.items() if cell[place] == key)
