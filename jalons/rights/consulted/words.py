"""Who consulted a file, in plain words: which page, why, who, without naming what must not be."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from jalons.access.identity import names_of
from jalons.access.models import Consultation
from jalons.access.objects import ACTS
from jalons.access.roles import Role
from jalons.territories.models import Mandate, Organization

from .reasons import reason_label

PAGES = {
    "people:front_door": "Recherche d’une personne",
    "people:matches": "Recherche d’une personne",
    "people:identity": "Page du dossier",
    "people:masked": "Ligne masquée (initiales, année de naissance, commune)",
    "people:reveal": "Informations restreintes ou scellées",
    "people:own_identity": "Informations lues par la personne",
    "people:protect": "Protection de la personne",
    "people:send_link": "Lien envoyé à la personne",
    "people:end_follow_up": "Fin de suivi",
    "people:found": "Recherche d’une personne",
    "people:companion": "Contact d’un professionnel",
    "people:reveal_identifier": "Numéro affiché",
    "people:documents": "Documents",
    "people:document": "Document",
    "people:reveal_documents": "Documents restreints ou scellés",
    "people:agreements": "Accords et oppositions",
    "people:own_agreement": "Accord demandé à la personne",
    "people:change": "Correction proposée",
    "people:ask_to_follow": "Demande à suivre",
    "people:follow_requests": "Demandes à suivre",
    "people:intake": "Demande d’accompagnement",
    "people:intakes": "Demandes d’accompagnement",
    "people:search_intake": "Demande d’accompagnement",
    "people:entry": "Entrée",
    "people:entries": "Liste des entrées",
    "people:entries_export": "Export de la liste des entrées",
    "people:reorientation": "Réorientation",
    "people:reorientations": "Réorientations",
    "people:relay": "Passage de relais",
    "people:review": "Dossiers à rapprocher",
    "people:merge": "Réunion de deux dossiers",
    "people:merged": "Dossiers réunis",
    "people:undo_merge": "Réunion de deux dossiers défaite",
    "people:quality": "Qualité des données",
    "people:quality_export": "Export de la qualité des données",
    "pathways:pathway": "Parcours",
    "access:why": "Pourquoi ce dossier est visible",
    "access:break_glass": "Accès urgent",
    "desk:caseload": "Liste de personnes",
    "desk:caseload_export": "Export d’une liste de personnes",
    "rights:consultations": "Liste des consultations",
    "rights:consultations_export": "Export de la liste des consultations",
    "rights:person": "Droits de la personne",
    "rights:export": "Copie du dossier",
    "rights:download": "Copie du dossier",
    "rights:requests": "Demandes des personnes",
    "rights:request": "Demande de la personne",
    "rights:erase": "Effacement du dossier",
    "rights:hold": "Conservation suspendue ou reprise",
    "rights:reopen": "Réouverture du dossier",
    "rights:archives": "Dossiers archivés",
}
SOMEBODY, SOMEWHERE = "Un·e professionnel·le", "Une structure du consortium"


@dataclass(frozen=True)
class Line:
    """One consultation. `name` and `organization` are neutral for a sensitive structure; `origin`
    says that it was of a file made one with this one."""

    key: UUID
    at: datetime
    name: str
    role: str
    organization: str
    page: str
    reason: str
    refused: bool
    origin: str = ""


def lines(
    rows: Iterable[Consultation],
    *,
    neutral: bool,
    alias: str = "default",
    origins: Mapping[UUID, str] | None = None,
) -> list[Line]:
    """The rows in words, three queries whatever their number.

    `neutral`: for a paper that travels, no sensitive structure is named, nor who works there.
    `origins`: what is said of each file that was absorbed.
    """
    found = list(rows)
    names = names_of({row.account for row in found if row.account})
    roles = _roles({row.mandate for row in found if row.mandate}, alias)
    places = _places({row.organization for row in found if row.organization}, alias)
    return [
        replace(
            _line(row, names, roles, places, neutral=neutral), origin=_origin(row, origins or {})
        )
        for row in found
    ]


def _origin(row: Consultation, origins: Mapping[UUID, str]) -> str:
    about = [row.person] if row.person else row.listed or ()
    return next((origins[key] for key in about if key in origins), "")


def page_label(name: str, act: str) -> str:
    return PAGES.get(name) or (ACTS[act].label if act in ACTS else "Une page du dossier")


def _line(
    row: Consultation,
    names: dict[UUID, str],
    roles: dict[UUID, str],
    places: dict[UUID, tuple[str, bool]],
    *,
    neutral: bool,
) -> Line:
    place, sensitive = (
        places.get(row.organization, ("", False)) if row.organization else ("", False)
    )
    name = names.get(row.account, SOMEBODY) if row.account else "La personne"
    role = roles.get(row.mandate, "") if row.mandate else ""
    if neutral and sensitive:
        name, role, place = SOMEBODY, "", SOMEWHERE
    return Line(
        row.pk,
        row.at,
        name,
        role,
        place,
        page_label(row.page, row.act),
        reason_label(row.reason),
        row.refused,
    )


def _roles(mandates: set[UUID], alias: str) -> dict[UUID, str]:
    found = Mandate.objects.using(alias).filter(pk__in=mandates).values_list("pk", "role")
    return {key: str(Role(role).label) for key, role in found}


def _places(organizations: set[UUID], alias: str) -> dict[UUID, tuple[str, bool]]:
    found = Organization.objects.using(alias).filter(pk__in=organizations)
    return {
        key: (name, hidden) for key, name, hidden in found.values_list("pk", "name", "sensitive")
    }
