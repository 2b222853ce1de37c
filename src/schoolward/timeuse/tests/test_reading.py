"""Files of any maker: recurrences, exceptions, zones, privacy, and what is refused."""

from datetime import UTC, date, datetime
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolward.timeuse.domain import lines, reading, zones
from schoolward.timeuse.domain.reading import read_calendar
from schoolward.timeuse.domain.shapes import Status, UnreadableCalendarError
from schoolward.timeuse.tests.files import (
    AUTUMN,
    HOME,
    OWNER,
    calendar,
    days,
    event,
    read,
    starts,
)


WEEKLY = {"RRULE": "FREQ=WEEKLY;COUNT=4"}


def only(found):
    """Return the one occurrence of a reading."""
    (one,) = found.occurrences
    return one


def test_series_keeps_its_hour_when_the_clocks_change():
    found = read(
        event(
            ":20261028T090000",
            DTSTART=";TZID=America/Chicago:20261028T090000",
            RRULE="FREQ=WEEKLY;COUNT=2",
        )
    )

    assert starts(found) == ["10-28 09:00", "11-04 09:00"]
    assert [one.starts_at.hour for one in found.occurrences] == [14, 15]


def test_exceptions_move_drop_add_and_cancel_instances():
    found = read(
        event(
            RRULE="FREQ=WEEKLY;COUNT=4",
            EXDATE="20260908T090000",
            RDATE="20260930T130000",
        ),
        event("20260916T110000", RECURRENCE_ID="20260915T090000"),
        event(
            "20260922T090000",
            RECURRENCE_ID="20260922T140000Z",
            STATUS="CANCELLED",
        ),
    )

    assert starts(found) == ["09-01 09:00", "09-16 11:00", "09-22 09:00", "09-30 13:00"]
    assert [one.counts for one in found.occurrences] == [True, True, False, True]
    assert len({one.key for one in found.occurrences}) == 4


def test_moved_instance_keeps_the_key_of_its_first_plan():
    before = read(event(**WEEKLY))
    after = read(
        event(**WEEKLY), event("20260916T110000", RECURRENCE_ID="20260915T090000")
    )

    assert {one.key for one in before.occurrences} == {
        one.key for one in after.occurrences
    }


def test_instance_moved_out_of_the_window_is_gone_and_into_it_is_there():
    september = days(date(2026, 9, 1), date(2026, 10, 1))
    series = event(RRULE="FREQ=MONTHLY;COUNT=3")

    out = read(
        series,
        event("20261003T090000", RECURRENCE_ID="20260901T090000"),
        window=september,
    )
    into = read(
        series,
        event("20260930T090000", RECURRENCE_ID="20261001T090000"),
        window=september,
    )

    assert starts(out) == []
    assert starts(into) == ["09-01 09:00", "09-30 09:00"]


def test_exception_without_its_series_and_one_that_names_only_a_day_are_read():
    orphan = read(event("20260916T110000", RECURRENCE_ID="20260915T090000"))
    by_day = read(
        event(**WEEKLY),
        event("20260916T110000", RECURRENCE_ID=";VALUE=DATE:20260915"),
    )

    assert starts(orphan) == ["09-16 11:00"]
    assert starts(by_day) == [
        "09-01 09:00",
        "09-08 09:00",
        "09-16 11:00",
        "09-22 09:00",
    ]


def test_later_revision_of_an_event_stands_whatever_the_order():
    early, late = event(SEQUENCE="1"), event("20260902T100000", SEQUENCE="2")

    assert starts(read(early, late)) == starts(read(late, early)) == ["09-02 10:00"]


def test_last_day_of_a_series_is_read_as_a_day_and_as_a_moment():
    by_day = read(event(RRULE="FREQ=WEEKLY;UNTIL=20260915"))
    by_moment = read(event(RRULE="FREQ=WEEKLY;UNTIL=20260915T135959Z"))

    assert starts(by_day) == ["09-01 09:00", "09-08 09:00", "09-15 09:00"]
    assert starts(by_moment) == ["09-01 09:00", "09-08 09:00"]


def test_whole_days_are_days_of_the_district_and_count_no_minutes():
    found = only(read(event("20260901", DTEND="20260903")))

    assert found.all_day
    assert not found.counts
    assert found.starts_at == datetime(2026, 9, 1, 5, tzinfo=UTC)
    assert found.ends_at == datetime(2026, 9, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "hour"),
    [
        ("20260901T090000", 14),  # floating: the district's own clocks
        ("20260901T090000Z", 9),
        (";TZID=America/New_York:20260901T090000", 13),
        (';TZID="Eastern Standard Time":20260901T090000', 13),
        (";TZID=/mozilla.org/20050126_1/America/New_York:20260901T090000", 13),
        (";TZID=GMT-0500:20260901T090000", 14),
        (';TZID="(UTC-05:00) Eastern Time (US & Canada)":20260901T090000', 13),
    ],
)
def test_time_zone_is_found_by_any_makers_name(start, hour):
    assert only(read(event(start))).starts_at.hour == hour


