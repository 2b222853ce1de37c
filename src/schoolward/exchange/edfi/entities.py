"""The entities of an interchange, one by one, built only from elements that are wanted.

Document types, entities and external references are refused before anything is read.
One entity may hold only so much; so the memory needed does not grow with the file.
"""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from schoolward.exchange.bundles import Bundle, Member
from schoolward.exchange.domain import UnreadableFileError


CHUNK = 64 * 1024
ENTITY_BYTES = 4 * 1024 * 1024
PARTS_MOST = 5_000
TEXT_MOST = 2_000
DEPTH_MOST = 40
WANTED = frozenset(
    [
        "Address",
        "AddressType",
        "BeginDate",
        "CalendarCode",
        "CalendarEvent",
        "CalendarIdentity",
        "CalendarReference",
        "CharterStatus",
        "City",
        "Date",
        "DatePosted",
        "DatePostingRemoved",
        "EducationOrganizationId",
        "EducationOrganizationIdentificationCode",
        "EducationOrganizationIdentificationSystem",
        "EducationOrganizationIdentity",
        "EducationOrganizationNetworkId",
        "EducationOrganizationNetworkIdentity",
        "EducationOrganizationNetworkReference",
        "EducationOrganizationReference",
        "ElectronicMail",
        "ElectronicMailAddress",
        "ElectronicMailType",
        "EndDate",
        "FirstName",
        "FullTimeEquivalency",
        "GeographicCoordinates",
        "GradeLevel",
        "IdentificationCode",
        "InstitutionTelephone",
        "InstitutionTelephoneNumberType",
        "LastSurname",
        "Latitude",
        "LocalEducationAgencyId",
        "LocalEducationAgencyIdentity",
        "LocalEducationAgencyReference",
        "Longitude",
        "MemberEducationOrganizationReference",
        "Name",
        "NameOfInstitution",
        "NetworkPurpose",
        "OperationalStatus",
        "OrganizationDepartmentId",
        "ParentEducationOrganizationReference",
        "ParentLocalEducationAgencyReference",
        "PositionTitle",
        "PostalCode",
        "PreferredFirstName",
        "PreferredLastSurname",
        "PostingResult",
        "RequisitionNumber",
        "SchoolCategory",
        "SchoolId",
        "SchoolIdentity",
        "SchoolReference",
        "SchoolType",
        "SchoolYear",
        "SessionName",
        "ShortNameOfInstitution",
        "StaffClassification",
        "StaffIdentity",
        "StaffReference",
        "StaffUniqueId",
        "StateAbbreviation",
        "StreetNumberName",
        "TelephoneNumber",
        "TotalInstructionalDays",
        "WebSite",
    ]
)
"""Elements that are built; whatever else an entity holds is passed over."""

READ = frozenset(
    {
        "School",
        "LocalEducationAgency",
        "OrganizationDepartment",
        "EducationOrganizationNetwork",
        "EducationOrganizationNetworkAssociation",
        "Staff",
        "StaffEducationOrganizationAssignmentAssociation",
        "OpenStaffPosition",
        "Session",
        "CalendarDate",
        "Calendar",
    }
)
"""Entities that are built; the others are counted."""


PRIVATE_MAIL = frozenset({"Home/Personal", "Home", "Personal"})
"""Types of e-mail addresses that are dropped as soon as they are known."""


