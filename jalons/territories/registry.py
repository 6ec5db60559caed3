from jalons.access import identity
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.roles import Role
from jalons.access.table import IN_A_TERRITORY, policy
from jalons.journal.kinds import Kind
from jalons.journal.kinds import register as register_event
from jalons.kernel.navigation import NavEntry, Slot, fill, register

from .actors import identify, mandates_of, names_of, works
from .relations import OWN_ORGANIZATION, SAME_TERRITORY, load_organization

identity.register(identify, names_of, works)
identity.register_mandates(mandates_of)
register_kind(ObjectKind("organization", "Structure", load_organization))
policy.add_relation(SAME_TERRITORY)
policy.add_relation(OWN_ORGANIZATION)
register_act(Act("territories.record_organization", "Décrire une structure", "organization"))
register_act(Act("territories.prepare_invitation", "Préparer une invitation", "organization"))

for name, label in [
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
        positions={
            Role.COORDINATOR: 5,
            Role.NETWORK_LEAD: 2,
            Role.STEERING: 4,
            Role.FACILITATOR: 4,
            Role.COMPANY_LEAD: 4,
        },
    )
)
fill(Slot("search", "territories:organizations", frozenset(IN_A_TERRITORY)))
fill(Slot("account", "territories:account"))
fill(Slot("mandates", "territories:account"))
