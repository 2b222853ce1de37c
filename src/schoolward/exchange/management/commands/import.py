"""`schoolward import`: load a file, look at what it would do, or undo a load."""  # noqa: N999

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from schoolward.audit.models import Load
from schoolward.base import clock, terminal
from schoolward.exchange import actions, own_calendar, queries
from schoolward.exchange.choices import BUNDLES, TABLES, Choices
from schoolward.exchange.domain import (
    MapError,
    QuestionError,
    Target,
    UnclearValueError,
    UnreadableFileError,
)
from schoolward.exchange.map_choice import PROPOSED, map_text, proposed_text
from schoolward.exchange.oneroster.principals import PRINCIPALS, read_answers
from schoolward.exchange.sheets.limits import limits_of
from schoolward.exchange.values import day_of
from schoolward.kernel.actor import SYSTEM
from schoolward.timeuse.domain.shapes import UnreadableCalendarError


OWN = "calendar"
CLEAN, REFUSALS, STOPPED, UNREADABLE = 0, 3, 4, 5
EXITS = """exit codes: 0 loaded, 3 loaded with refusals, 4 stopped by the guard or by a
question, 5 the file or its map cannot be read"""


class Command(BaseCommand):
    help = (
        "Load schools, people, indicators, calendars, OneRoster or Ed-Fi; undo a load."
    )

    def create_parser(self, *args: Any, **options: Any) -> Any:
        """Say what the exit codes mean under the help."""
        options |= {"epilog": EXITS, "formatter_class": RawDescriptionHelpFormatter}
        return super().create_parser(*args, **options)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "what",
            choices=[*TABLES, *BUNDLES, OWN, "undo"],
            help="What the file holds; a calendar is one person's own.",
        )
        parser.add_argument(
            "file", help="The file or folder; for undo, the load's number."
        )
        parser.add_argument(
            "--map", default="", help="A shipped name, a saved name or a path."
        )
        parser.add_argument(
            "--as-of", type=_day, help="From which day it holds: 2018-07-01."
        )
        parser.add_argument(
            "--crosswalk", default="", help="A file that leads from id to id."
        )
        parser.add_argument(
            "--principals",
            default="",
            help="OneRoster 1.1: a file of answers, or proposed.",
        )
        parser.add_argument(
            "--answer",
            action="append",
            default=[],
            help="Answer a question: name=value.",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Only say what it would do."
        )
        parser.add_argument(
            "--allow-change",
            action="store_true",
            help="Answer the guard: so much may change.",
        )
        own_calendar.add_arguments(parser)
        parser.add_argument("--json", action="store_true", help="Answer in JSON.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load, look or undo, and leave with a code that says how it went."""
        try:
            code = self._done(options)
        except QuestionError as error:
            self._tell(options, _question(error), f"{error}\n{_listed(error)}")
            code = STOPPED
        except (UnreadableFileError, UnreadableCalendarError, MapError) as error:
            self._tell(options, {"load": None, "problem": str(error)}, str(error))
            code = UNREADABLE
        except actions.LoadRefusedError as error:
            self._tell(options, {"load": None, "problem": str(error)}, str(error))
            code = STOPPED
        if code:
            raise SystemExit(code)

    def _done(self, options: dict[str, Any]) -> int:
        if options["what"] == OWN:
            told = own_calendar.load(options, at=clock.now())
            self._tell(options, told, own_calendar.words(told))
            return REFUSALS if told["refused"] else CLEAN
        if options["what"] == "undo":
            return self._undo(options)
        return self._load(options)

    def _load(self, options: dict[str, Any]) -> int:
        choices = _choices(options)
        at = clock.now()
        load = actions.begin(choices, keeps_file=False, by=SYSTEM, at=at)
        with terminal.bar(f"Reading {choices.name}") as step:
            load = actions.stage(
                load,
                by=SYSTEM,
                at=at,
                progress=lambda _: step(1000, doing="Reading rows"),
            )
        told = queries.json_of(load)
        if options["dry_run"]:
            actions.discard(load, by=SYSTEM, at=clock.now())
            told |= {"load": None, "dry_run": True}
            self._tell(options, told, _words(told, "Nothing was loaded; it would be:"))
            return STOPPED if told["guard"] else _code(told)
        return self._make_so(load, told, options)

    def _make_so(
        self, load: Load, told: dict[str, Any], options: dict[str, Any]
    ) -> int:
        try:
            load = actions.load_staged_anew(
                load, by=SYSTEM, at=clock.now(), allow_change=options["allow_change"]
            )
        except actions.GuardedError as error:
            actions.discard(load, by=SYSTEM, at=clock.now())
            said = f"{error} Nothing was loaded. If that is meant, add --allow-change."
            self._tell(options, told | {"problem": said}, said)
            return STOPPED
        told = queries.json_of(load)
        self._tell(options, told, _words(told, f"Load #{load.pk}:"))
        return _code(told)

    def _undo(self, options: dict[str, Any]) -> int:
        load = Load.objects.filter(pk=_number(options["file"])).first()
        if load is None:
            msg = f"There is no load {options['file']}. `schoolward import` prints its number."
            raise CommandError(msg)
        load = actions.undo(load, by=SYSTEM, at=clock.now())
        told = {"load": load.pk, "state": load.state}
        self._tell(options, told, f"Load #{load.pk} ({load.file_name}) was undone.")
        return CLEAN

    def _tell(self, options: dict[str, Any], told: dict[str, Any], words: str) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, default=str))
        else:
            self.stdout.write(words)


