"""Orgs as schools and units.

The district's own org becomes a unit, so that people who work for it have a place; a
department below a school is part of that school; what lies above the district is left.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum

from schoolward.exchange.domain import Aside, Item, Record, Refusal, Target
from schoolward.exchange.oneroster.rows import Org


class Place(StrEnum):
    """What an org is to the district."""

    SCHOOL = "school"
    UNIT = "unit"
    DISTRICT = "district"
    ABOVE = "above"


_KINDS = {
    "school": Place.SCHOOL,
    "department": Place.UNIT,
    "local": Place.UNIT,
    "district": Place.DISTRICT,
    "state": Place.ABOVE,
    "national": Place.ABOVE,
}
_DEPTH_MOST = 20


def place_of(org: Org, orgs: Mapping[str, Org]) -> tuple[Place, str]:
    """Return what an org is, and the id of the place that stands for it.

    >>> school = Org(
    ...     row=2,
    ...     sourced_id="s",
    ...     name="Lincoln",
    ...     kind="school",
    ...     identifier="",
    ...     parent_id="",
    ...     is_ended=False,
    ... )
    >>> place_of(school, {})
    (<Place.SCHOOL: 'school'>, 's')
    """
    kind = _KINDS.get(org.kind, Place.ABOVE)
    if kind is Place.UNIT:
        above: Org | None = org
        for _ in range(_DEPTH_MOST):
            above = orgs.get(above.parent_id) if above else None
            if above and above.kind == "school":
                return Place.SCHOOL, above.sourced_id
    return kind, org.sourced_id


def items(orgs: Mapping[str, Org]) -> Iterator[Item]:
    """Return a record for each unit, above before below, then for each school."""
    yield from (_unit(org, orgs) for org in _units(orgs))
    for org in orgs.values():
        if problem := _problem(org):
            yield problem
            continue
        place, stands_for = place_of(org, orgs)
        if place is Place.SCHOOL and stands_for == org.sourced_id:
            yield _school(org)
        elif place is Place.SCHOOL:
            yield Aside(row=org.row, reason="Department of a school.")
        elif place is Place.ABOVE:
            yield Aside(row=org.row, reason="Org that is neither school nor unit.")


def _units(orgs: Mapping[str, Org]) -> list[Org]:
    units = [
        org
        for org in orgs.values()
        if not _problem(org) and place_of(org, orgs)[0] in {Place.UNIT, Place.DISTRICT}
    ]
    return sorted(units, key=lambda org: len(_above(org, orgs)))


def _above(org: Org, orgs: Mapping[str, Org]) -> list[str]:
    found: list[str] = []
    parent = orgs.get(org.parent_id)
    while parent and parent.sourced_id not in found and len(found) < _DEPTH_MOST:
        found.append(parent.sourced_id)
        parent = orgs.get(parent.parent_id)
    return found


def _problem(org: Org) -> Refusal | None:
    """Return why an org says nothing; one that has ended needs only its id."""
    if not org.sourced_id:
        return _refusal(org, "sourcedId", "This org has no sourcedId.")
    if not org.name and not org.is_ended:
        return _refusal(org, "name", "This org has no name.")
    return None


def _refusal(org: Org, column: str, reason: str) -> Refusal:
    remedy = f"Fill in {column} of this row of orgs.csv and export it again."
    return Refusal(row=org.row, column=column, value="", reason=reason, remedy=remedy)


def _unit(org: Org, orgs: Mapping[str, Org]) -> Record:
    parent = orgs.get(org.parent_id)
    is_below = parent and place_of(parent, orgs)[0] in {Place.UNIT, Place.DISTRICT}
    fields: dict[str, object] = {
        "unit_id": org.sourced_id,
        "name": org.name,
        "parent_id": org.parent_id if is_below else None,
    }
    return Record(row=org.row, target=Target.UNITS, fields=_ending(org, fields))


def _school(org: Org) -> Record:
    fields: dict[str, object] = {"school_id": org.sourced_id, "name": org.name}
    if org.identifier:
        fields["ids"] = {"identifier": org.identifier}
    return Record(row=org.row, target=Target.SCHOOLS, fields=_ending(org, fields))


def _ending(org: Org, fields: dict[str, object]) -> dict[str, object]:
    if not org.is_ended:
        return fields
    kept = {key: value for key, value in fields.items() if key.endswith("_id")}
    return {**kept, "name": org.name or None, "gone": True}
