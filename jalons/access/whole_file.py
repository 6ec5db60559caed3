"""The third role sees whole files, for the commands named here only; each run is journalled.

Below this room, the journal works under the same role: its seals (which leave a row) and its daily
mail (which appends `journal.digest_sent`).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from jalons.journal import events

COMMANDS = {
    "who_saw": "Qui a vu quoi entre deux dates",
}
ALIAS = "whole"


@contextmanager
def whole_file(command: str, territory: int | None = None) -> Iterator[str]:
    """A transaction of the whole-file role; yields its connection alias.

    Raises KeyError for a command that is not on the list.
    """
    label = COMMANDS[command]
    with transaction.atomic(using=ALIAS):
        events.append(
            "access.whole_file_run",
            territory=territory,
            object_kind="command",
            payload={"command": command, "label": label},
            using=ALIAS,
        )
        yield ALIAS
