"""The relations between an actor and a person, and what limits them (product.md §5).

Each is a pure predicate on a `Circle` and, beside it, the same thing as a query of persons' keys.
"""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from jalons.access.actor import Actor
from jalons.access.levels import Level
from jalons.access.policy import Limit, Question, Relation
from jalons.attention import rules as attention

from .circle import (
    Circle,
    Follower,
    active_follow_ups,
    agreements_in_force,
    objections_in_force,
    open_reorientations,
    put_away,
    waiting_entries,
)
from .domains import tokens
from .models import Person, SealedReader

Keys = QuerySet[Any, UUID]
SHARED_LEVELS = frozenset({Level.SHARED, Level.RESTRICTED})


def _mine(actor: Actor, circle: Circle) -> list[Follower]:
    return [
        follower
        for follower in circle.followers
        if follower.account == actor.account and follower.organization == actor.organization
    ]


def in_consortium(actor: Actor, circle: Circle, question: Question) -> bool:
    return circle.territory == actor.territory and not circle.protected


def in_consortium_keys(actor: Actor, question: Question) -> Keys:
    return Person.objects.filter(territory=actor.territory, protected=False).values_list(
        "pk", flat=True
    )


def follows(actor: Actor, circle: Circle, question: Question) -> bool:
    return bool(_mine(actor, circle))


def follows_keys(actor: Actor, question: Question) -> Keys:
    mine = active_follow_ups(timezone.localdate(question.at)).filter(
        account=actor.account, organization=actor.organization
    )
    return mine.values_list("person", flat=True)


def follows_to_write(actor: Actor, circle: Circle, question: Question) -> bool:
    return any(not follower.read_only for follower in _mine(actor, circle))


def follows_to_write_keys(actor: Actor, question: Question) -> Keys:
    return follows_keys(actor, question).filter(read_only=False)


def is_referent(actor: Actor, circle: Circle, question: Question) -> bool:
    return any(follower.role == "referent" for follower in _mine(actor, circle))


def is_referent_keys(actor: Actor, question: Question) -> Keys:
    return follows_keys(actor, question).filter(role="referent")


def reads_sealed(actor: Actor, circle: Circle, question: Question) -> bool:
    """Author, référent or named, and still following: an ended follow-up gives no access."""
    named = (question.domain, actor.account) in circle.sealed_readers
    return named and follows(actor, circle, question)


def reads_sealed_keys(actor: Actor, question: Question) -> Keys:
    named = SealedReader.objects.filter(account=actor.account, domain__in=tokens(question.domain))
    return named.filter(person__in=follows_keys(actor, question)).values_list("person", flat=True)


def followed_by_organization(actor: Actor, circle: Circle, question: Question) -> bool:
    return any(follower.organization == actor.organization for follower in circle.followers)


def followed_by_organization_keys(actor: Actor, question: Question) -> Keys:
    theirs = active_follow_ups(timezone.localdate(question.at)).filter(
        organization=actor.organization
    )
    return theirs.values_list("person", flat=True)


def entered_at_organization(actor: Actor, circle: Circle, question: Question) -> bool:
    return any(
        door.organization == actor.organization and door.waiting and door.opened
        for door in circle.doors
    )


def entered_at_organization_keys(actor: Actor, question: Question) -> Keys:
    entered = waiting_entries().filter(door=actor.organization, opened_on__isnull=False)
    return entered.values_list("person", flat=True)


def referent_of_organization(actor: Actor, circle: Circle, question: Question) -> bool:
    return any(
        follower.role == "referent" and follower.organization == actor.organization
        for follower in circle.followers
    )


def referent_of_organization_keys(actor: Actor, question: Question) -> Keys:
    return followed_by_organization_keys(actor, question).filter(role="referent")


def assigned_to_organization(actor: Actor, circle: Circle, question: Question) -> bool:
    return any(
        door.assigned is not None
        and door.assigned == actor.organization
        and door.waiting
        and door.opened
        for door in circle.doors
    )


def assigned_to_organization_keys(actor: Actor, question: Question) -> Keys:
    given = waiting_entries().filter(
        assigned_to__in=[actor.organization] if actor.organization else [],
        opened_on__isnull=False,
    )
    return given.values_list("person", flat=True)


