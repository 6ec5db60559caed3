from jalons.access import documents, undo
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.table import policy
from jalons.journal import kinds
from jalons.kernel import preparation

from .actions.close_term import reopen
from .documentation import page
from .loading import load
from .rights import OWN_TERMS, load_term

preparation.register("listes de référence", 10, load)
register_kind(ObjectKind("term", "Entrée d’une liste", load_term))
register_act(Act("nomenclature.add_term", "Compléter une liste du territoire", "term"))
register_act(Act("nomenclature.close_term", "Fermer une entrée du territoire", "term"))
policy.add_relation(OWN_TERMS)
documents.register("docs/nomenclature.md", page)
undo.register("nomenclature.term_closed", reopen)
for name, label in [
    ("nomenclature.term_added", "Entrée ajoutée à une liste"),
    ("nomenclature.term_closed", "Entrée fermée dans une liste"),
    ("nomenclature.term_reopened", "Fermeture d’une entrée annulée"),
]:
    kinds.register(kinds.Kind(name, label, level="open"))
