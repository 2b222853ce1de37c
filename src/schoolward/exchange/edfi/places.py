"""Education organizations as schools, units and networks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from schoolward.district.models import Level
from schoolward.exchange.domain import (
    Aside,
    Item,
    Record,
    Refusal,
    Target,
    UnclearValueError,
    refusal_of,
)
from schoolward.exchange.edfi.descriptors import Descriptors, code_of
from schoolward.exchange.edfi.entities import Entity, Node
from schoolward.exchange.values import day_of


Fields = dict[str, object]
_IDS = {
    "School": "SchoolId",
    "LocalEducationAgency": "LocalEducationAgencyId",
    "OrganizationDepartment": "OrganizationDepartmentId",
    "EducationOrganizationNetwork": "EducationOrganizationNetworkId",
}
_STRAY = "{}: not read in the interchange of organizations."
_ORDER = ("EE", "PK", "TK", "K", *(str(grade) for grade in range(1, 13)))
_PARENTS = (
    "ParentEducationOrganizationReference",
    "ParentLocalEducationAgencyReference",
    "LocalEducationAgencyReference",
)
_LEAVES = (
    "EducationOrganizationId",
    "SchoolId",
    "LocalEducationAgencyId",
    "EducationOrganizationNetworkId",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A school's time in a network."""

    network_id: str
    start: date | None
    end: date | None

    def holds(self, day: date) -> bool:
        """Return whether it held on a day."""
        begun = self.start is None or self.start <= day
        return begun and (self.end is None or day <= self.end)