def open_entry(actor: Actor, circle: Circle, question: Question) -> bool:
    return any(door.waiting and door.opened for door in circle.doors)


def open_entry_keys(actor: Actor, question: Question) -> Keys:
    waiting = waiting_entries().filter(territory=actor.territory, opened_on__isnull=False)
    return waiting.values_list("person", flat=True)


def open_reorientation(actor: Actor, circle: Circle, question: Question) -> bool:
    return circle.reorientation


def open_reorientation_keys(actor: Actor, question: Question) -> Keys:
    waiting = open_reorientations().filter(territory=actor.territory)
    return waiting.values_list("person", flat=True)


def to_unblock(actor: Actor, circle: Circle, question: Question) -> bool:
    return circle.to_unblock


def to_unblock_keys(actor: Actor, question: Question) -> list[Keys]:
    day = timezone.localdate(question.at)
    return [
        rows.filter(territory=actor.territory).order_by().values_list(rule.key, flat=True)
        for rule, rows in attention.to_unblock(day, actor.territory)
    ]


def objected_to_structure(actor: Actor, circle: Circle, question: Question) -> bool:
    return ("", actor.organization) in circle.objections


def objected_to_structure_keys(actor: Actor, question: Question) -> Keys:
    day = timezone.localdate(question.at)
    found = objections_in_force(day).filter(domain="", organization=actor.organization)
    return found.values_list("person", flat=True)


def objected_to_domain(actor: Actor, circle: Circle, question: Question) -> bool:
    if not question.domain or is_referent(actor, circle, question):
        return False
    everybody, here = (question.domain, None), (question.domain, actor.organization)
    return everybody in circle.objections or here in circle.objections


def objected_to_domain_keys(actor: Actor, question: Question) -> Keys:
    day = timezone.localdate(question.at)
    if not question.domain:
        return objections_in_force(day).none().values_list("person", flat=True)
    found = objections_in_force(day).filter(
        Q(organization=None) | Q(organization=actor.organization),
        domain=question.domain,
    )
    kept = is_referent_keys(actor, question).filter(person=OuterRef("person"))
    return found.filter(~Exists(kept)).values_list("person", flat=True)


def outside_agreement(actor: Actor, circle: Circle, question: Question) -> bool:
    """Agreements in force name structures or domains, and none of a lineage names this one."""
    if not circle.agreements or is_referent(actor, circle, question):
        return False
    including = {
        agreed.lineage
        for agreed in circle.agreements
        if (not agreed.organizations or actor.organization in agreed.organizations)
        and (not agreed.domains or not question.domain or question.domain in agreed.domains)
    }
    return any(agreed.lineage not in including for agreed in circle.agreements)


def outside_agreement_keys(actor: Actor, question: Question) -> Keys:
    in_force = agreements_in_force(timezone.localdate(question.at))
    including = in_force.filter(
        Q(organizations=[]) | Q(organizations__contains=[actor.organization]),
        person=OuterRef("person"),
        lineage=OuterRef("lineage"),
    )
    if question.domain:
        including = including.filter(Q(domains=[]) | Q(domains__contains=[question.domain]))
    kept = is_referent_keys(actor, question).filter(person=OuterRef("person"))
    return in_force.filter(~Exists(including), ~Exists(kept)).values_list("person", flat=True)


def protected(actor: Actor, circle: Circle, question: Question) -> bool:
    return circle.protected


def protected_keys(actor: Actor, question: Question) -> Keys:
    return Person.objects.filter(protected=True).values_list("pk", flat=True)


def protected_and_followed(actor: Actor, circle: Circle, question: Question) -> bool:
    """Without a follower left, somebody must still be able to find one."""
    return circle.protected and bool(circle.followers)


def protected_and_followed_keys(actor: Actor, question: Question) -> Keys:
    followed = active_follow_ups(timezone.localdate(question.at)).filter(person=OuterRef("pk"))
    return protected_keys(actor, question).filter(Exists(followed))


def archived(actor: Actor, circle: Circle, question: Question) -> bool:
    """Or made one with another file, which stands for it."""
    return circle.put_away


def archived_keys(actor: Actor, question: Question) -> Keys:
    return Person.objects.filter(put_away()).values_list("pk", flat=True)


