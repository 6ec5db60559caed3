from jalons.access.objects import Act, register_act
from jalons.access.table import SEE_UNCONFIRMED, SEE_UNREACHABLE, policy

from .relations import TO_CORRECT

for relation in TO_CORRECT:
    policy.add_relation(relation)
register_act(Act(SEE_UNREACHABLE, "Voir les dossiers sans moyen de contact", "person"))
register_act(Act(SEE_UNCONFIRMED, "Voir les dossiers dont un statut est à confirmer", "person"))
