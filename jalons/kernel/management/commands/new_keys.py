from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jalons.kernel.crypto import write_new_keys


class Command(BaseCommand):
    help = "Writes the key file (JALONS_KEYS_FILE), once. Keep a copy apart from the database."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            write_new_keys(settings.KEYS_FILE)
        except FileExistsError as error:
            raise CommandError(f"{settings.KEYS_FILE} existe déjà, rien n’a changé.") from error
        self.stderr.write(f"Clés écrites dans {settings.KEYS_FILE}.")
