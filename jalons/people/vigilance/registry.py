from jalons.access.objects import ObjectKind, register_kind
from jalons.access.table import policy
from jalons.journal import outbox

from .relations import READ_HERE, load_reading

register_kind(ObjectKind("unusual_reading", "Consultation inhabituelle", load_reading))
policy.add_relation(READ_HERE)
outbox.subscribe("people.unusual_reading", "people.tell_coordination")
