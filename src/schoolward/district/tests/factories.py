"""The least valid row of every table of the district, for tests of any room."""

from datetime import UTC, date, datetime

import factory

from schoolward.district.models import (
    Assignment,
    DayException,
    Delegation,
    District,
    ExternalId,
    Goal,
    Membership,
    Network,
    Person,
    Post,
    ProfileEntry,
    School,
    SchoolName,
    SchoolYear,
    Source,
    Supervision,
    Term,
    Unit,
    WrongFact,
)


LONG_AGO = date(2015, 7, 1)
"""A day long before any other."""

START = date(2026, 7, 1)
"""The first day of every dated row that does not say otherwise."""

AT = datetime(2026, 11, 19, 15, tzinfo=UTC)
"""The moment of every written row that does not say otherwise."""


class DistrictFactory(factory.django.DjangoModelFactory[District]):
    """The one district, in Chicago's time."""

    class Meta:
        model = District
        django_get_or_create = ("pk",)

    pk = 1
    name = "Lakeside Schools"
    time_zone = "America/Chicago"


class SchoolFactory(factory.django.DjangoModelFactory[School]):
    """A school with a name."""

    class Meta:
        model = School

    name = factory.Sequence(lambda n: f"School {n}")


class SchoolNameFactory(factory.django.DjangoModelFactory[SchoolName]):
    """A name that a school bore."""

    class Meta:
        model = SchoolName

    school = factory.SubFactory(SchoolFactory)
    name = factory.Sequence(lambda n: f"Former School {n}")
    start_date = date(2000, 7, 1)
    end_date = START


class NetworkFactory(factory.django.DjangoModelFactory[Network]):
    """A supervised network."""

    class Meta:
        model = Network

    name = factory.Sequence(lambda n: f"Network {1000 + n}")


class MembershipFactory(factory.django.DjangoModelFactory[Membership]):
    """A school in a network, still running."""

    class Meta:
        model = Membership

    school = factory.SubFactory(SchoolFactory)
    network = factory.SubFactory(NetworkFactory)
    start_date = START


class UnitFactory(factory.django.DjangoModelFactory[Unit]):
    """A unit under no other."""

    class Meta:
        model = Unit

    name = factory.Sequence(lambda n: f"Unit {n}")


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    """A person with a name and no post."""

    class Meta:
        model = Person

    given_name = "Alex"
    family_name = factory.Sequence(lambda n: f"Person{n}")
    display_name = factory.LazyAttribute(
        lambda row: f"{row.given_name} {row.family_name}".strip()
    )


class PostFactory(factory.django.DjangoModelFactory[Post]):
    """A running principal's post at a school; name `unit=` and `school=None` for a unit's."""

    class Meta:
        model = Post

    seat = "principal"
    person = factory.SubFactory(PersonFactory)
    school = factory.SubFactory(SchoolFactory)
    start_date = START


class UnitPostFactory(factory.django.DjangoModelFactory[Post]):
    """A running post of unit staff."""

    class Meta:
        model = Post

    seat = "unit_staff"
    person = factory.SubFactory(PersonFactory)
    unit = factory.SubFactory(UnitFactory)
    start_date = START


class SupervisionFactory(factory.django.DjangoModelFactory[Supervision]):
    """An ILD who supervises a school's principal, still running."""

    class Meta:
        model = Supervision

    person = factory.SubFactory(PersonFactory)
    school = factory.SubFactory(SchoolFactory)
    start_date = START


class AssignmentFactory(factory.django.DjangoModelFactory[Assignment]):
    """A unit's person who serves a school, still running."""

    class Meta:
        model = Assignment

    person = factory.SubFactory(PersonFactory)
    unit = factory.SubFactory(UnitFactory)
    school = factory.SubFactory(SchoolFactory)
    start_date = START


class DelegationFactory(factory.django.DjangoModelFactory[Delegation]):
    """A delegate, still running."""

    class Meta:
        model = Delegation

    person = factory.SubFactory(PersonFactory)
    delegate = factory.SubFactory(PersonFactory)
    start_date = START


class SchoolYearFactory(factory.django.DjangoModelFactory[SchoolYear]):
    """The school year 2026–27, or the one that `start_year` names."""

    class Meta:
        model = SchoolYear
        django_get_or_create = ("start_year",)

    start_year = 2026
    first_date = factory.LazyAttribute(lambda row: date(row.start_year, 8, 24))
    last_date = factory.LazyAttribute(lambda row: date(row.start_year + 1, 6, 11))

    @classmethod
    def _get_manager(cls, model_class):
        return SchoolYear.objects.unscoped(reason="one row per year in a test")


class TermFactory(factory.django.DjangoModelFactory[Term]):
    """The first term of a school year."""

    class Meta:
        model = Term

    school_year = factory.SubFactory(SchoolYearFactory)
    name = factory.Sequence(lambda n: f"Term {n}")
    first_date = factory.LazyAttribute(lambda row: row.school_year.first_date)
    last_date = factory.LazyAttribute(
        lambda row: date(row.school_year.start_year, 11, 6)
    )


class DayExceptionFactory(factory.django.DjangoModelFactory[DayException]):
    """A holiday of the whole district."""

    class Meta:
        model = DayException

    day = date(2026, 11, 26)
    kind = "holiday"
    name = "Thanksgiving"


class SourceFactory(factory.django.DjangoModelFactory[Source]):
    """A source that nobody answers for yet."""

    class Meta:
        model = Source

    key = factory.Sequence(lambda n: f"source-{n}")
    name = factory.LazyAttribute(lambda row: row.key.replace("-", " ").capitalize())


class ExternalIdFactory(factory.django.DjangoModelFactory[ExternalId]):
    """What another system calls a school."""

    class Meta:
        model = ExternalId

    source = "state"
    kind = "school"
    value = factory.Sequence(lambda n: f"{600000 + n}")
    school = factory.SubFactory(SchoolFactory)


class ProfileEntryFactory(factory.django.DjangoModelFactory[ProfileEntry]):
    """Needs of a school, as its people wrote them."""

    class Meta:
        model = ProfileEntry

    school = factory.SubFactory(SchoolFactory)
    field = "needs"
    text = "A second counselor."
    written_by = factory.SubFactory(PersonFactory)
    written_at = AT


class GoalFactory(factory.django.DjangoModelFactory[Goal]):
    """A goal of 2026–27."""

    class Meta:
        model = Goal

    school = factory.SubFactory(SchoolFactory)
    start_year = 2026
    title = "Every grade 3 reader meets the standard"
    written_by = factory.SubFactory(PersonFactory)
    written_at = AT


class WrongFactFactory(factory.django.DjangoModelFactory[WrongFact]):
    """An open report that a fact is wrong."""

    class Meta:
        model = WrongFact

    school = factory.SubFactory(SchoolFactory)
    fact = "Phone"
    said = "The number rings at another school."
    said_by = factory.SubFactory(PersonFactory)
    said_at = AT
