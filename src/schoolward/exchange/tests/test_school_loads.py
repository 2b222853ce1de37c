"""Loading schools: what is new, changed and ended, in whatever order files come."""

import pytest

from schoolward.district.models import (
    ExternalId,
    Membership,
    Network,
    School,
    SchoolName,
)
from schoolward.exchange import queries
from schoolward.exchange.models import Refused, StagedChange
from schoolward.exchange.tests.conftest import (
    HEAD,
    YEAR_17,
    YEAR_18,
    YEAR_21,
    counts,
    rows,
)


pytestmark = pytest.mark.django_db


def networks_of(external_id):
    found = rows(Membership).filter(school__external_ids__value=external_id)
    return [
        (one.network.name, one.start_date, one.end_date)
        for one in found.select_related("network").order_by("start_date")
    ]


def test_load_makes_schools_with_their_ids_and_networks(loaded):
    load = loaded(
        HEAD + "1,Ames,217-555-0101,North\n2,Bell,,Charter\n3,Cole,,\n", as_of=YEAR_17
    )

    assert counts(load) == (3, 0, 0, 0, 0)
    assert rows(School).count() == 3
    assert rows(Network).get(name="Charter").supervised is False
    assert networks_of("1") == [("North", YEAR_17, None)]
    assert networks_of("3") == []
    assert rows(ExternalId).get(value="2").school.name == "Bell"


def test_the_same_file_twice_changes_nothing(loaded):
    text = HEAD + "1,Ames,217-555-0101,North\n2,Bell,,Charter\n"
    loaded(text, as_of=YEAR_17)

    again = loaded(text, as_of=YEAR_17)

    assert counts(again) == (0, 0, 0, 2, 0)
    assert not StagedChange.objects.filter(load_id=again.pk).exists()


def test_a_later_file_changes_ends_and_renames(loaded):
    loaded(HEAD + "1,Ames,,North\n2,Bell,,North\n3,Cole,,South\n", as_of=YEAR_17)

    load = loaded(
        HEAD + "1,Ames Academy,,South\n3,Cole,,South\n4,Dale,,\n", as_of=YEAR_18
    )

    assert counts(load) == (1, 1, 1, 1, 0)
    assert networks_of("1") == [("North", YEAR_17, YEAR_18), ("South", YEAR_18, None)]
    assert rows(School).get(name="Bell").close_date == YEAR_18
    assert rows(SchoolName).get().name == "Ames"
    assert networks_of("2") == [("North", YEAR_17, YEAR_18)]


FILES = {
    YEAR_17: HEAD + "1,Ames,,North\n2,Bell,,North\n3,Cole,,South\n",
    YEAR_18: HEAD + "1,Ames,,South\n2,Bell School,,North\n3,Cole,,\n",
    YEAR_21: HEAD
    + "1,Ames,,South\n2,Bell School,,South\n3,Cole,,South\n4,Dale,,North\n",
}


@pytest.mark.parametrize(
    "order",
    [
        (YEAR_17, YEAR_18, YEAR_21),
        (YEAR_21, YEAR_17, YEAR_18),
        (YEAR_18, YEAR_21, YEAR_17),
        (YEAR_21, YEAR_18, YEAR_17),
    ],
)
def test_files_give_the_same_history_in_whatever_order(loaded, order):
    for day in order:
        loaded(FILES[day], as_of=day)

    assert networks_of("1") == [("North", YEAR_17, YEAR_18), ("South", YEAR_18, None)]
    assert networks_of("2") == [("North", YEAR_17, YEAR_21), ("South", YEAR_21, None)]
    assert networks_of("3") == [("South", YEAR_17, YEAR_18), ("South", YEAR_21, None)]
    assert [(one.name, one.end_date) for one in rows(SchoolName)] == [("Bell", YEAR_18)]
    assert rows(School).get(external_ids__value="2").name == "Bell School"


def test_an_earlier_file_does_not_overwrite_what_a_later_one_said(loaded):
    loaded(HEAD + "1,Ames,217-555-0199,North\n", as_of=YEAR_21)

    loaded(HEAD + "1,Ames,217-555-0101,North\n", as_of=YEAR_17)

    assert rows(School).get().phone == "217-555-0199"


def test_a_telephone_number_written_otherwise_is_no_change(loaded):
    loaded(HEAD + "1,Ames,217-555-0101,North\n", as_of=YEAR_17)

    assert counts(loaded(HEAD + "1,Ames,2175550101,North\n", as_of=YEAR_18)) == (
        0,
        0,
        0,
        1,
        0,
    )


def test_good_rows_load_although_others_are_refused(loaded):
    load = loaded(
        HEAD + "1,Ames,,\n,Bell,,\n3,,,\n1,Again,,\n5,Ely,,,,9\n", as_of=YEAR_17
    )

    assert counts(load) == (1, 0, 0, 0, 4)
    told = list(Refused.objects.order_by("row").values_list("row", "column"))
    assert told == [(3, "ID"), (4, "Name"), (5, "school_id"), (6, "")]
    assert all(one.remedy.endswith(".") for one in Refused.objects.all())


def test_json_has_the_published_shape(loaded):
    load = loaded(HEAD + "1,Ames,,\n,Bell,,\n", as_of=YEAR_17)

    told = queries.json_of(load)

    assert {
        "load",
        "new",
        "changed",
        "ended",
        "unchanged",
        "refused",
        "ignored_columns",
    } <= set(told)
    assert set(told["refused"][0]) == {"row", "column", "value", "reason", "remedy"}
    assert all(
        isinstance(told[name], int) for name in ("new", "changed", "ended", "unchanged")
    )
