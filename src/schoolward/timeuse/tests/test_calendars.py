"""Calendars of persons: loading, refreshing, who sees them, what the tables refuse."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from schoolward.access.tests.factories import AT, delegate_of, holder
from schoolward.audit import queries as audit
from schoolward.audit.models import Event
from schoolward.audit.presenters import sentence
from schoolward.base.http import RefusedError
from schoolward.kernel.actor import SYSTEM, Actor
from schoolward.kernel.seats import Seat
from schoolward.timeuse import actions, policies, queries
from schoolward.timeuse.domain.period import PeriodError, window_of
from schoolward.timeuse.models import Calendar, CalendarEvent
from schoolward.timeuse.tests.files import HOME, days, event
from schoolward.timeuse.tests.loading import THREE, TODAY, actor, counts, load, rows


pytestmark = pytest.mark.django_db


def test_same_file_twice_changes_nothing_and_leaves_no_trace(ild):
    first = load(ild, *THREE)
    before = (
        list(rows().values()),
        list(Calendar.objects.unscoped(reason="test").values()),
    )
    traces = Event.objects.count()

    again = load(ild, *THREE)

    assert counts(first) == (3, 0, 0, 0)
    assert counts(again) == (0, 0, 0, 3)
    after = (
        list(rows().values()),
        list(Calendar.objects.unscoped(reason="test").values()),
    )
    assert after == before
    assert Event.objects.count() == traces


def test_refresh_touches_only_what_differs(ild):
    load(ild, *THREE)
    kept = rows().get(uid="a").pk

    again = load(
        ild,
        event(uid="a"),
        event("20260902T090000", uid="b", RRULE="FREQ=WEEKLY;COUNT=1", SUMMARY="New"),
        event("20260903T090000", uid="c"),
    )

    assert counts(again) == (1, 1, 1, 1)
    assert rows().get(uid="a").pk == kept
    assert rows().get(uid="b").title == "New"


def test_moved_instance_keeps_its_row(ild):
    series = event(uid="a", RRULE="FREQ=WEEKLY;COUNT=2")
    load(ild, series)
    before = set(rows().values_list("pk", flat=True))

    load(
        ild, series, event("20260909T110000", uid="a", RECURRENCE_ID="20260908T090000")
    )

    assert set(rows().values_list("pk", flat=True)) == before
    assert rows().last().starts_at == datetime(2026, 9, 9, 16, tzinfo=UTC)


def test_part_of_a_calendar_takes_out_nothing_beyond_its_own_meetings(ild):
    year = days(date(2026, 7, 1), date(2027, 7, 1))
    load(ild, event(uid="early"), event("20260910T090000", uid="gone"), window=year)

    again = load(
        ild,
        event("20260909T090000", uid="x"),
        event("20260911T090000", uid="y"),
        window=year,
        whole=False,
    )

    assert counts(again) == (2, 0, 1, 0)
    assert [row.uid for row in rows()] == ["early", "x", "y"]


def test_what_lies_outside_the_window_stays_as_it_was(ild):
    load(ild, event(uid="a"))

    load(ild, window=days(date(2026, 10, 1), date(2026, 11, 1)))

    assert rows().get().uid == "a"


def test_two_calendars_of_one_person_stand_beside_each_other(ild):
    load(ild, event(uid="a"))
    load(ild, event(uid="a"), name="Second")

    week = queries.week(actor(ild), date(2026, 8, 31), today=TODAY, zone=HOME)

    assert rows().count() == 2
    assert week.meeting_count == 1
    assert week.minutes == 60


def test_week_counts_overlaps_once_and_leaves_out_what_takes_no_time(ild):
    load(
        ild,
        event("20260901T090000", uid="a", minutes=60),
        event("20260901T093000", uid="b", minutes=60, CLASS="PRIVATE"),
        event("20260901T120000", uid="c", STATUS="CANCELLED"),
        event("20260901T130000", uid="d", TRANSP="TRANSPARENT"),
        event("20260902", uid="e"),
        event("20260902T233000", uid="f", minutes=60),
    )

    week = queries.week(actor(ild), date(2026, 8, 31), today=TODAY, zone=HOME)

    assert [one.minutes for one in week.days] == [0, 90, 30, 30, 0, 0, 0]
    assert week.private_minutes == 60
    assert week.meeting_count == 3
    assert len(week.days[2].meetings) == 2
    assert len(week.days[3].meetings) == 1


def test_week_without_anything_names_the_nearest_with_something(ild):
    load(ild, event(uid="a"))

    late = queries.week(actor(ild), date(2026, 11, 16), today=TODAY, zone=HOME)
    early = queries.week(actor(ild), date(2026, 8, 3), today=TODAY, zone=HOME)

    assert late.is_bare
    assert late.nearest == early.nearest == date(2026, 8, 31)


@pytest.mark.parametrize("seat", list(Seat))
def test_nobody_but_the_owner_sees_a_calendar(ild, seat):
    load(ild, *THREE)
    line = Calendar.objects.unscoped(reason="test").get()
    other = actor(holder(seat))

    assert not Calendar.objects.visible_to(other).exists()
    assert not CalendarEvent.objects.visible_to(other).exists()
    assert not policies.can_see_calendar(other, ild.pk)
    assert queries.calendar_of(other, line.pk, zone=HOME) is None
    assert queries.calendars(other, zone=HOME) == ()
    with pytest.raises(RefusedError):
        load(ild, by=other)
    with pytest.raises(RefusedError):
        actions.remove_calendar(line, by=other, at=AT)


def test_asking_and_listing_agree_for_the_owner_and_under_view_as(ild):
    load(ild, *THREE)
    owner = actor(ild)
    viewed = Actor(
        person_id=holder(Seat.ADMINISTRATOR).pk,
        seats=frozenset({Seat.ADMINISTRATOR}),
        as_seen_by=owner,
    )

    assert CalendarEvent.objects.visible_to(owner).count() == 3
    assert policies.can_see_calendar(owner, ild.pk)
    assert not CalendarEvent.objects.visible_to(viewed).exists()
    assert not policies.can_see_calendar(viewed, ild.pk)
    assert not policies.can_bring_calendar(viewed, ild.pk)
    assert not CalendarEvent.objects.visible_to(SYSTEM).exists()


def test_delegate_does_not_see_the_calendar_of_whom_they_act_for(ild):
    load(ild, *THREE)
    secretary = actor(delegate_of(ild))

    assert not CalendarEvent.objects.visible_to(secretary).exists()


def test_acts_are_told_in_counts_and_never_in_words(ild):
    load(ild, event(SUMMARY="Oncology", LOCATION="Mercy"), event("bad", SUMMARY="Rash"))
    line = Calendar.objects.unscoped(reason="test").get()
    actions.remove_calendar(line, by=actor(ild), at=AT)

    told = [sentence(one) for one in Event.objects.order_by("pk")]

    assert told == [
        (
            "Mari Quist brought in a calendar of Mari Quist: 1 meetings new, 0 changed, "
            "0 gone, 1 parts refused"
        ),
        "Mari Quist took a calendar out with its 1 meetings",
    ]
    assert not rows().exists()
    kept = json.dumps(list(Event.objects.values("facts", "target_name")))
    assert not any(word in kept for word in ("Oncology", "Mercy", "Rash", "work.ics"))


def test_export_about_a_person_names_their_events_without_the_words(ild):
    load(ild, event(SUMMARY="Oncology", ATTENDEE="mailto:doctor@mercy.example"))

    held = {one.model: one for one in audit.held_about(ild.pk)}

    assert held["timeuse.CalendarEvent"].count == 1
    assert held["timeuse.Calendar"].count == 1
    assert "Oncology" not in str(held)
    assert "mercy" not in str(held)


@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_at": datetime(2026, 8, 1, tzinfo=UTC)},
        {"is_private": True, "title": "Oncology"},
        {"is_private": True, "attendees": ["a@b.example"]},
        {"status": "perhaps"},
        {"uid": "a", "instance_key": "20260901T140000Z"},
    ],
)
def test_tables_refuse_what_must_never_be_true(ild, wrong):
    load(ild, event(uid="a"))
    row = rows().get()
    fields = {
        "calendar": row.calendar,
        "uid": "b",
        "instance_key": "",
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "all_day": False,
        "status": "confirmed",
        "is_busy": True,
        "is_private": False,
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarEvent.objects.create(**fields | wrong)


def test_private_event_without_words_is_kept(ild):
    load(ild, event(CLASS="PRIVATE", SUMMARY="Oncology"))

    row = rows().get()

    assert (row.is_private, row.title, row.attendees) == (True, "", [])


def test_period_is_the_last_school_year_and_this_one_unless_chosen():
    window = window_of(None, None, today=date(2026, 11, 18), zone=HOME)

    assert window.start.astimezone(HOME).date() == date(2025, 7, 1)
    assert window.end.astimezone(HOME).date() == date(2027, 7, 1)
    for first, last in [
        (date(2026, 2, 1), date(2026, 1, 1)),
        (date(2000, 1, 1), date(2026, 1, 1)),
        (date(1900, 1, 1), date(1901, 1, 1)),
    ]:
        with pytest.raises(PeriodError):
            window_of(first, last, today=date(2026, 11, 18), zone=HOME)
