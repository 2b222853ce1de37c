"""The school year 2026–27 as it has gone so far: calendar, profiles, goals, wrong facts."""

from collections.abc import Iterator
from datetime import date, timedelta

from schoolward.access.actors import actor_of
from schoolward.config.demo import cast, plan
from schoolward.config.demo.plan import SchoolPlan
from schoolward.config.demo.town import Town, address_of, moment
from schoolward.district import actions
from schoolward.district.domain import ProposedDay
from schoolward.district.models import (
    DayKind,
    Delegation,
    ProfileField,
    School,
    WrongFactState,
)
from schoolward.kernel.actor import Actor


HOLIDAYS = (
    (date(2026, 9, 7), "Labor Day"),
    (date(2026, 10, 12), "Indigenous Peoples’ Day"),
    (date(2026, 11, 11), "Veterans Day"),
    (date(2027, 1, 18), "Martin Luther King Jr. Day"),
    (date(2027, 2, 15), "Presidents’ Day"),
    (date(2027, 5, 31), "Memorial Day"),
)
BREAKS = (
    (date(2026, 11, 25), 3, "Thanksgiving break"),
    (date(2026, 12, 21), 12, "Winter break"),
    (date(2027, 3, 22), 5, "Spring break"),
)
PD_DAYS = (
    date(2026, 8, 14),
    date(2026, 10, 2),
    date(2026, 11, 3),
    date(2027, 1, 15),
    date(2027, 3, 5),
)
ANSWERS = (
    (
        WrongFactState.MENDED,
        "Thank you. The registrar had the old grades; mended today.",
    ),
    (
        WrongFactState.RIGHT,
        "We looked: both transfers left in February, so one count stands.",
    ),
)


def build(town: Town) -> None:
    """Roll the year over, then let people write what they wrote this fall."""
    _calendar(town)
    for number, one in enumerate(town.plan.schools):
        _profile(town, number, one)
        _goals(town, number, one)
    _delegates(town)
    _wrong(town)
    _ahead(town)


def _calendar(town: Town) -> None:
    wanted = actions.YearPlan(
        plan.YEAR,
        date(2026, 8, 17),
        date(2027, 6, 11),
        terms=(
            actions.TermPlan("Fall", date(2026, 8, 17), date(2026, 12, 18)),
            actions.TermPlan("Spring", date(2027, 1, 4), date(2027, 6, 11)),
        ),
        days=tuple(_days()),
    )
    actions.roll_over(wanted, by=town.admin, at=moment(date(2026, 6, 20)))
    closed = actions.DayMark(
        DayKind.CLOSED,
        name="Boiler repair",
        school=town.schools[town.plan.schools[1].code],
    )
    actions.set_days(
        [date(2026, 12, 4)], mark=closed, by=town.admin, at=moment(date(2026, 11, 16))
    )


def _days() -> Iterator[ProposedDay]:
    for day, name in HOLIDAYS:
        yield ProposedDay(day, DayKind.HOLIDAY, name, False)  # noqa: FBT003
    for first, length, name in BREAKS:
        for more in range(length):
            day = first + timedelta(days=more)
            if day.weekday() < 5:
                yield ProposedDay(day, DayKind.BREAK, name, False)  # noqa: FBT003
    for day in PD_DAYS:
        yield ProposedDay(day, DayKind.PD, "PD day", True)  # noqa: FBT003


def _profile(town: Town, number: int, one: SchoolPlan) -> None:
    """Let the principal write the profile in August, and a partner add to it in the fall."""
    if number % 14 == 13:
        return
    school = town.schools[one.code]
    principal = town.acting(one.principal)
    for part in ProfileField.values:
        text = _pick(town, number, part)
        day = date(2026, 8, 18) + timedelta(days=town.draw.randrange(30))
        _write(school, part, text, by=principal, day=day)
    if number % 3 == 0:
        _add_later(town, number, one)


