"""`schoolward unlock`: a way in for somebody who is locked out, by whoever keeps the server."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from schoolward.access import mails
from schoolward.access.actions import accounts, invitations
from schoolward.access.models import User
from schoolward.base import clock
from schoolward.kernel.actor import SYSTEM


class Command(BaseCommand):
    help = "Make a link that sets a new password, for somebody who is locked out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "email", help="The e-mail address the person signs in with."
        )
        parser.add_argument(
            "--second-factor",
            action="store_true",
            help="Also remove their second factor; they set up a new one.",
        )
        parser.add_argument("--json", action="store_true", help="Answer in JSON.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make the link and print it."""
        email, at = options["email"].strip(), clock.now()
        user = User.objects.select_related("person").filter(email__iexact=email).first()
        if user is None:
            msg = f"Nobody signs in as {email}. Invite the person instead."
            raise CommandError(msg)
        if options["second_factor"]:
            accounts.forget_second_factor(user, by=SYSTEM, at=at)
        try:
            _, secret = invitations.invite(
                user.person, email=user.email, by=SYSTEM, at=at
            )
        except invitations.InvitationError as error:
            raise CommandError(str(error)) from error
        link = mails.invitation_link(secret)
        told = json.dumps({"link": link}) if options["json"] else _words(link)
        self.stdout.write(told)


def _words(link: str) -> str:
    return f"{link}\nIt sets a new password, once, within 14 days. Hand it over safely."
