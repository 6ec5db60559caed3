from django.db.models import Q

from jalons.access import conservation, transitions
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.table import policy
from jalons.journal import outbox
from jalons.kernel import encrypted

from . import typed
from .actions.forget import KEPT
from .relations import (
    FRONT_DOOR_LIMITS,
    FRONT_DOOR_RELATIONS,
    load_request,
    load_search,
    request_person,
)
from .workflow import ACCEPT, ASK, FOLLOW_REQUEST, RECEIVE, REFUSE, SEARCH, WITHDRAW

register_kind(ObjectKind("search", "Recherche", load_search))
register_kind(ObjectKind("follow_request", "Demande à suivre", load_request, request_person))
policy.frozen["follow_request"] = Q(person__frozen_at__isnull=False)
for relation in FRONT_DOOR_RELATIONS:
    policy.add_relation(relation)
for limit in FRONT_DOOR_LIMITS:
    policy.add_limit(limit)

register_act(Act(SEARCH, "Chercher une personne", "consortium"))
register_act(Act(RECEIVE, "Accueillir une personne", "search"))
register_act(Act(ASK, "Demander à suivre une personne", "person"))
for name, label in [
    (ACCEPT, "Accepter une demande à suivre"),
    (REFUSE, "Refuser une demande à suivre"),
    (WITHDRAW, "Retirer sa demande à suivre"),
]:
    register_act(Act(name, label, "follow_request"))
transitions.register(FOLLOW_REQUEST)
outbox.subscribe("people.follow_requested", "people.tell_referent")
outbox.subscribe("people.follow_request_accepted", "people.tell_author")
outbox.subscribe("people.follow_request_refused", "people.tell_author")
encrypted.declare("people.Search.cipher", typed.purpose_of(typed.SEARCH), "id")
encrypted.declare("people.FollowRequest.typed", typed.purpose_of(typed.REQUEST), "id")
conservation.keeps(21, "Recherche d’une personne, ce qui fut tapé", KEPT, "effacée")
