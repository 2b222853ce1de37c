"""Whatever bytes come, reading ends with rows or with a sentence."""

import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolward.exchange.domain import UnreadableFileError
from schoolward.exchange.oneroster import places
from schoolward.exchange.oneroster.people import Posting
from schoolward.exchange.oneroster.roster import open_roster
from schoolward.exchange.oneroster.terms import read_sessions
from schoolward.exchange.oneroster.tests.bundles import bundle_1_1, bundle_1_2, zipped


GOOD = zipped(bundle_1_2()).getvalue()
quick = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
tables = st.lists(st.lists(cells, max_size=20).map(",".join), max_size=8).map("\n".join)


def read(content: io.BytesIO) -> None:
    """Read everything there is, or say in a sentence why not."""
    try:
        with open_roster(content, name="bundle.zip") as roster:
            known = {
                one: places.place_of(org, roster.orgs)
                for one, org in roster.orgs.items()
            }
            posting = Posting(places=known, decided={}, is_delta=False, as_of=None)
            list(posting.items(roster.staff()))
            list(places.items(roster.orgs))
            list(read_sessions(roster.sessions()).items())
    except UnreadableFileError as problem:
        assert str(problem).endswith((".", "?"))  # noqa: PT017


@quick
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_a_sentence(content):
    read(io.BytesIO(content))


@quick
@given(place=st.integers(0, len(GOOD) - 1), byte=st.integers(0, 255))
def test_a_zip_with_one_wrong_byte_is_read_or_refused_in_a_sentence(place, byte):
    content = bytearray(GOOD)
    content[place] = byte

    read(io.BytesIO(bytes(content)))


@quick
@given(cut=st.integers(0, len(GOOD)))
def test_a_zip_that_breaks_off_is_read_or_refused_in_a_sentence(cut):
    read(io.BytesIO(GOOD[:cut]))


@pytest.mark.parametrize("name", ["users", "orgs", "academicSessions", "manifest"])
@quick
@given(table=tables)
def test_any_table_is_read_or_refused_in_a_sentence(name, table):
    header = bundle_1_1()[f"{name}.csv"].splitlines()[0]

    read(zipped(bundle_1_1(**{name: table})))
    read(zipped(bundle_1_1(**{name: f"{header}\n{table}"})))


@quick
@given(content=st.binary(max_size=200))
def test_any_bytes_for_users_are_read_or_refused_in_a_sentence(content):
    read(zipped({**bundle_1_1(), "users.csv": content}))