def _add_later(town: Town, number: int, one: SchoolPlan) -> None:
    """Let a unit's partner add to the profile what they learned this fall."""
    unit, part, text = cast.LATER[number // 3 % len(cast.LATER)]
    partner = town.plan.units[unit].partners[one.partners[unit]]
    day = date(2026, 11, 2) + timedelta(days=town.draw.randrange(16))
    school = town.schools[one.code]
    _write(school, part, text, by=town.acting(partner), day=day)


def _pick(town: Town, number: int, part: str) -> str:
    """Return what a profile says; the first school always the same."""
    said = cast.PROFILE[part]
    return (
        said[0] if number == 0 else said[(number + town.draw.randrange(2)) % len(said)]
    )


def _write(school: School, part: str, text: str, *, by: Actor, day: date) -> None:
    actions.write_profile(
        school, field=ProfileField(part), text=text, by=by, at=moment(day, 14)
    )


def _goals(town: Town, number: int, one: SchoolPlan) -> None:
    principal = town.acting(one.principal)
    for position in range(3 - number % 2):
        title, who_for, how = cast.GOALS[(number + position) % len(cast.GOALS)]
        actions.add_goal(
            town.schools[one.code],
            start_year=plan.YEAR,
            by=principal,
            at=moment(date(2026, 8, 12)),
            title=title,
            who_for=who_for,
            how_known=how,
            led_by=one.principal if position == 0 else "Grade leads",
            standing="",
            agreed_date=date(2026, 8, 12),
        )


def _delegates(town: Town) -> None:
    """Let an office manager act for a principal, and an assistant for an ILD."""
    pairs = (("Priya Raman", "Lorraine Tate"), ("Marisol Quintero", "Anselm Pruitt"))
    for name, delegate in pairs:
        assistant = actions.add_person(
            delegate,
            by=town.admin,
            at=moment(plan.YEAR_START),
            email=address_of(delegate),
        )
        town.people[delegate] = assistant
        wanted = Delegation(
            person=town.people[name],
            delegate=assistant,
            purpose="Calendar and profile",
            start_date=plan.YEAR_START,
        )
        actions.name_delegate(wanted, by=town.admin, at=moment(plan.YEAR_START))
    _write(
        town.schools[town.plan.schools[0].code],
        "reach",
        "By the ILD, or before 7:40 AM. On Tuesdays ask Lorraine Tate.",
        by=actor_of(town.people["Lorraine Tate"], today=plan.TODAY),
        day=date(2026, 11, 12),
    )


def _wrong(town: Town) -> None:
    """Report four facts as wrong; two are answered."""
    for number, (fact, shown, said) in enumerate(cast.WRONG):
        one = town.plan.schools[number * 3]
        report = actions.report_of(
            town.schools[one.code],
            fact=fact,
            said=said,
            shown=shown,
            source_key="schools",
        )
        day = date(2026, 11, 3) + timedelta(days=3 * number)
        report = actions.report_wrong(
            report, by=town.acting(one.principal), at=moment(day)
        )
        if number < len(ANSWERS):
            state, answer = ANSWERS[number]
            actions.answer_wrong(
                report,
                state=state,
                answer=answer,
                by=town.acting("Leonard Brandt"),
                at=moment(day + timedelta(days=2)),
            )


def _ahead(town: Town) -> None:
    """Record what is decided for the time to come: two new ILDs, one new network."""
    at = moment(date(2026, 11, 10))
    deputy = town.acting("Adaeze Obi")
    for number in (8, 16):
        school = town.schools[town.plan.schools[number].code]
        next_ild = (town.plan.schools[number].network + 1) % 5
        ild = town.people[cast.ILDS[next_ild][0]]
        actions.supervise(ild, school=school, start=date(2027, 1, 4), by=deputy, at=at)
    moving = town.plan.schools[16]
    actions.move_school(
        town.schools[moving.code],
        network=town.networks[(moving.network + 1) % 5],
        start=date(2027, 1, 4),
        by=deputy,
        at=at,
    )
