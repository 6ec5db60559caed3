"""A document as the policy sees it: its own level, and the circle of its person."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q, QuerySet

from jalons.access.actor import Actor
from jalons.access.break_glass import BROKE_GLASS
from jalons.access.levels import Level
from jalons.access.policy import Limit, Question, Relation

from ..circle import Circle, load_circle
from ..domains import domain_of, tokens
from ..models import Document
from ..relations import LIMITS, RELATIONS
from .rules import DOMAINS, UNDO

Keys = QuerySet[Any, UUID]
OF_PERSON = {relation.name: relation for relation in (*RELATIONS, BROKE_GLASS)}
WRITERS = ("follows_to_write",)
FRONT_DESK = ("followed_by_organization", "entered_at_organization")


@dataclass(frozen=True)
class DocumentFacts:
    key: UUID
    territory: int
    circle: Circle
    level: Level
    domain: str
    account: UUID
    organization: UUID
    withdrawn_at: datetime | None = None
    withdrawn_by: UUID | None = None
    kind: ClassVar[str] = "document"

    @property
    def frozen(self) -> bool:
        return self.circle.frozen


def load_document(key: UUID, at: datetime) -> DocumentFacts | None:
    """The facts of a document that is not erased, or None, as for who may not know of it."""
    found = Document.objects.filter(pk=key, erased_at=None).first()
    circle = load_circle(found.person_id, at) if found else None
    return facts_of(found, circle) if found and circle else None


def facts_of(document: Document, circle: Circle) -> DocumentFacts:
    return DocumentFacts(
        document.pk,
        document.territory_id,
        circle,
        Level(document.level),
        domain_of(document.domain),
        document.account_id,
        document.organization_id,
        document.withdrawn_at,
        document.withdrawn_by_id,
    )


def document_person(key: UUID, facts: DocumentFacts | None) -> UUID | None:
    return facts.circle.key if facts else None


def _about(facts: DocumentFacts, question: Question) -> Question:
    """The same question, about the person, in the document's domain."""
    return replace(question, domain=facts.domain)


def _persons(base: str, actor: Actor, question: Question) -> Keys:
    found = OF_PERSON[base].keys(actor, question)
    assert isinstance(found, QuerySet)
    return found


def _kept() -> "QuerySet[Document]":
    return Document.objects.filter(withdrawn_at=None)


def _by_domain(
    keys: Callable[[Actor, Question], Any], actor: Actor, question: Question
) -> Iterator[Q]:
    """For each domain, the documents of the persons that `keys` selects there."""
    for domain in DOMAINS:
        found = keys(actor, replace(question, domain=domain))
        for persons in found if isinstance(found, list) else [found]:
            if not persons.query.is_empty():
                yield Q(domain__in=tokens(domain), person__in=persons)


def _read_with(base: Relation) -> Relation:
    """Reading a document at its level, for whom the person's own relation holds."""

    def holds(actor: Actor, facts: DocumentFacts, question: Question) -> bool:
        at_its_level = question.level == facts.level and facts.withdrawn_at is None
        return at_its_level and base.holds(actor, facts.circle, _about(facts, question))

    def keys(actor: Actor, question: Question) -> list[Keys]:
        found = _kept().filter(level=question.level or "")
        return [
            found.filter(condition).values_list("pk", flat=True)
            for condition in _by_domain(base.keys, actor, question)
        ]

    return Relation(f"document_{base.name}", "document", base.label, holds, keys)


def _private(actor: Actor, facts: DocumentFacts, question: Question) -> bool:
    asked = question.level == facts.level == Level.PRIVATE and facts.withdrawn_at is None
    own = facts.account == actor.account
    return asked and own and OF_PERSON["follows"].holds(actor, facts.circle, question)


def _private_keys(actor: Actor, question: Question) -> Keys:
    asked = _kept().filter(level=Level.PRIVATE) & _kept().filter(level=question.level or "")
    own = asked.filter(account=actor.account)
    followed = _persons("follows", actor, question)
    return own.filter(person__in=followed).values_list("pk", flat=True)


