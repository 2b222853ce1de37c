"""Building the simulated district by the actions people use, in the order of the years."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from schoolward.access.actors import actor_of
from schoolward.access.demo import make_links
from schoolward.access.models import User
from schoolward.base import clock
from schoolward.base.models import DemoMark
from schoolward.config import founding
from schoolward.config.demo import calendars, cast, numbers, plan, year
from schoolward.config.demo.plan import DistrictPlan, SchoolPlan
from schoolward.config.demo.town import Town, address_of, moment
from schoolward.district import actions
from schoolward.district.models import (
    Capacity,
    Network,
    Person,
    Post,
    School,
    Unit,
)
from schoolward.kernel.actor import Actor
from schoolward.kernel.seats import Seat


Told = Callable[[str, int, int], None]
"""Called with what is being done, how much is done, and how much there is."""


def build(*, seed: int, built_at: datetime, told: Told) -> dict[Seat, str]:
    """Build everything and return the path of each seat's sign-in link."""
    made = plan.make_plan(seed=seed)
    town = Town(plan=made, admin=_found(made))
    steps: list[tuple[str, Callable[[Town], None]]] = [
        ("central office", _office),
        ("units", _units),
        ("networks", _networks),
        ("schools", _schools),
        ("posts and services of schools", _posts),
        ("sources", numbers.add_sources),
        ("the school year", year.build),
        ("indicators", numbers.build),
        ("calendars", calendars.build),
        ("accounts", _accounts),
    ]
    for number, (what, step) in enumerate(steps):
        told(what, number, len(steps))
        step(town)
    DemoMark.objects.create(pk=1, built_at=built_at, today=plan.TODAY, seed=seed)
    clock.forget_standing_day()
    told("done", len(steps), len(steps))
    return make_links(dict(_seats(town)))


def _found(made: DistrictPlan) -> Actor:
    admin = next(one for one in made.office if one.seat is Seat.ADMINISTRATOR)
    founding.found(
        founding.Founding(
            name=cast.DISTRICT,
            time_zone="America/Chicago",
            email=address_of(admin.name),
            administrator=admin.name,
            password=f"{made.seed}-lakemont-{admin.name}",
        ),
        at=moment(plan.FOUNDED),
    )
    people = Person.objects.unscoped(reason="the demo's first administrator")
    return actor_of(people.get(display_name=admin.name), today=plan.FOUNDED)


