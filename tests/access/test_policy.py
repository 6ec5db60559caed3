"""The machinery of the policy, on a table of our own with invented objects."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Q

from jalons.access.actor import ANONYMOUS, Actor
from jalons.access.levels import Level
from jalons.access.policy import READ, Decision, Limit, Policy, Question, Relation, Row
from jalons.access.roles import Role
from tests.circles import ELSEWHERE, HERE, NOON, a_professional

PRACTITIONER, MANAGER = Role.PRACTITIONER, Role.MANAGER
IDENTITY, SHARED = Level.IDENTITY, Level.SHARED
KEY = UUID(int=7)


@dataclass(frozen=True)
class Thing:
    key: UUID = KEY
    territory: int = HERE
    frozen: bool = False
    kind: str = "thing"
    relations: frozenset[str] = frozenset({"near"})
    withheld: frozenset[str] = frozenset()


def never(actor: Actor, question: Question) -> Any:
    raise AssertionError("decide asks the database for nothing")


def relation(name: str) -> Relation:
    return Relation(
        name, "thing", f"vous êtes {name}", lambda _, thing, __: name in thing.relations, never
    )


def limit(name: str, **values: Any) -> Limit:
    return Limit(
        name,
        values.pop("kind", "thing"),
        f"Retenu par {name}.",
        lambda _, thing, __: name in thing.withheld,
        never,
        **values,
    )


def row(name: str = "near", roles: set[Role] | None = None, *levels: Level, act: str = READ) -> Row:
    roles = {PRACTITIONER} if roles is None else roles
    return Row(act, "thing", frozenset(roles), name, frozenset(levels or (IDENTITY,)))


def a_policy(*rows: Row, limits: tuple[Limit, ...] = ()) -> Policy:
    policy = Policy(list(rows) or [row()])
    for name in ("near", "far"):
        policy.add_relation(relation(name))
    for each in limits:
        policy.add_limit(each)
    return policy


def ask(act: str = READ, level: Level | None = IDENTITY) -> Question:
    return Question(act, level, NOON)


def decide(policy: Policy, thing: Thing, question: Question | None = None) -> Decision:
    return policy.decide(a_professional(), thing, question or ask())


def test_a_row_allows_and_says_why() -> None:
    policy = a_policy()
    decision = decide(policy, Thing())
    assert decision
    assert decision.allowed is True
    assert (decision.reason, decision.row) == ("vous êtes near", policy.rows[0])


def test_without_the_relation_no_row_allows() -> None:
    decision = decide(a_policy(), Thing(relations=frozenset({"far"})))
    assert not decision
    assert decision == Decision(False, "Aucun lien avec votre mandat ne donne cet accès.")


def test_another_territory_stops_before_any_row() -> None:
    decision = decide(a_policy(), Thing(territory=ELSEWHERE))
    assert decision == Decision(False, "Cette page n’est pas partagée avec vous.")
    several = replace(a_professional(), territories=(ELSEWHERE, HERE))
    assert a_policy().decide(several, Thing(), ask())
    assert a_policy().decide(several, Thing(territory=ELSEWHERE), ask())


def test_nobody_is_let_through() -> None:
    policy = a_policy(row("near", set(Role)))
    assert not policy.decide(ANONYMOUS, Thing(), ask())
    assert not policy.decide(a_professional(None), Thing(), ask())


@pytest.mark.parametrize("role", Role)
def test_a_row_serves_its_roles_only(role: Role) -> None:
    policy = a_policy(row("near", {PRACTITIONER, MANAGER}))
    allowed = bool(policy.decide(a_professional(role), Thing(), ask()))
    assert allowed == (role in (PRACTITIONER, MANAGER))


@pytest.mark.parametrize("level", Level)
def test_a_row_serves_its_levels_only(level: Level) -> None:
    policy = a_policy(row("near", None, IDENTITY, SHARED))
    assert bool(decide(policy, Thing(), ask(level=level))) == (level in (IDENTITY, SHARED))


def test_a_question_without_level_is_answered_by_any_level() -> None:
    assert decide(a_policy(), Thing(), ask(level=None))


def test_a_row_serves_its_act_only() -> None:
    policy = a_policy(row(act="things.move"))
    assert decide(policy, Thing(), ask("things.move"))
    assert not decide(policy, Thing())
    assert not decide(a_policy(), Thing(), ask("things.move"))


def test_a_row_serves_its_kind_only() -> None:
    assert not decide(a_policy(), Thing(kind="other"))


def test_a_frozen_object_is_read_but_not_changed() -> None:
    policy = a_policy(row(), row(act="things.move"))
    frozen = Thing(frozen=True)
    assert decide(policy, frozen)
    refused = decide(policy, frozen, ask("things.move"))
    assert refused == Decision(False, "Ce dossier est figé : il a été transféré.")
    policy.on_frozen = frozenset({"things.move"})
    assert decide(policy, frozen, ask("things.move"))
    assert not decide(policy, frozen)


def test_the_first_row_that_holds_is_the_reason() -> None:
    policy = a_policy(row("far"), row("near"), row("near"))
    assert decide(policy, Thing()).row is policy.rows[1]


def test_a_limit_withholds_and_says_why() -> None:
    policy = a_policy(limits=(limit("objection"),))
    assert decide(policy, Thing())
    decision = decide(policy, Thing(withheld=frozenset({"objection"})))
    assert decision == Decision(False, "Retenu par objection.")


def test_every_limit_is_asked() -> None:
    policy = a_policy(limits=(limit("first"), limit("second")))
    assert decide(policy, Thing(withheld=frozenset({"second"}))).reason == "Retenu par second."


def test_a_limit_on_one_relation_leaves_the_others() -> None:
    policy = a_policy(
        row("near"), row("far"), limits=(limit("accord", relations=frozenset({"near"})),)
    )
    withheld = frozenset({"accord"})
    assert not decide(policy, Thing(withheld=withheld))
    both = Thing(withheld=withheld, relations=frozenset({"near", "far"}))
    assert decide(policy, both).row is policy.rows[1]


def test_a_limit_spares_some_relations_and_closes_the_others() -> None:
    policy = a_policy(
        row("near"), row("far"), limits=(limit("archive", spares=frozenset({"far"})),)
    )
    withheld = frozenset({"archive"})
    assert not decide(policy, Thing(withheld=withheld))
    both = Thing(withheld=withheld, relations=frozenset({"near", "far"}))
    assert decide(policy, both).row is policy.rows[1]


def test_a_limit_on_some_levels_leaves_the_others() -> None:
    policy = a_policy(
        row("near", None, IDENTITY, SHARED),
        limits=(limit("accord", levels=frozenset({SHARED, None})),),
    )
    withheld = Thing(withheld=frozenset({"accord"}))
    assert decide(policy, withheld)
    assert not decide(policy, withheld, ask(level=SHARED))
    assert not decide(policy, withheld, ask(level=None))


def test_a_limit_must_concern_both_the_relation_and_the_level() -> None:
    narrow = limit("accord", levels=frozenset({SHARED}), relations=frozenset({"far"}))
    policy = a_policy(row("near", None, IDENTITY, SHARED), limits=(narrow,))
    assert decide(policy, Thing(withheld=frozenset({"accord"})), ask(level=SHARED))


def test_a_limit_of_another_kind_withholds_nothing() -> None:
    policy = a_policy(limits=(limit("objection", kind="other"),))
    assert decide(policy, Thing(withheld=frozenset({"objection"})))


def test_a_relation_is_registered_once() -> None:
    policy = a_policy()
    with pytest.raises(ValueError, match=r"^relation 'near' is registered twice$"):
        policy.add_relation(relation("near"))


def test_roles_for_gathers_every_row_of_an_act() -> None:
    policy = a_policy(row("near", {PRACTITIONER}), row("far", {MANAGER}, SHARED))
    assert policy.roles_for(READ, "thing", IDENTITY) == {PRACTITIONER}
    assert policy.roles_for(READ, "thing", None) == {PRACTITIONER, MANAGER}
    assert policy.roles_for(READ, "other", None) == frozenset()
    assert policy.roles_for("things.move", "thing", None) == frozenset()


def test_reasons_are_all_the_rows_that_hold() -> None:
    policy = a_policy(
        row("near"), row("far"), row("near", {MANAGER}), row("near", None, IDENTITY, SHARED)
    )
    found = policy.reasons(a_professional(), Thing(), NOON)
    assert found == [
        (policy.relations["near"], policy.rows[0]),
        (policy.relations["near"], policy.rows[3]),
    ]


def test_a_reason_holds_when_one_level_is_left() -> None:
    policy = a_policy(
        row("near", None, IDENTITY, SHARED),
        limits=(limit("accord", levels=frozenset({SHARED})), limit("objection")),
    )
    left = Thing(withheld=frozenset({"accord"}))
    assert len(policy.reasons(a_professional(), left, NOON)) == 1
    nothing = Thing(withheld=frozenset({"accord", "objection"}))
    assert policy.reasons(a_professional(), nothing, NOON) == []


def test_reasons_stop_at_the_territory() -> None:
    thing = Thing(territory=ELSEWHERE)
    assert a_policy().reasons(a_professional(), thing, NOON) == []


def test_a_row_alone_decides_for_itself() -> None:
    policy = a_policy(row("near"), row("far"))
    near, far = policy.rows
    actor = a_professional()
    assert policy.decide_by(near, actor, Thing(), ask()) is True
    assert policy.decide_by(far, actor, Thing(), ask()) is False
    assert policy.decide_by(near, actor, Thing(), ask(level=SHARED)) is False
    assert policy.decide_by(near, actor, Thing(kind="other"), ask()) is False


def test_no_row_selects_nothing() -> None:
    """`never` would fail: no relation is even asked."""
    policy = a_policy()
    assert policy.visible_to(a_professional(MANAGER), "thing", ask()) == Q(pk__in=[])
    assert policy.visible_to(a_professional(), "other", ask()) == Q(pk__in=[])