def a_zone(name, *, rule="FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"):
    return "\r\n".join(
        [
            "BEGIN:VTIMEZONE",
            f"TZID:{name}",
            "BEGIN:DAYLIGHT",
            "DTSTART:20070311T020000",
            f"RRULE:{rule}",
            "TZOFFSETFROM:-0600",
            "TZOFFSETTO:-0500",
            "END:DAYLIGHT",
            "BEGIN:STANDARD",
            "DTSTART:20071104T020000",
            "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
            "TZOFFSETFROM:-0500",
            "TZOFFSETTO:-0600",
            "END:STANDARD",
            "END:VTIMEZONE",
        ]
    )


@settings(max_examples=60, deadline=None)
@given(st.datetimes(datetime(2010, 1, 1), datetime(2030, 12, 31)))
def test_zone_a_file_describes_agrees_with_the_worlds_list(wall):
    window = days(date(2009, 1, 1), date(2032, 1, 1))
    text = f"{wall:%Y%m%dT%H%M}00"
    ours, theirs = (
        only(
            read(
                a_zone("Our own"),
                event(f";TZID={name}:{text}", uid=name),
                window=window,
            )
        )
        for name in ("Our own", "America/Chicago")
    )

    assert ours.starts_at == theirs.starts_at


def test_zone_of_an_offset_with_unknown_words_is_refused_for_its_summer_time():
    found = read(event(';TZID="(UTC+02:00) Atlantis":20260901T090000'))

    assert "Atlantis" in found.refused[0].reason


def test_zone_that_nobody_describes_is_refused_with_its_name():
    found = read(event(";TZID=Narnia:20260901T090000"))

    (refusal,) = found.refused
    assert refusal.component == "Event 1 of 2026-09-01"
    assert "Narnia" in refusal.reason
    assert refusal.remedy


@pytest.mark.parametrize("word", ["PRIVATE", "CONFIDENTIAL", "X-HIDDEN", "private"])
def test_private_event_keeps_its_time_and_none_of_its_words(word):
    found = only(
        read(
            event(
                CLASS=word,
                SUMMARY="Oncology",
                LOCATION="Mercy Hospital",
                ORGANIZER="mailto:doctor@mercy.example",
                ATTENDEE="mailto:spouse@home.example",
            )
        )
    )

    assert found.is_private
    assert found.counts
    assert not any((found.words.title, found.words.place, found.words.organizer))
    assert found.words.attendees == ()


def test_exception_of_a_private_series_is_private_too():
    found = read(
        event(CLASS="PRIVATE", **WEEKLY),
        event("20260916T110000", RECURRENCE_ID="20260915T090000", SUMMARY="Oncology"),
    )

    assert all(one.is_private and not one.words.title for one in found.occurrences)


def test_free_time_and_declined_meetings_are_not_busy():
    free = only(read(event(TRANSP="TRANSPARENT")))
    outlook = only(read(event(X_MICROSOFT_CDO_BUSYSTATUS="FREE")))
    declined = only(read(event(ATTENDEE=f";PARTSTAT=DECLINED:mailto:{OWNER}")))

    assert not any(one.counts for one in (free, outlook, declined))
    assert declined.status is Status.DECLINED


def test_words_are_read_whole_on_one_line_and_within_bounds():
    folded = "SUMMARY:Visit\\, then\r\n  talk\\nwith Ada" + "x" * 999
    found = only(
        read(
            f"BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260901T090000\r\n{folded}\r\n"
            'ATTENDEE;CN="Cole; Ada: principal":MAILTO:Ada.Cole@District.example\r\n'
            "ATTENDEE:nobody\r\nEND:VEVENT"
        )
    )

    assert found.words.title.startswith("Visit, then talk with Ada")
    assert len(found.words.title) == 300
    assert found.words.attendees == ("ada.cole@district.example",)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (event("nonsense"), "start cannot be read"),
        (event(DTEND="20260901T080000"), "ends before it starts"),
        (event(DTEND=";VALUE=DATE:20260902"), "names an hour"),
        (event(DURATION="soon"), "length cannot be read"),
        (event(DURATION="-PT5M"), "negative"),
        (event("99990101T000000"), "the year 9999"),
        (event(RRULE="FREQ=SECONDLY"), "every minute or every second"),
        (event(RRULE="FREQ=DAILY;UNTIL=never"), "end of its series"),
        (event(EXRULE="FREQ=DAILY"), "EXRULE"),
        (event(RDATE="2026"), "RDATE cannot be read"),
        (event(RRULE="FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) +
               ";BYMINUTE=0,10,20,30,40,50"), "96 times a day"),
        (event(RECURRENCE_ID=";RANGE=THISANDFUTURE:20260901T090000"), "in one stroke"),
        (event(DURATION="P2000D"), "thousand days"),
        ("BEGIN:VEVENT\r\nUID:x\r\nEND:VEVENT", "when it starts"),
        ("BEGIN:VEVENT\r\nUID:x\r\nDTSTART:20260901T090000", "no end"),
    ],
)  # fmt: skip
def test_part_that_cannot_be_counted_is_refused_and_the_rest_is_read(bad, reason):
    found = read(event("20260907T100000", uid="good"), bad)

    (refusal,) = found.refused
    assert reason in refusal.reason
    assert refusal.remedy
    assert refusal.component.startswith("Event 2")
    assert starts(found) == ["09-07 10:00"]