@dataclass(slots=True)
class Node:
    """One element: its name, its text and the wanted elements in it."""

    tag: str
    key: str = ""
    ref: str = ""
    text: str = ""
    parts: list["Node"] = field(default_factory=list)

    def all(self, tag: str) -> list["Node"]:
        """Return the parts of a name."""
        return [part for part in self.parts if part.tag == tag]

    def find(self, tag: str) -> "Node | None":
        """Return the first element of a name, however deep."""
        for part in self.parts:
            if part.tag == tag:
                return part
            if deeper := part.find(tag):
                return deeper
        return None

    def value(self, tag: str) -> str:
        """Return the text of the first element of a name, however deep."""
        found = self.find(tag)
        return found.text if found else ""

    def values(self, tag: str) -> list[str]:
        """Return the texts of the parts of a name."""
        return [part.text for part in self.all(tag) if part.text]


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity with its place in the file."""

    row: int
    node: Node


@dataclass(slots=True)
class Reading:
    """One interchange as it is read.

    Attributes:
        name: Bundle and file, as sentences name it.
        interchange: The name of its first element, without "Interchange".
        namespace: The address of the data standard it was written for.
        passed_over: Entities that are not read, counted by name.
    """

    name: str
    interchange: str = ""
    namespace: str = ""
    passed_over: Counter[str] = field(default_factory=Counter)


class _Builder:
    """Receives the parser's events and puts wanted entities together."""

    def __init__(self, reading: Reading, *, whole: bool = False) -> None:
        self.reading = reading
        self._whole = whole
        self.ready: deque[Entity] = deque()
        self.ended = 0
        self._row = 0
        self._skipping = 0
        self._parts = 0
        self._text: list[str] = []
        self._size = 0
        self._stack: list[Node] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, name = tag.rpartition("}")
        if not self.reading.interchange:
            self._begin(namespace.lstrip("{"), name)
        elif self._skipping or not self._is_wanted(name):
            self._skip(name)
        else:
            self._push(name, attributes)

    def _begin(self, namespace: str, name: str) -> None:
        if not name.startswith("Interchange"):
            msg = (
                f"{self.reading.name} is XML, but no interchange of Ed-Fi. Choose the "
                "files EducationOrganization, StaffAssociation and EducationOrgCalendar."
            )
            raise UnreadableFileError(msg)
        self.reading.namespace = namespace[:80]
        self.reading.interchange = name.removeprefix("Interchange")[:80]

    def _is_wanted(self, name: str) -> bool:
        return name in (WANTED if self._stack else READ)

    def _skip(self, name: str) -> None:
        if not self._stack and not self._skipping:
            self._row += 1
            self.reading.passed_over[name[:80]] += 1
            if self._whole:
                self.ready.append(Entity(self._row, Node(name[:80])))
            if len(self.reading.passed_over) > PARTS_MOST:
                raise UnreadableFileError(_too_much(self.reading.name))
        self._skipping += 1
        if self._skipping > DEPTH_MOST:
            raise UnreadableFileError(_too_much(self.reading.name))

    def _push(self, name: str, attributes: dict[str, str]) -> None:
        node = Node(
            name, attributes.get("id", "")[:200], attributes.get("ref", "")[:200]
        )
        if self._stack:
            self._stack[-1].parts.append(node)
        else:
            self._row += 1
            self._parts = 0
        self._parts += 1
        self._stack.append(node)
        self._text, self._size = [], 0
        if self._parts > PARTS_MOST or len(self._stack) > DEPTH_MOST:
            raise UnreadableFileError(_too_much(self.reading.name))

    def data(self, text: str) -> None:
        if self._stack and not self._skipping and self._size < TEXT_MOST:
            self._text.append(text)
            self._size += len(text)

    def end(self, _tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
            self.ended += not (self._skipping or self._stack)
        elif self._stack:
            node = self._stack.pop()
            node.text = "".join(self._text).strip()[:TEXT_MOST]
            self._text, self._size = [], 0
            if _is_private(node):
                self._stack[-1].parts.pop()
            if not self._stack:
                self.ended += 1
                self.ready.append(Entity(self._row, node))

    def close(self) -> None:
        """Accept the end of the file."""


def _is_private(node: Node) -> bool:
    """Return whether an element is an address that its owner keeps for home."""
    if node.tag != "ElectronicMail":
        return False
    return node.value("ElectronicMailType").rpartition("#")[2] in PRIVATE_MAIL


def entities(
    bundle: Bundle, member: Member, *, reading: Reading, whole: bool = False
) -> Iterator[Entity]:
    """Return the entities of one file that are read, in order.

    Args:
        bundle: The folder or zip.
        member: The file in it.
        reading: Filled while the file is read.
        whole: Whether entities that are passed over come too, empty, in their places.

    Raises:
        UnreadableFileError: It is no XML of Ed-Fi, holds a document type, or an entity
            too large to be true.
    """
    builder = _Builder(reading, whole=whole)
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    since, ended = 0, 0
    with bundle.open(member) as stream:
        while piece := stream.read(CHUNK):
            _feed(parser, piece, reading)
            since, ended = _since(since, ended, builder, len(piece))
            if since > ENTITY_BYTES:
                raise UnreadableFileError(_too_much(reading.name))
            while builder.ready:
                yield builder.ready.popleft()
    _feed(parser, None, reading)
    yield from builder.ready


def interchange_of(bundle: Bundle, member: Member) -> Reading:
    """Return what a file is, by its first element.

    Raises:
        UnreadableFileError: It is no XML of Ed-Fi.
    """
    reading = Reading(name=f"{bundle.name}: {member.file_name}")
    parser = DefusedXMLParser(target=_Builder(reading), forbid_dtd=True)
    with bundle.open(member) as stream:
        for _ in range(16):
            piece = stream.read(4096)
            if not piece or reading.interchange:
                break
            _feed(parser, piece, reading)
    if not reading.interchange:
        raise UnreadableFileError(_not_xml(reading.name))
    return reading


def _since(since: int, ended: int, builder: _Builder, size: int) -> tuple[int, int]:
    """Return how many bytes were read since an entity last came to its end."""
    return (0 if builder.ended > ended else since + size), builder.ended


def _feed(parser: DefusedXMLParser, piece: bytes | None, reading: Reading) -> None:
    try:
        parser.close() if piece is None else parser.feed(piece)
    except DefusedXmlException as error:
        msg = (
            f"{reading.name} declares a document type or entities, which Ed-Fi files "
            "never do. It was not read; export it again from its system."
        )
        raise UnreadableFileError(msg) from error
    except UnreadableFileError:
        raise
    except (ParseError, ValueError, LookupError, RecursionError) as error:
        raise UnreadableFileError(_not_xml(reading.name)) from error


def _not_xml(name: str) -> str:
    return f"{name} is not XML, or it breaks off. Export it again from the system it came from."


def _too_much(name: str) -> str:
    return f"{name} holds an entity larger than any of Ed-Fi. Export it again."
