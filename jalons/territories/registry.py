from jalons.access import identity
from jalons.access.objects import ObjectKind, register_kind
from jalons.access.table import policy

from .actors import identify, names_of
from .relations import SAME_TERRITORY, load_organization

identity.register(identify, names_of)
register_kind(ObjectKind("organization", "Structure", load_organization))
policy.add_relation(SAME_TERRITORY)
