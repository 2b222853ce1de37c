"""A small district in which every seat has something true to see."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from schoolward.access.tests.factories import UserFactory, Visitor, seat_of, visitor_of
from schoolward.audit.models import LegalHold, Load, LoadState
from schoolward.base.models import Job, JobState
from schoolward.district import search
from schoolward.district.models import Network, Person, School, Unit
from schoolward.district.tests.factories import (
    AssignmentFactory,
    DayExceptionFactory,
    DistrictFactory,
    GoalFactory,
    MembershipFactory,
    NetworkFactory,
    PersonFactory,
    PostFactory,
    ProfileEntryFactory,
    SchoolFactory,
    SchoolNameFactory,
    SchoolYearFactory,
    SourceFactory,
    SupervisionFactory,
    UnitFactory,
    UnitPostFactory,
    WrongFactFactory,
)
from schoolward.kernel.seats import Seat


DAY = date(2026, 11, 19)
AT = datetime(2026, 11, 12, 15, tzinfo=UTC)
JANUARY = date(2027, 1, 4)


@dataclass
class Town:
    """The places and people that tests name."""

    orchard: School
    harbor: School
    network: Network
    unit: Unit
    people: dict[Seat, Person]

    def visitor(self, seat: Seat) -> Visitor:
        """Return a signed-in browser of the person in a seat."""
        return visitor_of(self.people[seat])


def named(name: str) -> Person:
    """Make a person by full name."""
    given, _, family = name.partition(" ")
    return PersonFactory(
        given_name=given, family_name=family, email=f"{given.lower()}@town.example"
    )


def build() -> Town:
    """Build the district and index its names."""
    DistrictFactory()
    SchoolYearFactory()
    network = NetworkFactory(name="Math talk")
    orchard = SchoolFactory(
        name="Orchard Elementary", level="elementary", grades="PK-5", phone="555-0201"
    )
    harbor = SchoolFactory(name="Harbor Middle", level="middle", grades="6-8")
    SchoolNameFactory(school=orchard, name="Old Mill School")
    for school in (orchard, harbor):
        MembershipFactory(school=school, network=network)
    unit = UnitFactory(name="Human Resources", purpose="Hires and keeps people.")
    people = _people(orchard, unit)
    town = Town(orchard, harbor, network, unit, people)
    _leading(town)
    _living(town)
    _working(town)
    for kind, model in (
        ("school", School),
        ("person", Person),
        ("unit", Unit),
        ("network", Network),
    ):
        ids = model.objects.unscoped(reason="a test's index").values_list("pk")
        search.index_rows(kind, [pk for (pk,) in ids], day=DAY)
    return town


def _people(school: School, unit: Unit) -> dict[Seat, Person]:
    names = {
        Seat.PRINCIPAL: "Priya Raman",
        Seat.ASSISTANT_PRINCIPAL: "Amir Sato",
        Seat.ILD: "Marisol Quintero",
        Seat.DEPUTY: "Adaeze Obi",
        Seat.UNIT_LEAD: "Desmond Alvarez",
        Seat.UNIT_STAFF: "Yusuf Haddad",
        Seat.CHIEF: "Grace Mwangi",
        Seat.SUPERINTENDENT: "Eleanor Voss",
        Seat.ANALYST: "Priscilla Lindgren",
        Seat.RECORDS_OFFICER: "Ruth Amato",
        Seat.BOARD_MEMBER: "Walter Boyd",
        Seat.ADMINISTRATOR: "Dmitri Halloran",
    }
    people = {seat: named(name) for seat, name in names.items()}
    for seat, person in people.items():
        at_school = seat in {Seat.PRINCIPAL, Seat.ASSISTANT_PRINCIPAL, Seat.ILD}
        in_unit = seat in {Seat.UNIT_LEAD, Seat.UNIT_STAFF}
        places = {"school": school} if at_school else {}
        seat_of(person, seat, **places, **({"unit": unit} if in_unit else {}))
    AssignmentFactory(person=people[Seat.UNIT_STAFF], unit=unit, school=school)
    return people


def _leading(town: Town) -> None:
    """Give Harbor a new principal, another ILD from January, and a vacant school."""
    newcomer = named("Denise Whitfield")
    PostFactory(person=newcomer, school=town.harbor, start_date=date(2026, 8, 3))
    ild = town.people[Seat.ILD]
    other = named("Theodore Banks")
    UserFactory(person=other)
    SupervisionFactory(person=ild, school=town.harbor, end_date=JANUARY)
    SupervisionFactory(person=other, school=town.harbor, start_date=JANUARY)
    SchoolFactory(name="Quarry Middle", level="middle")


def _living(town: Town) -> None:
    """Write goals, profile, days and reports."""
    author = town.people[Seat.PRINCIPAL]
    GoalFactory(school=town.orchard, title="Students explain their thinking")
    for school in (town.orchard, town.harbor):
        ProfileEntryFactory(
            school=school, text="A steady teacher in room 12.", written_at=AT
        )
    DayExceptionFactory()
    DayExceptionFactory(
        day=date(2026, 12, 4), kind="pd", name="Writing together", school=town.orchard
    )
    source = SourceFactory(
        key="schools", unit=town.unit, steward=town.people[Seat.UNIT_LEAD]
    )
    common = {"school": town.orchard, "source": source, "said_by": author}
    WrongFactFactory(
        **common, fact="Phone", owner=town.people[Seat.UNIT_LEAD], said_at=AT
    )
    WrongFactFactory(**common, fact="Address", said_at=AT)
    WrongFactFactory(
        **common,
        fact="Grades taught",
        state="mended",
        answer="Mended today.",
        said_at=AT,
        answered_at=AT,
    )


def _working(town: Town) -> None:
    """Leave loads, holds and jobs to be looked at."""
    for state, refused in ((LoadState.GUARDED, 0), (LoadState.LOADED, 4)):
        Load.objects.create(
            target="schools",
            format="CSV",
            file_name=f"schools-{state}.csv",
            sha256="0" * 64,
            as_of_date=date(2026, 7, 1),
            begun_at=AT,
            state=state,
            refused_count=refused,
            loaded_at=AT if state == LoadState.LOADED else None,
        )
    LegalHold.objects.create(
        reason="Hearing of March",
        record_class="administration",
        placed_by=town.people[Seat.RECORDS_OFFICER].pk,
        placed_by_name="Ruth Amato",
        placed_at=AT,
    )
    Job.objects.create(
        name="exchange.load",
        state=JobState.FAILED,
        asked_by=town.people[Seat.ANALYST].pk,
        asked_by_name="Priscilla Lindgren",
        asked_at=AT,
        problem="Traceback\nOSError: the disk is full",
    )
    UnitPostFactory(person=None, unit=town.unit)
