"""Persons with documents, for the tests: a file is rebuilt once for all."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from jalons.access.actor import Actor
from jalons.access.levels import Level
from jalons.people.documents.actions.add_document import NewDocument, add_document
from jalons.people.documents.rules import Reading
from jalons.people.models import Document
from tests.clients import client_for
from tests.people.document_files import a_pdf
from tests.worlds import (
    Case,
    a_follow_up,
    an_actor,
    within,
)

TITLE = "Attestation zqtitle"
PDF = a_pdf()
"""One file for all."""
JUSTICE = Reading(Level.SEALED, "justice")
HEALTH = Reading(Level.RESTRICTED, "sante")


def as_(actor: Actor) -> Any:
    return within(*actor.territories, account=actor.account)


def added(actor: Actor, case: Case, reading: Reading, kind: str = "other") -> Document:
    with as_(actor):
        return add_document(actor, case.person.pk, NewDocument(kind, PDF, reading, TITLE))


def page(actor: Actor, case: Case, *, revealed: bool = False) -> str:
    client = client_for(actor)
    if revealed:
        answer = client.post(reverse("people:reveal_documents", args=[case.person.pk]))
    else:
        answer = client.get(reverse("people:documents", args=[case.person.pk]))
    return str(answer.content.decode()) if answer.status_code == 200 else ""


def fetched(actor: Actor, document: UUID, verb: str = "get") -> Any:
    return getattr(client_for(actor), verb)(reverse("people:document", args=[document]))


def an_intervenante(case: Case) -> Actor:
    actor = an_actor(case.partner)
    a_follow_up(case.person, actor)
    return actor
