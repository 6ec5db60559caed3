"""Doing what a row was foreseen to do, in the caller's transaction, as its block kept it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from jalons.access.actor import Actor
from jalons.access.decisions import Refused
from jalons.people.arrivals.actions.circle_changes import attach_from_file
from jalons.people.arrivals.actions.confirm_facts import confirm_facts
from jalons.people.arrivals.actions.create_from_file import KnownMeanwhile, create_from_file
from jalons.people.arrivals.actions.take_from_file import take_from_file
from jalons.people.arrivals.rules import FACT

from ..columns import Heading
from .checking import NOBODY
from .formats import PersonFormat, Saying

MEANWHILE = (
    "Une personne qui ressemble à celle-ci est connue depuis la vérification. Renvoyez la ligne."
)
LEFT = "Un accompagnement n’a pas pu être ouvert\u00a0: le mandat ou la personne ne le permet pas."


@dataclass
class Settled:
    """`person` is whom the row speaks of. Remarks are [column, kind, message].

    `apart`: of a row foreseen, those of whom the author said that they are somebody else.
    """

    outcome: str
    person: Any = None
    errors: list[list[str]] = field(default_factory=list)
    warnings: list[list[str]] = field(default_factory=list)
    apart: frozenset[UUID] = frozenset()


def settle(
    actor: Actor, form: PersonFormat, heading: Heading, foreseen: Settled, saying: Saying
) -> Settled:
    """`foreseen`: the outcome and the person of the check. What it left out stays out."""
    if foreseen.outcome not in ("created", "updated"):
        return Settled(foreseen.outcome, foreseen.person)
    try:
        return _do(actor, form, heading, foreseen, saying)
    except KnownMeanwhile:
        error = _told(form, heading, "conflict", MEANWHILE)
        return Settled("ambiguous", errors=[error])
    except Refused:
        error = _told(form, heading, "unknown_reference", NOBODY)
        return Settled("rejected", errors=[error])


def confirm(actor: Actor, again: Mapping[UUID, Saying]) -> None:
    """What rows that change nothing say of their persons, which is hence true today."""
    if again:
        facts = {
            person: {name.removeprefix(FACT) for name in saying.values if name.startswith(FACT)}
            for person, saying in again.items()
        }
        confirm_facts(actor, facts)


def _do(
    actor: Actor, form: PersonFormat, heading: Heading, foreseen: Settled, saying: Saying
) -> Settled:
    if foreseen.outcome == "created":
        created = create_from_file(actor, saying.values, form.flow, foreseen.apart)
        return Settled("created", created.pk)
    if form.find == "match":
        taken = take_from_file(actor, foreseen.person, saying.values, form.flow)
        done, left = bool(taken.changed), taken.left
    else:
        changes = attach_from_file(actor, foreseen.person, saying.values, form.flow)
        done, left = changes.done, changes.left
    warnings = [_told(form, heading, "conflict", LEFT, "attached")] if left else []
    return Settled("updated" if done else "unchanged", foreseen.person, warnings=warnings)


def _told(
    form: PersonFormat, heading: Heading, kind: str, message: str, attribute: str = ""
) -> list[str]:
    column = form.column_of(attribute) if attribute else form.columns[0].name
    return [heading.headers.get(column, column), kind, message]
