"""Questions that are compiled once answer as if compiled each time, whatever the words."""

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolward.analytics import warehouse


SCHEMA = warehouse.columns(place=pa.int64(), group=pa.string())
WORDS = (
    "",
    "it's",
    "' OR 1=1 --",
    "'word_stand_in_0'",
    str(warehouse.STAND_IN),
    "files_stand_in",
    "École “Ñ”",
)


@pytest.fixture
def paths(tmp_path, settings):
    settings.SCHOOLWARD_HOME = tmp_path
    warehouse.forget_views()
    path = tmp_path / "rows.parquet"
    rows = [{"place": n, "group": word} for n, word in enumerate(WORDS)]
    pq.write_table(pa.Table.from_pylist(rows, schema=SCHEMA), path)
    yield [path]
    warehouse.forget_views()


def asked(paths, *, words=(), numbers=()):
    def build(rows, *given):
        ids, names = given[: len(numbers)], given[len(numbers) :]
        found = rows.filter(rows["group"].isin(names)) if names else rows
        return found.filter(found["place"].isin(ids)) if ids else found

    return warehouse.rows_of(
        paths,
        schema=ibis.schema(SCHEMA),
        key=("test", len(words), len(numbers)),
        build=build,
        numbers=numbers,
        words=words,
    )


@pytest.mark.parametrize("word", WORDS)
def test_word_is_found_as_it_is_and_never_read_as_a_question(paths, word):
    assert asked(paths, words=[word]) == [(WORDS.index(word), word)]


def test_second_question_of_a_kind_is_about_its_own_words_and_numbers(paths):
    asked(paths, words=["", "it's"], numbers=[0, 1])

    assert asked(paths, words=["it's", WORDS[2]], numbers=[2, 6]) == [(2, WORDS[2])]


def test_question_about_thousands_of_places_is_about_them_all(paths):
    found = asked(paths, numbers=[3, *range(5000, 7000), 5])

    assert [place for place, _word in found] == [3, 5]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=60,
)
@given(word=st.text(max_size=30))
def test_no_word_finds_what_it_does_not_name(paths, word):
    found = asked(paths, words=[word])

    assert {one for _place, one in found} <= {word.replace("\x00", "")}
