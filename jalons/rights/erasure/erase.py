"""Erasing a person: every row that the registry names, by the whole-file role, all at once."""

from uuid import UUID

from jalons.access.whole_file import whole_file
from jalons.journal import events
from jalons.people import personal_data

from . import register


class NotWhole(Exception):
    """Something of the person would remain: nothing is erased, and the job stays in sight."""


def erase(person: UUID, territory: int, command: str = "erase") -> dict[str, int]:
    """Erases the file and tells the register; returns how many rows, by model.

    The register is written before the commit: a line too many erases again what is erased, a line
    that is missing would bring somebody back. Raises NotWhole, OSError.
    """
    with whole_file(command, person=person) as alias:
        done = {data.name: data.erase(person, alias) for data in personal_data.erased_in_order()}
        events.append("rights.person_erased", territory=territory, person=person, using=alias)
        remaining = left(person, alias)
        if remaining:
            raise NotWhole(", ".join(sorted(remaining)))
        register.write(person, territory)
    return {name: count for name, count in done.items() if count}


def left(person: UUID, alias: str) -> dict[str, int]:
    """What an erasure would take away, by model; nothing once it is done."""
    counts = {data.name: data.left(person, alias).count() for data in personal_data.registered()}
    return {name: count for name, count in counts.items() if count}
