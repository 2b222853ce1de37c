"""A file makes nobody an administrator or a records officer, whoever loads it."""

from datetime import date

import pytest

from schoolward.district.models import Post
from schoolward.exchange.models import Refused
from schoolward.exchange.tests.conftest import PEOPLE_MAP


pytestmark = pytest.mark.django_db
SEATED = f'{PEOPLE_MAP}Seat = "seat"\n'


@pytest.mark.parametrize("seat", ["administrator", "records_officer"])
def test_a_row_that_names_a_key_seat_is_refused_and_the_others_load(loaded, seat):
    text = (
        "Key,Name,Email,Title,School,Unit,Position,Seat\n"
        f"a,Eve Hart,eve@example.org,,,,,{seat}\n"
        "b,Bo Chen,bo@example.org,,,,,chief\n"
    )

    load = loaded(
        text, map_text=SEATED, target="people", as_of=date(2026, 7, 1), name="p.csv"
    )

    posts = Post.objects.unscoped(reason="a test looks")
    assert list(posts.values_list("seat", flat=True)) == ["chief"]
    refused = Refused.objects.get(load_id=load.pk)
    assert (refused.row, refused.column, refused.value) == (2, "seat", seat)
