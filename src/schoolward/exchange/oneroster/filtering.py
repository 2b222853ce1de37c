"""A bundle without students: what an upload leaves behind for the job that loads it.

The upload itself is read in memory. Only orgs, sessions and staff are written, with the
columns that are read; how many rows were passed over is written as numbers.
"""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from schoolward.exchange.bundles import open_bundle
from schoolward.exchange.domain import UnreadableFileError
from schoolward.exchange.earlier import earlier_of
from schoolward.exchange.oneroster import layouts
from schoolward.exchange.oneroster.delivery import issuer_of
from schoolward.exchange.oneroster.layouts import Layout
from schoolward.exchange.oneroster.manifest import FILTERED, READ, Mode
from schoolward.exchange.oneroster.roster import Roster, open_roster
from schoolward.exchange.oneroster.rows import Org, Role, Session, StaffMember
from schoolward.exchange.sheets.limits import Limits


_ENDED = {True: "tobedeleted", False: ""}
_LIST_KIND = "userId"
Rows = Iterable[tuple[str, ...]]


def is_oneroster(upload: BinaryIO) -> bool:
    """Return whether an uploaded file is a OneRoster bundle, by the files in it."""
    try:
        with open_bundle(upload, name="The upload") as bundle:
            names = {member.file_name for member in bundle.members}
    except UnreadableFileError:
        return False
    finally:
        upload.seek(0)
    return bool(names & {"orgs.csv", "users.csv", "demographics.csv"})


def keep_filtered(
    upload: BinaryIO, folder: Path, *, name: str, limits: Limits | None = None
) -> Path:
    """Write the part of an uploaded bundle that may be kept.

    Args:
        upload: The zip in memory.
        folder: Where the filtered bundle goes.
        name: The bundle as the person knows it.
        limits: How large each file in it may be.

    Returns:
        The path of a bundle that reads as the upload did, without the rows passed over.

    Raises:
        UnreadableFileError: The upload is no bundle that can be read; nothing is left.
    """
    path = folder / f"{Path(name).stem or 'bundle'}.zip"
    try:
        with open_roster(upload, name=name, limits=limits) as roster:
            known = earlier_of(issuer_of(roster.manifest)).people
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                _write_all(archive, roster, known=known)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _write_all(
    archive: zipfile.ZipFile, roster: Roster, *, known: frozenset[str]
) -> None:
    manifest, roles = roster.manifest, io.StringIO(newline="")
    if manifest.holds(layouts.ORGS.file_name):
        _write(archive, layouts.ORGS, map(_org, roster.orgs.values()))
    if manifest.holds(layouts.SESSIONS.file_name):
        _write(archive, layouts.SESSIONS, map(_session, roster.sessions()))
    staff = roster.staff(known=known)
    if manifest.holds(layouts.ROLES.file_name):
        writer = csv.writer(roles)
        writer.writerow(layouts.ROLES.read)
        staff = _noting_roles(staff, writer.writerows)
    named = (_user(member) for member in staff if member.row)
    if manifest.holds(layouts.USERS.file_name):
        _write(archive, layouts.USERS, named)
    for _ in staff:  # The roles of those whom users.csv does not name.
        pass
    if manifest.holds(layouts.ROLES.file_name):
        archive.writestr(_entry(layouts.ROLES.file_name), roles.getvalue())
    _write(archive, layouts.MANIFEST, _manifest(roster))


def _noting_roles(
    staff: Iterator[StaffMember], note: Callable[[Rows], None]
) -> Iterator[StaffMember]:
    for member in staff:
        note(_role(member, role) for role in member.roles)
        yield member


def _write(archive: zipfile.ZipFile, layout: Layout, rows: Rows) -> None:
    with archive.open(_entry(layout.file_name), "w") as binary:
        text = io.TextIOWrapper(binary, encoding="utf-8", newline="")
        writer = csv.writer(text)
        writer.writerow(layout.read)
        writer.writerows(rows)
        text.flush()
        text.detach()


def _entry(file_name: str) -> zipfile.ZipInfo:
    """Return a member that always bears the same time, so that equal bundles hash alike."""
    entry = zipfile.ZipInfo(file_name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _manifest(roster: Roster) -> Iterator[tuple[str, str]]:
    manifest = roster.manifest
    yield "manifest.version", "1.0"
    yield "oneroster.version", manifest.version
    for layout in READ:
        mode = manifest.modes.get(layout.file_name, Mode.ABSENT)
        yield f"file.{layout.file_name.removesuffix('.csv')}", mode
    yield "source.systemName", manifest.system
    passed = {**asdict(roster.passed_over), "ignored": roster.ignored}
    yield FILTERED, json.dumps(passed)


def _org(org: Org) -> tuple[str, ...]:
    ended = _ENDED[org.is_ended]
    return (org.sourced_id, ended, org.name, org.kind, org.identifier, org.parent_id)


def _session(one: Session) -> tuple[str, ...]:
    days = (one.start, one.end, one.parent_id, one.school_year)
    return (one.sourced_id, _ENDED[one.is_ended], one.title, one.kind, *days)


def _role(member: StaffMember, role: Role) -> tuple[str, ...]:
    days = (role.start, role.end, role.org_id)
    return ("", _ENDED[role.is_ended], member.sourced_id, "", role.name, *days)


def _user(member: StaffMember) -> tuple[str, ...]:
    """Return a row of users.csv; in version 1.2 its role column stays empty."""
    ids = dict(member.ids)
    listed = [value for kind, value in member.ids if kind == _LIST_KIND]
    roles = {role.name for role in member.roles if not role.start and not role.end}
    values = {
        "sourcedId": member.sourced_id,
        "status": _ENDED[member.is_ended],
        "role": next(iter(sorted(roles)), ""),
        "orgSourcedIds": ",".join(role.org_id for role in member.roles),
        "userIds": ",".join(f"{{{one}}}" for one in listed),
        "userMasterIdentifier": ids.get("userMasterIdentifier", ""),
        "identifier": ids.get("identifier", ""),
        "givenName": member.given_name,
        "familyName": member.family_name,
        "email": member.email,
        "title": member.title,
    }
    return tuple(values.get(heading, "") for heading in layouts.USERS.read)
