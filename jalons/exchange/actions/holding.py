from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require

from ..models import Import
from ..relations import facts_of
from ..rules import IMPORT


def hold_import(actor: Actor, key: UUID, act: str) -> Import:
    """The import, locked, on which the actor may do this act now. Raises Refused, Impossible."""
    found = Import.objects.select_for_update().filter(pk=key).first()
    if found is None:
        raise Refused("Cette page n’est pas partagée avec vous.")
    require(actor, act, facts_of(found))
    IMPORT.transition(act, found.state)
    return found
