"""Saying which column of a file is which of ours; remembered for the organization."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from jalons.access.actor import Actor

from ..contents import sample_of
from ..files.columns import heading
from ..files.persons.registered import PERSONS
from ..header_maps import remember, renamed
from ..models import Import
from ..rules import MAP
from ..running import Run, move
from .holding import hold_import


@transaction.atomic
def map_columns(actor: Actor, key: UUID, chosen: Mapping[str, str]) -> Import:
    """`chosen`: by our column, a header of the file. The file is then checked.

    Raises Refused, Impossible, Unreadable when a required column still misses, Erased.
    """
    found = hold_import(actor, key, MAP)
    remember(actor, found.kind, chosen)
    headers = sample_of(found).headers
    heading(headers, PERSONS[found.kind].columns, renamed(actor, found.kind))
    move(actor, found, MAP)
    Run.of(found).enqueue("exchange.check")
    return found
