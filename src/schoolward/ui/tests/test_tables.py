"""What a table refuses, how it sorts, and how its cells are written."""

import pytest
from django.http import QueryDict

from schoolward.ui.tables import Cell, Column, Row, Sorting, Table
from schoolward.ui.tests.html import draw, elements, get, text


COLUMNS = [Column("School"), Column("Students", number=True)]


def cells(*contents):
    table = Table(label="T", columns=COLUMNS, rows=[Row(contents)])
    html = draw("{% data_table table %}", table=table)
    return [text(one) for one in elements(html, "tbody")[0].children[0].children]


def test_row_with_too_few_cells_is_refused():
    with pytest.raises(ValueError, match="1 cells for 2 columns"):
        Table(label="T", columns=COLUMNS, rows=[Row(["Orchard"])])


def test_foot_with_too_many_cells_is_refused():
    with pytest.raises(ValueError, match="3 cells for 2 columns"):
        Table(label="T", columns=COLUMNS, rows=[], foot=Row(["All", 1, 2]))


def test_numbers_are_grouped_and_zero_is_written():
    assert cells("Orchard", 1530) == ["Orchard", "1,530"]
    assert cells("Orchard", 0) == ["Orchard", "0"]


def test_missing_value_is_a_spoken_dash():
    assert cells("Orchard", None) == ["Orchard", "– No value"]


def test_cell_shows_link_aside_and_note():
    cell = Cell("Orchard", url="/s/1/", aside="n 402", note="PK–5")

    assert cells(cell, 1)[0] == "Orchard n 402 PK–5"


def test_text_of_a_cell_is_escaped():
    table = Table(
        label="T", columns=COLUMNS, rows=[Row(["<b>x</b>", Cell("<i>", note="<u>")])]
    )

    html = draw("{% data_table table %}", table=table)

    assert "<b>" not in html
    assert "<i>" not in html
    assert "<u>" not in html


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ("", "name"),
        ("sort=students", "students"),
        ("sort=-students", "-students"),
        ("sort=password", "name"),
        ("sort=--name", "name"),
        ("sort=-", "name"),
    ],
)
def test_sorting_accepts_only_what_is_allowed(asked, word):
    sorting = Sorting.read(
        QueryDict(asked), allowed={"name", "students"}, default="name"
    )

    assert sorting.word == word


def test_sorting_turns_round_and_forgets_the_page_but_keeps_the_filter():
    asked = QueryDict("sort=name&q=or&page=4")
    sorting = Sorting.read(asked, allowed={"name", "students"}, default="name")

    assert sorting.address("name") == "?sort=-name&q=or"
    assert sorting.address("students") == "?sort=students&q=or"


def test_sorted_table_keeps_its_rows_out_of_boosting():
    table = Table(label="T", columns=COLUMNS, rows=[Row(["Orchard", 1])])

    (body,) = elements(draw("{% data_table table %}", table=table), "tbody")

    assert get(body, "hx-boost") == "false"
