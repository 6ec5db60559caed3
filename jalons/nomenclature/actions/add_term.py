from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from jalons.access.actor import Actor
from jalons.access.decisions import Refused, require
from jalons.access.events import record
from jalons.access.levels import Level
from jalons.kernel import clock
from jalons.kernel.ids import uuid7

from ..files import Catalogued, catalogued
from ..models import Term
from ..queries import UnknownTerm, named, term
from ..rights import TermFacts
from ..rules import detail_level, local_code, strictest
from .changed import lists_changed


@dataclass(frozen=True)
class NewTerm:
    """An entry that a territory adds to a list, under `parent` where the list has parents.

    Its domain is its parent's unless it is given. Its level is the strictest of the one asked, its
    list's and its domain's.
    """

    list: str
    label: str
    parent: str = ""
    domain: str = ""
    level: Level = Level.OPEN


@transaction.atomic
def add_term(actor: Actor, new: NewTerm) -> Term:
    """Adds an entry, from today on, to the lists of the actor's territory.

    Raises Refused, UnknownList, or ValidationError by field, with what to say on screen.
    """
    if actor.territory is None:
        raise Refused("Choisissez d’abord un territoire.")
    key = uuid7()
    require(actor, "nomenclature.add_term", TermFacts(key, actor.territory))
    listed = catalogued(new.list)
    _check(listed, new, actor.territory)
    inherited = _domain_of(listed, new)
    domain = new.domain or inherited
    added = Term(
        id=key,
        list=new.list,
        code=local_code(new.label),
        territory=actor.territory,
        label=new.label.strip(),
        parent=new.parent if listed.parents else "",
        domain=domain,
        level=strictest(new.level, listed.level, detail_level(domain)),
        valid_from=clock.today(),
    )
    added.full_clean()
    added.save(force_insert=True)
    lists_changed()
    record(actor, "nomenclature.term_added", object_kind="term", object_key=key)
    return added


def _check(listed: Catalogued, new: NewTerm, territory: int) -> None:
    if not listed.extensible:
        raise ValidationError({"list": "Cette liste est nationale et ne se complète pas."})
    same = named(new.list, new.label, territory=territory)
    if same:
        raise ValidationError({"label": f"Cette liste a déjà « {same.label} »."})


def _domain_of(listed: Catalogued, new: NewTerm) -> str:
    """Of the parent; an entry of a list without parents has none."""
    if not listed.parents or not new.parent:
        return ""
    try:
        return term(listed.parents, new.parent).domain
    except UnknownTerm:
        raise ValidationError({"parent": "Choisissez une entrée de la liste."}) from None
