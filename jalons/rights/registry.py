from jalons.access import conservation, transitions, undo
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.table import policy
from jalons.attention import rules as attention
from jalons.journal import outbox
from jalons.kernel import encrypted
from jalons.kernel.navigation import Slot, fill
from jalons.people import individual_contacts, personal_data
from jalons.territories.settings import Setting, declare

from . import kinds, tasks
from .attention import RULES
from .copies import ask
from .copies.facts import OWN_EXPORT, export_person, load_export
from .exported.actions import take_back
from .exported.facts import LIST_EXPORT_RELATIONS, load_list_export
from .models import Hold
from .own_data import OWN_DATA, answer_purpose
from .requests.facts import REQUEST_RELATIONS, load_request, request_person
from .requests.rules import REQUEST
from .settings import (
    ACTIVE_YEARS,
    ARCHIVE_YEARS,
    CONSULTATION_MONTHS,
    INTAKE_ASIDE_DAYS,
    INTAKE_MONTHS,
    REQUEST_DUE,
    SETTINGS,
)

__all__ = ["kinds", "tasks"]

register_kind(ObjectKind("stored_export", "Copie du dossier", load_export, export_person))
register_kind(ObjectKind("list_export", "Export d’une liste", load_list_export))
register_kind(ObjectKind("rights_request", "Demande d’une personne", load_request, request_person))

for name, label, kind in [
    ("rights.read_consultations", "Lire qui a consulté le dossier", "person"),
    ("rights.export_file", "Faire la copie du dossier", "person"),
    ("rights.download_export", "Télécharger la copie du dossier", "stored_export"),
    ("rights.record_request", "Enregistrer la demande d’une personne", "person"),
    ("rights.handle_request", "Répondre à la demande d’une personne", "rights_request"),
    ("rights.see_requests", "Lire les demandes des personnes", "consortium"),
    ("rights.see_exports", "Lire les exports du territoire", "consortium"),
    ("rights.destroy_export", "Dire un fichier exporté détruit", "list_export"),
    ("rights.erase", "Effacer un dossier", "person"),
    ("rights.hold", "Suspendre la conservation d’un dossier", "person"),
    ("rights.reopen", "Rouvrir un dossier archivé", "person"),
]:
    register_act(Act(name, label, kind))

for relation in [OWN_EXPORT, *LIST_EXPORT_RELATIONS, *REQUEST_RELATIONS]:
    policy.add_relation(relation)
for data in OWN_DATA:
    personal_data.register(data)
individual_contacts.register(["rights.file_reopened"])
for setting in SETTINGS:
    declare(setting)

encrypted.declare("rights.StoredExport.cipher", ask.purpose, "id")
encrypted.declare("rights.RightsRequest.answer", answer_purpose, "id")

for rule in RULES:
    attention.register(rule)

fill(Slot("requests", "rights:requests", shown=lambda actor: actor.data_protection))
transitions.register(REQUEST)
undo.register("rights.list_destroyed", take_back)
outbox.subscribe("rights.list_overdue", "rights.tell_keeper")
outbox.subscribe("rights.file_export_ready", "rights.tell_requester")
outbox.subscribe("rights.request_recorded", "rights.take_inventory")


def _years(rank: int, setting: Setting, since: str, then: str) -> None:
    term = f"{setting.default} ans {since} (de {setting.least} à {setting.most}, par territoire)"
    conservation.keeps(rank, setting.label.split(" (")[0], term, then, setting.source)


_years(
    10,
    ACTIVE_YEARS,
    "après le dernier contact individuel",
    "archivé, hors de la vue des professionnels",
)
_years(11, ARCHIVE_YEARS, "après la fin du dossier actif", "effacé ; ses actes restent, sans nom")
conservation.keeps(
    12,
    "Dossier dont la conservation est suspendue",
    "le temps de la suspension",
    f"les deux durées reprennent ({', '.join(Hold.Motive.labels)})",
    "RGPD, articles 17.3.e et 18",
)
for rank, setting, unit, since in [
    (13, INTAKE_MONTHS, "mois", "après la réception"),
    (14, INTAKE_ASIDE_DAYS, "jours", "après la mise de côté"),
]:
    conservation.keeps(
        rank,
        setting.label.split(" (")[0],
        f"{setting.default} {unit} {since} (de {setting.least} à {setting.most}, par territoire)",
        "détruite ; rattachée à une personne, elle suit son dossier",
        setting.source,
    )
conservation.keeps(
    40,
    "Trace des consultations",
    f"{CONSULTATION_MONTHS.default} mois (de {CONSULTATION_MONTHS.least} à"
    f" {CONSULTATION_MONTHS.most}, par territoire)",
    "supprimée chaque nuit, sauf d’un dossier dont la conservation est suspendue",
    CONSULTATION_MONTHS.source,
)
conservation.keeps(22, "Copie du dossier d’une personne", ask.KEPT, "effacée", "RGPD, article 15")
conservation.keeps(
    23,
    "Demande d’une personne sur ses données",
    "la durée du dossier",
    f"effacée avec lui ; sans réponse, signalée après {REQUEST_DUE.default} jours",
    "RGPD, article 12.3",
)
