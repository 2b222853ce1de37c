"""Two hundred real calendar files: each is read or refused with a sentence, in bounds."""

import resource
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr

from schoolward.timeuse.domain.reading import read_calendar
from schoolward.timeuse.domain.shapes import UnreadableCalendarError, Window
from tests.sample_data import sample


pytestmark = pytest.mark.real
HOME = ZoneInfo("America/Chicago")
ALL_TIME = Window(datetime(1990, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))
LONGEST_SECONDS = 5
MOST_GROWTH = 60_000
"""Kilobytes by which the whole folder may make the process grow."""


def files() -> list[Path]:
    return sorted(sample("calendars").glob("*/*.ics"))


def read(path, window=ALL_TIME):
    return read_calendar(path.read_bytes(), home=HOME, window=window)


def named(name):
    (found,) = [path for path in files() if path.name == name]
    return found


def test_every_file_is_read_or_refused_with_a_sentence_in_bounded_time_and_memory():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    outcomes = {"read": 0, "refused": 0}

    for path in files():
        begun = perf_counter()
        try:
            found = read(path)
        except UnreadableCalendarError as refusal:
            outcomes["refused"] += str(refusal).endswith(".")
        else:
            _check(found, path.name)
            outcomes["read"] += 1
        assert perf_counter() - begun < LONGEST_SECONDS, path.name

    assert sum(outcomes.values()) == 202
    assert outcomes["read"] >= 180
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < MOST_GROWTH


def _check(found, name):
    assert all(one.reason.endswith((".", "”.")) for one in found.refused), name
    assert all(one.component and one.remedy for one in found.refused), name
    assert all(one.starts_at <= one.ends_at for one in found.occurrences), name
    keys = [(one.uid, one.key) for one in found.occurrences]
    assert len(keys) == len(set(keys)), name


def test_no_file_without_the_first_line_of_a_calendar_is_read():
    for path in files():
        text = path.read_bytes().upper()
        if b"BEGIN:VCALENDAR" not in text and b"BEGIN:VEVENT" not in text:
            with pytest.raises(UnreadableCalendarError):
                read(path)


def lines_of(path):
    """Return a file's unfolded lines by name, of its first event; read here anew."""
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    body = text.replace("\n ", "").split("BEGIN:VEVENT")[1]
    found = {}
    for line in body.split("\n"):
        name, _, value = line.partition(":")
        found.setdefault(name.split(";")[0], value.strip())
    return found


SERIES = [
    "event_with_recurrence.ics",
    "event_with_recurrence_exdates_on_different_lines.ics",
    "issue_1081_event_with_rrule.ics",
    "issue_70_rrule_causes_attribute_error.ics",
    "issue_157_removes_trailing_semicolon.ics",
    "issue_466_respect_unique_timezone.ics",
    "parserv2.ics",
    "daily_recur.ics",
    "day_long_recur_yearly.ics",
]


@pytest.mark.parametrize("name", SERIES)
def test_instances_are_as_many_as_an_independent_expansion_counts(name):
    path = named(name)
    lines = lines_of(path)
    text = lines["DTSTART"].removesuffix("Z")
    form = "%Y%m%dT%H%M%S" if "T" in text else "%Y%m%d"
    start = datetime.strptime(text, form)  # noqa: DTZ007
    window = Window(
        start.replace(tzinfo=UTC) - timedelta(days=2),
        start.replace(tzinfo=UTC) + timedelta(days=3 * 365),
    )
    rule = lines["RRULE"].strip(";").replace("Z", "")
    left_out = path.read_text().count("EXDATE")
    last = window.end.astimezone(HOME).replace(tzinfo=None)

    theirs = {start, *rrulestr(rule, dtstart=start).between(start, last, inc=True)}

    count = len(read(path, window).occurrences)
    assert count > 0
    assert abs(count - (len(theirs) - left_out)) <= 1


def test_counts_by_hand():
    """Counted from the files by eye: rules with a COUNT, extra and left-out days."""
    by_hand = {
        "rdate_exdate.ics": 3,
        "recur_instances_finite.ics": 5,
        "issue_156_RDATE_with_PERIOD_list.ics": 3,
        "google_birthday.ics": 6,
        "example__3.ics": 3,
    }

    assert {name: len(read(named(name)).occurrences) for name in by_hand} == by_hand
