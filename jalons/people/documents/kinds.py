"""The kinds of events of documents; of a hidden one, the event says « Fiche modifiée »."""

from jalons.journal.events import Kind, register

from .rules import HIDDEN

ACTS = {
    "added": "Document ajouté",
    "withdrawn": "Document retiré",
    "restored": "Document remis",
    "erased": "Document effacé",
    "level_changed": "Lecteurs d’un document changés",
}

for what, label in ACTS.items():
    register(Kind(f"people.document_{what}", label))
    for level in HIDDEN:
        code = f"people.{level}_document_{what}"
        register(Kind(code, label, level=str(level), neutral="people.person_changed"))
