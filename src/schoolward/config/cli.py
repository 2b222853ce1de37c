"""The `schoolward` command: each word is a management command of some room."""

import os
import sys
from zoneinfo import ZoneInfo

import django
from django.apps import apps
from django.core.management import execute_from_command_line
from django.db import DatabaseError
from django.utils import timezone

from schoolward.config.doctor.findings import wrong
from schoolward.config.doctor.seen import problems, settings_seen
from schoolward.config.env import SettingError


COMMANDS = {
    "init": "Set up an empty district: its name, time zone and first administrator.",
    "serve": "Serve the pages and the API.",
    "worker": "Run the jobs.",
    "demo": "Build the simulated district.",
    "token": "Make a token for one person's programs.",
    "unlock": "Make a link that sets a new password, for whoever is locked out.",
    "import": "Load schools, people, indicators, calendars, OneRoster or Ed-Fi files.",
    "doctor": "Print every setting, what is wrong and the remedy.",
    "backup": "Write everything into one file, while serving.",
    "restore": "Bring back what a backup holds, and prove it.",
    "apidoc": "Write the manual of the API from its schema.",
    "upgrade": "Bring the database to this version.",
}


def main() -> None:
    """Run one command; without one, list them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schoolward.config.settings")
    # Only `serve` hands a pool to its web processes; a worker that forks must have none.
    os.environ.pop("SCHOOLWARD_POOL", None)
    if len(sys.argv) < 2 or sys.argv[1] in {"help", "--help", "-h"}:
        sys.stdout.write(overview())
        return
    try:
        django.setup()
        live_in_the_district_zone()
        execute_from_command_line(["schoolward", *sys.argv[1:]])
    except SettingError as error:
        sys.exit(_say_unreadable(error))


def _say_unreadable(error: SettingError) -> int:
    """Say what is wrong with a setting; `doctor` lists all of them. Return the exit code."""
    if sys.argv[1] != "doctor":
        sys.stderr.write(f"{error}\n`schoolward doctor` lists every setting.\n")
        return 2
    seen = settings_seen(os.environ)
    found = problems(seen) or [
        wrong("setting", says=str(error), remedy="Mend or unset it.")
    ]
    lines = [one.as_words() for one in seen] + [one.as_words() for one in found]
    sys.stdout.write("\n".join(lines) + "\n")
    return 1


def live_in_the_district_zone() -> None:
    """Let "today" be the district's today in every command."""
    district = apps.get_model("district", "District")
    try:
        zone = district.objects.values_list("time_zone", flat=True).first()
    except DatabaseError:
        return
    if zone:
        timezone.activate(ZoneInfo(zone))


def overview() -> str:
    """Return the list of commands, one a line."""
    lines = [f"  {name:<8} {meaning}" for name, meaning in COMMANDS.items()]
    head = "schoolward COMMAND; `schoolward COMMAND --help` says more.\n\n"
    return head + "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
