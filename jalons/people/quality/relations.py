"""Whose file is to be corrected, for those who look after the data of the territory."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from jalons.access.actor import Actor
from jalons.access.policy import Question, Relation

from ..circle import Circle, active_follow_ups
from ..models import Person
from . import conditions

Keys = QuerySet[Any, UUID]


def unreachable(actor: Actor, circle: Circle, question: Question) -> bool:
    return circle.unreachable and bool(circle.followers)


def unreachable_keys(actor: Actor, question: Question) -> Keys:
    day = timezone.localdate(question.at)
    followed = Exists(active_follow_ups(day).filter(person=OuterRef("pk")))
    found = Person.objects.filter(conditions.unreachable(day), followed, territory=actor.territory)
    return found.values_list("pk", flat=True)


def unconfirmed(actor: Actor, circle: Circle, question: Question) -> bool:
    return circle.unconfirmed and bool(circle.followers)


def unconfirmed_keys(actor: Actor, question: Question) -> list[Keys]:
    day = timezone.localdate(question.at)
    followed = Exists(active_follow_ups(day).filter(person=OuterRef("person")))
    return [
        rows.filter(followed).values_list("person", flat=True)
        for rows in conditions.to_confirm(day, actor.territory)
    ]


TO_CORRECT = [
    Relation(
        "unreachable",
        "person",
        "le dossier de cette personne n’a aucun moyen de contact",
        unreachable,
        unreachable_keys,
    ),
    Relation(
        "unconfirmed",
        "person",
        "un statut de cette personne est à confirmer",
        unconfirmed,
        unconfirmed_keys,
    ),
]
