from jalons.access import conservation, gates, identity, transitions, undo
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.table import policy
from jalons.journal import outbox

from . import kinds, navigation, tasks
from .actors import identify, mandates_of, names_of, works
from .calendar.actions import progress
from .calendar.rules import ACTION, MILESTONE
from .consortium.actions import members
from .gates import ended_mandate, open_invitation
from .relations import (
    OWN_CONSORTIUM,
    OWN_ORGANIZATION,
    SAME_TERRITORY,
    load_consortium,
    load_organization,
)
from .settings import declare
from .settings.actions.change_setting import plan_again, take_back
from .settings.targets import TARGETS
from .structures.actions import places
from .team.relations import TEAM_RELATIONS, load_invitation, load_mandate
from .team.rules import INVITATION, VALIDITY

__all__ = ["kinds", "navigation", "tasks"]

identity.register(identify, names_of, works)
identity.register_mandates(mandates_of)

register_kind(ObjectKind("organization", "Structure", load_organization))
register_kind(ObjectKind("consortium", "Consortium", load_consortium))
register_kind(ObjectKind("mandate", "Mandat", load_mandate))
register_kind(ObjectKind("invitation", "Invitation", load_invitation))
for relation in (SAME_TERRITORY, OWN_ORGANIZATION, OWN_CONSORTIUM, *TEAM_RELATIONS):
    policy.add_relation(relation)

for name, label, kind in [
    ("territories.found", "Fonder un territoire", "platform"),
    ("territories.read_installation", "Lire les valeurs de l’installation", "platform"),
    ("territories.steer", "Conduire le consortium", "consortium"),
    ("territories.change_setting", "Changer un réglage", "consortium"),
    ("territories.start_action", "Commencer une action du calendrier", "consortium"),
    ("territories.finish_action", "Terminer une action du calendrier", "consortium"),
    ("territories.drop_action", "Abandonner une action du calendrier", "consortium"),
    ("territories.reach_milestone", "Atteindre un jalon du calendrier", "consortium"),
    ("territories.record_organization", "Décrire une structure", "organization"),
    ("territories.change_membership", "Faire entrer ou sortir une structure", "organization"),
    ("territories.prepare_invitation", "Préparer une invitation", "organization"),
    ("territories.give_office", "Confier un rôle du territoire", "organization"),
    ("territories.send_invitation", "Envoyer une invitation", "invitation"),
    ("territories.complete_invitation", "Compléter une invitation", "invitation"),
    ("territories.withdraw_invitation", "Retirer une invitation", "invitation"),
    ("territories.see_team", "Voir une équipe", "mandate"),
    ("territories.change_mandate", "Modifier un mandat", "mandate"),
    ("territories.habilitate", "Habiliter, désigner pour la protection des données", "mandate"),
    ("territories.end_mandate", "Mettre fin à un mandat", "mandate"),
    ("territories.replace_mandate", "Changer le rôle d’un mandat", "mandate"),
    ("territories.reveal_contact", "Afficher le contact d’un professionnel", "mandate"),
    ("territories.describe_oneself", "Tenir sa fiche", "mandate"),
]:
    register_act(Act(name, label, kind))

for workflow in (ACTION, MILESTONE, INVITATION):
    transitions.register(workflow)

undo.register("territories.member_left", members.stay)
undo.register("territories.place_closed", places.reopen_place)
undo.register("territories.milestone_reached", progress.expect_again)
undo.register("territories.setting_changed", take_back)
undo.register("territories.setting_withdrawn", plan_again)
for undone in progress.UNDONE:
    undo.register(undone, progress.restore)

gates.register("mandate", ended_mandate)
gates.register("invitation", open_invitation)
outbox.subscribe("territories.contact_revealed_too_often", "territories.tell_coordinators")
outbox.subscribe("territories.invitation_asked_again", "territories.tell_inviters")

for setting in TARGETS:
    declare(setting)

conservation.keeps(35, "Invitation d’un professionnel", VALIDITY, "son lien ne sert plus")
