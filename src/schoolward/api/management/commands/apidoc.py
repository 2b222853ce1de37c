"""Renew the list of operations in `docs/api.md` from the schema."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from schoolward.api.manual import renewed
from schoolward.api.urls import service


class Command(BaseCommand):
    """Write what the schema says into a page, below its mark."""

    help = "Renew the list of the API's operations in a page, such as docs/api.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("page", type=Path, help="The page to renew.")

    def handle(self, *_args: Any, **options: Any) -> None:
        page: Path = options["page"]
        schema = service.get_openapi_schema()
        page.write_text(renewed(page.read_text("utf-8"), schema), "utf-8")
        self.stdout.write(f"Renewed {page}.")
