"""Which of several files' values is current: the rule itself, over arbitrary files."""

import json
import re

import ibis
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolward.analytics import warehouse
from schoolward.scorecards.measures.current import current_values
from tests.sample_data import ROOT


YEARS = ["2016-17", "2017-18", "2018-19"]

said = st.dictionaries(
    st.tuples(st.sampled_from(YEARS), st.integers(1, 3)),
    st.sampled_from([None, 0.1, 0.5, 0.9]),
    max_size=7,
)


def reckon(files: dict, *, load_ids: dict[str, int]) -> dict:
    """Return current and earlier value by place, for files loaded in an order."""
    rows = [
        {
            "indicator": "x",
            "place_kind": "school",
            "place_id": place,
            "period": "2016-17",
            "group": "",
            "state": "missing" if value is None else "value",
            "value": value,
            "text": "",
            "load_id": load_ids[year],
            "file_year": year,
        }
        for (year, place), value in files.items()
    ]
    table = ibis.memtable(pa.Table.from_pylist(rows, schema=warehouse.FACTS))
    found = current_values(table)
    names = ["place_id", "value", "file_year", "old_value", "old_file_year"]
    return {row[0]: row[1:] for row in warehouse.rows(found.select(*names))}


def by_hand(files: dict) -> dict:
    """Follow the rule with plain loops."""
    found = {}
    for place in {place for _year, place in files}:
        line = [
            (year, files[year, place])
            for year in reversed(YEARS)
            if files.get((year, place)) is not None
        ]
        if not line:
            continue
        year, value = line[0]
        other = next((one for one in line[1:] if one[1] != value), (None, None))
        found[place] = (value, year, other[1], other[0])
    return found


@settings(max_examples=20, deadline=None)
@given(said, st.permutations([1, 2, 3]))
def test_later_school_year_is_current_whatever_the_load_order(files, order):
    found = reckon(files, load_ids=dict(zip(YEARS, order, strict=True)))

    assert found == by_hand(files)


def test_worked_example_of_the_method_page_holds():
    text = (ROOT / "docs" / "method" / "restated-values.md").read_text()
    example = json.loads(re.search(r"```json\n(.+?)```", text, re.DOTALL)[1])
    rows = [
        {
            "indicator": "x",
            "place_kind": "school",
            "place_id": 1,
            "period": period,
            "group": "",
            "state": "value",
            "value": value,
            "text": "",
            "load_id": load_id,
            "file_year": year,
        }
        for load_id, (year, said_there) in enumerate(reversed(example["files"].items()))
        for period, value in said_there.items()
    ]
    table = ibis.memtable(pa.Table.from_pylist(rows, schema=warehouse.FACTS))

    names = ["period", "value", "file_year", "old_value"]
    found = warehouse.rows(current_values(table).select(*names))

    assert {row[0]: row[1:] for row in found} == {
        period: (one["value"], one["file"], one["was"])
        for period, one in example["current"].items()
    }
