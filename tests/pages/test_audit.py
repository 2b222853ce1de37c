"""The pages of the record, as each seat meets them."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from schoolward.access.tests.factories import client_for
from schoolward.audit.models import LegalHold
from schoolward.audit.record import record
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 19, 15, tzinfo=UTC)


@pytest.mark.parametrize("name", ["events", "retention", "holds"])
def test_records_officer_opens_every_page_of_the_record(name):
    officer = client_for(Seat.RECORDS_OFFICER)
    record("audit.hold.placed", by=officer.actor, at=AT, reason="Request 1")

    answer = officer.get(reverse(f"audit:{name}"))

    assert answer.status_code == 200


def test_principal_is_refused_the_record_with_a_next_step():
    principal = client_for(Seat.PRINCIPAL)

    answer = principal.get(reverse("audit:events"))

    assert answer.status_code == 403
    assert "records officer" in answer.content.decode()


def test_search_shows_the_sentence_of_an_event():
    officer = client_for(Seat.RECORDS_OFFICER)
    record("audit.hold.placed", by=officer.actor, at=AT, reason="Request 77")

    answer = officer.get(reverse("audit:events"), {"verb": "audit.hold.placed"})

    assert "placed a legal hold: Request 77" in answer.content.decode()


def test_hold_without_anything_to_hold_comes_back_with_a_sentence():
    officer = client_for(Seat.RECORDS_OFFICER)

    answer = officer.post(reverse("audit:holds"), {"reason": "Request 2"})

    assert answer.status_code == 422
    assert "Name a person, a school or a class" in answer.content.decode()
    assert not LegalHold.objects.exists()


def test_hold_is_placed_and_lifted():
    officer = client_for(Seat.RECORDS_OFFICER)

    officer.post(reverse("audit:holds"), {"reason": "Request 3", "person_id": 5})
    placed = LegalHold.objects.get()
    officer.post(reverse("audit:lift", args=[placed.pk]))

    placed.refresh_from_db()
    assert placed.lifted_by_name == officer.person.display_name


def test_everybody_may_see_what_is_held_about_themselves_only():
    principal = client_for(Seat.PRINCIPAL)
    own = reverse("audit:person", args=[principal.person.pk])
    other = reverse("audit:person", args=[principal.person.pk + 1000])

    assert principal.get(own).status_code == 200
    assert principal.get(other).status_code == 403


def test_export_of_a_person_is_recorded():
    officer = client_for(Seat.RECORDS_OFFICER)
    address = reverse("audit:person_export", args=[officer.person.pk])

    answer = officer.post(address)

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.json()["person"] == officer.person.pk
    found = officer.get(reverse("audit:events"), {"verb": "audit.person.exported"})
    assert "exported everything held" in found.content.decode()


def test_period_changes_and_disposal_takes_what_is_due():
    officer = client_for(Seat.RECORDS_OFFICER)

    officer.post(
        reverse("audit:period", args=["technical"]),
        {"years": 3, "authority": "Series 12"},
    )
    answer = officer.post(reverse("audit:dispose", args=["technical"]), follow=True)

    assert "3 years" in answer.content.decode()
    assert "the disposal is on record" in answer.content.decode()
