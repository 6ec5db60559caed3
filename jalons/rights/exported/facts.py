"""A list that left the house, as the policy sees it: whose it is, in which territory."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet

from jalons.access.actor import Actor
from jalons.access.models import Export
from jalons.access.policy import Question, Relation


@dataclass(frozen=True)
class ListExportFacts:
    key: UUID
    territory: int
    account: UUID
    kind: ClassVar[str] = "list_export"
    frozen: ClassVar[bool] = False


def load_list_export(key: UUID, at: datetime) -> ListExportFacts | None:
    found = Export.objects.filter(pk=key).first()
    return ListExportFacts(found.pk, found.territory, found.account) if found else None


def _own(actor: Actor, facts: ListExportFacts, question: Question) -> bool:
    return facts.account == actor.account and facts.territory == actor.territory


def _own_keys(actor: Actor, question: Question) -> "QuerySet[Export, Any]":
    own = [actor.account] if actor.account else []
    found = Export.objects.filter(account__in=own, territory=actor.territory or 0)
    return found.values_list("pk", flat=True)


def _here(actor: Actor, facts: ListExportFacts, question: Question) -> bool:
    return facts.territory == actor.territory


def _here_keys(actor: Actor, question: Question) -> "QuerySet[Export, Any]":
    return Export.objects.filter(territory=actor.territory or 0).values_list("pk", flat=True)


def _officer(actor: Actor, facts: ListExportFacts, question: Question) -> bool:
    return actor.data_protection and facts.territory == actor.territory


def _officer_keys(actor: Actor, question: Question) -> "QuerySet[Export, Any]":
    found = _here_keys(actor, question)
    return found if actor.data_protection else found.none()


LIST_EXPORT_RELATIONS = [
    Relation("own_list", "list_export", "cet export est le vôtre", _own, _own_keys),
    Relation(
        "list_of_territory",
        "list_export",
        "cet export vient de votre territoire",
        _here,
        _here_keys,
    ),
    Relation(
        "list_of_protected_data",
        "list_export",
        "vous répondez de la protection des données du territoire",
        _officer,
        _officer_keys,
    ),
]
