"""Writes the parts of docs/ that come from the code, or checks that they are in step.

make docs, or python -m tools.write_docs [--check] with an environment that sets nothing
but SCHOOLWARD_HOME and DJANGO_SETTINGS_MODULE: defaults are documented, not choices.
"""

import argparse
import sys
from pathlib import Path

from django.core.management import get_commands, load_command_class

from schoolward.base import jobs
from schoolward.config.cli import COMMANDS
from schoolward.config.env import SETTINGS


DOCS = Path(__file__).resolve().parent.parent / "docs"
WRITTEN = "<!-- Written by `make docs`; change the code instead. -->\n\n"
OF_DJANGO = {
    "help",
    "version",
    "verbosity",
    "settings",
    "pythonpath",
    "traceback",
    "no_color",
    "force_color",
    "skip_checks",
}


def settings_page() -> str:
    """Return docs/settings.md."""
    head = (
        "# Settings\n\n"
        f"{WRITTEN}"
        "All settings come from the environment. `schoolward doctor` prints each one as it is\n"
        "read, where it comes from, and what is wrong with it.\n\n"
        "| setting | default | meaning |\n|---|---|---|\n"
    )
    lines = [
        f"| `{one.name}` | {_code(one.default)} | {_cell(one.meaning)}"
        f"{' Secret: never printed.' if one.secret else ''} |"
        for one in SETTINGS
    ]
    return head + "\n".join(lines) + "\n"


def commands_page() -> str:
    """Return docs/commands.md."""
    head = (
        "# Commands\n\n"
        f"{WRITTEN}"
        "Exit codes: 0 done; 1 refused or wrong, with a sentence on the error stream; 2 a setting\n"
        "or an argument cannot be read. `schoolward import` adds 3 loaded with refusals, 4 stopped\n"
        "by the guard, 5 unreadable. `--json` answers in JSON on standard output; progress goes to\n"
        "the error stream.\n"
    )
    parts = [_command(name, meaning) for name, meaning in COMMANDS.items()]
    return head + "".join(parts)


def _command(name: str, meaning: str) -> str:
    rooms = get_commands()
    if name not in rooms:
        return ""
    parser = load_command_class(rooms[name], name).create_parser("schoolward", name)
    lines = [_argument(one) for one in parser._actions if one.dest not in OF_DJANGO]  # noqa: SLF001
    table = "| argument | meaning |\n|---|---|\n" + "\n".join(lines) + "\n"
    return f"\n## `schoolward {name}`\n\n{meaning}\n" + ("\n" + table if lines else "")


def _argument(action: argparse.Action) -> str:
    name = ", ".join(action.option_strings) or str(action.metavar or action.dest)
    if action.option_strings and action.nargs != 0:
        name += f" {action.metavar or action.dest.upper()}"
    if action.choices:
        name += f" ({' '.join(map(str, action.choices))})"
    told = (action.help or "").replace("%(default)s", str(action.default))
    return f"| `{name}` | {_cell(told)} |"


def jobs_page() -> str:
    """Return docs/jobs.md."""
    head = (
        "# Jobs\n\n"
        f"{WRITTEN}"
        "Work that runs later, in `schoolward worker`. Each job has a row that people see at\n"
        "`/jobs/`: who asked, how far it is, its log, and a button to try again. A job whose\n"
        "process is killed is put back within seconds. Hours are in the district's time zone.\n\n"
        "| job | every night at | what it does |\n|---|---|---|\n"
    )
    hours = jobs.nightly()
    lines = [
        f"| `{name}` | {hours[name].strftime('%H:%M') if name in hours else ''} "
        f"| {_cell(jobs.title_of(name))} |"
        for name in jobs.names()
    ]
    return head + "\n".join(lines) + "\n"


PAGES = {
    "settings.md": settings_page,
    "commands.md": commands_page,
    "jobs.md": jobs_page,
}


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _code(text: str) -> str:
    return f"`{text}`" if text else "(empty)"


def main() -> None:
    """Write the pages; with --check only say which are out of step."""
    behind = []
    for name, page in PAGES.items():
        path, wanted = DOCS / name, page()
        if not path.exists() or path.read_text() != wanted:
            behind.append(name)
            if "--check" not in sys.argv:
                path.write_text(wanted)
    if behind and "--check" in sys.argv:
        sys.exit(f"Out of step with the code: {', '.join(behind)}. Run make docs.")


if __name__ == "__main__":
    main()
