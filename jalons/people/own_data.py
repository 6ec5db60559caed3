"""What becomes of this room's personal data in a person's copy and in an erasure."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from django.db.models import Q, QuerySet

from jalons.territories.models import Organization

from . import contacts, identifiers
from .documents.contents import content_of, title_of
from .domains import domain_of
from .identity import proposals
from .identity.fields import LABELS as FIELDS
from .intakes.said import said_in
from .merging import carrying
from .merging.moving import Carry, Move, Stay
from .models import (
    Agreement,
    AgreementRequest,
    Contact,
    Document,
    DocumentContent,
    Entry,
    FollowRequest,
    FollowUp,
    Identifier,
    InformationGiven,
    Intake,
    LastSaid,
    Merge,
    Objection,
    Pair,
    Person,
    PersonKey,
    PersonTraits,
    ProposedChange,
    Reorientation,
    SealedReader,
    Search,
    Status,
    UnusualReading,
)
from .models.identifier import IdentifierKind
from .personal_data import Cell, Column, File, PersonalData
from .statuses import contents

CONTACTS = (
    "people.entry_received",
    "people.entry_met",
    "people.asked_again",
    "people.follow_up_started",
    "people.agreement_recorded",
    "people.objection_recorded",
)
"""The events that tell of a meeting, or of something asked by the person."""
SUFFIXES = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


def identifier_value(row: Identifier) -> str:
    """The number, but the NIR's, of which only the presence is said."""
    if row.kind == IdentifierKind.NIR:
        return "Numéro connu, jamais affiché"
    return identifiers.read(row)


def intake_request(row: Intake) -> str:
    return said_in(row).words


def agreed_organizations(row: Agreement | AgreementRequest) -> str:
    keys: list[UUID] = list(row.organizations)
    return ", ".join(_names(keys, row._state.db)) if keys else "Toutes"  # noqa: SLF001 (documented)


def given_by(row: Person) -> str:
    """« Nom : donné par le CCAS le 2026-11-28 ; … »."""
    said = []
    for name, (organization, day) in sorted(row.sources.items()):
        keys = [UUID(organization)] if organization else []
        named = ", ".join(_names(keys, row._state.db))  # noqa: SLF001 (documented)
        by = f" par {named}" if named else ""
        said.append(f"{FIELDS.get(name, name)} : donné{by} le {day}")
    return " ; ".join(said)


def proposed_values(row: ProposedChange) -> str:
    pairs = proposals.read(row).fields.items()
    return " ; ".join(
        f"{FIELDS.get(name, name)} : {_said(before)} → {_said(after)}"
        for name, (before, after) in pairs
    )


def accepted_fields(row: ProposedChange) -> str:
    return ", ".join(FIELDS.get(name, name) for name in proposals.read(row).accepted)


def document_title(row: Document) -> str:
    return "" if row.erased_at else title_of(row)


def document_files(person: UUID, alias: str) -> Iterator[File]:
    """The contents, under the number of their row in the copy."""
    rows = Document.objects.using(alias).filter(person=person).order_by("pk")
    for number, row in enumerate(rows, start=1):
        content = content_of(row.pk, alias)
        if content is not None:
            suffix = SUFFIXES.get(row.media_type, "bin")
            yield File(f"documents/{number:03}.{suffix}", content)


def _searches_of(person: UUID, alias: str) -> "QuerySet[Search]":
    met = Q(found__contains=[person]) | Q(created=person)
    return Search.objects.using(alias).filter(met)


def _pairs_of(person: UUID, alias: str) -> "QuerySet[Pair]":
    met = Q(person=person) | Q(other=person)
    return Pair.objects.using(alias).filter(met)


def _own_pairs(person: UUID, alias: str) -> Iterator[Mapping[str, Cell]]:
    """What a protected person reads; another pair speaks also of somebody else, and the copy of the
    file that was created must not betray them."""
    rows = Pair.objects.using(alias).filter(owner=person).order_by("pk")
    for row in rows:
        found = {"met": row.recorded_at.date(), "answered_on": row.answered_on}
        yield found | {"answer": row.get_answer_display()}


def _merges_of(person: UUID, alias: str) -> "QuerySet[Merge]":
    return Merge.objects.using(alias).filter(Q(kept=person) | Q(absorbed=person))


def _names(keys: list[UUID], alias: str | None) -> list[str]:
    found = Organization.objects.using(alias).filter(pk__in=keys)
    return list(found.order_by("sort_key", "pk").values_list("name", flat=True))


def _said(value: object) -> str:
    return "rien" if value in (None, "") else str(value)


DOMAIN = Column("domain", "Domaine", lambda row: domain_of(row.domain))

