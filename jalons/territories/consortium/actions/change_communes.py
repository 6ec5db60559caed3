from collections.abc import Iterable

from django.db import transaction

from jalons.access.actor import Actor
from jalons.journal.models import Event
from jalons.nomenclature.models import Commune

from ...actions.steering import Impossible, hold_consortium, of_consortium, told


@transaction.atomic
def change_communes(
    actor: Actor, added: Iterable[str] = (), removed: Iterable[str] = ()
) -> Event | None:
    """Adds and removes communes, by Insee code; None when nothing changes.

    Raises Refused; Impossible for a code unknown or when no commune would be left.
    """
    territory = hold_consortium(actor)
    wanted = _known(added)
    kept = (set(territory.communes) | wanted) - set(removed)
    if not kept:
        raise Impossible("Un territoire compte au moins une commune : ajoutez-en une d’abord.")
    before = set(territory.communes)
    if kept == before:
        return None
    territory.communes = sorted(kept)
    territory.save(update_fields=["communes"])
    payload = {"added": sorted(kept - before), "removed": sorted(before - kept)}
    return told(actor, "communes_changed", of_consortium(territory), payload)


@transaction.atomic
def rename_territory(actor: Actor, name: str) -> Event | None:
    """Changes the name of the territory; None when it is the same. Raises Refused."""
    territory = hold_consortium(actor)
    if territory.name == name:
        return None
    before, territory.name = territory.name, name
    territory.save(update_fields=["name"])
    payload = {"before": before, "after": name}
    return told(actor, "territory_renamed", of_consortium(territory), payload)


def _known(codes: Iterable[str]) -> set[str]:
    asked = set(codes)
    found = set(Commune.objects.filter(code__in=asked).values_list("code", flat=True))
    if asked - found:
        raise Impossible("Une de ces communes n’existe pas : cherchez-la de nouveau.")
    return found