@dataclass(kw_only=True)
class Places:
    """Every organization of the bundle, gathered before any is handed over.

    Attributes:
        descriptors: What codes mean.
        orgs: Organizations by id, with the entity that tells of them.
        keys: From the `id` of an element to the id of its organization.
        memberships: The networks of each school, as the file says them.
        problems: Rows that say nothing.
        strays: Entities that belong into another interchange.
    """

    descriptors: Descriptors
    orgs: dict[str, Entity] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    memberships: dict[str, list[Membership]] = field(default_factory=dict)
    problems: list[Refusal] = field(default_factory=list)
    strays: list[Aside] = field(default_factory=list)
    has_networks: bool = False

    def add(self, entity: Entity) -> None:
        """Take in one entity."""
        node = entity.node
        if node.tag == "EducationOrganizationNetworkAssociation":
            self._add_membership(entity)
            return
        if node.tag not in _IDS:
            self.strays.append(Aside(row=entity.row, reason=_STRAY.format(node.tag)))
            return
        org_id = next(
            (part.text for part in node.parts if part.tag == _IDS[node.tag]), ""
        )
        if node.key and org_id:
            self.keys[node.key] = org_id
        if problem := _problem(entity, org_id):
            self.problems.append(problem)
            return
        self.has_networks |= node.tag == "EducationOrganizationNetwork"
        self.orgs[org_id] = entity

    def _add_membership(self, entity: Entity) -> None:
        node = entity.node
        self.has_networks = True
        try:
            membership = Membership(
                network_id=self.id_in(node, "EducationOrganizationNetworkReference"),
                start=_day(node.value("BeginDate")),
                end=_day(node.value("EndDate")),
            )
        except UnclearValueError as problem:
            self.problems.append(
                refusal_of(
                    problem,
                    row=entity.row,
                    column=f"{node.tag}/BeginDate",
                    value=node.value("BeginDate"),
                )
            )
            return
        school_id = self.id_in(node, "MemberEducationOrganizationReference")
        self.memberships.setdefault(school_id, []).append(membership)

    def id_in(self, node: Node, reference: str) -> str:
        """Return the id of the organization that a reference names; empty without one."""
        found = node.find(reference)
        if found is None:
            return ""
        return self.keys.get(found.ref) or next(
            (text for leaf in _LEAVES if (text := found.value(leaf))), ""
        )

    def is_school(self, org_id: str) -> bool:
        """Return whether an id is a school's."""
        return org_id in self.orgs and self.orgs[org_id].node.tag == "School"

    def school_above(self, org_id: str) -> str:
        """Return the school that a department is part of; empty when it is a unit."""
        for _ in range(20):
            if self.is_school(org_id) or org_id not in self.orgs:
                break
            org_id = self._parent(self.orgs[org_id].node)
        return org_id if self.is_school(org_id) else ""

    def _parent(self, node: Node) -> str:
        return next((found for one in _PARENTS if (found := self.id_in(node, one))), "")

    def items(self, *, as_of: date) -> Iterator[Item]:
        """Return records: networks, units above before below, schools."""
        yield from self.problems
        yield from self.strays
        yield from (
            self._network(one) for one in self._of("EducationOrganizationNetwork")
        )
        units = [*self._of("LocalEducationAgency"), *self._of("OrganizationDepartment")]
        for entity in sorted(units, key=lambda one: self._depth(one.node)):
            yield self._unit(entity)
        for entity in self._of("School"):
            yield from self._school(entity, as_of=as_of)

    def _of(self, tag: str) -> Iterable[Entity]:
        return (one for one in self.orgs.values() if one.node.tag == tag)

    def _depth(self, node: Node) -> int:
        depth, org_id = 0, self._parent(node)
        while org_id in self.orgs and depth < 20:
            depth, org_id = depth + 1, self._parent(self.orgs[org_id].node)
        return depth

    def _network(self, entity: Entity) -> Record:
        node = entity.node
        is_grouping = self.descriptors.says_yes(
            "groupings", node.value("NetworkPurpose")
        )
        fields: Fields = {
            "network_id": node.value(_IDS[node.tag]),
            "name": node.value("NameOfInstitution")[:120],
            "supervised": not is_grouping,
        }
        return Record(row=entity.row, target=Target.NETWORKS, fields=fields)

    def _unit(self, entity: Entity) -> Item:
        node = entity.node
        org_id = node.value(_IDS[node.tag])
        if self.school_above(org_id):
            return Aside(row=entity.row, reason="Department of a school.")
        parent = self._parent(node)
        fields: Fields = {
            "unit_id": org_id,
            "name": node.value("NameOfInstitution")[:160],
            "parent_id": parent if parent in self.orgs else None,
        }
        return Record(row=entity.row, target=Target.UNITS, fields=fields)

    def _school(self, entity: Entity, *, as_of: date) -> Iterator[Item]:
        node, descriptors = entity.node, self.descriptors
        school_id = node.value("SchoolId")
        fields = {"school_id": school_id, "name": node.value("NameOfInstitution")[:200]}
        if descriptors.says_yes("closed", node.value("OperationalStatus")):
            gone: Fields = {**fields, "gone": True}
            yield Record(row=entity.row, target=Target.SCHOOLS, fields=gone)
            return
        told: Fields = {**fields, **_facts(node), **_teaching(node, descriptors)}
        memberships = self.memberships.get(school_id, [])
        if self.has_networks:
            now = next((one for one in memberships if one.holds(as_of)), None)
            told |= self._in_network(now)
        yield Record(row=entity.row, target=Target.SCHOOLS, fields=told)
        later = sum(bool(one.start and one.start > as_of) for one in memberships)
        if later:
            reason = "Membership in a network that begins after the day of this load."
            yield Aside(row=entity.row, reason=reason, count=later)

    def _in_network(self, membership: Membership | None) -> Fields:
        if membership is None:
            return {"network": None}
        entity = self.orgs.get(membership.network_id)
        name = entity.node.value("NameOfInstitution")[:120] if entity else ""
        fields: Fields = {"network_id": membership.network_id}
        return {**fields, "network": name} if name else fields


def _day(text: str) -> date | None:
    return day_of(text) if text else None


def _problem(entity: Entity, org_id: str) -> Refusal | None:
    tag = entity.node.tag
    lacks = _IDS[tag] if not org_id else ""
    if not lacks and not entity.node.value("NameOfInstitution"):
        lacks = "NameOfInstitution"
    if not lacks:
        return None
    return Refusal(
        row=entity.row,
        column=f"{tag}/{lacks}",
        value="",
        reason=f"This {tag} has no {lacks}.",
        remedy="Fill it in where the file was made and export it again.",
    )


