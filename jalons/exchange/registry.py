from uuid import UUID

from django.db.models import Q, QuerySet

from jalons.access import conservation, transitions
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.table import policy
from jalons.desk import alerts
from jalons.journal import outbox
from jalons.journal.kinds import Kind, register
from jalons.kernel import encrypted, navigation
from jalons.people import personal_data
from jalons.people.merging.moving import Stay
from jalons.people.personal_data import Erasure, PersonalData

from . import contents, tasks
from .kept_blocks import RAW, SAID, block_purpose
from .models import NO_TRACE, ImportedRow
from .relations import IMPORT_OF_TERRITORY, OWN_IMPORT, load_import
from .rules import APPLY, CANCEL, IMPORT, IMPORTERS, KEPT, MAP, SETTLE, UPLOAD

__all__ = ["tasks"]

register_kind(ObjectKind("file_import", "Import d’un fichier", load_import))
policy.add_relation(OWN_IMPORT)
policy.add_relation(IMPORT_OF_TERRITORY)
transitions.register(IMPORT)
for name, label in [
    (UPLOAD, "Envoyer un fichier"),
    (APPLY, "Importer un fichier"),
    (CANCEL, "Annuler un import"),
    (MAP, "Reconnaître les colonnes d’un fichier"),
    (SETTLE, "Départager une ligne d’un fichier"),
]:
    register_act(Act(name, label, "file_import"))

for name, label in [
    ("received", "Fichier envoyé"),
    ("checked", "Fichier vérifié"),
    ("row_settled", "Ligne départagée"),
    ("applying", "Import commencé"),
    ("applied", "Import terminé"),
    ("cancelled", "Import annulé"),
    ("refused", "Import arrêté : mandat terminé"),
    ("expired", "Fichier effacé sans être importé"),
    ("erased", "Fichier d’import effacé"),
]:
    register(Kind(f"exchange.import_{name}", label, level="open"))
for name in ("applied", "refused", "expired"):
    outbox.subscribe(f"exchange.import_{name}", "exchange.tell_author")
for name in ("table", "sample"):
    encrypted.declare(f"exchange.ImportedFile.{name}", contents.purpose_of(name), "file_import")
for name in (RAW, SAID):
    needs = ("file_import", "position")
    encrypted.declare(f"exchange.ImportedBlock.{name}", block_purpose(name), *needs)
alerts.register("file_import", "exchange:file_import", "Voir l’import")


def _rows_naming(person: UUID, alias: str) -> "QuerySet[ImportedRow]":
    """Those that speak of this person, or may."""
    likely = Q(candidates__contains=[{"person": str(person)}])
    return ImportedRow.objects.using(alias).filter(Q(person=person) | likely)


personal_data.register(
    PersonalData(
        ImportedRow,
        "Lignes de fichiers importés",
        Stay("Un compte rendu dit de qui chaque ligne parlait quand elle fut importée."),
        erasure=Erasure.BLANK,
        find=_rows_naming,
        blank=NO_TRACE,
        shown=False,
        reason=(
            "Le compte rendu d’un import ne garde aucune valeur, et ne dit de qui il s’agit que"
            " sept jours, à son auteur seul. Ce qu’un fichier a dit est montré avec les fichiers"
            " reçus."
        ),
    )
)
navigation.register(
    navigation.NavEntry(
        key="imports",
        label="Imports",
        icon="file-up",
        url_name="exchange:imports",
        positions={"dispatcher": 6},
        area=("exchange:",),
    )
)
navigation.fill(navigation.Slot("imports", "exchange:imports", frozenset(IMPORTERS)))
conservation.keeps(20, "Fichier importé", KEPT, "effacé ; le rapport sans nom demeure")
