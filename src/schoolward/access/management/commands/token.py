"""`schoolward token`: a key for one person's programs, printed this once."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from schoolward.access import tokens
from schoolward.access.models import Token, User
from schoolward.base import clock
from schoolward.kernel.actor import SYSTEM


class Command(BaseCommand):
    help = "Make a token for one person's programs and print its secret, this once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "email", help="The e-mail address the person signs in with."
        )
        parser.add_argument("--label", required=True, help="What it is for.")
        parser.add_argument(
            "--write", action="store_true", help="It may change things, not only read."
        )
        parser.add_argument(
            "--days",
            type=int,
            default=tokens.LIFE_DAYS,
            help="How many days it lives (%(default)s if not given).",
        )
        parser.add_argument("--json", action="store_true", help="Answer in JSON.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make the token and print it."""
        try:
            token, secret = tokens.make_token(
                _user(options["email"]),
                label=options["label"],
                may_write=options["write"],
                days=options["days"],
                at=clock.now(),
                by=SYSTEM,
            )
        except tokens.TokenLifeError as error:
            raise CommandError(str(error)) from error
        answer = _json if options["json"] else _words
        self.stdout.write(answer(token, secret))


def _user(email: str) -> User:
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None:
        msg = f"No open account signs in as {email}. Invite the person first."
        raise CommandError(msg)
    return user


def _json(token: Token, secret: str) -> str:
    told = {
        "token": secret,
        "label": token.label,
        "expires_at": token.expires_at.isoformat(),
        "may_write": token.may_write,
    }
    return json.dumps(told)


def _words(token: Token, secret: str) -> str:
    can = "reads and writes" if token.may_write else "only reads"
    return (
        f"{secret}\n"
        f"Keep it now: only its fingerprint is stored. It {can}, "
        f"until {token.expires_at:%Y-%m-%d}."
    )
