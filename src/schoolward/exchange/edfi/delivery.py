"""A folder or zip of Ed-Fi interchanges as a delivery."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from schoolward.exchange.bundles import Bundle, Member, facts_of, open_bundle
from schoolward.exchange.delivery import Delivery, SourceRef
from schoolward.exchange.domain import Aside, Item, Target, UnreadableFileError
from schoolward.exchange.earlier import places_of, same_file_day, was_loaded
from schoolward.exchange.edfi.calendar import Calendar
from schoolward.exchange.edfi.descriptors import Descriptors, read_descriptors
from schoolward.exchange.edfi.entities import (
    Entity,
    Reading,
    entities,
    interchange_of,
)
from schoolward.exchange.edfi.places import Places, known_kinds
from schoolward.exchange.edfi.staff import Staffing
from schoolward.exchange.sheets.limits import Limits
from schoolward.kernel.schoolyear import SchoolYear


TARGET = IDS = "edfi"
ORGANIZATION = "EducationOrganization"
STAFF = "StaffAssociation"
CALENDAR = "EducationOrgCalendar"
_READ = frozenset({ORGANIZATION, STAFF, CALENDAR})
_ENDINGS = (".xml", ".xml.gz")
_MAJOR = "5"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interchanges:
    """The files of a bundle by what they are.

    Attributes:
        bundle: The folder or zip.
        members: Files that are read, by interchange.
        notes: What was odd, as sentences.
        version: The data standard, such as "5.2.0".
    """

    bundle: Bundle
    members: Mapping[str, tuple[Member, ...]]
    notes: tuple[str, ...]
    version: str

    def entities(self, interchange: str, passed: Counter[str]) -> Iterator[Entity]:
        """Return the entities of one interchange, counting those that are not read."""
        for member in self.members.get(interchange, ()):
            name = f"{self.bundle.name}: {member.file_name}"
            reading = Reading(name=name)
            yield from entities(self.bundle, member, reading=reading)
            passed.update(reading.passed_over)


@contextmanager
def open_delivery(
    path: Path,
    *,
    name: str,
    limits: Limits,
    as_of: date | None,
    today: date,
    answers: Mapping[str, str],  # noqa: ARG001
) -> Iterator[Delivery]:
    """Open Ed-Fi interchanges to be loaded.

    Args:
        path: A folder, a zip, or one file.
        name: The bundle as the person knows it.
        limits: How large each file in it may be.
        as_of: From which day its rows hold; None means find out.
        today: The present day.
        answers: Not needed: Ed-Fi asks nothing.

    Raises:
        UnreadableFileError: It holds no interchange that can be read.
        MapError: The district's table of descriptors cannot be followed.
    """
    descriptors = read_descriptors(Path(settings.SCHOOLWARD_HOME))
    with open_bundle(path, name=name, limits=limits) as bundle:
        found = find_interchanges(bundle)
        passed: Counter[str] = Counter()
        places = _places(found, descriptors, passed)
        calendar = _calendar(found, places, passed)
        year = calendar.year_on(today) or SchoolYear.of(today)
        file = facts_of(path, name=name)
        day = as_of or same_file_day(file.sha256) or _day(year, today=today)
        yield Delivery(
            target=TARGET,
            format=f"Ed-Fi {found.version}".strip(),
            file=file,
            source=SourceRef(key=TARGET, name="Ed-Fi"),
            ids=IDS,
            as_of=day,
            school_year=str(year),
            items=_items(found, places, calendar, passed=passed, as_of=day),
            complete=_complete(found, places),
            emails_are_verified=True,
            notes=found.notes,
        )


def find_interchanges(bundle: Bundle) -> Interchanges:
    """Return the files that are read, by looking at their first elements.

    Raises:
        UnreadableFileError: None is an interchange that is read.
    """
    members: dict[str, list[Member]] = {}
    notes: list[str] = []
    version = ""
    for member in bundle.members:
        if not member.file_name.endswith(_ENDINGS):
            continue
        reading = interchange_of(bundle, member)
        if reading.interchange in _READ:
            members.setdefault(reading.interchange, []).append(member)
            version = version or reading.namespace.rpartition("/")[2][:12]
        else:
            notes.append(
                f"{member.file_name} was not read: {reading.interchange} is not loaded."
            )
    if not members:
        msg = (
            f"{bundle.name} holds none of the interchanges that are read: "
            f"{', '.join(sorted(_READ))}. Choose their XML files, their folder or a zip."
        )
        raise UnreadableFileError(msg)
    if not version.startswith(_MAJOR):
        notes.append(
            f"The files are written for data standard {version or 'unknown'}; 5.x is "
            "what is read. Look at the preview with care."
        )
    return Interchanges(
        bundle=bundle,
        members={key: tuple(found) for key, found in members.items()},
        notes=tuple(notes),
        version=version,
    )


def _places(
    found: Interchanges, descriptors: Descriptors, passed: Counter[str]
) -> Places:
    places = Places(descriptors=descriptors)
    for entity in found.entities(ORGANIZATION, passed):
        places.add(entity)
    return places


def _calendar(found: Interchanges, places: Places, passed: Counter[str]) -> Calendar:
    calendar = Calendar(places=places, descriptors=places.descriptors)
    for entity in found.entities(CALENDAR, passed):
        calendar.add(entity)
    return calendar


def _day(year: SchoolYear, *, today: date) -> date:
    """Return the day from which rows hold when nobody says: as for OneRoster."""
    is_later = was_loaded(TARGET, school_year=str(year))
    return today if is_later and SchoolYear.of(today) == year else year.first_day


def _complete(found: Interchanges, places: Places) -> frozenset[Target]:
    """Return for what the files are whole: what they hold at all."""
    tags = {entity.node.tag for entity in places.orgs.values()}
    whole = {
        Target.SCHOOLS: "School" in tags,
        Target.UNITS: "OrganizationDepartment" in tags,
        Target.NETWORKS: "EducationOrganizationNetwork" in tags,
        Target.PEOPLE: STAFF in found.members,
    }
    return frozenset(target for target, holds in whole.items() if holds)


def _items(
    found: Interchanges,
    places: Places,
    calendar: Calendar,
    *,
    passed: Counter[str],
    as_of: date,
) -> Iterator[Item]:
    yield from places.items(as_of=as_of)
    staffing = Staffing(
        places=places,
        kinds=known_kinds(places, places_of(IDS)),
        descriptors=places.descriptors,
    )
    yield from staffing.items(found.entities(STAFF, passed))
    yield from calendar.items()
    yield from _passed_over(passed)


def _passed_over(passed: Counter[str]) -> Iterable[Aside]:
    for tag, count in sorted(passed.items()):
        yield Aside(row=0, reason=f"{tag}: not read.", count=count)
