"""What events were for: rules in order, reasons in words, accuracy on a labelled set."""

import csv
from pathlib import Path

import pytest

from schoolward.timeuse.domain.categories import (
    Category,
    Facts,
    Principals,
    Rule,
    sort_event,
)
from schoolward.timeuse.domain.shipped import SHIPPED


HERE = Path(__file__).resolve().parent
PAGE = HERE.parents[3] / "docs" / "method" / "time-categories.md"


def labelled():
    """Return each labelled event: what a person says it was for, and what is known."""
    with (HERE / "labelled.csv").open(encoding="utf-8", newline="") as file:
        for label, title, place, principals, unit in csv.reader(file, delimiter="|"):
            yield (
                Category(label),
                Facts(
                    title=title,
                    school="Orchard Elementary" if place == "S" else "",
                    principal_count=int(principals),
                    unit=unit,
                ),
            )


def held_out():
    """Return the half that no rule was written from: every second event."""
    return list(labelled())[1::2]


def counts(events):
    """Return by category: how many, how many found, how many put there wrongly."""
    found = {one: [0, 0, 0] for one in Category}
    for label, facts in events:
        verdict = sort_event(facts, SHIPPED)
        found[label][0] += 1
        found[label][1] += verdict.category is label
        if verdict.category is not label:
            found[verdict.category][2] += 1
    return found


def table():
    """Return the table of the documentation."""
    lines = [
        f"| {one.label} | {total} | {right} | {wrong} | {right / total:.0%} |"
        for one, (total, right, wrong) in counts(held_out()).items()
        if total
    ]
    rows = counts(held_out()).values()
    total, right = sum(row[0] for row in rows), sum(row[1] for row in rows)
    return [
        *lines,
        f"| **All** | {total} | {right} | {total - right} | {right / total:.0%} |",
    ]


def test_labelled_set_is_large_enough_and_names_every_category():
    labels = [label for label, _ in labelled()]

    assert len(labels) >= 400
    assert set(labels) == set(Category) - {Category.UNSORTED}
    assert len({facts.title for _, facts in labelled()}) > 390


def test_accuracy_on_the_held_out_half_is_as_the_documentation_says():
    text = PAGE.read_text()

    assert not [line for line in table() if line not in text], "\n".join(table())


def test_most_of_the_held_out_half_falls_where_a_person_put_it():
    rows = counts(held_out()).values()

    assert sum(row[1] for row in rows) >= 0.8 * sum(row[0] for row in rows)


def test_first_rule_that_fits_decides_and_says_why():
    rules = [
        Rule(name="Walks", category=Category.VISIT, words=("walk*",), at_school=True),
        Rule(
            name="Units",
            category=Category.CENTRAL,
            principals=Principals.NONE,
            from_unit=True,
        ),
    ]

    at_school = sort_event(Facts(title="Learning walk", school="Orchard"), rules)
    of_unit = sort_event(Facts(title="Walk", unit="Facilities"), rules)
    nothing = sort_event(Facts(title="Walk"), rules)

    assert (at_school.category, at_school.rule) == (Category.VISIT, "Walks")
    assert at_school.why == "The title holds “walk”; it names Orchard."
    assert of_unit.why == "None of your principals is invited; called by Facilities."
    assert nothing.category is Category.UNSORTED


def test_own_word_outweighs_shared_rules_and_private_outweighs_both():
    rules = [Rule(name="All", category=Category.CENTRAL, words=("walk",))]
    own = [("walk with kit", Category.ONE_ON_ONE)]

    verdict = sort_event(Facts(title="Walk with Kit!"), rules, own=own)
    private = sort_event(Facts(is_private=True), rules, own=own)

    assert verdict.category is Category.ONE_ON_ONE
    assert "own rule" in verdict.why
    assert private.category is Category.PERSONAL


@pytest.mark.parametrize(
    ("wanted", "fitting"),
    [
        (Principals.ANY, {0, 1, 2, 3}),
        (Principals.NONE, {0}),
        (Principals.SOME, {1, 2, 3}),
        (Principals.ONE, {1}),
        (Principals.SEVERAL, {3}),
    ],
)
def test_rule_counts_principals(wanted, fitting):
    assert {n for n in range(4) if wanted.fits(n)} == fitting


def test_every_shipped_rule_says_something_and_has_a_name_of_its_own():
    assert len({rule.name for rule in SHIPPED}) == len(SHIPPED)
    assert all(
        rule.words or rule.principals is not Principals.ANY or rule.at_school
        for rule in SHIPPED
    )
