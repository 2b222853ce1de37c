"""Pages of the catalogue: who reads, who changes, and what a file of values holds."""

import pytest
from django.urls import reverse

from schoolward.access.tests.factories import client_for
from schoolward.audit.models import Event
from schoolward.audit.presenters import verbs
from schoolward.base.http import RefusedError
from schoolward.district.tests.factories import SchoolFactory, SourceFactory
from schoolward.kernel.actor import Actor
from schoolward.kernel.seats import Seat
from schoolward.scorecards import actions, queries, views
from schoolward.scorecards.models import Definition, Indicator
from schoolward.scorecards.tests.factories import (
    ANALYST,
    AT,
    PRINCIPAL,
    IndicatorFactory,
    draft,
    fact,
    load,
)


pytestmark = pytest.mark.django_db
GIVEN = {
    "name": "On track",
    "question": "How many are on track?",
    "unit": "share",
    "direction": "higher",
    "subject": "students",
    "decimals": "1",
}


def rows():
    return Indicator.objects.unscoped(reason="test")


def test_principal_reads_the_catalogue_and_only_the_school_they_lead():
    IndicatorFactory(key="x", name="Attendance")
    own, other = SchoolFactory(name="Own School"), SchoolFactory(name="Other School")
    load([fact(own.pk), fact(other.pk, value=0.7)])
    visitor = client_for(Seat.PRINCIPAL, school=own)

    listed = visitor.get(reverse("scorecards:indicators")).content.decode()
    page = visitor.get(reverse("scorecards:indicator", args=["x"])).content.decode()

    assert "Attendance" in listed
    assert "60.0%" in page
    assert "Own School" in page
    assert "Other School" not in page
    assert reverse("scorecards:change", args=["x"]) not in page


def test_schools_of_a_large_district_come_in_pages_in_order_of_name(monkeypatch):
    IndicatorFactory(key="x")
    monkeypatch.setattr(views, "A_PAGE", 2)
    schools = [SchoolFactory(name=f"{letter} School") for letter in "CADB"]
    load([fact(school.pk) for school in schools[:3]])
    visitor = client_for(Seat.ANALYST)
    address = reverse("scorecards:indicator", args=["x"])

    first = visitor.get(address).content.decode()
    second = visitor.get(address, {"page": "2"}).content.decode()

    assert first.index("A School") < first.index("C School")
    assert "D School" not in first
    assert "D School" in second
    assert "B School" not in first + second
    assert "schools" in first.partition("sw-pager")[2]


def test_file_of_values_holds_what_the_page_holds_and_no_more():
    IndicatorFactory(key="x")
    own, other = SchoolFactory(name="=Own"), SchoolFactory(name="Other School")
    load([fact(own.pk, n=6), fact(other.pk, value=0.7, n=60)])
    visitor = client_for(Seat.PRINCIPAL, school=own)

    answer = visitor.get(reverse("scorecards:indicator_csv", args=["x"]))
    text = b"".join(answer.streaming_content).decode()

    assert "'=Own" in text
    assert "Other School" not in text
    line = next(line for line in text.splitlines() if "'=Own" in line)
    assert ",suppressed,–,,,," in line


def test_unknown_indicator_is_not_found():
    visitor = client_for(Seat.ANALYST)

    assert (
        visitor.get(reverse("scorecards:indicator", args=["none"])).status_code == 404
    )


@pytest.mark.parametrize("name", ["define", "change", "retire"])
def test_changing_the_catalogue_is_refused_to_a_principal_with_a_next_step(name):
    IndicatorFactory(key="x")
    address = reverse(f"scorecards:{name}", args=[] if name == "define" else ["x"])

    answer = client_for(Seat.PRINCIPAL).get(address)

    assert answer.status_code == 403
    assert "kept by analysts and administrators" in answer.content.decode()


def test_analyst_defines_an_indicator_and_it_is_told():
    visitor = client_for(Seat.ANALYST)

    answer = visitor.post(reverse("scorecards:define"), GIVEN)

    assert answer.status_code == 302
    row = rows().get(key="on-track")
    assert row.version == 1
    assert Definition.objects.get(indicator=row).says["question"] == GIVEN["question"]
    assert Event.objects.filter(verb="scorecards.indicator.defined").exists()


def test_refused_definition_comes_back_with_what_to_do():
    visitor = client_for(Seat.ANALYST)

    answer = visitor.post(reverse("scorecards:define"), GIVEN | {"unit": "ordinal"})

    assert answer.status_code == 422
    assert "the words from low to high" in answer.content.decode()
    assert not rows().exists()


def test_change_writes_a_version_and_withholds_anew():
    row = IndicatorFactory(key="x", name="On track", question="How many are on track?")
    load([fact(1, n=12), fact(2, n=50), fact(3, n=60)])
    visitor = client_for(Seat.ANALYST)
    given = GIVEN | {"source": row.source_id, "minimum_cell": "20", "why": "State rule"}

    answer = visitor.post(reverse("scorecards:change", args=["x"]), given)

    assert answer.status_code == 302
    assert queries.indicator("x").version == 2
    assert queries.versions_of("x")[0].why == "State rule"
    assert queries.latest_readings([1], keys=["x"])[1, "x"].state == "suppressed"


def test_retired_indicator_keeps_its_values_and_leaves_the_schools_page():
    IndicatorFactory(key="x")
    load([fact(1)])
    visitor = client_for(Seat.ANALYST)

    visitor.post(reverse("scorecards:retire", args=["x"]), {"why": "Replaced"})

    assert queries.school_indicators(1, network_id=None) == ()
    assert queries.indicator_values("x", place="school").items
    visitor.post(reverse("scorecards:revive", args=["x"]))
    assert queries.school_indicators(1, network_id=None)


def test_actions_refuse_whoever_does_not_keep_the_catalogue():
    row = IndicatorFactory(key="x")
    viewing = Actor(person_id=7, seats=frozenset({Seat.ANALYST}), as_seen_by=PRINCIPAL)
    for actor in (PRINCIPAL, viewing):
        with pytest.raises(RefusedError):
            actions.define_indicator(draft("y"), source=None, by=actor, at=AT)
        with pytest.raises(RefusedError):
            actions.retire_indicator(row, why="", by=actor, at=AT)
    assert rows().count() == 1


def test_ensure_never_overwrites_what_a_district_edited():
    source = SourceFactory()
    actions.ensure_indicators(
        [draft("x", name="As shipped")], source=source, by=ANALYST, at=AT
    )
    rows().filter(key="x").update(name="As edited")

    found = actions.ensure_indicators(
        [draft("x", name="As shipped"), draft("y")], source=source, by=ANALYST, at=AT
    )

    assert (found["x"].name, set(found)) == ("As edited", {"x", "y"})


def test_every_act_of_this_room_is_told():
    acts = (
        "indicator.defined",
        "indicator.changed",
        "indicator.retired",
        "indicator.revived",
        "values.loaded",
        "values.undone",
        "shelves.made",
    )

    assert {f"scorecards.{act}" for act in acts} <= set(verbs())
