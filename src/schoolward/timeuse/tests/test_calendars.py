"""Calendars of persons: loading, refreshing, who sees them, what the tables refuse."""

import json
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from schoolward.access.actors import actor_of
from schoolward.access.tests.factories import AT, client_for, delegate_of, holder
from schoolward.audit import queries as audit
from schoolward.audit.models import Event
from schoolward.audit.presenters import sentence
from schoolward.base.http import RefusedError
from schoolward.district.models import Person
from schoolward.kernel.actor import SYSTEM, Actor
from schoolward.kernel.seats import Seat
from schoolward.timeuse import actions, policies, queries
from schoolward.timeuse.domain.period import PeriodError, window_of
from schoolward.timeuse.models import Calendar, CalendarEvent
from schoolward.timeuse.tests.files import HOME, calendar, days, event


pytestmark = pytest.mark.django_db
SEPTEMBER = days(date(2026, 9, 1), date(2026, 10, 1))
TODAY = AT.date()


@pytest.fixture
def ild():
    return holder(Seat.ILD, name="Mari Quist")


def actor(person):
    return actor_of(person, today=TODAY)


def load(person, *parts, by=None, name="My calendar", window=SEPTEMBER, whole=True):
    arrival = actions.Arrival(
        content=calendar(*parts),
        file_name="work.ics",
        name=name,
        window=window,
        is_whole=whole,
    )
    return actions.load_calendar(
        arrival, person=person, zone=HOME, by=by or actor(person), at=AT
    )


def rows():
    return CalendarEvent.objects.unscoped(reason="test").order_by("starts_at")


def counts(loaded):
    return loaded.new, loaded.changed, loaded.removed, loaded.unchanged


THREE = [event(uid="a"), event("20260902T090000", uid="b", RRULE="FREQ=WEEKLY;COUNT=2")]


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


def upload(*parts, name="work.ics"):
    return SimpleUploadedFile(name, calendar(*parts))


def test_page_looks_first_and_keeps_nothing_then_brings_the_calendar_in():
    visitor = client_for(Seat.ILD)
    address = reverse("timeuse:bring")
    given = {"name": "Work", "first": "2026-09-01", "last": "2026-09-30"}

    looked = visitor.post(address, given | {"file": upload(*THREE), "look": "1"})
    nothing_yet = rows().count()
    brought = visitor.post(address, given | {"file": upload(*THREE)}, follow=True)

    assert looked.status_code == 200
    assert "Nothing was kept" in looked.content.decode()
    assert nothing_yet == 0
    assert "3 meetings new, 0 changed, 0 gone." in brought.content.decode()
    assert rows().count() == 3


def test_look_by_htmx_answers_the_part_alone_with_what_is_wrong():
    visitor = client_for(Seat.ILD)
    address = reverse("timeuse:bring")
    headers = {"HX-Request": "true"}

    good = visitor.post(
        address, {"name": "Work", "look": "1", "file": upload(*THREE)}, headers=headers
    )
    bad = visitor.post(
        address,
        {"name": "Work", "look": "1", "file": SimpleUploadedFile("a.ics", b"Ada")},
        headers=headers,
    )

    assert "<h1" not in good.content.decode()
    assert "What is in the file" in good.content.decode()
    assert bad.status_code == 422
    assert "Export your calendar" in bad.content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"file": ""}, "Choose the .ics file"),
        ({"name": ""}, "Give the calendar a name"),
        ({"first": "2026-09-02", "last": "2026-09-01"}, "Swap the two"),
        ({"file": SimpleUploadedFile("a.ics", b"")}, "empty"),
    ],
)
def test_page_says_what_is_wrong_with_what_was_sent(wrong, said):
    visitor = client_for(Seat.ILD)
    sent = {"name": "Work", "file": upload(*THREE)} | wrong

    answer = visitor.post(reverse("timeuse:bring"), sent)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_week_says_what_to_do_while_nothing_is_there_and_shows_days_after():
    visitor = client_for(Seat.ILD)
    empty = visitor.get(reverse("timeuse:week")).content.decode()
    load(
        visitor.person,
        event(uid="a", SUMMARY="<b>Visit</b>", LOCATION="Ames Middle School"),
        event("20260902T090000", uid="b", CLASS="PRIVATE", SUMMARY="Oncology"),
        event("20260902T110000", uid="c", STATUS="CANCELLED", SUMMARY="Walk"),
    )

    page = visitor.get(reverse("timeuse:week"), {"week": "2026-09-03"})
    other = visitor.get(reverse("timeuse:week"), {"week": "nonsense"})

    assert "No calendar of yours is here yet" in empty
    text = page.content.decode()
    assert "Week of August 31, 2026" in text
    assert "&lt;b&gt;Visit&lt;/b&gt;" in text
    assert "9:00 AM to 10:00 AM, Ames Middle School" in text
    assert "Private" in text
    assert "Oncology" not in text
    assert "Cancelled" in text
    assert "2 h in 2 meetings" in text
    assert "Nothing is in your calendar this week" in other.content.decode()


