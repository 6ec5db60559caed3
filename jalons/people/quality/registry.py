from django.db.models import Q

from jalons.access import undo
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.table import SEE_UNCONFIRMED, SEE_UNREACHABLE, TELL_APART, policy

from .actions.tell_apart import TOLD, bring_back
from .facts import PAIR_LIMITS, PAIR_RELATIONS, load_pair, pair_person
from .relations import TO_CORRECT

register_kind(
    ObjectKind("possible_duplicate", "Dossiers qui se ressemblent", load_pair, pair_person)
)
policy.frozen["possible_duplicate"] = Q(person__frozen_at__isnull=False) | Q(
    other__frozen_at__isnull=False
)
for relation in [*TO_CORRECT, *PAIR_RELATIONS]:
    policy.add_relation(relation)
for limit in PAIR_LIMITS:
    policy.add_limit(limit)
register_act(Act(SEE_UNREACHABLE, "Voir les dossiers sans moyen de contact", "person"))
register_act(Act(SEE_UNCONFIRMED, "Voir les dossiers dont un statut est à confirmer", "person"))
register_act(Act(TELL_APART, "Distinguer deux personnes", "possible_duplicate"))
undo.register(TOLD, bring_back)
