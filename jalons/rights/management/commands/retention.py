"""Archives, erases and destroys what the law no longer lets us keep, as the nightly job does."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from jalons.rights.retention.run import run_retention


class Command(BaseCommand):
    help = (
        "Archives, then erases, the files whose delay is over, and destroys the requests that led"
        " to nobody; --dry-run only says which."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        run_retention(self.stdout.write, dry=options["dry_run"])
