"""Staff as people with posts.

Someone who works in two schools is often two users: rows that share an id and the name
are one person. An id that two names share proves nothing, and they stay two.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from schoolward.exchange.domain import (
    Aside,
    Item,
    Record,
    Refusal,
    Target,
    UnclearValueError,
    refusal_of,
)
from schoolward.exchange.oneroster.places import Place
from schoolward.exchange.oneroster.principals import Answer
from schoolward.exchange.oneroster.rows import Role, StaffMember
from schoolward.exchange.values import day_of, email_of
from schoolward.kernel.seats import Seat


Fields = dict[str, object]
Where = tuple[Place, str]

_TITLES = {
    "administrator": "Administrator",
    "aide": "Aide",
    "counselor": "Counselor",
    "districtadministrator": "District administrator",
    "principal": "Principal",
    "proctor": "Proctor",
    "siteadministrator": "Site administrator",
    "systemadministrator": "System administrator",
    "teacher": "Teacher",
}
_SCHOOL_SEATS = {
    "principal": Seat.PRINCIPAL,
    "siteadministrator": Seat.ASSISTANT_PRINCIPAL,
}
_ANSWERED = {
    Answer.PRINCIPAL: Seat.PRINCIPAL,
    Answer.ASSISTANT_PRINCIPAL: Seat.ASSISTANT_PRINCIPAL,
}
_CENTRAL = frozenset(
    {
        "administrator",
        "districtadministrator",
        "principal",
        "siteadministrator",
        "systemadministrator",
    }
)


@dataclass(slots=True)
class Identities:
    """Which users are one person, learned row by row."""

    _persons: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def person_of(self, member: StaffMember) -> str:
        """Return the id under which this person was first seen; the user's own if new."""
        name = f"{member.given_name} {member.family_name}".casefold()
        keys = [(kind, value, name) for kind, value in self._evidence(member)]
        person = next(
            (self._persons[key] for key in keys if key in self._persons),
            member.sourced_id,
        )
        for key in keys:
            self._persons.setdefault(key, person)
        return person

    def _evidence(self, member: StaffMember) -> tuple[tuple[str, str], ...]:
        if not member.is_named:
            return ()
        own = (("sourcedId", member.sourced_id),)
        return (
            *own,
            *member.ids,
            *((("email", member.email),) if member.email else ()),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """How users become people: where their orgs are, and what administrators are.

    Attributes:
        places: What each org is and which place stands for it, by its id.
        decided: What each administrator of a school is, by the user's id.
        is_delta: Whether the bundle holds changes only.
        as_of: The day its changes hold from.
        of_many: Users whose person has other users too, from earlier bundles.
    """

    places: Mapping[str, Where]
    decided: Mapping[str, Answer]
    is_delta: bool
    as_of: date
    of_many: Collection[str] = frozenset()

    def items(self, members: Iterator[StaffMember]) -> Iterator[Item]:
        """Return records of people and their posts."""
        identities = Identities()
        for member in members:
            if problem := self._problem(member):
                yield problem
            elif member.is_ended:
                yield self._ending(member)
            else:
                yield from self._posts(member, identities.person_of(member))

    def _ending(self, member: StaffMember) -> Item:
        """Return the end of a user: in a whole bundle it is enough not to name them."""
        if not self.is_delta:
            return Aside(row=member.row, reason="User marked to be deleted.")
        if member.sourced_id in self.of_many:
            return Refusal(
                row=member.row,
                column="status",
                value=member.sourced_id[:200],
                reason="This user is one of several of the same person, so a change "
                "alone does not tell which posts end.",
                remedy="Load a bulk export, or end the post on the person's page.",
            )
        fields: Fields = {"person_id": member.sourced_id, "gone": True}
        return Record(row=member.row, target=Target.PEOPLE, fields=fields)

    def _problem(self, member: StaffMember) -> Refusal | None:
        if not member.sourced_id:
            return _refusal(member, "sourcedId", "This user has no sourcedId.")
        if member.is_named or member.is_ended or self.is_delta:
            return None
        if member.row == 0:
            reason = f"roles.csv names the user {member.sourced_id[:80]}, whom users.csv does not have."
            return Refusal(
                row=0,
                column="userSourcedId",
                value=member.sourced_id[:80],
                reason=reason,
                remedy="Export both files together, at one time.",
            )
        return _refusal(member, "familyName", "This user has no name.")

    def _posts(self, member: StaffMember, person_id: str) -> Iterator[Item]:
        person, problems = _person(member, person_id)
        yield from problems
        seen: set[tuple[object, ...]] = set()
        for role in (role for role in member.roles if role.org_id):
            if role.org_id not in self.places:
                yield self._nowhere(member, role)
                continue
            try:
                post = self._post(member, role)
            except UnclearValueError as problem:
                yield refusal_of(
                    problem,
                    row=member.row,
                    column="beginDate, endDate",
                    value=f"{role.start}, {role.end}",
                )
                continue
            key = (post.get("seat"), post.get("school_id"), post.get("unit_id"))
            if post and key not in seen:
                seen.add(key)
                yield Record(
                    row=member.row, target=Target.PEOPLE, fields={**person, **post}
                )
        if not seen and member.is_named:
            yield Record(row=member.row, target=Target.PEOPLE, fields=person)

    def _nowhere(self, member: StaffMember, role: Role) -> Refusal:
        return Refusal(
            row=member.row,
            column="orgSourcedId" if role.start else "orgSourcedIds",
            value=role.org_id[:200],
            reason="orgs.csv has no org of this sourcedId.",
            remedy="Export orgs.csv with the users, or correct the org of this user.",
        )

    def _post(self, member: StaffMember, role: Role) -> Fields:
        """Return the fields of a post, empty when the role makes none."""
        place, stands_for = self.places[role.org_id]
        seat = self._seat(member, role, place)
        if seat is None:
            return {}
        post: Fields = {"seat": seat, "title": member.title or _TITLES[role.name]}
        post["school_id" if place is Place.SCHOOL else "unit_id"] = stands_for
        if role.start:
            post["start_date"] = day_of(role.start)
        if role.end:
            post["end_date"] = day_of(role.end)
        if role.is_ended:
            post["end_date"] = self.as_of
        return post

    def _seat(self, member: StaffMember, role: Role, place: Place) -> Seat | None:
        if place is Place.SCHOOL:
            if role.name == "administrator":
                said = self.decided.get(member.sourced_id, Answer.NEITHER)
                return _ANSWERED.get(said)
            return _SCHOOL_SEATS.get(role.name)
        is_central = role.name in _CENTRAL or place is Place.UNIT
        return Seat.UNIT_STAFF if is_central and place is not Place.ABOVE else None


def _person(member: StaffMember, person_id: str) -> tuple[Fields, list[Refusal]]:
    fields: Fields = {"person_id": person_id}
    if person_id != member.sourced_id:
        fields["also_ids"] = (member.sourced_id,)
    problems: list[Refusal] = []
    if member.is_named:
        fields["given_name"] = member.given_name
        fields["family_name"] = member.family_name
    if member.email:
        try:
            fields["email"] = email_of(member.email)
        except UnclearValueError as problem:
            problems.append(
                refusal_of(problem, row=member.row, column="email", value=member.email)
            )
    return fields, problems


def _refusal(member: StaffMember, column: str, reason: str) -> Refusal:
    return Refusal(
        row=member.row,
        column=column,
        value="",
        reason=reason,
        remedy=f"Fill in {column} of this row of users.csv and export it again.",
    )
