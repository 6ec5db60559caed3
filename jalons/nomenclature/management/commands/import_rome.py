"""Imports France Travail's ROME archive: occupations and their job titles (appellations)."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jalons.nomenclature import official
from jalons.nomenclature.files import digest
from jalons.nomenclature.loading import merge_appellations, merge_occupations, record_edition


class Command(BaseCommand):
    help = "Imports the ROME (the CSV archive, zipped or not) with its appellations."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument(
            "--date", dest="edition", type=date.fromisoformat, required=True, metavar="AAAA-MM-JJ"
        )

    def handle(self, *args: Any, path: Path, edition: date, **options: Any) -> None:
        def fill(alias: str, version: date) -> int:
            changed = merge_occupations(alias, official.occupations(path), version)
            return changed + merge_appellations(alias, official.appellations(path), version)

        files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
        try:
            changed = record_edition("migrator", "rome", edition, digest(*files), fill)
        except (official.BadFile, OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Métiers et appellations ajoutés, modifiés ou clos : {changed}")