def protects_data(actor: Actor, circle: Circle, question: Question) -> bool:
    standing = circle.merged_into is None
    return standing and actor.data_protection and circle.territory == actor.territory


def protects_data_keys(actor: Actor, question: Question) -> Keys:
    standing = Person.objects.filter(territory=actor.territory, merged_into=None)
    theirs = standing.values_list("pk", flat=True)
    return theirs if actor.data_protection else theirs.none()


RELATIONS = [
    Relation(
        "in_consortium",
        "person",
        "la personne est connue du consortium et vous avez fait une recherche",
        in_consortium,
        in_consortium_keys,
    ),
    Relation("follows", "person", "vous accompagnez cette personne", follows, follows_keys),
    Relation(
        "follows_to_write",
        "person",
        "vous accompagnez cette personne",
        follows_to_write,
        follows_to_write_keys,
    ),
    Relation(
        "is_referent",
        "person",
        "vous êtes référent·e de parcours de cette personne",
        is_referent,
        is_referent_keys,
    ),
    Relation(
        "reads_sealed",
        "person",
        "la personne ou votre fonction vous désigne pour cette information",
        reads_sealed,
        reads_sealed_keys,
    ),
    Relation(
        "followed_by_organization",
        "person",
        "votre structure accompagne cette personne",
        followed_by_organization,
        followed_by_organization_keys,
    ),
    Relation(
        "referent_of_organization",
        "person",
        "le référent de parcours de cette personne est de votre structure",
        referent_of_organization,
        referent_of_organization_keys,
    ),
    Relation(
        "entered_at_organization",
        "person",
        "cette personne attend un premier entretien après son accueil chez vous",
        entered_at_organization,
        entered_at_organization_keys,
    ),
    Relation(
        "assigned_to_organization",
        "person",
        "cette personne est orientée vers votre structure",
        assigned_to_organization,
        assigned_to_organization_keys,
    ),
    Relation(
        "open_entry",
        "person",
        "cette personne attend d’être orientée",
        open_entry,
        open_entry_keys,
    ),
    Relation(
        "open_reorientation",
        "person",
        "une réorientation est demandée pour cette personne",
        open_reorientation,
        open_reorientation_keys,
    ),
    Relation(
        "to_unblock",
        "person",
        "la situation de cette personne est à débloquer",
        to_unblock,
        to_unblock_keys,
    ),
    Relation(
        "protects_data",
        "person",
        "vous répondez de la protection des données du territoire",
        protects_data,
        protects_data_keys,
    ),
]
OF_THE_RIGHTS = frozenset({"protects_data"})
"""What an objection or an archive does not close: the person's own rights."""

LIMITS = [
    Limit(
        "objected_to_structure",
        "person",
        "La personne s’est opposée à ce que votre structure lise son dossier.",
        objected_to_structure,
        objected_to_structure_keys,
        frozenset({*Level, None} - {Level.MASKED}),
        spares=OF_THE_RIGHTS,
    ),
    Limit(
        "objected_to_domain",
        "person",
        "La personne s’est opposée au partage de ce domaine.",
        objected_to_domain,
        objected_to_domain_keys,
    ),
    Limit(
        "outside_agreement",
        "person",
        "L’accord de partage de la personne ne comprend pas votre structure.",
        outside_agreement,
        outside_agreement_keys,
        SHARED_LEVELS,
        frozenset({"follows"}),
    ),
    Limit(
        "protected",
        "person",
        "Cette page n’est pas partagée avec vous.",
        protected,
        protected_keys,
        relations=frozenset(
            {
                "broke_glass",
                "open_entry",
                "entered_at_organization",
                "assigned_to_organization",
                "open_reorientation",
                "unreachable",
                "unconfirmed",
            }
        ),
    ),
    Limit(
        "protected_and_followed",
        "person",
        "Cette page n’est pas partagée avec vous.",
        protected_and_followed,
        protected_and_followed_keys,
        relations=frozenset({"to_unblock"}),
    ),
    Limit(
        "archived",
        "person",
        "Cette page n’est pas partagée avec vous.",
        archived,
        archived_keys,
        spares=OF_THE_RIGHTS,
    ),
]
