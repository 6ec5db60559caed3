from jalons.territories.settings import declare

from .settings import UNBLOCKING_FACTOR

declare(UNBLOCKING_FACTOR)