def _changed_with(name: str, label: str, bases: tuple[str, ...]) -> Relation:
    """Changing one's own document, while one of the person's relations holds."""

    def holds(actor: Actor, facts: DocumentFacts, question: Question) -> bool:
        author = (facts.account, facts.organization) == (actor.account, actor.organization)
        return author and facts.withdrawn_at is None and _any(bases, actor, facts, question)

    def keys(actor: Actor, question: Question) -> Keys:
        own = _kept().filter(account=actor.account, organization=actor.organization)
        return own.filter(_of_any(bases, actor, question)).values_list("pk", flat=True)

    return Relation(name, "document", label, holds, keys)


def _any(bases: tuple[str, ...], actor: Actor, facts: DocumentFacts, question: Question) -> bool:
    """An entry opens nothing of a protected person."""
    return any(
        OF_PERSON[base].holds(actor, facts.circle, question)
        for base in bases
        if base != "entered_at_organization" or not facts.circle.protected
    )


def _of_any(bases: tuple[str, ...], actor: Actor, question: Question) -> Q:
    found = Q(pk__in=[])
    for base in bases:
        persons = Q(person__in=_persons(base, actor, question))
        entered = base == "entered_at_organization"
        found |= persons & Q(person__protected=False) if entered else persons
    return found


def _of_referent(actor: Actor, facts: DocumentFacts, question: Question) -> bool:
    seen = facts.level != Level.PRIVATE and facts.withdrawn_at is None
    return seen and OF_PERSON["is_referent"].holds(actor, facts.circle, question)


def _of_referent_keys(actor: Actor, question: Question) -> Keys:
    persons = _persons("is_referent", actor, question)
    seen = _kept().exclude(level=Level.PRIVATE)
    return seen.filter(person__in=persons).values_list("pk", flat=True)


def _withdrew(actor: Actor, facts: DocumentFacts, question: Question) -> bool:
    at = facts.withdrawn_at
    in_time = at is not None and question.at - at <= UNDO
    mine = facts.withdrawn_by == actor.account
    return in_time and mine and _any((*WRITERS, *FRONT_DESK), actor, facts, question)


def _withdrew_keys(actor: Actor, question: Question) -> Keys:
    mine = Document.objects.filter(
        withdrawn_by=actor.account, withdrawn_at__gte=question.at - UNDO, erased_at=None
    )
    return mine.filter(_of_any((*WRITERS, *FRONT_DESK), actor, question)).values_list(
        "pk", flat=True
    )


DOCUMENT_RELATIONS = [
    *(
        _read_with(OF_PERSON[name])
        for name in (
            "follows",
            "reads_sealed",
            "broke_glass",
            "followed_by_organization",
            "entered_at_organization",
        )
    ),
    Relation(
        "private_document", "document", "ce document est gardé pour vous", _private, _private_keys
    ),
    _changed_with(
        "written_document",
        "vous avez ajouté ce document et vous accompagnez la personne",
        WRITERS,
    ),
    _changed_with(
        "front_desk_document",
        "vous avez ajouté ce document à l’accueil de la personne",
        FRONT_DESK,
    ),
    Relation(
        "document_of_referent",
        "document",
        "vous êtes référent·e de parcours de cette personne",
        _of_referent,
        _of_referent_keys,
    ),
    Relation(
        "withdrew_document",
        "document",
        "vous venez de retirer ce document",
        _withdrew,
        _withdrew_keys,
    ),
]


def _withheld_as(base: Limit) -> Limit:
    """What withholds the person's file withholds their documents, in the document's domain."""

    def withholds(actor: Actor, facts: DocumentFacts, question: Question) -> bool:
        return base.withholds(actor, facts.circle, _about(facts, question))

    def keys(actor: Actor, question: Question) -> Keys:
        nothing = Q(pk__in=[])
        conditions = _by_domain(base.keys, actor, question)
        return Document.objects.filter(reduce(or_, conditions, nothing)).values_list(
            "pk", flat=True
        )

    relations = frozenset(f"document_{name}" for name in base.relations)
    return Limit(base.name, "document", base.label, withholds, keys, base.levels, relations)


DOCUMENT_LIMITS = [_withheld_as(limit) for limit in LIMITS]
