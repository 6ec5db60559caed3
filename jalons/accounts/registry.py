from jalons.access import conservation, gates
from jalons.access.objects import register_act, register_kind
from jalons.access.roles import Role
from jalons.access.table import policy
from jalons.journal import digests
from jalons.kernel import encrypted, preparation
from jalons.kernel.navigation import NavEntry, Slot, fill, register

from . import administration, charter, demo, reauthentication, second_factor, sessions, tasks
from .events import register_kinds
from .federation import clients
from .queries import addresses_of

__all__ = ["tasks"]

digests.addresses_of(addresses_of)
register_kinds()
register_kind(administration.KIND)
policy.add_relation(administration.ON_THE_PLATFORM)
for act in administration.ACTS:
    register_act(act)
gates.register("charter", charter.gate)
gates.register("second factor", reauthentication.gate)
encrypted.declare("accounts.SecondFactor.secret", second_factor.PURPOSE)
encrypted.declare("accounts.Provider.secret", clients.PURPOSE)
encrypted.declare_fleeting("sessions", sessions.LIFE)
preparation.register("fournisseur d’identité de la démonstration", 90, demo.prepare)
fill(Slot("login", "accounts:login"))
fill(Slot("logout", "accounts:logout"))
register(
    NavEntry(
        key="accounts",
        label="Comptes",
        icon="users-round",
        url_name="accounts:accounts",
        positions={Role.PLATFORM_ADMIN: 1},
        area=("accounts:account", "accounts:providers"),
    )
)
conservation.keeps(
    34,
    "Session d’un professionnel",
    f"{conservation.duration(sessions.LIFE)}, ou {conservation.duration(sessions.IDLE)} sans page",
    "fermée",
    "choix du produit",
)
