"""Loads the lists shipped with this version; `prepare_database` does it too."""

from typing import Any

from django.core.management.base import BaseCommand

from jalons.nomenclature.loading import load, report


class Command(BaseCommand):
    help = "Loads the reference lists shipped with this version (idempotent)."

    def handle(self, *args: Any, **options: Any) -> None:
        load()
        for name, found in report().items():
            self.stdout.write(f"{name} : {found}")
