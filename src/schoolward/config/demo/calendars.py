"""The ILDs' calendars of the fall, written as files and brought in like any other."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from schoolward.config.demo import cast, plan
from schoolward.config.demo.plan import SchoolPlan
from schoolward.config.demo.town import Town, address_of, moment
from schoolward.timeuse import actions
from schoolward.timeuse.domain.period import window_of


HOME = ZoneInfo("America/Chicago")
FIRST_MONDAY = date(2026, 8, 17)
WEEKS = 17
DEPUTY = "Adaeze Obi"
IN_TROUBLE = 3
"""The ILD whose weeks other units fill: half the visits, and covering for others."""


def build(town: Town) -> None:
    """Let every ILD bring in the calendar they keep."""
    for number, (name, focus, _count) in enumerate(cast.ILDS):
        schools = [one for one in town.plan.schools if one.network == number]
        events = [
            *_standing(name),
            *_fall(number, focus, [one for one in schools if one.principal]),
        ]
        arrival = actions.Arrival(
            content=_file(events),
            file_name=f"{address_of(name).partition('@')[0]}.ics",
            name="My calendar",
            window=window_of(None, None, today=plan.TODAY, zone=HOME),
        )
        actions.load_calendar(
            arrival,
            person=town.people[name],
            zone=HOME,
            by=town.acting(name),
            at=moment(plan.TODAY, 13),
        )


def _file(events: Sequence[str]) -> bytes:
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lakemont//Invented//EN"]
    return "\r\n".join([*head, *events, "END:VCALENDAR", ""]).encode()


def _standing(name: str) -> Iterator[str]:
    """Write what comes every week, as series."""
    weekly = ("RRULE:FREQ=WEEKLY;UNTIL=20261218T235959Z",)
    monday = FIRST_MONDAY
    yield _event(
        f"{name} ops",
        monday,
        "0800",
        120,
        "Central operations",
        caller=DEPUTY,
        more=weekly,
    )
    wednesday, friday = monday + timedelta(days=2), monday + timedelta(days=4)
    yield _event(
        f"{name} case", wednesday, "0800", 120, "ILD team: case room", caller=DEPUTY,
        more=weekly,
    )  # fmt: skip
    yield _event(
        f"{name} mentor", friday, "1530", 60, f"Mentoring, {DEPUTY}", more=weekly
    )
    yield _event(
        f"{name} notes", monday, "1530", 60, "Notes and preparing", more=weekly
    )


def _fall(number: int, focus: str, schools: Sequence[SchoolPlan]) -> Iterator[str]:
    """Write each week's visits, talks, networks, and what took their place."""
    for week in range(WEEKS):
        monday = FIRST_MONDAY + timedelta(weeks=week)
        turn = [schools[(3 * week + n) % len(schools)] for n in range(6)]
        busy = number == IN_TROUBLE and week >= 4
        yield from _visits(f"{number}-{week}", monday, turn[: 2 if busy else 6], week)
        if week % 2 == 1:
            yield _event(
                f"{number}-{week} network",
                monday + timedelta(days=1),
                "1230",
                180,
                f"Network: {focus.lower()}",
                asked=[one.principal for one in schools],
            )
        yield from _taken(f"{number}-{week}", monday, week, busy=busy)


def _visits(
    key: str, monday: date, turn: Sequence[SchoolPlan], week: int
) -> Iterator[str]:
    """Write time at schools: classrooms, one-on-ones, a look at progress."""
    slots = (
        (0, "1030", 120, "Classroom visits"),
        (0, "1330", 90, "Staffing" if week % 3 == 1 else "One-on-one"),
        (1, "0910", 120, "Data meeting, teachers led"),
        (3, "0800", 180, "Classroom visits"),
        (3, "1120", 80, "One-on-one"),
        (4, "0830", 120, "One-on-one"),
    )
    for one, (day, start, minutes, what) in zip(turn, slots, strict=False):
        gone = week == 9 and day == 3
        yield _event(
            f"{key} {day} {start}",
            monday + timedelta(days=day),
            start,
            minutes,
            f"{one.name}: {what}",
            asked=[one.principal],
            more=(f"LOCATION:{one.name}", *(["STATUS:CANCELLED"] if gone else [])),
        )


def _taken(key: str, monday: date, week: int, *, busy: bool) -> Iterator[str]:
    """Write what other units took, travel, and a private hour."""
    wednesday, thursday = monday + timedelta(days=2), monday + timedelta(days=3)
    yield _event(f"{key} travel", wednesday, "1000", 30, "Travel")
    if week % 3 == 1 or busy:
        yield _event(
            f"{key} bus",
            wednesday,
            "1230",
            60,
            "Bus lot closed",
            caller=_lead_of("Transportation"),
        )
    if week % 4 == 1 or busy:
        yield _event(
            f"{key} review", thursday, "1310", 120, "Accountability report",
            caller=_lead_of("Data & Assessment"),
        )  # fmt: skip
    if busy:
        yield _event(
            f"{key} cover", thursday, "0800", 180, "Covering for Human Resources"
        )
        yield _event(f"{key} budget", monday, "1330", 90, "Budget office hours")
    if week % 5 == 2:
        yield _event(f"{key} own", wednesday, "1600", 45, "", more=("CLASS:PRIVATE",))


def _lead_of(unit: str) -> str:
    return next(lead for name, _purpose, lead, _count in cast.UNITS if name == unit)


def _event(  # noqa: PLR0913
    uid: str,
    day: date,
    start: str,
    minutes: int,
    title: str,
    *,
    caller: str = "",
    asked: Sequence[str] = (),
    more: Sequence[str] = (),
) -> str:
    begins = datetime.combine(day, time(int(start[:2]), int(start[2:])))
    lines = [
        "BEGIN:VEVENT",
        f"UID:{uid.replace(' ', '-')}@lakemont.example",
        f"DTSTART;TZID=America/Chicago:{begins:%Y%m%dT%H%M%S}",
        f"DURATION:PT{minutes}M",
        f"SUMMARY:{title}",
        *([f"ORGANIZER:mailto:{address_of(caller)}"] if caller else []),
        *(f"ATTENDEE:mailto:{address_of(name)}" for name in asked),
        *more,
        "END:VEVENT",
    ]
    return "\r\n".join(lines)
