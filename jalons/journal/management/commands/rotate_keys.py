"""A new encryption key, and everything encrypted again with it; the hashing key stays."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from jalons.journal import events
from jalons.kernel import clock, crypto, encrypted, rotation


class Command(BaseCommand):
    help = (
        "Makes a new encryption key current and encrypts everything again with it, beside the"
        " traffic. Run again after an interruption, it takes up where it was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        step = parser.add_mutually_exclusive_group()
        step.add_argument(
            "--prepare",
            action="store_true",
            help="adds the key without using it: the file is then copied to every machine",
        )
        step.add_argument(
            "--forget-old", action="store_true", help="removes the old keys once nothing needs them"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.KEYS_FILE)
        try:
            self._refuse_other_keys()
            if options["prepare"]:
                self._prepare(path)
            elif options["forget_old"]:
                self._forget(path)
            else:
                self._rotate(path)
        except crypto.WrongKeys as error:
            raise CommandError(str(error)) from error

    def _refuse_other_keys(self) -> None:
        closed = [column.name for column in encrypted.columns() if not rotation.opens(column)]
        if closed:
            raise CommandError(
                f"Le fichier de clés {settings.KEYS_FILE} n’ouvre pas ce que cette base contient"
                f" ({', '.join(closed)}) : ce n’est pas le sien, ou une clé manque. Rien n’a"
                " changé."
            )

    def _prepare(self, path: Path) -> None:
        if len(crypto.keyring().encryption) > 1:
            raise CommandError("Une rotation est en cours : terminez-la par --forget-old.")
        name = crypto.add_key(path)
        self.stdout.write(
            f"Clé {name} ajoutée à {path}, pas encore utilisée. Copiez ce fichier sur chaque"
            " machine et en lieu sûr, puis lancez rotate_keys."
        )

    def _rotate(self, path: Path) -> None:
        ring = crypto.keyring()
        newest = max(ring.encryption, key=int)
        if len(ring.encryption) == 1:
            newest = crypto.add_key(path)
        if newest != ring.current:
            crypto.make_current(path, newest, clock.now())
            _record("journal.keys_rotated")
            self.stdout.write(f"Clé {newest} en service. Gardez une copie de {path} en lieu sûr.")
        unreadable = []
        for column in encrypted.columns():
            done = rotation.rewrite(column)
            if done.rewritten:
                self.stdout.write(f"{column.name} : {done.rewritten} valeurs chiffrées de nouveau.")
            unreadable += [f"{column.name} {key}" for key in done.unreadable]
        if unreadable:
            shown = "\n".join(unreadable[:20])
            raise CommandError(f"{len(unreadable)} valeurs ne s’ouvrent avec aucune clé :\n{shown}")
        if waiting := rotation.left():
            raise CommandError(f"Des lignes étaient occupées, relancez : {_said(waiting)}.")
        self.stdout.write("Tout est chiffré avec la clé en service.")

    def _forget(self, path: Path) -> None:
        if waiting := rotation.left():
            raise CommandError(
                f"Des valeurs demandent encore une ancienne clé : {_said(waiting)}. Lancez"
                " rotate_keys, rien n’a été oublié."
            )
        since = crypto.current_since(path)
        if since and clock.now() < since + encrypted.longest_fleeting():
            end = since + encrypted.longest_fleeting()
            raise CommandError(
                "Des sessions ouvertes avant la rotation gardent des jetons de l’ancienne clé :"
                f" attendez le {end:%d/%m/%Y à %H:%M} UTC."
            )
        forgotten = crypto.forget_old_keys(path)
        if forgotten:
            _record("journal.old_keys_forgotten")
        self.stdout.write(
            f"Clés oubliées : {', '.join(forgotten) or 'aucune'}. Les sauvegardes d’avant la"
            " rotation demandent encore l’ancien fichier : gardez-en la copie aussi longtemps"
            " qu’elles, puis détruisez-la."
        )


def _said(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} ({count})" for name, count in counts.items())


@transaction.atomic(using=rotation.OWNER)
def _record(kind: str) -> None:
    events.append(kind, territory=None, using=rotation.OWNER)
