"""`schoolward init`: an empty district with its first administrator."""

import json
import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone

from schoolward.base import clock
from schoolward.config import env, founding, installation


class Command(BaseCommand):
    help = "Set up an empty district: its name, time zone and first administrator."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", required=True, help="The district's name.")
        parser.add_argument(
            "--time-zone",
            default=settings.TIME_ZONE,
            help="Its time zone (%(default)s if not given).",
        )
        parser.add_argument(
            "--admin", required=True, help="The first administrator's e-mail address."
        )
        parser.add_argument(
            "--admin-name", default="", help="Their name, as others see it."
        )
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="Read their password from standard input instead of asking.",
        )
        parser.add_argument("--json", action="store_true", help="Answer in JSON.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read what was asked for, make the tables, found the district."""
        wanted = _wanted(options)
        installation.migrate()
        timezone.activate(ZoneInfo(wanted.time_zone))
        try:
            district = founding.found(wanted, at=clock.now())
        except founding.AlreadyFoundedError as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        answer = _json if options["json"] else _words
        self.stdout.write(answer(district.name, wanted))


def _wanted(options: dict[str, Any]) -> founding.Founding:
    email = options["admin"].strip()
    try:
        validate_email(email)
        zone = env.time_zone(options["time_zone"])
    except ValidationError as error:
        msg = f"“{email}” is not an e-mail address. Write one such as ana@example.org."
        raise CommandError(msg) from error
    except ValueError as error:
        raise CommandError(str(error)) from error
    return founding.Founding(
        name=options["name"].strip(),
        time_zone=zone,
        email=email,
        administrator=options["admin_name"].strip() or email.partition("@")[0],
        password=_password(from_stdin=options["password_stdin"]),
    )


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    if not sys.stdin.isatty():
        msg = "Nobody is here to type a password. Give it by --password-stdin."
        raise CommandError(msg)
    password = getpass("Password of the administrator (12 characters or more): ")
    if password != getpass("The same again: "):
        msg = "The two passwords differ. Run the command again."
        raise CommandError(msg)
    return password


def _json(name: str, wanted: founding.Founding) -> str:
    told = {
        "district": name,
        "time_zone": wanted.time_zone,
        "administrator": wanted.email,
        "home": str(settings.SCHOOLWARD_HOME),
    }
    return json.dumps(told)


def _words(name: str, wanted: founding.Founding) -> str:
    return (
        f"{name} is set up in {settings.SCHOOLWARD_HOME}.\n"
        f"Start it with `schoolward serve` and `schoolward worker`, then sign in at "
        f"{settings.SCHOOLWARD_URL} as {wanted.email}."
    )
