"""The lists of the policy, whose SQL is written once a process.

What an actor may see is a union of keys under limits, the same text for everybody in their role:
only keys and dates change from one to another. Django takes longer to write it than PostgreSQL to
answer it, several times a page.
"""

from collections.abc import Hashable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import EmptyResultSet, ImproperlyConfigured
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from jalons.kernel.prepared import Given, filled, other, parameter

from .actor import Actor
from .policy import Policy, Question


@dataclass(frozen=True)
class Text:
    """The SQL of some keys, and what its parameters are made of."""

    sql: str
    parameters: tuple[Any, ...]


class WrittenPolicy:
    """A policy asked through texts: `visible_to` answers what the policy's own does."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._known: dict[Hashable, Text | None] = {}

    def visible_to(self, actor: Actor, kind: str, question: Question) -> Q:
        """Raises ImproperlyConfigured when the SQL of a row depends on more than keys and dates."""
        if question.domain:
            return self._policy.visible_to(actor, kind, question)
        shape = (*_shape(actor), kind, question.act, question.level)
        if shape not in self._known:
            self._known[shape] = self._written(actor, kind, question)
        text = self._known[shape]
        if text is None:
            return Q(pk__in=[])
        values = _values(actor, question.at)
        parameters = tuple(filled(each, values) for each in text.parameters)
        keys = RawSQL(text.sql, parameters)  # noqa: S611 (Django wrote it, its values apart)
        return self._policy.among(keys, actor, kind, question)

    def _written(self, actor: Actor, kind: str, question: Question) -> Text | None:
        """Written for this actor, then for somebody else on another day: what differs varies."""
        somebody, later = _other(actor), replace(question, at=other(question.at))
        first = _sql(self._policy.visible_keys(actor, kind, question))
        second = _sql(self._policy.visible_keys(somebody, kind, later))
        if first is None and second is None:
            return None
        if first is None or second is None or first[0] != second[0]:
            raise ImproperlyConfigured(actor.role, kind, question)
        values, others = _values(actor, question.at), _values(somebody, later.at)
        made_of = partial(parameter, values=values, others=others)
        return Text(first[0], tuple(map(made_of, first[1], second[1])))


def _shape(actor: Actor) -> tuple[Hashable, ...]:
    """What the text depends on: all of the actor but the keys, of which only their presence."""
    keys = (actor.account, actor.mandate, actor.organization, actor.territory)
    known = tuple(key is None for key in keys)
    flags = (actor.kind, actor.role, actor.field, actor.habilitated, actor.data_protection)
    return (*flags, *known, len(actor.territories))


def _values(actor: Actor, at: datetime) -> tuple[Given | None, ...]:
    keys = (actor.account, actor.mandate, actor.organization, actor.territory)
    return (*keys, at, timezone.localdate(at))


def _other(actor: Actor) -> Actor:
    """Somebody of the same shape, every key of theirs another one."""
    return replace(
        actor,
        account=other(actor.account),
        mandate=other(actor.mandate),
        organization=other(actor.organization),
        territory=other(actor.territory),
        territories=tuple(other(key) for key in actor.territories),
    )


def _sql(keys: "QuerySet[Any, Any] | None") -> tuple[str, tuple[Any, ...]] | None:
    """The keys in no order, and the parameters; None of nothing."""
    if keys is None:
        return None
    try:
        return keys.order_by().query.sql_with_params()
    except EmptyResultSet:
        return None