def test_calendar_page_names_what_was_refused_and_takes_the_calendar_out():
    visitor = client_for(Seat.ILD)
    load(visitor.person, event(uid="a"), event("bad", uid="b"))
    line = Calendar.objects.unscoped(reason="test").get()

    page = visitor.get(reverse("timeuse:calendar", args=[line.pk])).content.decode()
    gone = visitor.post(reverse("timeuse:remove", args=[line.pk]), follow=True)

    assert "Event 2" in page
    assert "start cannot be read" in page
    assert "1 meetings are gone" in gone.content.decode()
    assert not rows().exists()


def test_rail_leads_ilds_to_their_time_and_others_not():
    day = reverse("timeuse:week")

    assert f'href="{day}"' in client_for(Seat.ILD).get(day).content.decode()
    assert (
        'sw-nav__a" href="/time/'
        not in client_for(Seat.UNIT_STAFF).get(day).content.decode()
    )


def run(*arguments, capsys):
    """Run the command; return its exit code and what it printed."""
    code = 0
    try:
        call_command("import", *map(str, arguments))
    except SystemExit as leaving:
        code = leaving.code
    return code, capsys.readouterr().out


def test_command_loads_a_calendar_for_a_person_and_says_what_it_did(
    ild, tmp_path, capsys
):
    path = tmp_path / "work.ics"
    path.write_bytes(calendar(*THREE, event("bad", uid="z")))
    given = ["calendar", path, "--person", ild.email.upper(), "--json"]
    days_ = ["--from", "2026-09-01", "--to", "2026-09-30"]

    looked = run(*given, *days_, "--dry-run", capsys=capsys)
    code, printed = run(*given, *days_, capsys=capsys)
    _, words = run(*given[:-1], *days_, capsys=capsys)

    assert json.loads(looked[1])["instances"] == 3
    told = json.loads(printed)
    assert code == 3
    assert (told["events"], told["instances"], told["new"]) == (3 - 1, 3, 3)
    assert told["refused"][0]["component"] == "Event 3"
    assert set(told["refused"][0]) == {"component", "reason", "remedy"}
    assert rows().count() == 3
    assert "0 new, 0 changed, 0 gone, 3 unchanged" in words


def test_command_refuses_with_a_sentence(ild, tmp_path, capsys):
    path = tmp_path / "work.ics"
    path.write_bytes(b"Ada")

    code, printed = run("calendar", path, "--person", ild.email, capsys=capsys)
    missing = run("calendar", tmp_path / "no.ics", "--person", ild.email, capsys=capsys)

    assert code == 5
    assert "not a calendar" in printed
    assert missing[0] == 5
    for wrong in (
        [],
        ["--person", "nobody@x.example"],
        ["--person", ild.email, "--from", "soon"],
        ["--person", ild.email, "--from", "2026-02-01", "--to", "2026-01-01"],
    ):
        with pytest.raises(CommandError):
            call_command("import", "calendar", str(path), *wrong)
    assert Person.objects.unscoped(reason="test").exists()
