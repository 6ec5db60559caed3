"""Erases again, after a restoration, the persons that the register of erasures names."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jalons.rights.erasure import register
from jalons.rights.erasure.replay import replay


class Command(BaseCommand):
    help = "Erases again whom the register names: run it after every restoration of a backup."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from-file", type=Path, help="by default, JALONS_ERASURES_FILE")

    def handle(self, *args: Any, from_file: Path | None = None, **options: Any) -> None:
        path = from_file or register.default_path()
        if not path.exists():
            raise CommandError(f"Aucun registre des effacements : {path} n’existe pas.")
        again = replay(self.stdout.write, path)
        self.stdout.write(f"{again} dossier(s) effacé(s) de nouveau.")
