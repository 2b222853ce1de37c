"""Pages that keep the district: the overview, its settings, its sources."""

import pytest

from schoolward.access.tests.factories import client_for
from schoolward.base.models import Job
from schoolward.district.models import (
    District,
    Source,
)
from schoolward.district.tests.factories import (
    PersonFactory,
    SourceFactory,
)
from schoolward.kernel.seats import Seat
from tests.pages.district import rows, to, words


pytestmark = pytest.mark.django_db


def test_manage_names_what_waits(analyst, school):
    SourceFactory()

    page = words(analyst.get(to("manage")))

    for line in ("Schools without a principal", "Schools without an ILD"):
        assert line in page
    assert "Sources nobody answers for" in page
    assert "This school year is not in the calendar" in page


def test_a_deputy_is_shown_schools_but_not_the_records_of_people(deputy):
    page = deputy.get(to("manage")).content.decode()

    assert to("manage_schools") in page
    assert to("manage_people") not in page


def test_a_principal_is_refused_with_a_next_step():
    answer = client_for(Seat.PRINCIPAL).get(to("manage"))

    assert answer.status_code == 403
    assert "Report what is wrong on the school" in answer.content.decode()


def test_the_district_is_renamed_and_made_small_m13(analyst):
    assert analyst.get(to("settings")).status_code == 200
    sent = {"name": "Lakeside", "time_zone": "America/Denver", "is_small": "on"}

    analyst.post(to("settings"), sent)

    district = District.objects.get()
    assert (district.time_zone, district.is_small) == ("America/Denver", True)


def test_the_search_index_is_built_anew_in_a_job(analyst):
    analyst.post(to("search_rebuild"))

    assert Job.objects.get().name == "district.search.rebuild"


def test_sources_get_somebody_who_answers(analyst):
    steward = PersonFactory(display_name="Sam Data")
    analyst.post(to("source_add"), {"key": "state", "name": "State files"})
    source = rows(Source).get()
    assert "Nobody answers for it" in words(analyst.get(to("sources")))
    sent = {"name": "State files", "steward": f"#{steward.pk}"}
    analyst.post(to("source_change", source.pk), sent)

    assert "Sam Data" in words(analyst.get(to("sources")))
