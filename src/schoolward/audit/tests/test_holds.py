"""What a legal hold keeps from being told, and from being forgotten."""

from datetime import UTC, datetime

import pytest

from schoolward.audit import actions, queries
from schoolward.audit.models import Event
from schoolward.audit.record import record
from schoolward.kernel.actor import Actor
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 19, 15, tzinfo=UTC)
OFFICER = Actor(person_id=3, name="Ruth Amato", seats=frozenset({Seat.RECORDS_OFFICER}))
HELD = 4


def test_person_under_a_hold_does_not_read_its_reason_in_any_table():
    placed = actions.place_hold(
        by=OFFICER, at=AT, reason="Counsel expects a suit", person_id=HELD
    )
    actions.lift_hold(placed, by=OFFICER, at=AT)

    held = queries.held_about(HELD)

    assert {one.model for one in held} == {"audit.Event", "audit.LegalHold"}
    assert "Counsel" not in str([one.rows for one in held])
    assert "counsel decides" in str([one.rows for one in held])


def test_records_officer_still_reads_the_reason_in_the_record():
    actions.place_hold(by=OFFICER, at=AT, reason="Request 2026-114", person_id=HELD)

    found = queries.events(queries.Sought())

    assert found.events[0].says.endswith("Request 2026-114")


@pytest.mark.parametrize("hold", [{"school_id": 70}, {"record_class": "security"}])
def test_forget_is_refused_while_a_school_or_class_that_names_the_person_is_held(hold):
    clerk = Actor(person_id=HELD, name="Sam Hill")
    event = record("access.session.left", by=clerk, at=AT)
    Event._base_manager.filter(pk=event.pk).update(school_id=70)
    actions.place_hold(by=OFFICER, at=AT, reason="Litigation", **hold)

    with pytest.raises(actions.HeldError, match="Lift the hold first"):
        actions.forget_person(HELD, by=OFFICER, at=AT)

    assert Event.objects.get(pk=event.pk).actor_name == "Sam Hill"


def test_forget_goes_on_while_something_else_is_held():
    record("access.session.left", by=Actor(person_id=HELD, name="Sam Hill"), at=AT)
    actions.place_hold(by=OFFICER, at=AT, reason="Litigation", school_id=71)
    actions.place_hold(by=OFFICER, at=AT, reason="Another", record_class="planning")

    assert actions.forget_person(HELD, by=OFFICER, at=AT) == 1
