"""Erasing a person: every row that the registry names, by the whole-file role, all at once."""

from uuid import UUID

from jalons.access.whole_file import whole_file
from jalons.journal import events
from jalons.people import personal_data
from jalons.people.merging.lineage import whole

from . import register


class NotWhole(Exception):
    """Something of the person would remain: nothing is erased, and the job stays in sight."""


def erase(person: UUID, territory: int, command: str = "erase") -> dict[str, int]:
    """Erases the file, with those it absorbed, and tells the register; returns how many rows.

    The register is written before the commit: a line too many erases again what is erased, a line
    that is missing would bring somebody back. Raises NotWhole, OSError.
    """
    with whole_file(command, person=person) as alias:
        files = whole(person, alias)[::-1]
        done = {
            data.name: sum(data.erase(key, alias) for key in files)
            for data in personal_data.erased_in_order()
        }
        for key in files:
            events.append("rights.person_erased", territory=territory, person=key, using=alias)
        if remaining := {name for key in files for name in left(key, alias)}:
            raise NotWhole(", ".join(sorted(remaining)))
        for key in files:
            register.write(key, territory)
    return {name: count for name, count in done.items() if count}


def left(person: UUID, alias: str) -> dict[str, int]:
    """What an erasure would take away, by model; nothing once it is done."""
    counts = {data.name: data.left(person, alias).count() for data in personal_data.registered()}
    return {name: count for name, count in counts.items() if count}
