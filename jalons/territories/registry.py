from jalons.access import identity, undo
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.roles import Role
from jalons.access.table import IN_A_TERRITORY, policy
from jalons.journal.kinds import Kind
from jalons.journal.kinds import register as register_event
from jalons.kernel.navigation import NavEntry, Slot, fill, register

from .actions.change_setting import plan_again, take_back
from .actors import identify, names_of, works
from .relations import (
    ANY_CONSORTIUM,
    OWN_CONSORTIUM,
    OWN_ORGANIZATION,
    SAME_TERRITORY,
    load_consortium,
    load_organization,
)
from .settings import declare
from .targets import TARGETS

identity.register(identify, names_of, works)
register_kind(ObjectKind("organization", "Structure", load_organization))
policy.add_relation(SAME_TERRITORY)
policy.add_relation(OWN_ORGANIZATION)
register_kind(ObjectKind("consortium", "Consortium", load_consortium))
policy.add_relation(OWN_CONSORTIUM)
policy.add_relation(ANY_CONSORTIUM)
register_act(Act("territories.steer", "Conduire le consortium", "consortium"))
register_act(Act("territories.change_setting", "Changer un réglage", "consortium"))
register_act(
    Act("territories.read_installation", "Lire les valeurs de l’installation", "consortium")
)
register_act(Act("territories.record_organization", "Décrire une structure", "organization"))
register_act(Act("territories.prepare_invitation", "Préparer une invitation", "organization"))

for name, label in [
    ("territories.organization_created", "Structure créée"),
    ("territories.organization_changed", "Structure modifiée"),
    ("territories.invitation_prepared", "Invitation préparée"),
    ("territories.invitation_changed", "Invitation modifiée"),
    ("territories.setting_changed", "Réglage modifié"),
    ("territories.setting_change_undone", "Changement d’un réglage annulé"),
    ("territories.setting_withdrawn", "Changement d’un réglage retiré"),
    ("territories.setting_withdrawal_undone", "Retrait d’un changement annulé"),
]:
    register_event(Kind(name, label, level="open"))

undo.register("territories.setting_changed", take_back)
undo.register("territories.setting_withdrawn", plan_again)
for setting in TARGETS:
    declare(setting)

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
    )
)
register(
    NavEntry(
        key="settings",
        label="Réglages",
        icon="sliders-horizontal",
        url_name="territories:settings",
        positions={Role.COORDINATOR: 8},
        area=("territories:setting", "nomenclature:list"),
    )
)
register(
    NavEntry(
        key="installation",
        label="Réglages",
        icon="sliders-horizontal",
        url_name="territories:installation",
        positions={Role.PLATFORM_ADMIN: 2},
    )
)
fill(Slot("search", "territories:organizations", frozenset(IN_A_TERRITORY)))
fill(Slot("account", "territories:account"))
fill(Slot("mandates", "territories:account"))
