from jalons.journal.events import Kind, register
from jalons.kernel import encrypted, preparation

from . import break_glass, conservation, documents, drafts, exporting, links
from .drafts import AUTHOR, load_draft
from .exporting import words_purpose
from .models.break_glass import PURPOSE as BREAK_GLASS_PURPOSE
from .objects import ObjectKind, register_kind
from .partitions import ensure_partitions
from .platform import OF_THE_PLATFORM, load_platform
from .table import policy

preparation.register("partitions des consultations", 50, ensure_partitions)

for name, label in [
    ("access.break_glass_opened", "Accès urgent ouvert"),
    ("access.link_sent", "Lien envoyé"),
    ("access.link_unlocked", "Lien ouvert avec le code"),
    ("access.link_revoked", "Lien révoqué"),
    ("access.exported", "Liste exportée"),
    ("access.export_refused", "Export refusé"),
    ("access.whole_file_run", "Commande sur les dossiers entiers"),
]:
    register(Kind(name, label))

register_kind(ObjectKind("draft", "Brouillon", load_draft))
policy.add_relation(AUTHOR)
register_kind(ObjectKind("platform", "Plateforme", load_platform))
policy.add_relation(OF_THE_PLATFORM)
encrypted.declare("access.BreakGlass.cipher", BREAK_GLASS_PURPOSE)
encrypted.declare("access.Draft.cipher", drafts.purpose, "account", "form")
encrypted.declare("access.Export.words", words_purpose, "id")

conservation.keeps(
    30, "Lien envoyé à une personne", links.VALIDITY, "il n’ouvre plus rien", "choix du produit"
)
conservation.keeps(
    31, "Accès urgent à un dossier", break_glass.DURATION, "l’accès se ferme ; sa trace demeure"
)
conservation.keeps(
    32,
    "Fichier exporté, chez qui l’a demandé",
    exporting.KEPT,
    "à détruire : la date est imprimée dans le fichier",
    "choix du produit",
)
conservation.keeps(33, "Brouillon d’un formulaire", "jusqu’à l’envoi du formulaire", "effacé")
conservation.keeps(
    41,
    "Journal des actes",
    conservation.NEVER,
    "scellé ; sans contenu une fois le dossier effacé",
    "RGPD, articles 5.2 et 17.3",
)
documents.register("docs/dpo/conservation.md", conservation.page)
