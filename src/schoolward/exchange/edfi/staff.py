"""Staff and their assignments as people with posts; open positions as vacant posts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

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
from schoolward.exchange.edfi.places import Places
from schoolward.exchange.mapping.titles import seat_of
from schoolward.exchange.values import day_of, email_of, figure_of
from schoolward.kernel.seats import Seat


Fields = dict[str, object]
_BY_TITLE = frozenset({Seat.ILD, Seat.DEPUTY, Seat.CHIEF, Seat.SUPERINTENDENT})
_MAILS = ("Work", "Organization", "Other")
_CUTS = {"given_name": 100, "family_name": 100, "name": 200, "title": 160}


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """How staff become people with posts.

    Attributes:
        places: The organizations of the bundle.
        kinds: What each organization is, "school" or "unit", by id.
        descriptors: What codes mean.
    """

    places: Places
    kinds: Mapping[str, str]
    descriptors: Descriptors

    def items(self, entities: Iterable[Entity]) -> Iterator[Item]:
        """Return a record for each person, assignment and open position."""
        keys: dict[str, str] = {}
        for entity in entities:
            node = entity.node
            if node.tag == "Staff":
                if node.key:
                    keys[node.key] = node.value("StaffUniqueId")
                yield from _person(entity)
            elif node.tag == "OpenStaffPosition":
                yield from self._opening(entity)
            elif node.tag == "StaffEducationOrganizationAssignmentAssociation":
                yield from self._assignment(entity, keys)

    def _assignment(self, entity: Entity, keys: Mapping[str, str]) -> Iterator[Item]:
        staff = entity.node.find("StaffReference")
        person_id = (
            (keys.get(staff.ref) or staff.value("StaffUniqueId")) if staff else ""
        )
        if not person_id:
            yield _lacks(entity, "StaffReference")
            return
        post = self._post(entity)
        if not isinstance(post, dict):
            yield post
            return
        fields: Fields = {"person_id": person_id, **post}
        yield Record(row=entity.row, target=Target.PEOPLE, fields=fields)

    def _opening(self, entity: Entity) -> Iterator[Item]:
        """Return a vacant post of a seat that the district knows."""
        node = entity.node
        if node.value("PostingResult") or node.value("DatePostingRemoved"):
            yield Aside(
                row=entity.row, reason="Open position that is filled or withdrawn."
            )
            return
        post = self._post(entity, start="DatePosted")
        if isinstance(post, dict):
            number = node.value("RequisitionNumber")[:40]
            vacant: Fields = {**post, "is_vacant": True, "position_number": number}
            yield Record(row=entity.row, target=Target.PEOPLE, fields=vacant)
        else:
            yield post

    def _post(self, entity: Entity, *, start: str = "BeginDate") -> Fields | Item:
        """Return the fields of a post, or why there is none."""
        node = entity.node
        org_id = self.places.id_in(node, "EducationOrganizationReference")
        org_id = self.places.school_above(org_id) or org_id
        kind = self.kinds.get(org_id)
        if kind is None:
            return _nowhere(entity, org_id)
        seat, capacity = self._seat(node, kind)
        if not seat:
            return Aside(row=entity.row, reason="Assignment that is no seat here.")
        title = node.value("PositionTitle") or code_of(
            node.value("StaffClassification")
        )
        post: Fields = {
            "seat": seat,
            "capacity": capacity or "regular",
            "title": title[: _CUTS["title"]],
            f"{kind}_id": org_id,
        }
        try:
            return {**post, **_days(node, start=start), **_fte(node)}
        except UnclearValueError as problem:
            said = " – ".join((node.value(start), node.value("EndDate")))
            return refusal_of(
                problem, row=entity.row, column=f"{node.tag}/{start}", value=said
            )

    def _seat(self, node: Node, kind: str) -> tuple[str, str]:
        section = "seats" if kind == "school" else "central_seats"
        seat = self.descriptors.meaning(section, node.value("StaffClassification"))
        named, capacity = seat_of(node.value("PositionTitle"), ())
        if kind == "unit" and named in _BY_TITLE:
            return named, capacity
        return seat, capacity if named == seat else ""


def _person(entity: Entity) -> Iterator[Item]:
    node = entity.node
    person_id, name = node.value("StaffUniqueId"), node.find("Name")
    if not person_id or name is None or not name.value("LastSurname"):
        yield _lacks(entity, "Name/LastSurname" if person_id else "StaffUniqueId")
        return
    given, family = name.value("FirstName"), name.value("LastSurname")
    shown = (
        f"{name.value('PreferredFirstName') or given} "
        f"{name.value('PreferredLastSurname') or family}"
    )
    fields: Fields = {
        "person_id": person_id[:120],
        "given_name": given[: _CUTS["given_name"]],
        "family_name": family[: _CUTS["family_name"]],
        "name": shown.strip()[: _CUTS["name"]],
    }
    mail = _mail(node)
    try:
        yield Record(
            row=entity.row,
            target=Target.PEOPLE,
            fields={**fields, "email": email_of(mail)} if mail else fields,
        )
    except UnclearValueError as problem:
        yield Record(row=entity.row, target=Target.PEOPLE, fields=fields)
        column = "Staff/ElectronicMail"
        yield refusal_of(problem, row=entity.row, column=column, value=mail)


def _mail(node: Node) -> str:
    """Return the address for work; those for home are not built."""
    found = {
        code_of(one.value("ElectronicMailType")): one.value("ElectronicMailAddress")
        for one in node.all("ElectronicMail")
    }
    return next((found[kind] for kind in (*_MAILS, *found) if kind in found), "")


def _days(node: Node, *, start: str) -> Fields:
    """Return first day and end of a post; Ed-Fi names the last day, not the day after."""
    days: Fields = {}
    if begins := node.value(start):
        days["start_date"] = day_of(begins)
    if ends := node.value("EndDate"):
        days["end_date"] = day_of(ends) + timedelta(days=1)
    return days


def _fte(node: Node) -> Fields:
    text = node.value("FullTimeEquivalency")
    share = figure_of(text).value if text else None
    return {"fte": share} if share is not None else {}


def _lacks(entity: Entity, part: str) -> Refusal:
    tag = entity.node.tag
    return Refusal(
        row=entity.row,
        column=f"{tag}/{part}",
        value="",
        reason=f"This {tag} has no {part}.",
        remedy="Fill it in where the file was made and export it again.",
    )


def _nowhere(entity: Entity, org_id: str) -> Refusal:
    return Refusal(
        row=entity.row,
        column=f"{entity.node.tag}/EducationOrganizationReference",
        value=org_id[:200],
        reason="No school, department or district of this id is in the files.",
        remedy="Load EducationOrganization.xml with it, or correct the reference.",
    )
