from django.db.models import Q

from jalons.access import transitions, undo
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.table import policy
from jalons.journal import outbox
from jalons.kernel import encrypted

from .actions.change_contacts import reopen_contact
from .proposals import (
    ACCEPT,
    CHANGE_LIMITS,
    CHANGE_RELATIONS,
    PROPOSED_CHANGE,
    PURPOSE,
    REFUSE,
    WITHDRAW,
    change_person,
    load_change,
)

register_kind(ObjectKind("proposed_change", "Correction proposée", load_change, change_person))
policy.frozen["proposed_change"] = Q(person__frozen_at__isnull=False)
for relation in CHANGE_RELATIONS:
    policy.add_relation(relation)
for limit in CHANGE_LIMITS:
    policy.add_limit(limit)

for name, label in [
    ("people.correct_identity", "Corriger une identité"),
    ("people.change_contacts", "Changer les coordonnées"),
    ("people.change_identifiers", "Changer les numéros"),
    ("people.hide_address", "Cacher l’adresse"),
    ("people.be_discreet", "Rendre les contacts discrets"),
]:
    register_act(Act(name, label, "person"))
register_act(Act(ACCEPT, "Accepter une correction", "proposed_change"))
register_act(Act(REFUSE, "Refuser une correction", "proposed_change"))
register_act(Act(WITHDRAW, "Retirer une correction", "proposed_change"))
undo.register("people.contact_ended", reopen_contact)
transitions.register(PROPOSED_CHANGE)
outbox.subscribe("people.change_proposed", "people.tell_referent")
outbox.subscribe("people.identifier_met", "people.tell_referent")
outbox.subscribe("people.change_accepted", "people.tell_author")
outbox.subscribe("people.change_refused", "people.tell_author")
encrypted.declare("people.ProposedChange.cipher", PURPOSE)
