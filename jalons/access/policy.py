"""THE policy: who may do what on what, at which level, and why.

`decide` answers for one loaded object, in pure Python; `visible_to` is its SQL twin, for lists.
Both read the same rows (`access.table`) and the same registered relations and limits; a property
test holds them together on random worlds.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from .actor import Actor
from .levels import Level
from .roles import Role

READ = "read"


class Target(Protocol):
    """An object as the policy sees it: facts loaded by its room, no model.

    A territory of None is the platform: the object belongs to no consortium.
    """

    @property
    def kind(self) -> str: ...
    @property
    def key(self) -> UUID: ...
    @property
    def territory(self) -> int | None: ...
    @property
    def frozen(self) -> bool: ...


@dataclass(frozen=True)
class Question:
    """What is asked: an act, at a level, in a sealed or objected domain, at a moment."""

    act: str
    level: Level | None
    at: datetime
    domain: str = ""


@dataclass(frozen=True)
class Row:
    """One line of the policy: these roles, in this relation, may do this act at these levels."""

    act: str
    kind: str
    roles: frozenset[Role]
    relation: str
    levels: frozenset[Level] = frozenset()

    def answers(self, actor: Actor, kind: str, question: Question) -> bool:
        return (
            self.act == question.act
            and self.kind == kind
            and actor.role in self.roles
            and (question.level is None or question.level in self.levels)
        )


@dataclass(frozen=True)
class Relation:
    """A registered link between an actor and an object: a predicate and its SQL twin.

    `label` completes « Vous voyez ceci parce que … ». `keys` selects one column: the objects' keys;
    a list of queries stands for their union.
    """

    name: str
    kind: str
    label: str
    holds: Callable[[Actor, Any, Question], bool]
    keys: Callable[[Actor, Question], "QuerySet[Any, Any] | list[QuerySet[Any, Any]]"]


@dataclass(frozen=True)
class Limit:
    """What withholds an object in spite of a row.

    `relations` empty: whatever the relation but those of `spares`; `levels` empty: whatever the
    level (None: no level).
    """

    name: str
    kind: str
    label: str
    withholds: Callable[[Actor, Any, Question], bool]
    keys: Callable[[Actor, Question], "QuerySet[Any, Any]"]
    levels: frozenset[Level | None] = frozenset()
    relations: frozenset[str] = frozenset()
    spares: frozenset[str] = frozenset()

    def concerns(self, row: Row, question: Question) -> bool:
        return (
            (not self.relations or row.relation in self.relations)
            and row.relation not in self.spares
            and (not self.levels or question.level in self.levels)
        )


@dataclass(frozen=True)
class Decision:
    """`reason` is a French sentence; `row` is what allowed it, or None."""

    allowed: bool
    reason: str
    row: Row | None = None

    def __bool__(self) -> bool:
        return self.allowed


@dataclass
class Policy:
    """The rows, and what the rooms registered.

    `on_frozen`: the acts that a frozen object still allows.

    `frozen` says of a kind which objects are frozen: `Target.frozen`, as a condition on its model.
    """

    rows: Sequence[Row]
    relations: dict[str, Relation] = field(default_factory=dict)
    limits: list[Limit] = field(default_factory=list)
    frozen: dict[str, Q] = field(default_factory=dict)
    on_frozen: frozenset[str] = frozenset({READ})

    def add_relation(self, relation: Relation) -> None:
        if relation.name in self.relations:
            raise ValueError(f"relation {relation.name!r} is registered twice")
        self.relations[relation.name] = relation

    def add_limit(self, limit: Limit) -> None:
        self.limits.append(limit)

    def decide(self, actor: Actor, target: Target, question: Question) -> Decision:
        """Whether `actor` may do the act on `target`, and why; no query."""
        if not _in_reach(actor, target):
            return Decision(False, "Cette page n’est pas partagée avec vous.")
        if target.frozen and question.act not in self.on_frozen:
            return Decision(False, "Ce dossier est figé : il a été transféré.")
        refusal = "Aucun lien avec votre mandat ne donne cet accès."
        for row in self.rows:
            if not row.answers(actor, target.kind, question):
                continue
            relation = self.relations[row.relation]
            if not relation.holds(actor, target, question):
                continue
            limit = self._withholding(actor, target, row, question)
            if limit is None:
                return Decision(True, relation.label, row)
            refusal = limit.label
        return Decision(False, refusal)

    def _withholding(
        self, actor: Actor, target: Target, row: Row, question: Question
    ) -> Limit | None:
        for limit in self._limits(row, question):
            if limit.withholds(actor, target, question):
                return limit
        return None

    def _limits(self, row: Row, question: Question) -> Iterable[Limit]:
        return (
            limit
            for limit in self.limits
            if limit.kind == row.kind and limit.concerns(row, question)
        )

    def visible_to(self, actor: Actor, kind: str, question: Question) -> Q:
        """A condition on the kind's model: the objects for which `decide` says yes."""
        keys = self.visible_keys(actor, kind, question)
        return Q(pk__in=[]) if keys is None else self.among(keys, actor, kind, question)

    def visible_keys(
        self, actor: Actor, kind: str, question: Question
    ) -> "QuerySet[Any, Any] | None":
        """The keys of those objects, of whatever territory; None when no row answers.

        One union, each branch under its own limits: the planner starts from the few keys that
        somebody may see, and a list costs what it holds, whatever the size of the territory.
        """
        rows = (row for row in self.rows if row.answers(actor, kind, question))
        keys = [branch for row in rows for branch in self._branches(row, actor, question)]
        if not keys:
            return None
        return keys[0].union(*keys[1:]) if len(keys) > 1 else keys[0]

    def among(self, keys: Any, actor: Actor, kind: str, question: Question) -> Q:
        """The condition that `visible_to` makes of its keys: a query, or one written before."""
        visible = Q(territory__in=actor.territories) & Q(pk__in=keys)
        if question.act not in self.on_frozen and kind in self.frozen:
            visible &= ~self.frozen[kind]
        return visible

    def _branches(
        self, row: Row, actor: Actor, question: Question
    ) -> Iterator["QuerySet[Any, Any]"]:
        """What this row alone shows: the relation's keys but those that a limit withholds."""
        found = self.relations[row.relation].keys(actor, question)
        for keys in found if isinstance(found, list) else [found]:
            if keys.query.is_empty():
                continue
            limits = (limit.keys(actor, question) for limit in self._limits(row, question))
            yield keys.filter(*(~Exists(_same(withheld, keys)) for withheld in limits))

    def roles_for(self, act: str, kind: str, level: Level | None) -> frozenset[Role]:
        """The roles that some row gives this act, whatever the relation."""
        rows = (row for row in self.rows if row.act == act and row.kind == kind)
        matching = (row.roles for row in rows if level is None or level in row.levels)
        return frozenset().union(*matching)

    def reasons(self, actor: Actor, target: Target, at: datetime) -> list[tuple[Relation, Row]]:
        """Every row that lets `actor` read `target` at one level at least (« Pourquoi… ? »)."""
        found = []
        for row in self.rows:
            levels = (Question(READ, level, at) for level in row.levels)
            if any(self.decide_by(row, actor, target, question) for question in levels):
                found.append((self.relations[row.relation], row))
        return found

    def decide_by(self, row: Row, actor: Actor, target: Target, question: Question) -> bool:
        """Whether this row alone would allow the question."""
        return (
            _in_reach(actor, target)
            and row.answers(actor, target.kind, question)
            and self.relations[row.relation].holds(actor, target, question)
            and self._withholding(actor, target, row, question) is None
        )


def _in_reach(actor: Actor, target: Target) -> bool:
    return target.territory is None or target.territory in actor.territories


def _same(withheld: "QuerySet[Any, Any]", keys: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    """The rows of `withheld` whose selected column is that of the row of `keys` around them."""
    inner, outer = (str(found.query.values_select[0]) for found in (withheld, keys))
    return withheld.filter(**{inner: OuterRef(outer)})
