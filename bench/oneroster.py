"""Stream a synthetic OneRoster bundle of 1.1 million users and say how fast, in how much memory.

Everything is made from one seed. The bundle lies in a temporary folder and is read where
it lies; each reading runs in a process of its own, so that its peak is its own.

    python bench/oneroster.py [--users 1100000] [--staff-share 0.12] [--seconds 600]
"""

import argparse
import csv
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

import django


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolward.config.settings")
django.setup()

from schoolward.exchange.oneroster import places
from schoolward.exchange.oneroster.layouts import USERS
from schoolward.exchange.oneroster.people import Posting
from schoolward.exchange.oneroster.roster import open_roster


SCHOOLS = 1_800
STAFF = ("teacher",) * 80 + ("aide",) * 10 + ("counselor",) * 6 + ("administrator",) * 4
FAMILY = ("guardian", "parent", "relative")
SYLLABLES = (
    "an",
    "ber",
    "cas",
    "del",
    "en",
    "fi",
    "gor",
    "hal",
    "is",
    "jo",
    "kim",
    "lor",
)
HEADER = (
    *(
        "sourcedId",
        "status",
        "dateLastModified",
        "enabledUser",
        "orgSourcedIds",
        "role",
    ),
    *("username", "userIds", "givenName", "familyName", "middleName", "identifier"),
    *("email", "sms", "phone", "agentSourcedIds", "grades", "password"),
)


