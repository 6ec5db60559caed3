"""The policy as the rooms call it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from jalons.kernel import clock

from .actor import Actor
from .levels import Level
from .policy import READ, Decision, Question, Target
from .table import policy
from .written import WrittenPolicy

_written = WrittenPolicy(policy)


class Refused(PermissionDenied):
    """The policy refused an act; shown as « introuvable » like everything out of sight."""


def decide(
    actor: Actor,
    act: str,
    target: Target,
    level: Level | None = None,
    *,
    domain: str = "",
    at: datetime | None = None,
) -> Decision:
    """Whether `actor` may do `act` on `target` at `level`, and why."""
    return policy.decide(actor, target, Question(act, level, at or clock.now(), domain))


def require(
    actor: Actor, act: str, target: Target, level: Level | None = None, *, domain: str = ""
) -> Decision:
    """Like `decide`, but raises Refused."""
    decision = decide(actor, act, target, level, domain=domain)
    if not decision:
        raise Refused(decision.reason)
    return decision


def visible_to(
    actor: Actor,
    kind: str,
    level: Level | None,
    *,
    act: str = READ,
    domain: str = "",
    at: datetime | None = None,
) -> Q:
    """The objects of `kind` that `actor` may read at `level`: a condition on their model."""
    return _written.visible_to(actor, kind, Question(act, level, at or clock.now(), domain))
