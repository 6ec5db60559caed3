"""A proposed correction: its content, its workflow, and who stands in which relation to it."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from jalons.access.actor import Actor
from jalons.access.levels import Level
from jalons.access.policy import Limit, Question, Relation
from jalons.access.roles import Role
from jalons.access.transitions import Transition, Workflow
from jalons.kernel import crypto

from ..circle import Circle, active_follow_ups, load_circle, objections_in_force, put_away
from ..models import ProposedChange, ProposedState
from .fields import Value

PURPOSE = "people.proposed_change"
ACCEPT, REFUSE = "people.accept_change", "people.refuse_change"
WITHDRAW = "people.withdraw_change"
_ANSWERERS = frozenset({Role.PRACTITIONER, Role.MANAGER})

PROPOSED_CHANGE = Workflow(
    "proposed_change",
    "Correction proposée",
    dict(ProposedState.choices),
    (
        Transition(ACCEPT, ("waiting",), "accepted", _ANSWERERS, "au moins un champ remplacé"),
        Transition(REFUSE, ("waiting",), "refused", _ANSWERERS, "aucun champ remplacé"),
        Transition(
            WITHDRAW,
            ("waiting",),
            "withdrawn",
            frozenset({Role.PRACTITIONER, Role.CLERK}),
            "par son auteur",
        ),
    ),
)


@dataclass(frozen=True)
class Proposal:
    """`fields`: the value that the author saw, and the one they propose."""

    fields: dict[str, list[Value]]
    accepted: list[str] = field(default_factory=list)
    words: str = ""


def encrypted(proposal: Proposal) -> bytes:
    return crypto.encrypt(json.dumps(asdict(proposal)).encode(), PURPOSE)


def read(row: ProposedChange) -> Proposal:
    return Proposal(**json.loads(crypto.decrypt(bytes(row.cipher), PURPOSE)))


@dataclass(frozen=True)
class ChangeFacts:
    key: UUID
    territory: int
    person: UUID
    account: UUID
    organization: UUID
    level: str
    circle: Circle
    kind: ClassVar[str] = "proposed_change"

    @property
    def frozen(self) -> bool:
        return self.circle.frozen


def load_change(key: UUID, at: datetime) -> ChangeFacts | None:
    row = ProposedChange.objects.filter(pk=key).first()
    circle = load_circle(row.person_id, at) if row else None
    return facts_of(row, circle) if row and circle else None


def facts_of(row: ProposedChange, circle: Circle) -> ChangeFacts:
    return ChangeFacts(
        row.pk,
        row.territory_id,
        row.person_id,
        row.account_id,
        row.organization_id,
        row.level,
        circle,
    )


def change_person(key: UUID, facts: ChangeFacts | None) -> UUID | None:
    return facts.person if facts else None


def _closed(actor: Actor, facts: ChangeFacts) -> bool:
    return ("", actor.organization) in facts.circle.objections


def _of_referent(actor: Actor, facts: ChangeFacts, question: Question) -> bool:
    referent = facts.circle.referent
    return bool(
        referent
        and referent.account == actor.account
        and referent.organization == actor.organization
        and not _closed(actor, facts)
    )


def _of_referent_keys(actor: Actor, question: Question) -> "QuerySet[Any, Any]":
    theirs = _active(question).filter(
        role="referent", account=actor.account, organization=actor.organization
    )
    return _open_to(actor, question).filter(Exists(theirs)).values_list("pk", flat=True)


def _of_manager(actor: Actor, facts: ChangeFacts, question: Question) -> bool:
    """The référent's structure; without a référent, a structure that follows."""
    circle = facts.circle
    answering = [circle.referent] if circle.referent else circle.followers
    here = any(one.organization == actor.organization for one in answering)
    return here and facts.level == Level.IDENTITY and not _closed(actor, facts)


def _of_manager_keys(actor: Actor, question: Question) -> "QuerySet[Any, Any]":
    referents = _active(question).filter(role="referent")
    ours = Q(organization=actor.organization)
    found = _open_to(actor, question).filter(
        Exists(referents.filter(ours))
        | ~Exists(referents) & Exists(_active(question).filter(ours)),
        level=Level.IDENTITY,
    )
    return found.values_list("pk", flat=True)


def _own(actor: Actor, facts: ChangeFacts, question: Question) -> bool:
    mine = facts.account == actor.account and facts.organization == actor.organization
    return mine and not _closed(actor, facts)


def _own_keys(actor: Actor, question: Question) -> "QuerySet[Any, Any]":
    mine = _open_to(actor, question).filter(account=actor.account, organization=actor.organization)
    return mine.values_list("pk", flat=True)


def _active(question: Question) -> "QuerySet[Any]":
    return active_follow_ups(timezone.localdate(question.at)).filter(person=OuterRef("person"))


def _open_to(actor: Actor, question: Question) -> "QuerySet[ProposedChange]":
    objected = objections_in_force(timezone.localdate(question.at)).filter(
        person=OuterRef("person"), domain="", organization=actor.organization
    )
    return ProposedChange.objects.filter(~Exists(objected))


CHANGE_RELATIONS = [
    Relation(
        "change_to_referent",
        "proposed_change",
        "vous êtes référent·e de parcours de cette personne",
        _of_referent,
        _of_referent_keys,
    ),
    Relation(
        "change_to_manager",
        "proposed_change",
        "votre structure répond de ce dossier",
        _of_manager,
        _of_manager_keys,
    ),
    Relation(
        "own_change", "proposed_change", "vous avez proposé cette correction", _own, _own_keys
    ),
]


def _archived(actor: Actor, facts: ChangeFacts, question: Question) -> bool:
    return facts.circle.put_away


def _archived_keys(actor: Actor, question: Question) -> "QuerySet[ProposedChange, Any]":
    found = ProposedChange.objects.filter(put_away("person__"))
    return found.values_list("pk", flat=True)


CHANGE_LIMITS = [
    Limit(
        "archived_change",
        "proposed_change",
        "Cette page n’est pas partagée avec vous.",
        _archived,
        _archived_keys,
    )
]
