"""In whose name a file is imported, and for which organization."""

from uuid import UUID, uuid4

from jalons.access.actor import Actor
from jalons.access.decisions import decide
from jalons.access.roles import Role
from jalons.access.table import INVITE, RECORD, policy
from jalons.accounts.queries import account_of
from jalons.kernel import clock
from jalons.territories.actors import actor_of
from jalons.territories.models import Organization
from jalons.territories.queries import mandates_in_force, organizations_called
from jalons.territories.relations import OrganizationFacts

from . import professionals, structures
from .bounds import Sheet
from .formats import Format
from .persons.registered import PERSONS
from .professionals import Professionals
from .structures import Structures

ACTS = {
    "structures": (RECORD, "organization"),
    "professionnels": (INVITE, "organization"),
    **{kind: form.act for kind, form in PERSONS.items()},
}
"""The formats, as their files are called, and what the policy is asked: an act, on what."""
COLUMNS = {
    "structures": structures.COLUMNS,
    "professionnels": professionals.COLUMNS,
    **{kind: form.columns for kind, form in PERSONS.items()},
}


class NotAllowed(Exception):
    """Nobody may import this file in this name; the message says why, in French."""


def importer(email: str, territory: str, kind: str) -> Actor:
    """The actor of the account's widest mandate that allows the import. Raises NotAllowed."""
    account = account_of(email)
    mandates = mandates_in_force(account.pk, clock.today()) if account else []
    actors = [
        actor_of(mandate.account, mandate)
        for mandate in mandates
        if mandate.territory and mandate.territory.code == territory
    ]
    roles = policy.roles_for(*ACTS[kind], None)
    allowed = [actor for actor in actors if actor.role in roles]
    if not allowed:
        raise NotAllowed(f"Ce compte ne peut pas importer ce fichier dans « {territory} ».")
    return max(allowed, key=lambda actor: _may(actor, uuid4(), RECORD))


def allowed(actor: Actor, kind: str) -> None:
    """Raises NotAllowed when the actor's role imports no file of this kind."""
    if actor.role not in policy.roles_for(*ACTS[kind], None):
        raise NotAllowed("Votre mandat ne permet pas d’importer ce fichier.")


def format_of(kind: str, actor: Actor, sheet: Sheet, organization: str) -> Format:
    """The format of a file for this actor. Raises NotAllowed, Unreadable."""
    return format_for(actor, sheet, organization_for(kind, actor, organization))


def format_for(actor: Actor, sheet: Sheet, organization: Organization | None) -> Format:
    """The same, once the organization is known. Raises Unreadable."""
    assert actor.territory
    return Professionals(organization) if organization else Structures.of(actor.territory, sheet)


def organization_for(kind: str, actor: Actor, text: str) -> Organization | None:
    """Where the professionals of a file work; a manager's own when none is named.

    Raises NotAllowed.
    """
    if kind != "professionnels":
        return None
    if not text and actor.role == Role.MANAGER and actor.organization:
        return Organization.objects.get(pk=actor.organization)
    if not text:
        raise NotAllowed("Dites dans quelle structure ces professionnels travaillent.")
    assert actor.territory
    found = organizations_called(actor.territory, text)
    if len(found) != 1:
        raise NotAllowed(
            "Plusieurs structures du territoire portent ce nom\u00a0: donnez le SIRET."
            if found
            else "Aucune structure du territoire n’a ce nom ni ce SIRET."
        )
    if not _may(actor, found[0].pk, INVITE):
        raise NotAllowed("Votre mandat ne permet pas d’inviter dans cette structure.")
    return found[0]


def _may(actor: Actor, organization: UUID, act: str) -> bool:
    assert actor.territory
    return bool(decide(actor, act, OrganizationFacts(organization, actor.territory)))