def person(town: Town, name: str) -> Person:
    """Return a person of the plan, adding them at first mention."""
    if name not in town.people:
        given, _, family = name.partition(" ")
        town.people[name] = actions.add_person(
            name,
            by=town.admin,
            at=moment(plan.FOUNDED),
            given_name=given,
            family_name=family,
            email=address_of(name),
            email_is_verified=True,
            phone=f"555-01{len(town.people) % 100:02d}",
        )
    return town.people[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seated:
    """A post to be given to somebody of the plan."""

    name: str
    seat: Seat
    place: School | Unit | Network | None
    title: str
    start: date = plan.FOUNDED
    boss: str = ""
    capacity: Capacity = Capacity.REGULAR
    is_shared: bool = False
    until: date | None = None


def seat(town: Town, seated: Seated) -> Post:
    """Appoint somebody as the plan says; an empty name leaves the post vacant."""
    wanted = actions.Appointment(
        person(town, seated.name) if seated.name else None,
        seated.seat,
        seated.place,
        seated.start,
        title=seated.title,
        capacity=seated.capacity,
        is_shared=seated.is_shared,
        until=seated.until,
        reports_to=town.posts.get(seated.boss),
    )
    post = actions.appoint(wanted, by=town.admin, at=moment(seated.start))
    if seated.name:
        town.posts[seated.name] = post
    return post


def _office(town: Town) -> None:
    people = Person.objects.unscoped(reason="the demo's first administrator")
    admin = people.get(pk=town.admin.person_id)
    town.people[admin.display_name] = admin
    bosses: dict[Seat, str] = {}
    for one in town.plan.office:
        bosses[one.seat] = one.name
        boss = bosses.get(one.reports_to, "") if one.reports_to else ""
        if one.seat is not Seat.ADMINISTRATOR:
            seated = Seated(
                name=one.name, seat=one.seat, place=None, title=one.title, boss=boss
            )
            seat(town, seated)


def _units(town: Town) -> None:
    for one in town.plan.units:
        unit = actions.open_unit(
            one.name, by=town.admin, at=moment(plan.FOUNDED), purpose=one.purpose
        )
        town.units[one.name] = unit
        lead = Seated(
            name=one.lead,
            seat=Seat.UNIT_LEAD,
            place=unit,
            title=f"Director, {one.name}",
            boss="Grace Mwangi",
        )
        seat(town, lead)
        for partner in one.partners:
            works = Seated(
                name=partner,
                seat=Seat.UNIT_STAFF,
                place=unit,
                title=f"School partner, {one.name}",
                boss=one.lead,
            )
            seat(town, works)


def _networks(town: Town) -> None:
    for name, focus, _count in cast.ILDS:
        network = actions.open_network(
            focus,
            by=town.admin,
            at=moment(plan.FOUNDED),
            focus=f"Principals learn together about {focus.lower()}.",
            open_date=plan.FOUNDED,
        )
        town.networks.append(network)
        ild = Seated(
            name=name,
            seat=Seat.ILD,
            place=network,
            title="Instructional leadership director",
            boss="Adaeze Obi",
        )
        seat(town, ild)


def _schools(town: Town) -> None:
    for one in town.plan.schools:
        town.schools[one.code] = actions.open_school(
            one.name, by=town.admin, at=moment(plan.FOUNDED), **_details(town, one)
        )
        _place(town, one)
    _closed_school(town)
    actions.rename_school(
        town.schools[town.plan.schools[20].code],
        name=f"{town.plan.schools[20].name.split()[0]} Community School",
        on=date(2024, 8, 1),
        by=town.admin,
        at=moment(date(2024, 8, 1)),
    )


def _details(town: Town, one: SchoolPlan) -> dict[str, str | float | date]:
    number = int(one.code)
    return {
        "short_name": one.name.split()[0],
        "level": one.level,
        "grades": one.grades,
        "address": f"{100 + number % 890} {one.name.split()[0]} Street",
        "city": "Lakemont",
        "state": "IL",
        "postal_code": f"600{number % 90 + 10}",
        "phone": f"555-02{number % 100:02d}",
        "open_date": plan.FOUNDED,
        "checked_date": date(2026, 8, 20)
        - timedelta(days=town.draw.choice((0, 4, 9, 420))),
    }


def _place(town: Town, one: SchoolPlan) -> None:
    """Put a school into its network and under its ILD, with the reorganization of 2025."""
    school = town.schools[one.code]
    stays = [(one.network, plan.FOUNDED)]
    if one.earlier_network is not None:
        stays = [(one.earlier_network, plan.FOUNDED), (one.network, plan.REORGANIZED)]
    for network, start in stays:
        at = moment(start)
        actions.move_school(
            school, network=town.networks[network], start=start, by=town.admin, at=at
        )
        ild = town.people[cast.ILDS[network][0]]
        actions.supervise(ild, school=school, start=start, by=town.admin, at=at)


def _closed_school(town: Town) -> None:
    """Open a school that was merged into Mill Street in 2024."""
    old = actions.open_school(
        "Old Mill Elementary",
        by=town.admin,
        at=moment(plan.FOUNDED),
        grades="K-5",
        city="Lakemont",
        open_date=plan.FOUNDED,
    )
    actions.move_school(
        old,
        network=town.networks[0],
        start=plan.FOUNDED,
        by=town.admin,
        at=moment(plan.FOUNDED),
    )
    actions.merge_school(
        old,
        into=town.schools[town.plan.schools[1].code],
        on=date(2024, 7, 1),
        by=town.admin,
        at=moment(date(2024, 3, 12)),
    )


def _posts(town: Town) -> None:
    for number, one in enumerate(town.plan.schools):
        for seated in _seated_at(town, number, one):
            seat(town, seated)
        for unit_plan, partner in zip(town.plan.units, one.partners, strict=True):
            start = date(2025, 7, 1)
            actions.assign(
                town.people[unit_plan.partners[partner]],
                unit=town.units[unit_plan.name],
                school=town.schools[one.code],
                start=start,
                by=town.admin,
                at=moment(start),
            )


def _seated_at(town: Town, number: int, one: SchoolPlan) -> Iterator[Seated]:
    """Yield the posts of a school, the vacant and the shared ones included."""
    school = town.schools[one.code]
    boss = cast.ILDS[one.network][0]
    title = (
        "Principal"
        if one.capacity is Capacity.REGULAR
        else f"{one.capacity.label} principal"
    )
    is_shared = number == 23
    yield Seated(
        name=one.principal,
        seat=Seat.PRINCIPAL,
        place=school,
        title=title,
        start=one.since,
        boss=boss,
        capacity=one.capacity,
        is_shared=is_shared,
    )
    if is_shared:
        yield Seated(
            name="Marguerite Sandoval",
            seat=Seat.PRINCIPAL,
            place=school,
            title=title,
            start=one.since,
            boss=boss,
            is_shared=True,
        )
    for assistant in one.assistants:
        yield Seated(
            name=assistant,
            seat=Seat.ASSISTANT_PRINCIPAL,
            place=school,
            title="Assistant principal",
            start=max(one.since, date(2022, 7, 1)),
            boss=one.principal,
        )
    if number in {4, 26}:
        yield Seated(
            name="",
            seat=Seat.ASSISTANT_PRINCIPAL,
            place=school,
            title="Assistant principal",
            start=date(2026, 9, 8),
            boss=one.principal,
        )


def _accounts(town: Town) -> None:
    """Give everybody with a post an account that only a demo link opens."""
    for one in town.people.values():
        if not User.objects.filter(person=one).exists():
            User.objects.create_user(
                one.email, person=one, joined_at=moment(plan.YEAR_START)
            )


def _seats(town: Town) -> Iterator[tuple[Seat, User]]:
    """Yield the account behind each seat's link."""
    faces = {one.seat: one.name for one in town.plan.office}
    faces[Seat.PRINCIPAL] = "Priya Raman"
    faces[Seat.ILD] = "Marisol Quintero"
    faces[Seat.UNIT_STAFF] = "Yusuf Haddad"
    faces[Seat.UNIT_LEAD] = town.plan.units[0].lead
    high = next(one for one in town.plan.schools if one.assistants)
    faces[Seat.ASSISTANT_PRINCIPAL] = high.assistants[0]
    for seat_word in Seat:
        yield seat_word, User.objects.get(person=town.people[faces[seat_word]])
