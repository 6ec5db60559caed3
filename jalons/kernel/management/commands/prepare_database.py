"""Makes a database ready: rights, migrations, reference data. To run at each installation."""

from typing import Any

from django.core.management.base import BaseCommand

from jalons.kernel.preparation import prepare


class Command(BaseCommand):
    help = "Prepares the database as its owner: rights, migrations, reference data (idempotent)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        prepare(lambda step: self.stderr.write(f"Base de données : {step}…"))
