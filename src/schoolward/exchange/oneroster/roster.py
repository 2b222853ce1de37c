"""A OneRoster bundle as orgs, sessions and staff; students and families never come out.

Version 1.2 keeps roles in a file of their own, so that file is read first: it tells who
works for the district, and of `users.csv` only their rows are kept. Version 1.1 writes
the role in `users.csv` itself. A role that is not known to be a role of staff is passed
over, whatever it says.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from schoolward.exchange.bundles import Bundle, Member, open_bundle
from schoolward.exchange.domain import UnreadableFileError
from schoolward.exchange.oneroster import layouts
from schoolward.exchange.oneroster.layouts import Layout, role_of
from schoolward.exchange.oneroster.manifest import READ, Manifest, Mode, read_manifest
from schoolward.exchange.oneroster.rows import (
    Org,
    PassedOver,
    Role,
    Session,
    StaffMember,
    held_role_of,
    listed,
    member_of,
    org_of,
    session_of,
)
from schoolward.exchange.oneroster.tables import (
    Cells,
    Keep,
    Line,
    Table,
    everything,
    open_table,
)
from schoolward.exchange.sheets.limits import Limits


ORGS_MOST = 200_000


@dataclass(kw_only=True)
class Roster:
    """An open bundle.

    Attributes:
        bundle: Where its files are.
        manifest: What it says of itself.
        members: Its files by name.
        passed_over: What the last reading of `staff` passed over.
    """

    bundle: Bundle
    manifest: Manifest
    members: dict[str, Member]
    passed_over: PassedOver = field(default_factory=PassedOver)

    @cached_property
    def ignored(self) -> tuple[str, ...]:
        """Return vendor columns by file, such as "users.csv: ext_badge"."""
        found: list[str] = list(self.manifest.ignored)
        for layout in READ:
            if self.manifest.holds(layout.file_name):
                with self._opened(layout) as table:
                    found += (f"{table.file_name}: {one}" for one in table.ignored)
        return tuple(found)

    def is_delta(self, layout: Layout) -> bool:
        """Return whether a file holds changes only."""
        return self.manifest.modes[layout.file_name] is Mode.DELTA

    @cached_property
    def orgs(self) -> dict[str, Org]:
        """Return every org by its id."""
        found: dict[str, Org] = {}
        for org in map(org_of, self._lines(layouts.ORGS, everything)):
            found[org.sourced_id] = org
            if len(found) > ORGS_MOST:
                raise UnreadableFileError(_too_many_orgs(self.bundle.name))
        return found

    def sessions(self) -> Iterator[Session]:
        """Return school years, terms and grading periods."""
        return map(session_of, self._lines(layouts.SESSIONS, everything))

    def staff(self, *, known: Collection[str] = frozenset()) -> Iterator[StaffMember]:
        """Return staff one by one, and nobody else.

        Args:
            known: Ids of people the source gave earlier; a delta may name them
                without saying their role.
        """
        self.passed_over = PassedOver(**self.manifest.left_out)
        if self.manifest.holds(layouts.ROLES.file_name):
            yield from self._staff_by_roles(known)
        elif self.manifest.holds(layouts.USERS.file_name):
            yield from self._staff_by_users(known)

    def _staff_by_users(self, known: Collection[str]) -> Iterator[StaffMember]:
        with self._opened(layouts.USERS) as table:
            self._insist_on_roles(table)
            keep = self._keep_staff(table, known)
            for line in table.lines(keep):
                role = role_of(line["role"])
                orgs = listed(line["orgSourcedIds"]) or [""]
                roles = tuple(Role(role, org) for org in orgs if role)
                yield member_of(line, roles)

    def _insist_on_roles(self, table: Table) -> None:
        if "role" not in table.places:
            msg = (
                f"{table.name} has no column “role” and the bundle has no roles.csv, so "
                "staff cannot be told from students. Export it with roles."
            )
            raise UnreadableFileError(msg)

    def _keep_staff(self, table: Table, known: Collection[str]) -> Keep:
        """Return what keeps a row of users.csv by the role in it."""
        role_at, id_at = table.places["role"], table.places["sourcedId"]
        passed, staff = self.passed_over, layouts.STAFF_ROLES

        def keep(cells: Cells) -> bool:
            role = role_of(_cell(cells, role_at))
            if role in staff or (not role and _cell(cells, id_at) in known):
                return True
            passed.add(role)
            return False

        return keep

    def _staff_by_roles(self, known: Collection[str]) -> Iterator[StaffMember]:
        roles = self._roles_of_staff()
        students = self._students_among(roles.keys() | set(known))
        for student in students & roles.keys():
            del roles[student]
        if self.manifest.holds(layouts.USERS.file_name):
            yield from self._named(roles, frozenset(known) - students)
        for sourced_id, rest in roles.items():
            yield StaffMember(row=0, sourced_id=sourced_id, roles=tuple(rest))

    def _roles_of_staff(self) -> dict[str, list[Role]]:
        """Return the roles of everyone who has one as staff."""
        found: dict[str, list[Role]] = {}
        with self._opened(layouts.ROLES) as table:
            role_at = table.places["role"]

            def keep(cells: Cells) -> bool:
                return role_of(_cell(cells, role_at)) in layouts.STAFF_ROLES

            for line in table.lines(keep):
                found.setdefault(line["userSourcedId"], []).append(held_role_of(line))
        found.pop("", None)
        return found

    def _students_among(self, staff: Collection[str]) -> frozenset[str]:
        """Return who of the staff is first of all a student; no other ids are held."""
        with self._opened(layouts.ROLES) as table:
            places = table.places
            role_at, user_at = places["role"], places["userSourcedId"]
            type_at = places.get("roleType", -1)
            return frozenset(
                _cell(cells, user_at)
                for _, cells in table.records
                if role_of(_cell(cells, role_at)) == layouts.STUDENT
                and _cell(cells, user_at) in staff
                and _cell(cells, type_at).lower() != "secondary"
            )

    def _named(
        self, roles: dict[str, list[Role]], known: Collection[str]
    ) -> Iterator[StaffMember]:
        """Return the users who are staff, taking their roles out of the table of roles."""
        with self._opened(layouts.USERS) as table:
            id_at = table.places["sourcedId"]
            role_at = table.places.get("role", -1)
            passed = self.passed_over

            def keep(cells: Cells) -> bool:
                sourced_id, said = _cell(cells, id_at), role_of(_cell(cells, role_at))
                is_staff = sourced_id in roles or sourced_id in known
                if is_staff and said != layouts.STUDENT:
                    return True
                passed.add(said)
                return False

            for line in table.lines(keep):
                yield member_of(line, tuple(roles.pop(line["sourcedId"], ())))

    @contextmanager
    def _opened(self, layout: Layout) -> Iterator[Table]:
        with open_table(self.bundle, self.members[layout.file_name], layout) as table:
            yield table

    def _lines(self, layout: Layout, keep: Keep) -> Iterator[Line]:
        if self.manifest.holds(layout.file_name):
            with self._opened(layout) as table:
                yield from table.lines(keep)


@contextmanager
def open_roster(
    source: Path | BinaryIO, *, name: str = "", limits: Limits | None = None
) -> Iterator[Roster]:
    """Open a bundle: a folder, a zip, or a zip that is still in memory.

    Raises:
        UnreadableFileError: It is no OneRoster bundle that can be read; also raised
            while its rows are read.
    """
    with open_bundle(source, name=name, limits=limits) as bundle:
        members = dict(bundle.by_file_name())
        manifest = read_manifest(bundle, members)
        yield Roster(bundle=bundle, manifest=manifest, members=members)


def _cell(cells: Cells, place: int) -> str:
    return cells[place].strip() if 0 <= place < len(cells) else ""


def _too_many_orgs(name: str) -> str:
    return (
        f"{name}: orgs.csv names more than {ORGS_MOST:,} orgs, so it is not a district's. "
        "Choose the export of one district."
    )
