from jalons.journal.events import Kind, register
from jalons.kernel import encrypted, preparation

from . import drafts
from .drafts import AUTHOR, load_draft
from .exporting import words_purpose
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
encrypted.declare("access.Draft.cipher", drafts.purpose, "account", "form")
encrypted.declare("access.Export.words", words_purpose, "id")
