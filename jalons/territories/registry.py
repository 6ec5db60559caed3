from jalons.access import identity, transitions, undo
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.roles import Role
from jalons.access.table import (
    DROP,
    FINISH,
    FOUND,
    IN_A_TERRITORY,
    MEMBERSHIP,
    REACH,
    START,
    policy,
)
from jalons.journal.kinds import Kind
from jalons.journal.kinds import register as register_event
from jalons.kernel.navigation import NavEntry, Slot, fill, register

from .actions import members, places, progress
from .actors import identify, names_of, works
from .deployment import ACTION, MILESTONE
from .relations import (
    OF_ALL_TERRITORIES,
    OWN_CONSORTIUM,
    OWN_ORGANIZATION,
    SAME_TERRITORY,
    load_consortium,
    load_organization,
    load_territory,
)

CALENDAR = tuple(
    f"territories:{name}"
    for name in ("add_action", "change_action", "drop_action", "add_milestone", "change_milestone")
)
CONSORTIUM = tuple(
    f"territories:{name}"
    for name in (
        "setup",
        "communes",
        "members",
        "add_member",
        "join",
        "leave",
        "convention",
        "new_convention",
        "axes",
        "goal",
        "proposals",
        "colleagues",
    )
)
"""Pages from which the entry of the menu stays marked."""

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

register_act(Act(MEMBERSHIP, "Faire entrer ou sortir une structure", "organization"))
register_act(Act(START, "Commencer une action du calendrier", "consortium"))
register_act(Act(FINISH, "Terminer une action du calendrier", "consortium"))
register_act(Act(DROP, "Abandonner une action du calendrier", "consortium"))
register_act(Act(REACH, "Atteindre un jalon du calendrier", "consortium"))
register_act(Act(FOUND, "Fonder un territoire", "territory"))
register_kind(ObjectKind("territory", "Territoire", load_territory))
policy.add_relation(OF_ALL_TERRITORIES)

transitions.register(ACTION)
transitions.register(MILESTONE)
undo.register("territories.member_left", members.stay)
undo.register("territories.place_closed", places.reopen_place)
undo.register("territories.milestone_reached", progress.expect_again)
for kind in progress.UNDONE:
    undo.register(kind, progress.restore)

for name, label in [
    ("territories.founded", "Territoire fondé"),
    ("territories.territory_renamed", "Territoire renommé"),
    ("territories.communes_changed", "Communes du territoire modifiées"),
    ("territories.member_joined", "Entrée d’une structure dans le consortium"),
    ("territories.member_left", "Sortie d’une structure du consortium"),
    ("territories.member_left_undone", "Sortie d’une structure annulée"),
    ("territories.convention_recorded", "Convention enregistrée"),
    ("territories.convention_corrected", "Convention corrigée"),
    ("territories.axes_changed", "Axes du territoire modifiés"),
    ("territories.goal_decided", "Objectif annuel décidé"),
    ("territories.proposals_kept", "Actions proposées gardées"),
    ("territories.action_added", "Action ajoutée au calendrier"),
    ("territories.action_changed", "Action du calendrier modifiée"),
    ("territories.action_in_progress", "Action commencée"),
    ("territories.action_done", "Action terminée"),
    ("territories.action_dropped", "Action abandonnée"),
    ("territories.action_restored", "Changement d’une action annulé"),
    ("territories.milestone_added", "Jalon ajouté au calendrier"),
    ("territories.milestone_changed", "Jalon modifié"),
    ("territories.milestone_reached", "Jalon atteint"),
    ("territories.milestone_reached_undone", "Jalon de nouveau attendu"),
    ("territories.place_added", "Lieu d’accueil ajouté"),
    ("territories.place_changed", "Lieu d’accueil modifié"),
    ("territories.place_closed", "Lieu d’accueil fermé"),
    ("territories.place_closed_undone", "Lieu d’accueil rouvert"),
    ("territories.sensitive_changed", "Structure rendue sensible ou non"),
    ("territories.organization_created", "Structure créée"),
    ("territories.organization_changed", "Structure modifiée"),
    ("territories.invitation_prepared", "Invitation préparée"),
    ("territories.invitation_changed", "Invitation modifiée"),
]:
    register_event(Kind(name, label, level="open"))

register(
    NavEntry(
        key="partners",
        label="Partenaires",
        icon="handshake",
        url_name="territories:organizations",
        area=("territories:structure", "territories:edit_structure", "territories:add_place"),
        positions={
            Role.COORDINATOR: 5,
            Role.NETWORK_LEAD: 2,
            Role.STEERING: 4,
            Role.FACILITATOR: 4,
            Role.COMPANY_LEAD: 4,
        },
    )
)
register(
    NavEntry(
        key="territories",
        label="Territoires",
        icon="map",
        url_name="territories:territories",
        positions={Role.OBSERVER: 1, Role.PLATFORM_ADMIN: 4},
        area=("territories:found",),
    )
)
register(
    NavEntry(
        key="calendar",
        label="Calendrier",
        icon="calendar-range",
        url_name="territories:calendar",
        positions={Role.FACILITATOR: 2, Role.STEERING: 5},
        area=CALENDAR,
    )
)
register(
    NavEntry(
        key="consortium",
        label="Consortium",
        icon="landmark",
        url_name="territories:consortium",
        positions={
            Role.COORDINATOR: 6,
            Role.DISPATCHER: 5,
            Role.FACILITATOR: 5,
            Role.NETWORK_LEAD: 4,
            Role.STEERING: 6,
        },
        area=CONSORTIUM,
    )
)
fill(Slot("search", "territories:organizations", frozenset(IN_A_TERRITORY)))
fill(Slot("account", "territories:account"))
fill(Slot("mandates", "territories:account"))
