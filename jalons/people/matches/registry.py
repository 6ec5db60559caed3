from django.db.models import Q

from jalons.access import transitions
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.table import JOIN_MATCH, PART_MATCH, policy
from jalons.journal import outbox

from .relations import ARCHIVED, TO_REFERENT, load_match, match_person
from .workflow import POSSIBLE_MATCH

register_kind(ObjectKind("possible_match", "Correspondance possible", load_match, match_person))
policy.frozen["possible_match"] = Q(person__frozen_at__isnull=False)
policy.add_relation(TO_REFERENT)
policy.add_limit(ARCHIVED)
register_act(Act(JOIN_MATCH, "Réunir deux dossiers", "possible_match"))
register_act(Act(PART_MATCH, "Distinguer deux dossiers", "possible_match"))
transitions.register(POSSIBLE_MATCH)
outbox.subscribe("people.match_met", "people.tell_referent_alone")
