"""Maps that cannot be followed are refused with a sentence that names map and entry."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolward.exchange.delivery import FileFacts
from schoolward.exchange.domain import MapError, QuestionError, UnreadableFileError
from schoolward.exchange.map_format import read_map
from schoolward.exchange.mapping.read import deliver
from schoolward.exchange.sheets.read import open_pasted
from schoolward.exchange.shipped import shipped_map, shipped_names
from schoolward.exchange.tests.conftest import AT
from schoolward.scorecards.models import Indicator


DAY = AT.date()
SCHOOLS = 'target = "schools"\n'
VALUES = """target = "indicators"
scales.mood.words = ["LOW", "HIGH"]
[[indicators]]
key = "ours"
name = "Ours"
"""
PLAIN = VALUES + 'column = "A"\n'


def refused(text):
    with pytest.raises(MapError) as caught:
        read_map(text, name="ours")
    said = str(caught.value)
    assert said.startswith("The map ours")
    assert said.endswith(".")
    return said


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_map_is_read(name):
    assert shipped_map(name).columns


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("target = ", "not TOML"),
        ("target = 5", "target must be a text in quotation marks, not “5”"),
        ('target = "pupils"', "target = “pupils” is not one of"),
        ("", "target = “” is not one of"),
        (SCHOOLS + 'colums = "x"', "“colums” in the map means nothing"),
        (SCHOOLS + "name = 5", "name must be a text"),
        (SCHOOLS + 'ids = ["a"]', "ids must be a text in quotation marks, not a list"),
        (SCHOOLS + f'ids = "{"x" * 81}"', "ids has 81 letters; 80 are the most"),
        (SCHOOLS + 'complete = "yes"', "complete is true or false, not “yes”"),
        (SCHOOLS + 'columns = "ID"', "columns must be a table such as [columns]"),
        (SCHOOLS + "columns.ID = 5", "columns.ID must be a field such as"),
        (SCHOOLS + 'columns.ID = ["name", 5]', "columns.ID must be a field such as"),
        (SCHOOLS + 'columns.ID = "grade"', "schools have no field “grade”"),
        (SCHOOLS + "columns.ID.field = 5", "columns.ID.field must be a text"),
        (SCHOOLS + 'columns.ID.kind = "x"', "columns.ID has no field"),
        (
            SCHOOLS + 'columns.ID = { field = "name", drop = "(" }',
            "columns.ID.drop = “(” is no pattern",
        ),
        (
            SCHOOLS + 'columns.ID = { field = "name", values = "E" }',
            "columns.ID.values must be a table",
        ),
        (
            SCHOOLS + 'columns.ID = { field = "name", values = { E = [] } }',
            "columns.ID.values.E must be a text",
        ),
        (SCHOOLS + 'source = "office"', "source must be a table such as [source]"),
        (SCHOOLS + "source.key = 1", "source.key must be a text"),
        (SCHOOLS + 'file.header_row = "one"', "file.header_row must be a whole number"),
        (SCHOOLS + "file.header_row = -1", "file.header_row must be a whole number"),
        (
            SCHOOLS + 'file.encoding = "klingon"',
            "file.encoding = “klingon” is not known",
        ),
        (SCHOOLS + 'file.delimiter = "ab"', "file.delimiter is one sign"),
        (SCHOOLS + 'year.from = "column"', "year.from must be a list such as from"),
        (SCHOOLS + 'year.from = ["sky"]', "year.from = “sky” is not one of"),
        (SCHOOLS + 'year.file_name = "["', "year.file_name = “[” is no pattern"),
        (SCHOOLS + 'skip = "Status"', "skip must be tables such as [[skip]]"),
        (SCHOOLS + '[[skip]]\nis = ["a"]', "skip has no column"),
        (SCHOOLS + '[[keep]]\ncolumn = "A"\nis = "a"', "keep.is must be a list"),
        (SCHOOLS + 'crosswalk.from = "A"', "crosswalk has no to"),
        (SCHOOLS + "networks.unsupervised = 5", "networks.unsupervised must be a list"),
        (SCHOOLS + 'marks.hidden = ["s"]', "“hidden” in marks means nothing"),
        (
            'target = "people"\n[[titles]]\nis = ["Boss"]',
            "titles.seat = “” is not one of",
        ),
        (VALUES, "indicators.ours names no column"),
        (PLAIN + 'unit = "percent"', "indicators.ours.unit = “percent” is not one of"),
        (PLAIN + "decimals = 9", "indicators.ours.decimals is 6 at most"),
        (PLAIN + 'decimals = "1"', "indicators.ours.decimals must be a whole number"),
        (PLAIN + "minimum_cell = 2", "indicators.ours.minimum_cell is 5 or more"),
        (PLAIN + 'scale = "none"', "indicators.ours.scale = “none” is not one of mood"),
        (PLAIN + 'unit = "ordinal"', "indicators.ours is ordinal"),
        (PLAIN + "columns.B = 0.5", "indicators.ours.columns.B is a number of years"),
        (PLAIN.replace("ours", "o/u rs", 1), "a key with other signs than letters"),
        (
            VALUES + "pattern = '^Grade (\\d)$'\ngroup = 'grade:{grade}'",
            "indicators.ours.group = “grade:{grade}” names in { }",
        ),
    ],
)
def test_a_map_that_cannot_be_followed_names_itself_and_the_entry(text, named):
    assert named in refused(text)


ENTRIES = [
    *("name", "title", "target", "about", "source", "source.key", "ids", "id_kind"),
    *(
        "complete",
        "day_first",
        "file",
        "file.sheet",
        "file.header_row",
        "file.encoding",
    ),
    *("file.delimiter", "year", "year.from", "year.file_name", "year.column"),
    *("year.spelling", "year.each_row", "day_column", "columns", "columns.A"),
    *("columns.A.field", "columns.A.values", "columns.A.drop", "columns.A.extract"),
    *("constants", "constants.state", "skip", "keep", "crosswalk", "networks"),
    *(
        "networks.unsupervised",
        "marks",
        "marks.missing",
        "titles",
        "scales",
        "scales.m",
    ),
    *("scales.m.words", "indicators", "group", "group.column", "group.values"),
    "group.template",
]
TOML = [
    *('"A"', '"name"', '"("', '""', '"{x}"', "5", "-1", "1e9", "1.5", "true", "[]"),
    *(
        '["A"]',
        "[5, [6]]",
        "[{}]",
        '[{ column = "A" }]',
        "{}",
        '{ a = "b" }',
        "07:32:00",
    ),
    *("1979-05-27", "9223372036854775807", '"schools"', '"indicators"', '["column"]'),
    *(
        '{ field = "name" }',
        '{ from = "A", to = "B" }',
        '"utf-16"',
        '";"',
        '"ending-year"',
    ),
]
entries = st.dictionaries(st.sampled_from(ENTRIES), st.sampled_from(TOML), max_size=5)
BASE = {"target": '"schools"', "columns.B": '"school_id"', "columns.C": '"name"'}


@settings(max_examples=400, deadline=None, derandomize=True)
@given(entries)
def test_any_entries_make_a_map_that_can_be_followed_or_are_refused(given_entries):
    text = "\n".join(
        f"{key} = {value}" for key, value in (BASE | given_entries).items()
    )
    try:
        map_ = read_map(text, name="ours")
        follow(map_)
    except (MapError, QuestionError, UnreadableFileError) as problem:
        assert str(problem).endswith((".", "?"))  # noqa: PT017


def follow(map_):
    """Read a small table by a map to its last row."""
    with open_pasted("A\tB\tC\n2018\t1\tAmes\n\t2\tBell\n") as sheet:
        file = FileFacts(name="a_2018-19.csv", size=1, sha256="")
        delivery = deliver(
            sheet, map_, file=file, as_of=None, today=AT.date(), crosswalk={}
        )
        list(delivery.items)


@pytest.mark.django_db
def test_an_indicator_without_a_question_is_catalogued_under_its_name(loaded):
    loaded("ID,Name,Phone,Network\n1,Ames,,\n", as_of=AT.date())
    text = """target = "indicators"
ids = "test"
columns.ID = "school_id"
[[indicators]]
key = "ours"
name = "Books lent"
column = "Books"
"""

    load = loaded("ID,Books\n1,40\n", map_text=text, target="indicators", as_of=DAY)

    assert load.new_count == 1
    one = Indicator.objects.unscoped(reason="a test looks").get()
    assert "“Books lent”" in one.question