def main() -> None:
    """Make the bundles, read them, print the table."""
    options = _options()
    if options.read:
        print(json.dumps(measured(Path(options.read), version=options.version)))
        return
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for version in ("1.1", "1.2"):
            path = make(Path(folder), options, version=version)
            rows += [
                _in_own_process(source, version, options.seconds)
                for source in (path, _unzipped(path))
            ]
    _print(rows, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--users", type=int, default=1_100_000)
    parser.add_argument("--staff-share", type=float, default=0.12)
    parser.add_argument("--seconds", type=int, default=600, help="at most, per reading")
    parser.add_argument("--seed", type=int, default=20261119)
    parser.add_argument("--read", default="", help=argparse.SUPPRESS)
    parser.add_argument("--version", default="1.1", help=argparse.SUPPRESS)
    return parser.parse_args()


def make(folder: Path, options: argparse.Namespace, *, version: str) -> Path:
    """Write one bundle."""
    chance = Random(options.seed)
    path = folder / f"oneroster-{version}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("manifest.csv", _manifest(version))
        archive.writestr("orgs.csv", _orgs())
        archive.writestr("academicSessions.csv", _sessions())
        users = list(_roles(options, chance))
        if version == "1.2":
            _write(archive, "roles.csv", _role_rows(users))
        _write(archive, "users.csv", _user_rows(users, chance, version=version))
    return path


def _roles(options: argparse.Namespace, chance: Random) -> Iterator[tuple[str, int]]:
    for _ in range(options.users):
        share = chance.random()
        if share < options.staff_share:
            role = chance.choice(STAFF)
        else:
            role = "student" if share < 0.75 else chance.choice(FAMILY)
        yield role, chance.randrange(SCHOOLS)


def _manifest(version: str) -> str:
    files = ["academicSessions", "orgs", "users", *(["roles"] * (version == "1.2"))]
    lines = ["propertyName,value", f"oneroster.version,{version}"]
    return "\n".join([*lines, *(f"file.{one},bulk" for one in files)])


def _orgs() -> str:
    lines = ["sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId"]
    lines += ["d,,,The District,district,,"]
    lines += [f"s{n},,,School {n},school,{n:06},d" for n in range(SCHOOLS)]
    return "\n".join(lines)


def _sessions() -> str:
    return (
        "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,"
        "schoolYear\ny,,,2026-27,schoolYear,2026-08-24,2027-06-11,,2027\n"
    )


def _role_rows(users: list[tuple[str, int]]) -> Iterator[tuple[str, ...]]:
    yield (
        *("sourcedId", "status", "dateLastModified", "userSourcedId", "roleType"),
        *("role", "beginDate", "endDate", "orgSourcedId", "userProfileSourcedId"),
    )
    renamed = {"administrator": "siteAdministrator"}
    for number, (role, school) in enumerate(users):
        said = renamed.get(role, role)
        yield (
            f"r{number}",
            "",
            "",
            f"u{number}",
            "primary",
            said,
            "",
            "",
            f"s{school}",
            "",
        )


def _user_rows(
    users: list[tuple[str, int]], chance: Random, *, version: str
) -> Iterator[tuple[str, ...]]:
    hidden = {"orgSourcedIds", "role"} if version == "1.2" else set()
    kept = [place for place, heading in enumerate(HEADER) if heading not in hidden]
    yield tuple(HEADER[place] for place in kept)
    for number, (role, school) in enumerate(users):
        given, family = _word(chance, 2), _word(chance, 3)
        email = f"{given}.{family}{number}@district.example".lower()
        row = (
            f"u{number}", "", "", "TRUE", f"s{school}", role, f"{given}{number}",
            f"{{SIS:{number}}}", given, family, "", f"E{number}", email, "555-0100",
            "555-0101", "", "09", "Password1-",
        )  # fmt: skip
        yield tuple(row[place] for place in kept)


def _word(chance: Random, syllables: int) -> str:
    return "".join(chance.choices(SYLLABLES, k=syllables)).capitalize()


def _write(
    archive: zipfile.ZipFile, name: str, rows: Iterator[tuple[str, ...]]
) -> None:
    with archive.open(name, "w") as binary:
        text = io.TextIOWrapper(binary, encoding="utf-8", newline="")
        csv.writer(text).writerows(rows)
        text.flush()
        text.detach()


def _unzipped(path: Path) -> Path:
    folder = path.with_suffix("")
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    return folder


def measured(path: Path, *, version: str) -> dict[str, object]:
    """Read a bundle to its last record, keeping none."""
    before = _peak()
    began, worked = time.perf_counter(), time.process_time()
    with open_roster(path) as roster:
        known = {
            one: places.place_of(org, roster.orgs) for one, org in roster.orgs.items()
        }
        posting = Posting(
            places=known, decided={}, is_delta=False, as_of=date(2026, 7, 1)
        )
        records = sum(1 for _ in posting.items(roster.staff()))
        passed = roster.passed_over.total
    seconds, processor = time.perf_counter() - began, time.process_time() - worked
    return {
        "version": version,
        "source": "folder" if path.is_dir() else "zip",
        "megabytes": _size(path),
        "rows": records + passed,
        "staff": records,
        "seconds": seconds,
        "processor": processor,
        "start": before,
        "peak": _peak(),
    }


def _size(path: Path) -> float:
    files = path.rglob("*.csv") if path.is_dir() else [path]
    return sum(one.stat().st_size for one in files) / 1e6


def _peak() -> float:
    """Return the most memory this program has held; not what its parent held before it."""
    status = Path("/proc/self/status")
    if status.exists():
        lines = status.read_text().splitlines()
        return (
            int(next(one for one in lines if one.startswith("VmHWM")).split()[1]) / 1024
        )
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _in_own_process(path: Path, version: str, seconds: int) -> dict[str, object]:
    command = [sys.executable, __file__, "--read", str(path), "--version", version]
    done = subprocess.run(  # noqa: S603
        command, check=True, capture_output=True, text=True, timeout=seconds
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _print(rows: list[dict[str, object]], options: argparse.Namespace) -> None:
    print(f"{options.users:,} users, {options.staff_share:.0%} of them staff.\n")
    print(
        "| version | read from | size, MB | users | staff kept | seconds "
        "| processor seconds | users per processor second | peak MB | of it at start |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for row in rows:
        speed = float(str(row["rows"])) / float(str(row["processor"]))
        print(
            f"| {row['version']} | {row['source']} | {row['megabytes']:.0f} "
            f"| {row['rows']:,} | {row['staff']:,} | {row['seconds']:.1f} "
            f"| {row['processor']:.1f} | {speed:,.0f} | {row['peak']:.0f} | {row['start']:.0f} |"
        )


if __name__ == "__main__":
    assert set(USERS.needed) <= set(HEADER)
    main()
