from django.db.models import Q

from jalons.access import undo
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.table import HAND_OVER, policy
from jalons.journal import outbox

from .actions import hand_over
from .actions.end_follow_up import reopen
from .facts import FOLLOW_UP_LIMITS, FOLLOW_UP_RELATIONS, follow_up_person, load_follow_up

register_kind(ObjectKind("follow_up", "Suivi", load_follow_up, follow_up_person))
policy.frozen["follow_up"] = Q(person__frozen_at__isnull=False)
for relation in FOLLOW_UP_RELATIONS:
    policy.add_relation(relation)
for limit in FOLLOW_UP_LIMITS:
    policy.add_limit(limit)

register_act(Act("people.end_follow_up", "Mettre fin à un suivi", "follow_up"))
for name, label in [
    ("people.start_follow_up", "Commencer un suivi"),
    ("people.appoint_referent", "Nommer le référent de parcours"),
    (HAND_OVER, "Passer le relais de référent"),
]:
    register_act(Act(name, label, "person"))
undo.register("people.follow_up_ended", reopen)
undo.register("people.handed_over", hand_over.undo_hand_over)
undo.register("people.caseload_handed_over", hand_over.undo_many)
undo.say("people.caseload_handed_over_undone", hand_over.said_of_undone)
outbox.subscribe("territories.mandate_ended", "people.end_follow_ups")
outbox.subscribe("people.follow_up_started", "people.tell_follower")