OWN_DATA = [
    PersonalData(
        Person,
        "Identité",
        Carry(carrying.person),
        path="pk",
        without=frozenset({"sort_key", "names", "sources", "merged_into"}),
        columns=[Column("sources", "Origine", given_by)],
    ),
    PersonalData(
        Contact,
        "Coordonnées",
        Move(same=("kind", "digest"), only=carrying.REACHED, takes=carrying.sealed),
        without=frozenset({"domain"}),
        columns=[
            Column("value", "Valeur", lambda row: contacts.read(row).value),
            Column("note", "Précision", lambda row: contacts.read(row).note),
            DOMAIN,
        ],
    ),
    PersonalData(
        Identifier,
        "Identifiants",
        Move(same=("kind", "digest")),
        columns=[Column("value", "Numéro", identifier_value)],
    ),
    PersonalData(
        Status,
        "Statuts",
        Move(takes=carrying.sealed),
        without=frozenset({"kind", "label", "domain"}),
        columns=[
            Column("kind", "Statut", lambda row: contents.read(row).kind),
            Column("label", "Libellé", lambda row: contents.read(row).label),
            Column("domain", "Domaine", lambda row: contents.read(row).domain),
        ],
    ),
    PersonalData(
        ProposedChange,
        "Corrections proposées",
        Move(),
        columns=[
            Column("fields", "Valeurs proposées", proposed_values),
            Column("accepted", "Champs acceptés", accepted_fields),
            Column("words", "Mots de la réponse", lambda row: proposals.read(row).words),
        ],
    ),
    PersonalData(
        Pair,
        "Dossiers à rapprocher",
        Carry(carrying.pairs),
        find=_pairs_of,
        labels={"met": "Rencontrée le", "answer": "Réponse", "answered_on": "Répondue le"},
        tell=_own_pairs,
    ),
    PersonalData(LastSaid, "Fichiers reçus", Move(same=("organization",))),
    *(
        PersonalData(
            model,
            "Ce que compare le rapprochement",
            Stay("La base l’écrit d’après l’identité de chaque dossier."),
            shown=False,
            reason="Ce sont les noms de l’identité, sous une forme qui se compare.",
        )
        for model in (PersonTraits, PersonKey)
    ),
    PersonalData(
        Merge,
        "Dossiers réunis",
        Stay("Une réunion dit quels deux dossiers elle a réunis."),
        find=_merges_of,
        without=frozenset({"kept", "absorbed", "pair"}),
        labels={"asked_by": "Demandée par"},
    ),
    PersonalData(Entry, "Entrées", Move(takes=carrying.entry)),
    PersonalData(
        FollowRequest,
        "Demandes à suivre",
        Move(same=("account_id", "organization_id"), only=Q(answer="")),
        without=frozenset({"entry"}),
        labels={"answered_by": "Répondue par"},
    ),
    PersonalData(
        Search,
        "Recherches",
        Stay("Une recherche est à son auteur seul, et vit un jour."),
        find=_searches_of,
        shown=False,
        reason=(
            "Une recherche est à son auteur seul et vit un jour ; la consultation qu’elle a faite"
            " est montrée."
        ),
    ),
    PersonalData(
        Intake,
        "Demandes d’accompagnement",
        Move(),
        labels={"door": "Structure", "handled_by": "Reçue par"},
        columns=[Column("request", "Demande", intake_request)],
    ),
    PersonalData(FollowUp, "Suivis", Carry(carrying.follow_ups)),
    PersonalData(
        Reorientation,
        "Demandes de réorientation",
        Move(),
        labels={
            "wished_organization": "Structure souhaitée",
            "decided_organization": "Structure décidée",
        },
    ),
    PersonalData(
        Document,
        "Documents",
        Move(takes=carrying.sealed),
        without=frozenset({"domain", "withdrawal"}),
        labels={"media_type": "Format", "pages": "Pages", "withdrawn_by": "Retiré par"},
        columns=[Column("title", "Titre", document_title), DOMAIN],
        files=document_files,
    ),
    PersonalData(
        DocumentContent,
        "Contenus des documents",
        Stay("Le contenu suit son document."),
        path="document__person",
        shown=False,
        reason="Les fichiers sont dans la copie, à côté de la liste des documents.",
    ),
    PersonalData(
        InformationGiven,
        "Informations données sur les droits",
        Move(),
        labels={"version": "Version"},
    ),
    PersonalData(
        Agreement,
        "Accords de partage",
        Move(takes=carrying.agreement),
        without=frozenset({"organizations", "document", "lineage"}),
        labels={"domains": "Domaines"},
        columns=[Column("organizations", "Structures", agreed_organizations)],
    ),
    PersonalData(
        AgreementRequest,
        "Accords demandés",
        Move(same=(), only=Q(answered_at=None, replaced_at=None)),
        without=frozenset({"organizations", "agreement"}),
        labels={"domains": "Domaines"},
        columns=[Column("organizations", "Structures", agreed_organizations)],
    ),
    PersonalData(Objection, "Oppositions", Move()),
    PersonalData(
        SealedReader,
        "Lecteurs des informations scellées",
        Move(takes=carrying.reader),
        without=frozenset({"domain"}),
        columns=[DOMAIN],
    ),
    PersonalData(
        UnusualReading,
        "Lectures inhabituelles",
        Stay("Un compte des lectures du dossier, tel qu’il était."),
        shown=False,
        reason="Un compte de lectures, que montre déjà la liste de qui a consulté le dossier.",
    ),
]
