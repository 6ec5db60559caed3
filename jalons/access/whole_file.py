"""The third role sees whole files, for the commands named here only; each run is journalled.

Below this room, the journal works under the same role: its seals (which leave a row) and its daily
mail (which appends `journal.digest_sent`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction

from jalons.journal import events

COMMANDS = {
    "who_saw": "Qui a vu quoi entre deux dates",
    "export_file": "Copie du dossier entier pour la personne",
    "inventory": "Inventaire d’un dossier, par niveau de confidentialité",
    "erase": "Effacement d’un dossier",
    "replay_erasures": "Nouvel effacement après la restauration d’une sauvegarde",
    "merge": "Réunion de deux dossiers d’une même personne",
    "undo_merge": "Réunion de deux dossiers défaite",
    "retention": "Archivage et effacement au terme de la conservation",
    "purge_exports": "Suppression des copies expirées",
}
ALIAS = "whole"


@contextmanager
def whole_file(
    command: str, *, person: UUID | None = None, about: dict[str, str] | None = None
) -> Iterator[str]:
    """A transaction of the whole-file role; yields its connection alias.

    `person` and `about` (the options of the run) are journalled with it.

    Raises KeyError for a command that is not on the list.
    """
    label = COMMANDS[command]
    with transaction.atomic(using=ALIAS):
        events.append(
            "access.whole_file_run",
            territory=None,
            person=person,
            object_kind="command",
            payload={"command": command, "label": label, "about": about or {}},
            using=ALIAS,
        )
        yield ALIAS
