"""`schoolward doctor`: every setting, what is wrong and the remedy."""

import json
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from schoolward.base import clock
from schoolward.config.doctor import report
from schoolward.config.doctor.seen import settings_seen


class Command(BaseCommand):
    help = "Print every setting, what is wrong and the remedy; exit 1 if anything is."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="Answer in JSON.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Look at everything and report."""
        found = list(report.look_at_everything(at=clock.real_now()))
        told = {
            "settings": [seen.as_plain() for seen in settings_seen(os.environ)],
            "findings": [finding.as_plain() for finding in found],
        }
        self.stdout.write(
            json.dumps(told) if options["json"] else report.in_words(found)
        )
        if report.is_broken(found):
            sys.exit(1)
