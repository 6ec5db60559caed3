"""Seals now, without waiting for the job."""

from typing import Any

from django.core.management.base import BaseCommand

from jalons.journal import export, seals


class Command(BaseCommand):
    help = "Seals the settled events now and adds the seals to the exported file."

    def handle(self, *args: Any, **options: Any) -> None:
        made, added = seals.seal(), export.export()
        self.stdout.write(f"{made} sceau(x) posé(s), {added} ajouté(s) au fichier.")
