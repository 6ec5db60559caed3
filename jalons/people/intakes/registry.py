"""What an intake brings to the other rooms."""

from jalons.access import links, transitions, undo
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.table import (
    END_SIGNAL_LINK,
    OPEN_ENTRY,
    RECORD_INTAKE,
    SEND_SIGNAL_LINK,
    SET_INTAKE_ASIDE,
    TAKE_INTAKE,
    policy,
)
from jalons.journal import outbox
from jalons.kernel import encrypted

from .actions.settle import put_intake_back
from .facts import INTAKE_RELATIONS, SIGNAL, intake_person, load_intake, load_signal_link
from .rules import INTAKE
from .said import purpose

register_kind(ObjectKind("intake", "Demande reçue", load_intake, intake_person))
register_kind(ObjectKind("signal_link", "Lien d’un partenaire", load_signal_link))
for relation in INTAKE_RELATIONS:
    policy.add_relation(relation)

for name, label, kind in [
    (RECORD_INTAKE, "Noter une demande rencontrée dehors", "consortium"),
    (TAKE_INTAKE, "Rattacher une demande reçue", "intake"),
    (SET_INTAKE_ASIDE, "Mettre une demande de côté", "intake"),
    (SEND_SIGNAL_LINK, "Donner à un partenaire un lien pour signaler", "organization"),
    (END_SIGNAL_LINK, "Fermer le lien d’un partenaire", "signal_link"),
    (OPEN_ENTRY, "Ouvrir l’entrée d’une personne d’un flux", "person"),
]:
    register_act(Act(name, label, kind))

links.register_scope(links.Scope(SIGNAL, "Signaler une personne", "people:signal", lasting=True))
transitions.register(INTAKE)
undo.register("people.intake_set_aside", put_intake_back)
outbox.subscribe("people.intake_received", "people.confirm_intake")
outbox.subscribe("people.asked_again", "people.tell_referent")
outbox.subscribe("people.entry_announced", "people.tell_referent")
encrypted.declare("people.Intake.cipher", purpose, "id")
