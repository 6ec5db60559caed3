"""Two files are said to be one person's: the act decides, a job of the whole-file role does it."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from jalons.access.actor import Actor
from jalons.access.events import record
from jalons.access.table import MERGE
from jalons.access.transitions import Impossible
from jalons.journal.models import Event
from jalons.kernel import clock, jobs
from jalons.kernel.ids import uuid7

from ...models import Merge, Pair
from ...pairs.actions.holding import hold_pair
from ...pairs.facts import PairFacts
from ...pairs.workflow import PAIR, pair_state
from ..contents import Choices, Content, enclosed
from ..doing import ASKED, nirs
from ..rules import BUSY, CONTRADICTION, contradicts

JOB = "people.merge"


@transaction.atomic
def merge(actor: Actor, pair: UUID, kept: UUID, choices: Choices) -> Event:
    """Makes the two files of a pair one: `kept` stays, the other leads to it.

    The pair is answered at once, and the rows move as soon as the job runs. Raises Refused, and
    Impossible when the pair is answered, when two NIR contradict, or when one of the files is in
    another merge.
    """
    row, facts = hold_pair(actor, pair, MERGE)
    answer = PAIR.target(MERGE, pair_state(row.answer))
    assert actor.account
    absorbed = _other(facts, kept)
    if contradicts(nirs(kept), nirs(absorbed)):
        raise Impossible(CONTRADICTION)
    if _busy(kept, absorbed):
        raise Impossible(BUSY)
    key = uuid7()
    event = record(actor, ASKED, person=kept, object_kind="merge", object_key=key)
    Merge.objects.create(
        id=key,
        territory_id=row.territory_id,
        kept_id=kept,
        absorbed_id=absorbed,
        pair=row,
        asked_by_id=actor.account,
        cipher=enclosed(Content(choices), key),
    )
    Pair.objects.filter(pk=pair).update(
        answer=answer, answered_on=clock.today(), answered_by=actor.account
    )
    jobs.enqueue(JOB, merge=str(key), territory=row.territory_id)
    return event


def _other(facts: PairFacts, kept: UUID) -> UUID:
    keys = [circle.key for circle in facts.both]
    if kept not in keys:
        raise Impossible("Choisissez le dossier à garder.")
    return next(key for key in keys if key != kept)


def _busy(kept: UUID, absorbed: UUID) -> bool:
    both = (kept, absorbed)
    waiting = Q(state__in=[Merge.State.ASKED, Merge.State.UNDOING])
    return Merge.objects.filter(waiting, Q(kept__in=both) | Q(absorbed__in=both)).exists()
