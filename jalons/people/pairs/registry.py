from django.db.models import Q

from jalons.access import transitions, undo
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.table import TELL_APART, policy
from jalons.journal import outbox

from .actions.tell_apart import TOLD, bring_back
from .facts import PAIR_LIMITS, PAIR_RELATIONS, load_pair, pair_others, pair_person
from .workflow import PAIR

register_kind(
    ObjectKind("pair", "Dossiers à rapprocher", load_pair, pair_person, others=pair_others)
)
policy.frozen["pair"] = Q(person__frozen_at__isnull=False) | Q(other__frozen_at__isnull=False)
for relation in PAIR_RELATIONS:
    policy.add_relation(relation)
for limit in PAIR_LIMITS:
    policy.add_limit(limit)
register_act(Act(TELL_APART, "Distinguer deux personnes", "pair"))
undo.register(TOLD, bring_back)
transitions.register(PAIR)
outbox.subscribe("people.match_met", "people.tell_referent_alone")
