from jalons.access import identity
from jalons.access.objects import ObjectKind, register_kind
from jalons.access.roles import Role
from jalons.access.table import IN_A_TERRITORY, policy
from jalons.kernel.navigation import NavEntry, Slot, fill, register

from .actors import identify, names_of, works
from .relations import SAME_TERRITORY, load_organization

identity.register(identify, names_of, works)
register_kind(ObjectKind("organization", "Structure", load_organization))
policy.add_relation(SAME_TERRITORY)

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
