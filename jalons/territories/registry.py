from jalons.access import gates, identity, transitions
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.roles import Role
from jalons.access.table import IN_A_TERRITORY, policy
from jalons.journal import outbox
from jalons.journal.kinds import Kind
from jalons.journal.kinds import register as register_event
from jalons.kernel.navigation import NavEntry, Slot, fill, register

from . import tasks
from .actors import identify, names_of, works
from .gates import ended_mandate, open_invitation
from .relations import (
    OWN_CONSORTIUM,
    OWN_ORGANIZATION,
    SAME_TERRITORY,
    load_consortium,
    load_organization,
)
from .team_relations import TEAM_RELATIONS, load_invitation, load_mandate
from .team_rules import INVITATION

__all__ = ["tasks"]

identity.register(identify, names_of, works)
register_kind(ObjectKind("organization", "Structure", load_organization))
policy.add_relation(SAME_TERRITORY)
policy.add_relation(OWN_ORGANIZATION)
register_kind(ObjectKind("consortium", "Consortium", load_consortium))
policy.add_relation(OWN_CONSORTIUM)
register_act(Act("territories.steer", "Conduire le consortium", "consortium"))
register_act(Act("territories.change_setting", "Changer un réglage", "consortium"))
register_act(Act("territories.record_organization", "Décrire une structure", "organization"))
register_act(Act("territories.prepare_invitation", "Préparer une invitation", "organization"))

register_kind(ObjectKind("mandate", "Mandat", load_mandate))
register_kind(ObjectKind("invitation", "Invitation", load_invitation))
for relation in TEAM_RELATIONS:
    policy.add_relation(relation)
register_act(Act("territories.give_office", "Confier un rôle du territoire", "organization"))
for name, label, kind in [
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

for name, label in [
    ("territories.organization_created", "Structure créée"),
    ("territories.organization_changed", "Structure modifiée"),
    ("territories.invitation_prepared", "Invitation préparée"),
    ("territories.invitation_changed", "Invitation modifiée"),
    ("territories.invitation_sent", "Invitation envoyée"),
    ("territories.invitation_mailed", "Lien d’invitation parti par courriel"),
    ("territories.invitation_opened", "Lien d’invitation ouvert"),
    ("territories.invitation_accepted", "Invitation acceptée"),
    ("territories.invitation_withdrawn", "Invitation retirée"),
    ("territories.invitation_asked_again", "Nouveau lien d’invitation demandé"),
    ("territories.mandate_opened", "Mandat ouvert"),
    ("territories.mandate_changed", "Mandat modifié"),
    ("territories.mandate_habilitated", "Habilitation ou désignation modifiée"),
    ("territories.mandate_ended", "Fin d’un mandat"),
    ("territories.contact_revealed", "Contact d’un professionnel affiché"),
    ("territories.contact_revealed_too_often", "Trop de contacts affichés en une heure"),
]:
    register_event(Kind(name, label, level="open"))

transitions.register(INVITATION)
gates.register("mandate", ended_mandate)
gates.register("invitation", open_invitation)
outbox.subscribe("territories.contact_revealed_too_often", "territories.tell_coordinators")
outbox.subscribe("territories.invitation_asked_again", "territories.tell_inviters")

TEAM_PAGES = ("team", "mandate", "invit", "end_mandate", "replace_mandate")
WHO_PAGES = ("professionals", "reveal_contact")
register(
    NavEntry(
        key="team",
        label="Équipe",
        icon="contact-round",
        url_name="territories:team",
        positions={Role.MANAGER: 1, Role.DISPATCHER: 5},
        area=tuple(f"territories:{name}" for name in TEAM_PAGES),
    )
)
register(
    NavEntry(
        key="partners",
        label="Partenaires",
        icon="handshake",
        url_name="territories:organizations",
        positions={
            Role.COORDINATOR: 5,
            Role.NETWORK_LEAD: 2,
            Role.STEERING: 4,
            Role.FACILITATOR: 4,
            Role.COMPANY_LEAD: 4,
        },
        area=tuple(f"territories:{name}" for name in (*WHO_PAGES, *TEAM_PAGES)),
    )
)
fill(Slot("search", "territories:organizations", frozenset(IN_A_TERRITORY)))
fill(Slot("account", "territories:account"))
fill(Slot("mandates", "territories:choose_mandate"))
