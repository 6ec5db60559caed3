from django.db.models import Q

from jalons.access import conservation, undo
from jalons.access.objects import Act, ObjectKind, register_act, register_kind
from jalons.access.table import MERGE, UNDO_MERGE, policy
from jalons.journal import outbox
from jalons.kernel import encrypted

from ..settings import UNDO_MERGE_DAYS
from .actions.undo_merge import take_back
from .contents import purpose
from .doing import ASKED, IMPOSSIBLE, MERGED, UNDO_ASKED, UNDONE
from .facts import MERGE_LIMITS, MERGE_RELATIONS, load_merge, merge_person

register_kind(ObjectKind("merge", "Réunion de deux dossiers", load_merge, merge_person))
policy.frozen["merge"] = Q(kept__frozen_at__isnull=False)
for relation in MERGE_RELATIONS:
    policy.add_relation(relation)
for limit in MERGE_LIMITS:
    policy.add_limit(limit)
register_act(Act(MERGE, "Réunir deux dossiers", "pair"))
register_act(Act(UNDO_MERGE, "Défaire une réunion de dossiers", "merge"))
undo.register(ASKED, take_back)
undo.say(UNDO_ASKED, lambda event: "C’est annulé : les deux dossiers reviennent à part.")
encrypted.declare("people.Merge.cipher", purpose, "id")
for kind in (MERGED, UNDONE):
    outbox.subscribe(kind, "people.tell_followers")
outbox.subscribe(IMPOSSIBLE, "people.tell_asker")
conservation.keeps(
    24,
    "Ce qu’il faut pour défaire une réunion de dossiers",
    f"{UNDO_MERGE_DAYS.default} jours (de {UNDO_MERGE_DAYS.least} à {UNDO_MERGE_DAYS.most}, par"
    " territoire)",
    "effacé ; la réunion est définitive",
)
