from jalons.journal.events import Kind, register
from jalons.kernel import preparation

from .partitions import ensure_partitions

preparation.register("partitions des consultations", 50, ensure_partitions)

for name, label in [
    ("access.break_glass_opened", "Accès urgent ouvert"),
    ("access.link_sent", "Lien envoyé"),
    ("access.link_unlocked", "Lien ouvert avec le code"),
    ("access.link_revoked", "Lien révoqué"),
    ("access.whole_file_run", "Commande sur les dossiers entiers"),
]:
    register(Kind(name, label))
