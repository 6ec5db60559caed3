from django.db.models import Q

from jalons.access import transitions
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.table import (
    ACCEPT_REORIENTATION,
    ASK_REORIENTATION,
    REFUSE_REORIENTATION,
    WITHDRAW_REORIENTATION,
    policy,
)
from jalons.journal import outbox

from .facts import (
    REORIENTATION_LIMITS,
    REORIENTATION_RELATIONS,
    load_reorientation,
    reorientation_person,
)
from .rules import REORIENTATION

register_kind(
    ObjectKind("reorientation", "Réorientation", load_reorientation, reorientation_person)
)
policy.frozen["reorientation"] = Q(person__frozen_at__isnull=False)
for relation in REORIENTATION_RELATIONS:
    policy.add_relation(relation)
for limit in REORIENTATION_LIMITS:
    policy.add_limit(limit)

register_act(Act(ASK_REORIENTATION, "Demander une réorientation", "person"))
for name, label in [
    (ACCEPT_REORIENTATION, "Accepter une réorientation"),
    (REFUSE_REORIENTATION, "Refuser une réorientation"),
    (WITHDRAW_REORIENTATION, "Retirer une demande de réorientation"),
]:
    register_act(Act(name, label, "reorientation"))
transitions.register(REORIENTATION)
outbox.subscribe("people.reorientation_asked", "people.tell_dispatchers")
outbox.subscribe("people.reorientation_accepted", "people.tell_author")
outbox.subscribe("people.reorientation_refused", "people.tell_author")
