"""Keeping the record: append-only, holds, periods, disposal, forgetting."""

from datetime import UTC, datetime

import pytest

from schoolward.audit import actions, queries
from schoolward.audit.due import due_classes
from schoolward.audit.models import AppendOnlyError, Disposal, Event
from schoolward.audit.record import record
from schoolward.base.http import RefusedError
from schoolward.base.models import Job
from schoolward.kernel.actor import Actor
from schoolward.kernel.seats import Seat


pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 19, 15, tzinfo=UTC)
OFFICER = Actor(person_id=3, name="Ruth Amato", seats=frozenset({Seat.RECORDS_OFFICER}))
CLERK = Actor(person_id=4, name="Sam Hill", seats=frozenset({Seat.UNIT_STAFF}))


def old_job(*, asked_by=9):
    asked_at = datetime(2020, 1, 1, tzinfo=UTC)
    return Job.objects.create(name="x.y", asked_at=asked_at, asked_by=asked_by)


def test_an_event_once_written_cannot_be_changed_or_deleted():
    event = record("audit.hold.placed", by=OFFICER, at=AT, reason="Request 1")

    with pytest.raises(AppendOnlyError):
        event.save()
    with pytest.raises(AppendOnlyError):
        event.delete()
    with pytest.raises(AppendOnlyError):
        Event.objects.filter(pk=event.pk).update(actor_name="Nobody")


def test_dispose_takes_what_is_due_and_logs_who_approved():
    old_job()
    Job.objects.create(name="x.z", asked_at=AT)

    gone = actions.dispose("technical", by=OFFICER, at=AT)

    assert gone == 1
    assert list(Job.objects.values_list("name", flat=True)) == ["x.z"]
    assert Disposal.objects.get().approved_by_name == "Ruth Amato"


def test_events_go_with_the_class_of_their_verb_and_not_with_another():
    long_ago = datetime(2012, 6, 1, tzinfo=UTC)
    record("access.session.started", by=CLERK, at=long_ago)
    record("access.session.started", by=CLERK, at=AT)
    record("district.school.changed", by=CLERK, at=long_ago)
    security = {one.record_class.key: one.count for one in due_classes(today=AT.date())}

    gone = actions.dispose("security", by=OFFICER, at=AT)

    assert security["security"] == gone == 1
    left = Event.objects.filter(actor_id=CLERK.person_id)
    assert sorted(left.values_list("verb", "happened_at__year")) == [
        ("access.session.started", 2026),
        ("district.school.changed", 2012),
    ]


def test_dispose_leaves_what_a_hold_on_the_person_keeps():
    old_job(asked_by=9)
    actions.place_hold(by=OFFICER, at=AT, reason="Request 2", person_id=9)

    assert actions.dispose("technical", by=OFFICER, at=AT) == 0


def test_dispose_is_refused_while_the_class_is_held():
    actions.place_hold(by=OFFICER, at=AT, reason="Litigation", record_class="technical")

    with pytest.raises(actions.HeldError):
        actions.dispose("technical", by=OFFICER, at=AT)


def test_dispose_takes_nothing_of_a_class_kept_for_good():
    record("audit.hold.placed", by=OFFICER, at=AT.replace(year=1990), reason="Old")

    assert actions.dispose("audit", by=OFFICER, at=AT) == 0


def test_dispose_is_refused_to_others_with_a_next_step():
    with pytest.raises(RefusedError) as refused:
        actions.dispose("technical", by=CLERK, at=AT)

    assert "records officer" in refused.value.decision.next_step


def test_forget_takes_the_name_and_leaves_the_act():
    record("audit.hold.placed", by=CLERK, at=AT, reason="Request 3")

    changed = actions.forget_person(CLERK.person_id, by=OFFICER, at=AT)

    event = Event.objects.get(verb="audit.hold.placed")
    assert (changed, event.actor_name) == (1, actions.FORGOTTEN)
    assert event.facts == {"reason": "Request 3"}


def test_forget_drops_all_facts_of_a_verb_nobody_described():
    record("unknown.verb.here", by=CLERK, at=AT, home="12 Elm")

    actions.forget_person(CLERK.person_id, by=OFFICER, at=AT)

    assert Event.objects.get(verb="unknown.verb.here").facts == {}


def test_forget_is_refused_while_the_person_is_held():
    actions.place_hold(by=OFFICER, at=AT, reason="Request 4", person_id=4)

    with pytest.raises(actions.HeldError):
        actions.forget_person(4, by=OFFICER, at=AT)


def test_held_about_marks_what_must_be_withheld():
    actions.place_hold(by=OFFICER, at=AT, reason="Counsel says", person_id=4)

    held = {one.model: one for one in queries.held_about(4)}

    assert held["audit.LegalHold"].rows[0]["reason"].startswith("[withheld:")


def test_search_finds_by_name_kind_and_day():
    record("audit.hold.placed", by=CLERK, at=AT, reason="a")
    record("audit.hold.placed", by=OFFICER, at=AT.replace(day=1), reason="b")

    found = queries.events(queries.Sought(words="hill", since=AT.date()))

    assert [told.says for told in found.events] == ["Sam Hill placed a legal hold: a"]


def test_search_pages_without_losing_a_row():
    for number in range(queries.PAGE + 3):
        record("audit.hold.placed", by=CLERK, at=AT, reason=str(number))

    first = queries.events(queries.Sought())
    second = queries.events(queries.Sought(), before=first.next_before)

    seen = [told.pk for told in (*first.events, *second.events)]
    assert len(seen) == len(set(seen)) == queries.PAGE + 3


def test_set_period_replaces_the_default():
    actions.set_period("security", by=OFFICER, at=AT, years=4, authority="Series 7")

    period = queries.period_of("security")
    assert (period.years, period.authority, period.is_default) == (4, "Series 7", False)