def _facts(node: Node) -> Fields:
    """Return address, telephone and other plain facts of a school."""
    address = _preferred(node.all("Address"), "AddressType", ("Physical", "Shipping"))
    phone = _preferred(
        node.all("InstitutionTelephone"), "InstitutionTelephoneNumberType", ("Main",)
    )
    said = {
        "short_name": node.value("ShortNameOfInstitution")[:120],
        "address": address.value("StreetNumberName")[:200] if address else "",
        "city": address.value("City")[:80] if address else "",
        "state": code_of(address.value("StateAbbreviation"))[:40] if address else "",
        "postal_code": address.value("PostalCode")[:12] if address else "",
        "phone": phone.value("TelephoneNumber")[:40] if phone else "",
        "website": node.value("WebSite")[:300],
        "category": _category(node)[:80],
    }
    ids = {
        _kind(one.value("EducationOrganizationIdentificationSystem")): one.value(
            "IdentificationCode"
        )[:120]
        for one in node.all("EducationOrganizationIdentificationCode")
    }
    ids.pop("", None)
    fields: Fields = {key: value for key, value in said.items() if value}
    return {**fields, "ids": ids} if ids else fields


def _kind(descriptor: str) -> str:
    return code_of(descriptor).lower()[:40]


def _category(node: Node) -> str:
    """Return what kind of school it is, in the words of its descriptors."""
    charter = code_of(node.value("CharterStatus"))
    if charter and not charter.lower().startswith("not "):
        return charter
    return code_of(node.value("SchoolType"))


def _preferred(nodes: list[Node], kind: str, wanted: tuple[str, ...]) -> Node | None:
    for word in wanted:
        for node in nodes:
            if code_of(node.value(kind)) == word:
                return node
    return nodes[0] if nodes else None


def _teaching(node: Node, descriptors: Descriptors) -> Fields:
    """Return level and grades of a school."""
    said = (descriptors.meaning("grades", one) for one in node.values("GradeLevel"))
    grades = sorted({one for one in said if one in _ORDER}, key=_ORDER.index)
    fields: Fields = {"level": _level(node, descriptors, grades)}
    return {**fields, "grades": spelled(grades)} if grades else fields


def _level(node: Node, descriptors: Descriptors, grades: list[str]) -> str:
    said = {descriptors.meaning("levels", one) for one in node.values("SchoolCategory")}
    said.discard("")
    if said == {Level.ELEMENTARY, Level.MIDDLE}:
        return Level.K8
    if len(said) == 1:
        return next(iter(said))
    return _level_by_grades(set(grades))


def _level_by_grades(grades: set[str]) -> str:
    low, high = grades & set(_ORDER[:9]), grades & set(_ORDER[12:])
    if not grades or (low and high):
        return Level.OTHER
    if high:
        return Level.HIGH
    if "8" in grades and low:
        return Level.K8
    return Level.ELEMENTARY if low else Level.MIDDLE


def spelled(grades: list[str]) -> str:
    """Return grades as people write them.

    >>> spelled(["PK", "K", "1", "2", "3", "7"]), spelled(["9"])
    ('PK-3,7', '9')
    """
    runs: list[list[str]] = []
    for grade in grades:
        place = _ORDER.index(grade)
        if runs and _ORDER.index(runs[-1][-1]) in {place - 1, _before_k(place)}:
            runs[-1].append(grade)
        else:
            runs.append([grade])
    return ",".join(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _before_k(place: int) -> int:
    """Return the place of PK for K: transitional kindergarten is rare and not a gap."""
    return _ORDER.index("PK") if _ORDER[place] == "K" else place - 1


def known_kinds(places: Places, earlier: Mapping[str, str]) -> dict[str, str]:
    """Return what each organization is, "school" or "unit", with those loaded earlier."""
    here = {
        org_id: "school" if entity.node.tag == "School" else "unit"
        for org_id, entity in places.orgs.items()
    }
    return {**earlier, **here}
