from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jalons.exchange.demo.loading import is_empty, load


class Command(BaseCommand):
    help = "Loads the demo's three territories into an empty embedded database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--persons", type=int, help="persons a territory; all by default")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo exists with the embedded database only.")
        if is_empty():
            load(options["persons"], self.stderr.write)
