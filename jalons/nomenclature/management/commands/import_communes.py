"""Imports Insee's list of communes, once a year if need be, between two versions of Jalons."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jalons.nomenclature import official
from jalons.nomenclature.files import digest
from jalons.nomenclature.loading import merge_communes, record_edition


class Command(BaseCommand):
    help = "Imports Insee's file of communes (v_commune_AAAA.csv, code officiel géographique)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument(
            "--date", dest="edition", type=date.fromisoformat, required=True, metavar="AAAA-MM-JJ"
        )

    def handle(self, *args: Any, path: Path, edition: date, **options: Any) -> None:
        def fill(alias: str, version: date) -> int:
            return merge_communes(alias, official.communes(path, alias), version)

        try:
            changed = record_edition("migrator", "communes", edition, digest(path), fill)
        except (official.BadFile, OSError, UnicodeDecodeError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Communes ajoutées, modifiées ou closes : {changed}")