def _day(text: str) -> date:
    try:
        return day_of(text)
    except UnclearValueError as error:
        raise CommandError(str(error)) from error


def _number(text: str) -> int:
    with suppress(ValueError):
        return int(text.lstrip("#"))
    return 0


def _choices(options: dict[str, Any]) -> Choices:
    path = Path(options["file"])
    name, text = "", ""
    if options["what"] in TABLES:
        name, text = _map(options, path)
    return Choices(
        target=options["what"],
        path=path.resolve(),
        name=path.name,
        map_name=name,
        map_text=text,
        as_of=options["as_of"],
        crosswalk=options["crosswalk"] and str(Path(options["crosswalk"]).resolve()),
        answers=_answers(options),
    )


def _map(options: dict[str, Any], path: Path) -> tuple[str, str]:
    if options["map"]:
        return map_text(options["map"])
    limits = limits_of(settings.SCHOOLWARD_UPLOAD_BYTES)
    target = Target(options["what"])
    return PROPOSED, proposed_text(path, target, name=path.name, limits=limits)


def _answers(options: dict[str, Any]) -> dict[str, str]:
    answers = dict(one.split("=", 1) for one in options["answer"] if "=" in one)
    if not options["principals"]:
        return answers
    path = Path(options["principals"])
    if not path.is_file():
        return answers | {PRINCIPALS: options["principals"]}
    return answers | read_answers(path.read_text(encoding="utf-8-sig"), name=path.name)


def _code(told: dict[str, Any]) -> int:
    return REFUSALS if told["refused_count"] else CLEAN


def _question(error: QuestionError) -> dict[str, Any]:
    return {
        "load": None,
        "question": str(error),
        "answer": error.answer,
        "options": error.options,
    }


def _listed(error: QuestionError) -> str:
    lines = [f"  {option}: {meaning}" for option, meaning in error.options.items()]
    return "\n".join([*lines, f"Answer with --answer {error.answer}=…"])


def _words(told: dict[str, Any], head: str) -> str:
    """Return what a load did, for a person."""
    counts = ("new", "changed", "ended", "unchanged")
    shown = ", ".join(f"{told[name]:,} {name}" for name in counts)
    lines = [f"{head} {shown}, {told['refused_count']:,} refused."]
    lines += [f"  {note}" for note in told["notes"]]
    if told["ignored_columns"]:
        shown = ", ".join(told["ignored_columns"][:8])
        lines.append(
            f"  {len(told['ignored_columns'])} columns were ignored: {shown} …"
        )
    for one in told["refused"][:20]:
        where = f"row {one['row']}" + (f", {one['column']}" if one["column"] else "")
        lines.append(f"  {where}: {one['reason']} {one['remedy']}")
    if told["refused_count"] > 20:
        lines.append(f"  … and {told['refused_count'] - 20} more; --json prints them.")
    return "\n".join(lines)
