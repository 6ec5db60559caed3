"""Writes the bill of materials of a server on standard output: CycloneDX 1.6, JSON."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from jalons.kernel.sbom import bill


class Command(BaseCommand):
    help = "Writes what a server is made of: CycloneDX 1.6, JSON."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(bill(), indent=1))
