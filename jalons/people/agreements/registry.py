from jalons.access import documents, links, transitions
from jalons.access.objects import Act, register_act

from .notice import page
from .rules import AGREEMENT, LINK, OBJECTION

for name, label in [
    ("people.record_agreement", "Enregistrer un accord de partage"),
    ("people.withdraw_agreement", "Retirer un accord de partage"),
    ("people.record_objection", "Enregistrer une opposition"),
    ("people.lift_objection", "Lever une opposition"),
    ("people.record_information", "Noter l’information donnée"),
]:
    register_act(Act(name, label, "person"))
links.register_scope(links.Scope(LINK, "Votre accord", "people:own_agreement"))
transitions.register(AGREEMENT)
transitions.register(OBJECTION)
documents.register("docs/dpo/notice.md", page)
