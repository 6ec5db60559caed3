"""How much a file holds at each level, counted whole, never what it holds."""

from collections import Counter
from uuid import UUID

from jalons.access.levels import Level
from jalons.access.whole_file import whole_file
from jalons.people import personal_data
from jalons.people.merging.lineage import whole

from ..models import RightsRequest


def take_inventory(request: UUID) -> None:
    """Counts the rows of the person, and of the files that theirs absorbed, by level.

    Nothing when the request is gone.
    """
    found = RightsRequest.objects.using("whole").filter(pk=request).first()
    if found is None:
        return
    with whole_file("inventory", person=found.person_id) as alias:
        counted: Counter[str] = Counter()
        for person in whole(found.person_id, alias):
            for data in personal_data.registered():
                if data.shown:
                    counted += data.levels(person, alias)
        RightsRequest.objects.using(alias).filter(pk=request).update(inventory=dict(counted))


def shown(inventory: dict[str, int]) -> list[tuple[str, int]]:
    """The counts by the French name of each level, from the most to the least widely read."""
    return [(str(level.label), inventory[level]) for level in Level if inventory.get(level)]
