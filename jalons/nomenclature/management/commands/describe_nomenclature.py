"""Writes docs/nomenclature.md."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from jalons.nomenclature.documentation import page


class Command(BaseCommand):
    help = "Writes docs/nomenclature.md from the lists shipped."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        (settings.BASE_DIR / "docs" / "nomenclature.md").write_text(page())