def test_refusal_never_tells_what_an_event_says():
    found = read(event("nonsense", SUMMARY="Oncology", LOCATION="Mercy Hospital"))

    assert "Oncology" not in str(found.refused)
    assert "Mercy" not in str(found.refused)


@pytest.mark.parametrize("content", [b"", b"name,date\nAda,1", b"\x00\xff" * 50])
def test_file_that_is_no_calendar_is_refused_with_what_to_do(content):
    with pytest.raises(UnreadableCalendarError, match="Export your calendar"):
        read_calendar(content, home=HOME, window=AUTUMN)


def test_too_large_a_file_is_refused(monkeypatch):
    monkeypatch.setattr(lines, "MOST_BYTES", 10)
    with pytest.raises(UnreadableCalendarError, match="shorter time"):
        read(event())


def test_too_many_events_and_instances_are_refused(monkeypatch):
    monkeypatch.setattr(lines, "MOST_EVENTS", 1)
    with pytest.raises(UnreadableCalendarError, match="more than 1 events"):
        read(event(uid="a"), event(uid="b"))
    monkeypatch.setattr(lines, "MOST_EVENTS", 9)
    monkeypatch.setattr(reading, "MOST_OCCURRENCES", 3)
    with pytest.raises(UnreadableCalendarError, match="more than 3 meetings"):
        read(event(**WEEKLY))


def test_series_of_too_many_instances_is_refused_alone(monkeypatch):
    monkeypatch.setattr(reading, "MOST_OF_ONE", 3)

    found = read(event(**WEEKLY), event(uid="two"))

    assert starts(found) == ["09-01 09:00"]
    assert "more than 3 times" in found.refused[0].reason


def test_hostile_file_is_read_in_bounded_time(monkeypatch):
    monkeypatch.setattr(reading, "MOST_DAYS", 200_000)
    never = "FREQ=DAILY;COUNT=99999;BYMONTH=2;BYMONTHDAY=30"
    parts = [event("19000101T090000", uid=f"{n}", RRULE=never) for n in range(200)]
    begun = perf_counter()

    found = read(*parts)

    assert perf_counter() - begun < 20
    assert any("too long" in one.reason for one in found.refused)


def test_file_that_lists_too_many_days_loses_the_series_that_do(monkeypatch):
    listing = {"EXDATE": "20260901T090000,20260908T090000"}
    monkeypatch.setattr(zones, "MOST_LISTED", 3)

    found = read(
        event(uid="a", **WEEKLY, **listing), event(uid="b", **WEEKLY, **listing)
    )

    assert len(found.occurrences) == 2
    assert "list more extra" in found.refused[0].reason


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_old_programs_are_read(mark):
    text = calendar(event(SUMMARY="École")).decode()

    found = read_calendar(text.encode(mark), home=HOME, window=AUTUMN)

    assert only(found).words.title == "École"


def test_what_is_within_other_parts_is_not_read():
    alarm = "BEGIN:VALARM\r\nSUMMARY:Secret\r\nDTSTART:20200101T000000\r\nEND:VALARM"
    whole = event(SUMMARY="Visit").replace("END:VEVENT", f"{alarm}\r\nEND:VEVENT")

    assert only(read(whole, head="X-WR-CALNAME:Work")).words.title == "Visit"
    assert read(whole, head="X-WR-CALNAME:Work").name == "Work"


PIECES = st.sampled_from(
    [
        "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "UID:a",
        "DTSTART:20260901T090000", "DTSTART;TZID=Z:20260901", "DURATION:PT1H", "RRULE:",
        "RRULE:FREQ=WEEKLY", "RECURRENCE-ID:20260908T090000", "BEGIN:VTIMEZONE", " x",
        "TZID:Z", "BEGIN:STANDARD", "END:STANDARD", "END:VTIMEZONE", "TZOFFSETTO:+0100",
        "TZOFFSETFROM:+0100", "EXDATE:20260915", ";:", "BEGIN:VALARM", "END:VALARM",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40) | st.lists(st.text(max_size=30), max_size=10))
def test_any_file_is_read_or_refused_and_never_breaks(pieces):
    content = "\r\n".join(["BEGIN:VCALENDAR", *pieces]).encode()

    try:
        found = read_calendar(content, home=HOME, window=AUTUMN)
    except UnreadableCalendarError:
        return

    assert all(one.starts_at <= one.ends_at for one in found.occurrences)
    assert all(one.reason and one.remedy for one in found.refused)
