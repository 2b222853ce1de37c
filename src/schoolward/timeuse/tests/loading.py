"""Loading calendars in tests."""

from datetime import date

from schoolward.access.actors import actor_of
from schoolward.access.tests.factories import AT
from schoolward.timeuse import actions
from schoolward.timeuse.models import CalendarEvent
from schoolward.timeuse.tests.files import HOME, calendar, days, event


SEPTEMBER = days(date(2026, 9, 1), date(2026, 10, 1))
TODAY = AT.date()


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
