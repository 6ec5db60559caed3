from jalons.journal import digests
from jalons.kernel.navigation import Slot, fill

from .queries import addresses_of

digests.addresses_of(addresses_of)
fill(Slot("login", "accounts:login"))
fill(Slot("logout", "accounts:logout"))
