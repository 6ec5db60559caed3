from django.db.models import Q

from jalons.access import links
from jalons.access.break_glass import BROKE_GLASS
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.table import policy
from jalons.attention import rules as attention
from jalons.journal import outbox
from jalons.kernel import encrypted
from jalons.territories.settings import declare

from . import contacts, identifiers, individual_contacts, kinds, navigation, personal_data
from .agreements import registry as agreements
from .arrivals import registry as arrivals
from .attention import RULES
from .circle import load_circle
from .documents import registry as documents
from .entries import registry as entries
from .follow_ups import registry as follow_ups
from .front_door import registry as front_door
from .identity import registry as identity
from .intakes import registry as intakes
from .merging import registry as merging
from .merging.lineage import final_file
from .own_data import CONTACTS, OWN_DATA
from .pairs import registry as pairs
from .quality import registry as quality
from .quality.settings import STATUS_TO_CONFIRM
from .relations import LIMITS, RELATIONS
from .reorientations import registry as reorientations
from .settings import SETTINGS
from .statuses import registry as statuses
from .vigilance import registry as vigilance

__all__ = [
    "agreements",
    "arrivals",
    "documents",
    "entries",
    "follow_ups",
    "front_door",
    "identity",
    "intakes",
    "kinds",
    "merging",
    "navigation",
    "pairs",
    "quality",
    "reorientations",
    "statuses",
    "vigilance",
]

register_kind(
    ObjectKind(
        "person",
        "Personne",
        load_circle,
        lambda key, circle: key,
        closed=lambda circle: circle.frozen or circle.put_away,
        moved=final_file,
    )
)
policy.frozen["person"] = Q(frozen_at__isnull=False)
for relation in RELATIONS:
    policy.add_relation(relation)
policy.add_relation(BROKE_GLASS)
for limit in LIMITS:
    policy.add_limit(limit)

register_act(Act("people.protect", "Protéger une personne", "person"))
register_act(Act("people.send_link", "Envoyer un lien à la personne", "person"))
links.register_scope(links.Scope("people.own_identity", "Vos informations", "people:own_identity"))
outbox.subscribe("access.break_glass_opened", "people.tell_referent")

encrypted.declare("people.Identifier.cipher", identifiers.purpose, "kind")
encrypted.declare("people.Contact.cipher", contacts.purpose, "kind")

for data in OWN_DATA:
    personal_data.register(data)
individual_contacts.register(CONTACTS)
for setting in (*SETTINGS, STATUS_TO_CONFIRM):
    declare(setting)
for rule in RULES:
    attention.register(rule)
