from jalons.access import gates
from jalons.journal import digests
from jalons.kernel.navigation import Slot, fill

from . import charter, reauthentication, tasks
from .events import register_kinds
from .queries import addresses_of

__all__ = ["tasks"]

digests.addresses_of(addresses_of)
register_kinds()
gates.register("charter", charter.gate)
gates.register("second factor", reauthentication.gate)
fill(Slot("login", "accounts:login"))
fill(Slot("logout", "accounts:logout"))
