"""What becomes of the personal data of the rooms below people, of the jobs, and of this room."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from procrastinate.contrib.django.models import ProcrastinateJob

from jalons.access.identity import names_of
from jalons.access.models import BreakGlass, Consultation, Draft, ScopedLink
from jalons.journal import payloads
from jalons.journal.kinds import label_of
from jalons.journal.models import Event, Notification, Payload
from jalons.kernel import crypto
from jalons.people.merging.moving import Move, Stay
from jalons.people.personal_data import Cell, Column, Erasure, PersonalData
from jalons.territories.models import Organization

from .consulted.words import SOMEBODY, lines
from .models import Hold, RightsRequest, StoredExport

Row = TypeVar("Row")
BATCH = 500
LOG = (
    "Trace des accès, gardée sous la seule clé de la personne jusqu’à son propre terme"
    " (CNIL, délibération 2021-122)."
)
ANSWER = "rights.answer"
"""The purpose of the answer to a request."""
_NOT_TOLD = frozenset({"account", "mandate", "person"})


def answer_purpose(key: UUID) -> str:
    return f"{ANSWER}:{key}"


def events_of(person: UUID, alias: str) -> "QuerySet[Event, Any]":
    return Event.objects.using(alias).filter(Q(person=person) | Q(object_key=person))


def _payloads_of(person: UUID, alias: str) -> "QuerySet[Payload, Any]":
    return Payload.objects.using(alias).filter(event__in=events_of(person, alias).values("pk"))


def _notifications_of(person: UUID, alias: str) -> "QuerySet[Notification, Any]":
    keys = events_of(person, alias).values("pk")
    return Notification.objects.using(alias).filter(event__in=keys)


def _drafts_of(person: UUID, alias: str) -> "QuerySet[Draft, Any]":
    return Draft.objects.using(alias).filter(form__contains=str(person))


def _consultations_of(person: UUID, alias: str) -> "QuerySet[Consultation, Any]":
    return Consultation.objects.using(alias).filter(Q(person=person) | Q(listed__contains=[person]))


def _jobs_of(person: UUID, alias: str) -> "QuerySet[ProcrastinateJob, Any]":
    """Every job that names the person, but one that is running: the erasure itself."""
    found: QuerySet[ProcrastinateJob, Any] = QuerySet(ProcrastinateJob, using=alias)
    said = found.annotate(said=Cast("args", TextField()))
    return said.filter(said__contains=str(person)).exclude(status="doing")


def _told_consultations(person: UUID, alias: str) -> Iterator[dict[str, Cell]]:
    rows = _consultations_of(person, alias).order_by("at", "id").iterator(BATCH)
    for batch in _batches(rows):
        for line in lines(batch, neutral=True, alias=alias):
            yield {
                "at": line.at,
                "name": line.name,
                "role": line.role,
                "organization": line.organization,
                "page": line.page,
                "reason": line.reason,
                "refused": line.refused,
            }


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _told_events(person: UUID, alias: str) -> Iterator[dict[str, Cell]]:
    """The acts, with their values as they were recorded."""
    hidden = _sensitive(alias)
    rows = events_of(person, alias).order_by("position").iterator(BATCH)
    for batch in _batches(rows):
        names = names_of({row.account for row in batch if row.account})
        bodies = dict(
            Payload.objects.using(alias)
            .filter(pk__in=[row.pk for row in batch])
            .values_list("event", "body")
        )
        for row in batch:
            body = bodies.get(row.pk)
            content = payloads.opened(row, bytes(body)) if body else None
            named = names.get(row.account, SOMEBODY) if row.account else "La plateforme"
            yield {
                "at": row.occurred_at,
                "act": label_of(content.kind if content else row.kind),
                "by": SOMEBODY if row.organization in hidden else named,
                "values": _said(content.data) if content else "",
            }


def _sensitive(alias: str) -> set[UUID]:
    found = Organization.objects.using(alias).filter(sensitive=True)
    return set(found.values_list("pk", flat=True))


def _said(data: dict[str, Any]) -> str:
    said = ((name, value) for name, value in data.items() if name not in _NOT_TOLD)
    return " ; ".join(f"{name} : {value}" for name, value in said if not _is_key(value))


def _is_key(value: object) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


def _who(row: BreakGlass) -> str:
    return names_of([row.account]).get(row.account, SOMEBODY)


def _answer(row: RightsRequest) -> str:
    if row.answer is None:
        return ""
    return crypto.decrypt(bytes(row.answer), answer_purpose(row.pk)).decode()


OWN_DATA = [
    PersonalData(
        Consultation,
        "Qui a consulté le dossier",
        Stay("Une consultation nomme le dossier qui était lu."),
        find=_consultations_of,
        erasure=Erasure.KEEP,
        reason=LOG,
        labels={
            "at": "Le",
            "name": "Par",
            "role": "Rôle",
            "organization": "Structure",
            "page": "Page",
            "reason": "Raison",
            "refused": "Refusé",
        },
        tell=_told_consultations,
    ),
    PersonalData(
        BreakGlass,
        "Accès urgents",
        Stay("Un accès urgent n’ouvre que le dossier pour lequel il fut demandé."),
        erasure=Erasure.BLANK,
        blank={"cipher": b""},
        reason=LOG,
        without=frozenset({"account", "mandate"}),
        labels={"opened_at": "Ouvert le", "closes_at": "Fermé le"},
        columns=[
            Column("account", "Par", _who),
            Column("reason", "Motif", lambda row: row.reason),
        ],
    ),
    PersonalData(
        ScopedLink,
        "Liens envoyés",
        Stay("Un lien n’ouvre que le dossier pour lequel il fut donné ; un autre se donne."),
        path="object_key",
        without=frozenset({"object_kind", "created_by", "scope", "wrong_codes"}),
        labels={
            "expires_at": "Valable jusqu’au",
            "opened_at": "Ouvert le",
            "unlocked_at": "Déverrouillé le",
            "revoked_at": "Révoqué le",
        },
    ),
    PersonalData(
        Draft,
        "Brouillons",
        Stay("Un brouillon est à son auteur seul, et n’a rien enregistré."),
        find=_drafts_of,
        shown=False,
        reason="Un brouillon est à son auteur seul, et n’a rien enregistré sur la personne.",
    ),
    PersonalData(
        Event,
        "Journal des actes",
        Stay("Le journal n’est jamais récrit."),
        find=events_of,
        erasure=Erasure.KEEP,
        reason=(
            "Un événement ne tient que des clés, des codes et des dates : sous la seule clé de la"
            " personne, il compte encore et son sceau se vérifie (RGPD, article 89)."
        ),
        labels={"at": "Le", "act": "Acte", "by": "Par", "values": "Détail"},
        tell=_told_events,
    ),
    PersonalData(
        Payload,
        "Détails des actes",
        Stay("Le journal n’est jamais récrit."),
        find=_payloads_of,
        shown=False,
        reason="Montrés avec chaque acte du journal.",
    ),
    PersonalData(
        Notification,
        "Alertes",
        Stay("Une alerte est celle d’un acte du journal."),
        find=_notifications_of,
        shown=False,
        reason="Une alerte dit à un professionnel qu’un acte du journal a eu lieu.",
    ),
    PersonalData(
        ProcrastinateJob,
        "Tâches",
        Stay("Une tâche ne porte que des clés."),
        find=_jobs_of,
        shown=False,
        reason="Une tâche ne porte que des clés.",
    ),
    PersonalData(
        StoredExport,
        "Copies du dossier",
        Stay("Une copie est celle du dossier pour lequel elle fut demandée."),
        shown=False,
        reason="C’est cette copie même.",
    ),
    PersonalData(
        RightsRequest,
        "Demandes sur les données",
        Move(),
        without=frozenset({"inventory"}),
        labels={"recorded_by": "Enregistrée par", "answered_by": "Répondue par"},
        columns=[Column("answer", "Réponse", _answer)],
    ),
    PersonalData(Hold, "Suspensions de la conservation", Move()),
]
