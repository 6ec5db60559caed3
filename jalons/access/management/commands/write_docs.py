"""Writes the documents that the code knows; `--check` fails when one is not current."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jalons.access.documents import PAGES


class Command(BaseCommand):
    help = "Writes the pages of docs/ that the code knows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="fails when one is not current")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = {Path(settings.BASE_DIR) / path: page() for path, page in PAGES.items()}
        stale = [
            path for path, text in wanted.items() if not path.exists() or path.read_text() != text
        ]
        if options["check"] and stale:
            names = ", ".join(path.name for path in stale)
            raise CommandError(f"Not current: {names}. Run `python3 dev.py manage write_docs`.")
        for path in stale:
            path.write_text(wanted[path])
